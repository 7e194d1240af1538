"""Section 6.1, "The best token, every time": what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import (
    normal,
)

greedy = Exercise("sampling.greedy", points=1, difficulty=1)
generate = Exercise("sampling.generate", points=2, difficulty=2)
repetition_rate = Exercise("sampling.repetition_rate", points=1, difficulty=1)


# --- greedy --------------------------------------------------------------------------------------


@greedy.case
def three_rows(rng: Rng) -> Inputs:
    """Three rows of five logits; the largest stands at a place of its own in each."""
    logits = normal(rng, 3, 5)
    places = rng.permutation(5)[:3]
    logits[torch.arange(3), torch.from_numpy(places)] += 6
    return {"logits": logits}


@greedy.case
def all_below_zero(rng: Rng) -> Inputs:
    """Two rows of seven logits, all of them below zero."""
    logits = -10 + normal(rng, 2, 7)
    logits[:, rng.permutation(7)[0]] -= 3
    return {"logits": logits}


@greedy.case
def two_tokens_share_the_first_place(rng: Rng) -> Inputs:
    """In one of four rows two tokens have the same, largest logit."""
    logits = normal(rng, 4, 6)
    first, second = sorted(rng.permutation(6)[:2])
    logits[2, [first, second]] = 5.0
    return {"logits": logits}


@greedy.case
def far_from_zero(rng: Rng) -> Inputs:
    """Two rows of four logits, near 200 and near -200."""
    steps = rng.permuted(np.tile(np.arange(4.0), (2, 1)), axis=1)
    return {"logits": torch.from_numpy(steps).float() + torch.tensor([[200.0], [-200.0]])}


@greedy.case
def a_single_token(rng: Rng) -> Inputs:
    """Three rows of one token."""
    return {"logits": normal(rng, 3, 1)}


@greedy.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The ids are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


@greedy.case
def a_single_row(rng: Rng) -> Inputs:
    """One row: the answer still has an axis, of size 1."""
    logits = normal(rng, 1, 4)
    logits[0, int(rng.integers(1, 4))] = 9.0
    return {"logits": logits}


# --- generate ------------------------------------------------------------------------------------


@generate.drive
def _generate(
    answer: Callable[..., Any], rows: Tensor, after: Tensor, max_new: int, end: int
) -> Any:
    """Generate by a table of what follows two ids, and hold against a token that it has come."""
    calls, handed = [], []

    def next_logits(ids: Tensor) -> Tensor:
        calls.append(list(ids.shape))
        return after[ids[:, -2], ids[:, -1]]

    def choose(logits: Tensor, ids: Tensor) -> Tensor:
        handed.append((logits.clone(), ids.clone()))
        often = torch.zeros_like(logits).scatter_add(1, ids, torch.ones_like(ids).float())
        return (logits - 2 * often).argmax(dim=-1)

    written = answer(next_logits, rows, choose, max_new, end)
    return {"ids": written, "asked for": calls, "logits and ids handed to choose": handed}


def _table(rng: Rng, vocab: int, end: int, rows: list[list[int]], ends: list[int]) -> Tensor:
    """Make a table by which row i says `end` as its new token number ends[i] (0: never)."""
    for _ in range(5000):
        after = normal(rng, vocab, vocab, vocab, spread=3.0)
        if [_end_of(after, row, end) for row in rows] == ends:
            return after
    raise RuntimeError("no table ends where it should")


def _end_of(after: Tensor, row: list[int], end: int, most: int = 6) -> int:
    ids = list(row)
    for new in range(1, most + 1):
        often = torch.bincount(torch.tensor(ids), minlength=len(after))
        ids.append(int((after[ids[-2], ids[-1]] - 2 * often).argmax()))
        if ids[-1] == end:
            return new
    return 0


@generate.case
def no_row_ends(rng: Rng) -> Inputs:
    """Two rows of three ids; neither says the end token, so six are added to each."""
    rows = [[1, 2, 3], [4, 1, 2]]
    after = _table(rng, 5, 0, rows, [0, 0])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 0}


@generate.case
def one_row_ends_first(rng: Rng) -> Inputs:
    """Three rows end after 1, 2 and 4 new tokens: the first two are filled up with the end."""
    rows = [[1, 2], [3, 0], [4, 1]]
    after = _table(rng, 5, 2, rows, [2, 1, 4])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 2}


@generate.case
def one_row_never_ends(rng: Rng) -> Inputs:
    """One row ends at once, the other never does."""
    rows = [[1, 2, 4, 3], [3, 0, 1, 2]]
    after = _table(rng, 5, 4, rows, [1, 0])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 4}


@generate.case
def the_end_in_the_prompt(rng: Rng) -> Inputs:
    """The end token stands in the prompt, even at its end: that does not count."""
    rows = [[3, 2, 1, 3, 1]]
    after = _table(rng, 4, 1, rows, [3])
    return {"rows": torch.tensor(rows), "after": after, "max_new": 6, "end": 1}


@generate.case
def only_one_new_token(rng: Rng) -> Inputs:
    """At most one new token is asked for."""
    rows = [[1, 2], [2, 3], [0, 3], [3, 1]]
    after = normal(rng, 4, 4, 4, spread=3.0)
    return {"rows": torch.tensor(rows), "after": after, "max_new": 1, "end": 0}


@generate.invariant
def the_prompt_stays(inputs: Inputs, answer: Any) -> bool:
    """The ids begin with the prompt."""
    begins = answer["ids"][:, : inputs["rows"].shape[1]] if isinstance(answer, dict) else None
    return begins is not None and begins.equal(inputs["rows"])


# --- repetition_rate -----------------------------------------------------------------------------


@repetition_rate.case
def near_and_far(rng: Rng) -> Inputs:
    """Some tokens come again within four tokens, others only later."""
    a, b, c, d, e, f, g = (int(one) for one in rng.permutation(50)[:7])
    return {"ids": [a, b, a, c, c, d, e, f, b, g, a], "window": 4}


@repetition_rate.case
def exactly_the_window(rng: Rng) -> Inputs:
    """One token comes again exactly `window` tokens later, another one token too late."""
    a, b, c, d, e = (int(one) for one in rng.permutation(50)[:5])
    return {"ids": [a, b, c, a, d, b, e], "window": 3}


@repetition_rate.case
def by_chance(rng: Rng) -> Inputs:
    """Thirty tokens by chance, of eleven different ones."""
    return {"ids": rng.integers(11, size=30).tolist(), "window": 6}


@repetition_rate.case
def the_same_again_and_again(rng: Rng) -> Inputs:
    """One token, eight times."""
    return {"ids": [int(rng.integers(50))] * 8, "window": 2}


@repetition_rate.case
def nothing_comes_again(rng: Rng) -> Inputs:
    """Six different tokens."""
    return {"ids": [int(one) for one in rng.permutation(50)[:6]], "window": 5}


@repetition_rate.case
def a_window_longer_than_the_text(rng: Rng) -> Inputs:
    """The window reaches beyond the first token."""
    a, b, c = (int(one) for one in rng.permutation(50)[:3])
    return {"ids": [a, b, c, a, b], "window": 20}


@repetition_rate.case
def no_tokens(rng: Rng) -> Inputs:
    """There is nothing at all."""
    return {"ids": [], "window": int(rng.integers(2, 9))}
