"""Section 5.1, what a decoder reads while it learns: what is asked."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import random_ids

shift_right = Exercise("encoder_decoder.shift_right", points=1, difficulty=1)


def _shift(rng: Rng, batch: int, target: int) -> Inputs:
    return {"ids": random_ids(rng, batch, target, vocab=30), "start": int(rng.integers(40, 50))}


@shift_right.case
def three_targets(rng: Rng) -> Inputs:
    """Three rows of five ids."""
    return _shift(rng, 3, 5)


@shift_right.case
def two_ids_a_row(rng: Rng) -> Inputs:
    """Rows of two ids."""
    return _shift(rng, 4, 2)


@shift_right.case
def one_id_a_row(rng: Rng) -> Inputs:
    """Rows of one id: only the start is read."""
    return _shift(rng, 3, 1)


@shift_right.case
def a_single_row(rng: Rng) -> Inputs:
    """One row of six ids."""
    return _shift(rng, 1, 6)


@shift_right.case
def rows_that_end_with_padding(rng: Rng) -> Inputs:
    """Rows that end with padding of one, two and four places, and one without: the last *place* is
    left out, whatever stands there. Padding has the id 0, and the start another one."""
    drawn = _shift(rng, 4, 6)
    ids = drawn["ids"] + 1
    for row, real in enumerate([6, 5, 2, 4]):
        ids[row, real:] = 0
    return {**drawn, "ids": ids}


@shift_right.case
def ids_that_come_again(rng: Rng) -> Inputs:
    """Rows that begin with the start, and rows whose last id stands in them before: it is the place
    that counts. All ids are above the start."""
    drawn = _shift(rng, 4, 5)
    ids, start = drawn["ids"] + 3, int(rng.integers(0, 3))
    ids[1, 0] = start
    ids[2, 1] = ids[2, 4]
    ids[3, 0] = ids[3, 2] = ids[3, 4]
    return {"ids": ids, "start": start}


@shift_right.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The ids are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"
