"""Pairs of students whose code shares more than the exercise makes everyone write.

What the stub, the reference, the alternatives and the known mistakes have in them is taken away,
and what many have. Of what is left a run counts the more, the fewer have it.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gradelib.teacher.alike.tokens import Run, runs, tokens_of

__all__ = ["Pair", "Piece", "Shared", "pairs_of"]

LEAST_SHARED = 8  # runs that a pair shares: fewer are chance
LEAST_PART = 0.4  # of what is one's own, by weight
FEW = 3  # as many may write the same run in any class
MANY = 0.15  # of the students: a run that more of them have is how one writes it


@dataclass(frozen=True)
class Piece:
    """What one student wrote for one exercise."""

    student: str
    exercise: str
    source: str


@dataclass(frozen=True)
class Shared:
    """What two students share in one exercise: both sources, and the lines that are alike."""

    exercise: str
    left: str
    right: str
    left_lines: frozenset[int]
    right_lines: frozenset[int]
    count: int


@dataclass
class Pair:
    """Two students, how much of what is their own is alike, and where."""

    left: str
    right: str
    part: float  # of the smaller of both, by weight, between 0 and 1
    weight: float  # of all that is shared: how much there is to look at
    shared: list[Shared] = field(default_factory=list)


Marks = dict[int, list[Run]]  # the runs of one piece by their marks
Key = tuple[str, int]  # exercise and mark


def pairs_of(pieces: Iterable[Piece], base: Mapping[str, Iterable[str]]) -> list[Pair]:
    """Return the pairs that are worth a look, the most alike first.

    `base` has by exercise the code that says nothing if it is shared.
    """
    pieces = list(pieces)
    common = {name: _marks_of(sources) for name, sources in base.items()}
    own = {
        (piece.student, piece.exercise): _own(piece.source, common.get(piece.exercise, set()))
        for piece in pieces
    }
    who = _who(own)
    weights = _weights(who, len({piece.student for piece in pieces}))
    sizes: dict[str, float] = defaultdict(float)
    for key, weight in weights.items():
        for student in who[key]:
            sizes[student] += weight
    sources = {(piece.student, piece.exercise): piece.source for piece in pieces}
    found = [
        _pair(left, right, keys, weights, sizes, own, sources)
        for (left, right), keys in _together(weights, who).items()
        if len(keys) >= LEAST_SHARED
    ]
    worth = [pair for pair in found if pair.part >= LEAST_PART]
    return sorted(worth, key=lambda pair: (-pair.weight * pair.part, pair.left, pair.right))


def _who(own: Mapping[tuple[str, str], Marks]) -> dict[Key, set[str]]:
    """Return who has written each run."""
    who: dict[Key, set[str]] = defaultdict(set)
    for (student, exercise), marks in own.items():
        for mark in marks:
            who[exercise, mark].add(student)
    return who


def _weights(who: Mapping[Key, set[str]], students: int) -> dict[Key, float]:
    """Return how much each run counts: all for one or two students, less for more, then nothing."""
    most = max(FEW, math.ceil(MANY * students))
    return {key: 1 / max(1, len(they) - 1) for key, they in who.items() if len(they) <= most}


def _together(
    weights: Mapping[Key, float], who: Mapping[Key, set[str]]
) -> dict[tuple[str, str], list[Key]]:
    """Return what each two students share."""
    together: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in weights:
        for left, right in itertools.combinations(sorted(who[key]), 2):
            together[left, right].append(key)
    return together


def _pair(
    left: str,
    right: str,
    keys: list[Key],
    weights: Mapping[Key, float],
    sizes: Mapping[str, float],
    own: Mapping[tuple[str, str], Marks],
    sources: Mapping[tuple[str, str], str],
) -> Pair:
    weight = sum(weights[key] for key in keys)
    pair = Pair(left, right, weight / min(sizes[left], sizes[right]), weight)
    by_exercise: dict[str, list[int]] = defaultdict(list)
    for exercise, mark in keys:
        by_exercise[exercise].append(mark)
    for exercise, marks in by_exercise.items():
        one, other = (left, exercise), (right, exercise)
        lines, others = _lines(own[one], marks), _lines(own[other], marks)
        shared = Shared(exercise, sources[one], sources[other], lines, others, len(marks))
        pair.shared.append(shared)
    return pair


def _lines(own: Marks, marks: Iterable[int]) -> frozenset[int]:
    """Return the lines over which some runs reach, counted from 1."""
    return frozenset(
        line for mark in marks for run in own[mark] for line in range(run.first, run.last + 1)
    )


def _own(source: str, common: set[int]) -> Marks:
    """Return the fingerprints of some code that are in nothing that everyone has."""
    found: Marks = defaultdict(list)
    for run in _runs(source):
        if run.mark not in common:
            found[run.mark].append(run)
    return dict(found)


def _marks_of(sources: Iterable[str]) -> set[int]:
    return {run.mark for source in sources for run in _runs(source)}


@functools.lru_cache(maxsize=4096)  # many hand in the same
def _runs(source: str) -> tuple[Run, ...]:
    return tuple(runs(tokens_of(source)))
