"""Sections 8.5 and 8.6, codes in bytes, what they cost, and a layer of them: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import Weights, normal, random_ids
from gradelib.lab.flow import said_and_passed_back
from gradelib.topics.lora.exercises.models import (
    base_weights,
    kept,
    made_anew,
    passes,
    reached,
    trained,
    update_weights,
    updated,
)

pack_nibbles = Exercise("lora.pack_nibbles", points=2, difficulty=2)
bits_per_weight = Exercise("lora.bits_per_weight", points=1, difficulty=1)
double_quantize = Exercise("lora.double_quantize", points=0, difficulty=2)
QLoRALinear = Exercise(
    "lora.QLoRALinear",
    points=2,
    difficulty=2,
    kind="class",
    given=("__init__",),
    tolerance=Tolerance(plain=1e-6),
)

VALUES = (-1.0, -0.7, -0.52, -0.4, -0.28, -0.18, -0.09, 0.0, 0.08, 0.16, 0.25, 0.34, 0.44, 0.56,
          0.72, 1.0)  # fmt: skip


# --- pack_nibbles --------------------------------------------------------------------------------


@pack_nibbles.drive
def from_where_they_lie(answer: Callable[..., Any], codes: Tensor, turned: bool) -> Any:
    """Hand over codes as they lie, or their `.mT`: the same numbers, read by columns."""
    return answer(codes.mT if turned else codes)


def _codes(codes: Tensor, turned: bool = False) -> Inputs:
    return {"codes": codes, "turned": turned}


@pack_nibbles.case
def blocks_of_codes(rng: Rng) -> Inputs:
    """Three blocks of four codes."""
    return _codes(random_ids(rng, 3, 4, vocab=16))


@pack_nibbles.case
def a_row_of_codes(rng: Rng) -> Inputs:
    """A row of ten codes."""
    return _codes(random_ids(rng, 10, vocab=16))


@pack_nibbles.case
def pairs_over_the_end_of_a_row(rng: Rng) -> Inputs:
    """Four blocks of three codes: the third code and the fourth are neighbours."""
    return _codes(random_ids(rng, 4, 3, vocab=16))


@pack_nibbles.case
def codes_that_are_turned(rng: Rng) -> Inputs:
    """`codes.mT`, four rows of three: these codes do not lie row by row in memory."""
    return _codes(random_ids(rng, 3, 4, vocab=16), turned=True)


@pack_nibbles.case
def high_codes(rng: Rng) -> Inputs:
    """Codes from 8 to 15: the byte is above 127."""
    return _codes(random_ids(rng, 2, 6, vocab=16, first=8))


@pack_nibbles.case
def one_byte(rng: Rng) -> Inputs:
    """Two codes: one byte."""
    return _codes(random_ids(rng, 1, 2, vocab=16))


@pack_nibbles.case
def blocks_of_one_code(rng: Rng) -> Inputs:
    """Six blocks of one code each."""
    return _codes(random_ids(rng, 6, 1, vocab=16))


@pack_nibbles.case
def a_cube_of_codes(rng: Rng) -> Inputs:
    """A tensor of codes with three axes, the first of size 1."""
    return _codes(random_ids(rng, 1, 3, 2, vocab=16))


@pack_nibbles.invariant
def each_is_a_byte(inputs: Inputs, answer: Any) -> bool | str:
    """Bytes are of the type uint8: a number of 64 bits for each would save nothing."""
    if answer.dtype != torch.uint8:
        return f"a byte is of the type uint8: yours are {str(answer.dtype).removeprefix('torch.')}"
    return True


# --- bits_per_weight -----------------------------------------------------------------------------


@bits_per_weight.case
def four_bits_in_small_blocks(rng: Rng) -> Inputs:
    """Four bits, in blocks of 16 to 128."""
    return {"bits": 4, "block": int(rng.choice([16, 32, 48, 64, 128]))}


@bits_per_weight.case
def eight_bits_in_large_blocks(rng: Rng) -> Inputs:
    """Eight bits, in blocks of 200 to 5,000."""
    return {"bits": 8, "block": int(rng.integers(200, 5000))}


@bits_per_weight.case
def scales_of_eight_bits(rng: Rng) -> Inputs:
    """Double quantization, with groups of 100 to 300 scales."""
    return {"bits": 4, "block": 64, "group": int(rng.integers(100, 300))}


@bits_per_weight.case
def few_bits_and_small_groups(rng: Rng) -> Inputs:
    """Two or three bits, small blocks, and groups of 2 to 9 scales."""
    block, group = int(rng.integers(5, 20)), int(rng.integers(2, 10))
    return {"bits": int(rng.integers(2, 4)), "block": block, "group": group}


@bits_per_weight.case
def a_scale_for_each(rng: Rng) -> Inputs:
    """Blocks of one weight: each has a scale of its own."""
    return {"bits": int(rng.integers(2, 9)), "block": 1, "group": 1}


# --- double_quantize -----------------------------------------------------------------------------


def _scales(rng: Rng, groups: int, group: int, values: int = 16) -> Inputs:
    return {
        "scales": normal(rng, groups * group).abs() + 0.5,
        "table": torch.linspace(-1, 1, values),
        "group": group,
    }


@double_quantize.case
def scales_in_four_groups(rng: Rng) -> Inputs:
    """Twenty scales in groups of five, with a table of 16 values."""
    return _scales(rng, 4, 5)


@double_quantize.case
def scales_in_one_group(rng: Rng) -> Inputs:
    """Twelve scales in one group, with a table of 255 values."""
    return _scales(rng, 1, 12, values=255)


@double_quantize.case
def large_scales(rng: Rng) -> Inputs:
    """Scales of very different size: some are a hundred times the others."""
    drawn = _scales(rng, 3, 4, values=64)
    factors = torch.tensor([1.0, 100.0, 1.0]).repeat_interleave(4)
    return {**drawn, "scales": drawn["scales"] * factors}


@double_quantize.case
def one_scale(rng: Rng) -> Inputs:
    """A single scale: it is the mean."""
    return _scales(rng, 1, 1)


@double_quantize.case
def one_value(rng: Rng) -> Inputs:
    """A table of a single value: every scale comes back as the mean."""
    return {**_scales(rng, 2, 3), "table": torch.tensor([0.0])}


@double_quantize.case
def scales_that_do_not_fit(rng: Rng) -> Inputs:
    """Ten scales in groups of four: a ValueError, as `quantize` has it."""
    return {**_scales(rng, 2, 5), "group": 4}


# --- QLoRALinear ---------------------------------------------------------------------------------


@QLoRALinear.drive
@made_anew
def from_four_bits(
    answer: Callable[..., Any],
    weights: Weights,
    kind: str,
    scale: float,
    on: bool,
    block: int,
    x: Tensor,
) -> Any:
    """Make a layer of a `LoRALinear`, and let it answer."""
    table = torch.tensor(VALUES).to(x.device)
    layer: Any = answer(updated(weights, kind, scale, on), table, block)
    before = kept(layer.packed), kept(layer.scales)
    trains, held = trained(layer), _tensors(layer)
    says = layer(x)
    after = layer.packed, layer.scales
    more = len(_tensors(layer) - held)
    found = said_and_passed_back(says, layer, x=x)
    reaches = reached(layer, says)
    layer.on = True
    quiet = kept(layer.eval()(x))
    layer.lora_B.weight.detach().zero_()
    begins = reached(layer, layer.train()(x))["lora_B.weight"]
    layer.scales, layer.on = layer.scales * 2, False
    return {
        "says": found,
        "says with other scales, switched off": kept(layer(x)),
        "a gradient passes through the base": passes(layer, x),
        "trains": trains,
        "weights with a gradient": reaches,
        "what is kept has changed": ~(before[0] == after[0]).all() | ~(before[1] == after[1]).all(),
        "tensors that a call leaves in the layer": more,
        "says in .eval(), switched on": quiet,
        "a gradient reaches B where it is zero": begins,
    }


def _tensors(layer: Any) -> set[str]:
    """Return the names of the tensors that a layer itself keeps."""
    own = {name for name, value in vars(layer).items() if isinstance(value, Tensor)}
    return own | {name for name, _ in [*layer.named_buffers(), *layer.named_parameters()]}


def _four_bits(
    rng: Rng, rows: tuple[int, ...], sizes: tuple[int, int], kind: str, **more: Any
) -> Inputs:
    rank = int(rng.integers(1, 4))
    return {
        "weights": base_weights(rng, kind, *sizes) | update_weights(rng, *sizes, rank),
        "kind": kind,
        "scale": float(torch.tensor(rng.uniform(0.4, 3)).round(decimals=2)),
        "on": True,
        "block": 4,
        "x": normal(rng, *rows, sizes[0]),
    } | more


@QLoRALinear.case
def two_texts_of_tokens(rng: Rng) -> Inputs:
    """A layer from 6 numbers to 4, in blocks of 8, and two texts of three tokens."""
    return _four_bits(rng, (2, 3), (6, 4), "Linear", block=8)


@QLoRALinear.case
def from_a_conv1d(rng: Rng) -> Inputs:
    """Made of a `Conv1D` from 4 numbers to 6."""
    return _four_bits(rng, (5,), (4, 6), "Conv1D")


@QLoRALinear.case
def without_a_bias(rng: Rng) -> Inputs:
    """A layer without a bias."""
    drawn = _four_bits(rng, (3, 2), (4, 5), "Linear")
    del drawn["weights"]["base.bias"]
    return drawn


@QLoRALinear.case
def switched_off_in_four_bits(rng: Rng) -> Inputs:
    """A layer that is off: only its base speaks."""
    return _four_bits(rng, (4,), (6, 2), "Linear", on=False)


@QLoRALinear.case
def one_row_and_one_number(rng: Rng) -> Inputs:
    """One text of one token, and a layer from 8 numbers to 1."""
    return _four_bits(rng, (1, 1), (8, 1), "Linear")


@QLoRALinear.case
def from_one_number(rng: Rng) -> Inputs:
    """A layer from 1 number to 8."""
    return _four_bits(rng, (3,), (1, 8), "Linear")
