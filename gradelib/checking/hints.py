"""Which hint an answer that is not right earns. It looks only at the cases in which it fails.

A known mistake that agrees on all of these, and is wrong on no other, is certain. One that agrees
on half of them is likely, if no other agrees on as many and what they share tells something:
nobody has the same eight numbers by chance, but many have all True. Between the two stands what
is true of every exercise (`habits`). The rule was found by measuring: `tests/proofs/hints.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gradelib.checking.exercise import Exercise
from gradelib.checking.habits import habit
from gradelib.checking.likeness import alike, nearly, same_error, same_outcome, tells
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome

__all__ = ["Hint", "find_hint", "spelled"]

SHARE = 0.5  # of the failing cases on which a likely mistake agrees
TELLING = 2  # of them at least have an answer that nobody has by chance


@dataclass(frozen=True)
class Hint:
    """What an answer earns that is not right. `name` is that of the mistake or of the habit."""

    text: str
    name: str
    certain: bool = True


@dataclass(frozen=True)
class _Match:
    """On how many of the failing cases an answer and a known mistake are alike."""

    mistake: KnownMistake
    agrees: int  # nearly ones, too
    near: int
    telling: int
    elsewhere: bool  # the mistake is wrong where the answer is right, too


def find_hint(
    exercise: Exercise,
    drawn: Sequence[Drawn],
    outcomes: Sequence[Outcome],
    mistakes: Sequence[KnownMistake],
    fails: Callable[[Drawn, Outcome], bool],
    source: str = "",
) -> Hint | None:
    """Return the hint for an answer of which at least one outcome `fails`, or None.

    `source` is the answer's own; where there is none, what needs it is left out.
    """
    for mistake in mistakes:
        if all(
            _is_exactly(exercise, *pair) for pair in zip(outcomes, mistake.outcomes, strict=True)
        ):
            return Hint(mistake.hint, mistake.name)
    failing = [i for i, pair in enumerate(zip(drawn, outcomes, strict=True)) if fails(*pair)]
    matches = [_match(exercise, drawn, outcomes, one, failing, fails) for one in mistakes]
    best = _best(matches)
    if best and best.agrees == len(failing) and not best.elsewhere:
        return Hint(best.mistake.hint, best.mistake.name, best.near == 0)
    trials = [(drawn[place], outcomes[place]) for place in failing]
    if found := habit(trials, source):
        return Hint(found.hint, found.name)
    same = best.agrees - best.near if best and not best.elsewhere else 0
    if best and same >= SHARE * len(failing) and best.telling >= TELLING:
        return Hint(best.mistake.hint, best.mistake.name, certain=False)
    return None


def _is_exactly(exercise: Exercise, left: Outcome, right: Outcome) -> bool:
    errors = left.status == "error" == right.status
    return same_outcome(exercise, left, right) and (not errors or same_error(left, right))


def _match(
    exercise: Exercise, drawn: Sequence[Drawn], outcomes: Sequence[Outcome],
    mistake: KnownMistake, failing: Sequence[int], fails: Callable[[Drawn, Outcome], bool],
) -> _Match:  # fmt: skip
    answered = mistake.outcomes
    wrong = {i for i, pair in enumerate(zip(drawn, answered, strict=True)) if fails(*pair)}
    pairs = {i: (drawn[i].expected, outcomes[i], answered[i]) for i in failing if i in wrong}
    same = [i for i, pair in pairs.items() if alike(*pair, exercise.tolerance)]
    rest = {i: pair for i, pair in pairs.items() if i not in same}
    near = sum(nearly(*pair, exercise.tolerance) for pair in rest.values())
    telling = sum(tells(outcomes[i]) for i in same)
    return _Match(mistake, len(same) + near, near, telling, bool(wrong - set(failing)))


def _best(matches: Sequence[_Match]) -> _Match | None:
    """Return the mistake that agrees most; none where another one agrees on as many cases."""
    ordered = sorted((one for one in matches if one.agrees), key=_rank)
    if not ordered:
        return None
    rivals = {spelled(one.mistake.name) for one in ordered if _rank(one) == _rank(ordered[0])}
    return ordered[0] if len(rivals) == 1 else None


def _rank(match: _Match) -> tuple[bool, int, int]:
    return match.elsewhere, match.near - match.agrees, -match.agrees


def spelled(name: str) -> str:
    """Return what is wrong in a known mistake, without which spelling of it this is."""
    return name.partition("__")[0]
