"""Stories with the true distribution of each next piece: what a decoder is to say, and how surely.

A piece is what the byte-level tokenizer cuts a text into before it looks into its vocabulary: a
word with the space before it, or marks. The decoder's vocabulary has each piece of the grammar.
"""

from __future__ import annotations

import functools
import re

import numpy as np

from gradelib.lab.village.grammar import Nodes, State, steps
from gradelib.lab.village.stories import grammar

# GPT-2's rule, for texts whose letters are a to z
PIECE = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+")
Way = tuple[float, str, Nodes, State]  # probability, said but not yet cut, what follows, state
Ways = dict[str, tuple[float, list[Way]]]  # next piece -> its probability, how the story goes on
Telling = tuple[list[str], list[dict[str, float]]]  # pieces, and what each might have been


def next_pieces(ways: list[Way]) -> Ways:
    """Return each piece that may come next; the empty piece is the end of the story."""
    found: dict[str, tuple[float, list[Way]]] = {}
    todo = list(ways)
    while todo:
        weight, said, rest, state = todo.pop()
        end = _end_of_piece(said, bool(rest))
        if end or not rest:
            before, going = found.get(said[:end], (0.0, []))
            going.append((weight, said[end:], rest, state))
            found[said[:end]] = (before + weight, going)
            continue
        for probability, more, following, new_state in steps(rest, state):
            todo.append((weight * probability, said + more, following, new_state))
    return found


def _end_of_piece(said: str, more: bool) -> int:
    """Return where the first piece ends, or 0 if what follows may still belong to it."""
    match = PIECE.match(said)
    return match.end() if match and (match.end() < len(said) or not more) else 0


@functools.cache
def _beginnings() -> Ways:
    return next_pieces([(1.0, "", grammar(), {})])


def tell(rng: np.random.Generator) -> Telling:
    """Tell a story piece by piece; the last piece is empty. Takes about 3 ms."""
    pieces: list[str] = []
    choices: list[dict[str, float]] = []
    found = _beginnings()
    while True:
        total = sum(weight for weight, _ in found.values())
        choices.append({piece: weight / total for piece, (weight, _) in found.items()})
        pieces.append(_pick(choices[-1], rng))
        if not pieces[-1]:
            return _without_first_space(pieces, choices)
        weight, ways = found[pieces[-1]]
        found = next_pieces([(p / weight, said, rest, state) for p, said, rest, state in ways])


def _pick(choice: dict[str, float], rng: np.random.Generator) -> str:
    if len(choice) == 1:
        return next(iter(choice))
    sums = np.cumsum(list(choice.values()))
    return list(choice)[min(int(np.searchsorted(sums, rng.random(), "right")), len(sums) - 1)]


def _without_first_space(pieces: list[str], choices: list[dict[str, float]]) -> Telling:
    first = {piece.removeprefix(" "): weight for piece, weight in choices[0].items()}
    return [pieces[0].removeprefix(" "), *pieces[1:]], [first, *choices[1:]]
