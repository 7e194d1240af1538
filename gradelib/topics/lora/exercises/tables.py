"""Section 8.5, fewer bits for a weight: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids

normal_table = Exercise("lora.normal_table", points=2, difficulty=2)
quantize = Exercise("lora.quantize", points=3, difficulty=3)
dequantize = Exercise("lora.dequantize", points=1, difficulty=1)


# --- normal_table --------------------------------------------------------------------------------


@normal_table.case
def four_bits(rng: Rng) -> Inputs:
    """Four bits: the table of QLoRA. `tail` is not given."""
    return {"bits": 4}


@normal_table.case
def four_bits_and_another_tail(rng: Rng) -> Inputs:
    """Four bits, and probabilities that begin elsewhere."""
    return {"bits": 4, "tail": float(np.round(rng.uniform(0.8, 0.99), 3))}


@normal_table.case
def two_bits(rng: Rng) -> Inputs:
    """Two bits: four values."""
    return {"bits": 2, "tail": float(np.round(rng.uniform(0.9, 0.99), 3))}


@normal_table.case
def three_bits(rng: Rng) -> Inputs:
    """Three bits: eight values. `tail` is not given."""
    return {"bits": 3}


@normal_table.case
def six_bits(rng: Rng) -> Inputs:
    """Six bits: 64 values."""
    return {"bits": 6, "tail": float(np.round(rng.uniform(0.95, 0.995), 4))}


@normal_table.case
def one_bit(rng: Rng) -> Inputs:
    """One bit: zero and one."""
    return {"bits": 1, "tail": float(np.round(rng.uniform(0.8, 0.99), 3))}


@normal_table.invariant
def its_type_is_float32(inputs: Inputs, answer: Any) -> bool | str:
    """The values are float32, as the weights are."""
    if answer.dtype != torch.float32:
        return f"the type asked for is float32: yours is {str(answer.dtype).removeprefix('torch.')}"
    return True


# --- quantize ------------------------------------------------------------------------------------


def _values(rng: Rng, count: int) -> Tensor:
    """Return a table with -1, 0 and 1 in it, in rising order."""
    inner = rng.uniform(0.08, 0.92, size=count - 3) * rng.choice([-1, 1], size=count - 3)
    return torch.tensor(sorted([-1.0, 0.0, 1.0, *inner.tolist()]), dtype=torch.float32)


def _weights(rng: Rng, shape: tuple[int, ...], block: int, values: int) -> Inputs:
    drawn = {"weight": normal(rng, *shape), "table": _values(rng, values), "block": block}
    return {**drawn, "turned": False}


@quantize.drive
def from_where_it_lies(
    answer: Callable[..., Any], weight: Tensor, table: Tensor, block: int, turned: bool
) -> Any:
    """Hand over a weight as it lies, or its `.mT`: the same numbers in memory, read by columns."""
    return answer(weight.mT if turned else weight, table, block)


@quantize.case
def a_matrix(rng: Rng) -> Inputs:
    """A matrix of 4 rows and 6 columns, in blocks of 3, with 8 values."""
    return _weights(rng, (4, 6), 3, 8)


@quantize.case
def blocks_that_go_over_the_end_of_a_row(rng: Rng) -> Inputs:
    """A matrix of 4 rows and 3 columns in blocks of 6: two rows are one block."""
    return _weights(rng, (4, 3), 6, 16)


@quantize.case
def a_row(rng: Rng) -> Inputs:
    """A row of 20 weights in blocks of 5."""
    return _weights(rng, (20,), 5, 7)


@quantize.case
def three_axes(rng: Rng) -> Inputs:
    """A tensor with three axes, one of them of size 1, in blocks of 4."""
    return _weights(rng, (1, 4, 2), 4, 9)


@quantize.case
def negative_extremes(rng: Rng) -> Inputs:
    """In each block the largest by size is negative; in the second block all are."""
    drawn = _weights(rng, (5, 4), 4, 10)
    weight = drawn["weight"].abs().clamp(max=2.0)
    weight[1] = -weight[1]
    weight[:, 2] = -3.0 - weight[:, 2]
    return {**drawn, "weight": weight}


@quantize.case
def blocks_of_very_different_size(rng: Rng) -> Inputs:
    """The weights of one block are about 10,000, those of another about 0.000001."""
    drawn = _weights(rng, (4, 5), 5, 12)
    factors = torch.tensor([1.0, 1e4, 1e-6, 30.0])[:, None]
    return {**drawn, "weight": drawn["weight"] * factors}


@quantize.case
def a_weight_that_is_turned(rng: Rng) -> Inputs:
    """`weight.mT`, in blocks of 4, as a `Conv1D` has it: it does not lie row by row in memory."""
    return {**_weights(rng, (6, 4), 4, 11), "turned": True}


@quantize.case
def tiny_weights(rng: Rng) -> Inputs:
    """Weights of about 0.000000001, and between them a block of zeros, whose scale is 0."""
    drawn = _weights(rng, (4, 6), 6, 13)
    drawn["weight"][2] = 0.0
    return {**drawn, "weight": 1e-9 * drawn["weight"]}


@quantize.case
def near_the_middle_of_two_values(rng: Rng) -> Inputs:
    """Weights that are only a little nearer to one value than to the next."""
    drawn = _weights(rng, (4, 8), 8, 16)
    table = drawn["table"]
    middles = (table[1:] + table[:-1]) / 2
    shares = middles[random_ids(rng, 4, 8, vocab=15)]
    shares += 1e-4 * (2.0 * random_ids(rng, 4, 8, vocab=2) - 1)
    shares[:, 5] = 1.0
    return {**drawn, "weight": shares * torch.tensor([[1.0], [0.3], [5.0], [0.07]])}


@quantize.case
def a_block_of_zeros(rng: Rng) -> Inputs:
    """The second of three blocks is zeros."""
    drawn = _weights(rng, (3, 4), 4, 6)
    drawn["weight"][1] = 0.0
    return drawn


@quantize.case
def blocks_of_one(rng: Rng) -> Inputs:
    """Blocks of one weight: each is the largest of its block."""
    return _weights(rng, (2, 3), 1, 5)


@quantize.case
def one_block(rng: Rng) -> Inputs:
    """All weights in one block, with 16 values; the matrix has one column."""
    return _weights(rng, (8, 1), 8, 16)


@quantize.case
def a_table_of_one_value(rng: Rng) -> Inputs:
    """A table with a single value: every code is 0."""
    return {**_weights(rng, (1, 8), 4, 3), "table": torch.tensor([0.0])}


@quantize.case
def a_table_without_zero(rng: Rng) -> Inputs:
    """A table in which there is no 0, and a block of zeros: the value nearest to 0 is taken."""
    drawn = _weights(rng, (4, 3), 3, 4)
    drawn["weight"][2] = 0.0
    return {**drawn, "table": torch.tensor([-0.9, -0.2, 0.3, 0.8])}


@quantize.case
def blocks_that_do_not_fit(rng: Rng) -> Inputs:
    """14 weights in blocks of 4: a ValueError."""
    return _weights(rng, (2, 7), 4, 8)


@quantize.invariant
def codes_are_int64(inputs: Inputs, answer: Any) -> bool | str:
    """Codes are int64: PyTorch looks up places in a table by numbers of this type."""
    if answer[0].dtype != torch.int64:
        return f"codes are int64: yours are {str(answer[0].dtype).removeprefix('torch.')}"
    return True


# --- dequantize ----------------------------------------------------------------------------------


def _coded(rng: Rng, blocks: int, block: int, values: int, shape: tuple[int, ...]) -> Inputs:
    return {
        "codes": random_ids(rng, blocks, block, vocab=values),
        "scales": normal(rng, blocks).abs() + 0.1,
        "table": _values(rng, values) if values > 3 else normal(rng, values),
        "shape": shape,
    }


@dequantize.case
def back_to_a_matrix(rng: Rng) -> Inputs:
    """Four blocks of six, back to a matrix of 8 rows and 3 columns."""
    return _coded(rng, 4, 6, 8, (8, 3))


@dequantize.case
def back_to_a_row(rng: Rng) -> Inputs:
    """Three blocks of five, back to a row."""
    return _coded(rng, 3, 5, 16, (15,))


@dequantize.case
def back_to_three_axes(rng: Rng) -> Inputs:
    """Six blocks of four, back to a tensor with three axes, the first of size 1."""
    return _coded(rng, 6, 4, 7, (1, 8, 3))


@dequantize.case
def as_many_blocks_as_weights_in_one(rng: Rng) -> Inputs:
    """Four blocks of four: which scale belongs to which weight?"""
    return _coded(rng, 4, 4, 9, (4, 4))


@dequantize.case
def one_weight(rng: Rng) -> Inputs:
    """One block of one weight, and a table of one value."""
    return _coded(rng, 1, 1, 1, (1, 1))
