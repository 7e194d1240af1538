"""Section 7.1, a body and a head: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.transfer_learning.exercises.models import built

freeze = Exercise("transfer_learning.freeze", points=1, difficulty=1)
count_weights = Exercise("transfer_learning.count_weights", points=1, difficulty=1)

BODIES = ("body", "bert", "trunk", "base")
PARTS = ("dense", "query", "norm", "up")
NUMBERS = torch.tensor([0.1, -7 / 3])  # of a weight; half as many bits would not hold them


def _names(rng: Rng) -> list[str]:
    """Return the names of the weights of a model: a body of two layers, and a head."""
    body, part = str(rng.choice(BODIES)), str(rng.choice(PARTS))
    return [
        f"{body}.embeddings.words.weight",
        f"{body}.encoder.layer.0.{part}.weight",
        f"{body}.encoder.layer.0.{part}.bias",
        f"{body}.encoder.layer.1.{part}.weight",
        "head.weight",
        "head.bias",
    ]


def _body_of(names: list[str]) -> str:
    return names[0].partition(".")[0]


def _the_same(one: Tensor, other: Tensor) -> bool:
    """Say whether two tensors have the same numbers, to the last bit, of the same type."""
    return one.dtype == other.dtype and torch.equal(one, other)


# --- freeze --------------------------------------------------------------------------------------


@freeze.drive
def what_trains(
    answer: Callable[..., Any], weights: list[str], parts: list[str], frozen: list[str]
) -> Any:
    """Build a model of weights with these names, freeze, and say of each whether it trains."""
    model = built(dict.fromkeys(weights, (2,)))
    parameters = dict(model.named_parameters())
    numbers = {name: NUMBERS - place for place, name in enumerate(parameters)}
    for name, weight in parameters.items():
        weight.data.copy_(numbers[name])
        weight.requires_grad_(name not in frozen)
    before = list(parts)
    returned = answer(model, parts)
    trains = {name: weight.requires_grad for name, weight in model.named_parameters()}
    after = {name: weight.detach() for name, weight in model.named_parameters()}
    same = [name in numbers and _the_same(numbers[name], one) for name, one in after.items()]
    return {"trains": trains, "returned": returned, "numbers changed": not all(same),
            "parts changed": parts != before}  # fmt: skip


@freeze.case
def a_whole_body(rng: Rng) -> Inputs:
    """The whole body of a model with a body and a head."""
    names = _names(rng)
    return {"weights": names, "parts": [_body_of(names)], "frozen": []}


@freeze.case
def two_parts_of_a_body(rng: Rng) -> Inputs:
    """The embeddings and the first layer of a body of two."""
    names = _names(rng)
    parts = [f"{_body_of(names)}.embeddings", f"{_body_of(names)}.encoder.layer.0"]
    return {"weights": names, "parts": parts, "frozen": []}


@freeze.case
def a_name_that_begins_like_another(rng: Rng) -> Inputs:
    """Layer 1, 2 or 3 of a body that has layers with two digits too."""
    number, part = int(rng.integers(1, 4)), str(rng.choice(PARTS))
    layers = [f"body.layer.{n}.{part}.weight" for n in (0, number, 10 * number, 10 * number + 1)]
    weights = [*layers, f"body.layer.{number}.more.bias", "head.weight"]
    return {"weights": weights, "parts": [f"body.layer.{number}"], "frozen": []}


@freeze.case
def the_name_of_a_part_inside_another(rng: Rng) -> Inputs:
    """A head that has a "body" of its own: only what begins with the part belongs to it."""
    part = str(rng.choice(PARTS))
    weights = [f"body.{part}.weight", "head.body.weight", "head.body.bias", f"{part}.weight"]
    return {"weights": weights, "parts": ["body"], "frozen": []}


@freeze.case
def some_are_frozen_already(rng: Rng) -> Inputs:
    """The head and a layer were frozen before; what is asked for now is the embeddings alone."""
    names = _names(rng)
    frozen = [names[1], names[2], names[4]]
    return {"weights": names, "parts": [f"{_body_of(names)}.embeddings"], "frozen": frozen}


@freeze.case
def no_part_at_all(rng: Rng) -> Inputs:
    """An empty list: everything trains, also what was frozen before."""
    names = _names(rng)
    return {"weights": names, "parts": [], "frozen": [names[0], names[3], names[5]]}


@freeze.case
def parts_in_parts(rng: Rng) -> Inputs:
    """A part, another inside it, and one at the end; nothing comes back to life."""
    names = _names(rng)
    body = _body_of(names)
    parts = [f"{body}.encoder", f"{body}.encoder.layer.1", "head"]
    return {"weights": names, "parts": parts, "frozen": [names[0]]}


# --- count_weights -------------------------------------------------------------------------------


@count_weights.drive
def counted(
    answer: Callable[..., Any],
    shapes: list[tuple[str, tuple[int, ...]]],
    frozen: list[str],
    shared: dict[str, str],
    buffer: int,
) -> Any:
    """Build a model, freeze some of it, and let it be counted."""
    model = built(dict(shapes), shared)
    for name, weight in model.named_parameters():
        weight.requires_grad_(name not in frozen)
    if buffer:
        model.register_buffer("seen", torch.zeros(buffer))
    found = answer(model)
    trains = [name for name, weight in model.named_parameters() if weight.requires_grad]
    if trains != [name for name, _ in model.named_parameters() if name not in frozen]:
        return Absent("other weights train afterwards: who only counts changes nothing")
    return found


def _model(rng: Rng, **more: Any) -> Inputs:
    wide, deep, classes = (int(number) for number in rng.integers(2, 9, size=3))
    shapes = {
        "body.table.weight": (deep, wide),
        "body.norm.bias": (wide,),
        "head.weight": (classes, wide),
        "head.bias": (classes,),
    }
    return {"shapes": list(shapes.items()), "frozen": [], "shared": {}, "buffer": 0} | more


@count_weights.case
def everything_trains(rng: Rng) -> Inputs:
    """A small model, all of which trains."""
    return _model(rng)


@count_weights.case
def a_frozen_body(rng: Rng) -> Inputs:
    """The body is frozen."""
    return _model(rng, frozen=["body.table.weight", "body.norm.bias"])


@count_weights.case
def nothing_trains(rng: Rng) -> Inputs:
    """All of it is frozen."""
    drawn = _model(rng)
    return {**drawn, "frozen": [name for name, _ in drawn["shapes"]]}


@count_weights.case
def a_shared_table(rng: Rng) -> Inputs:
    """A table that stands at the beginning and at the end is one table."""
    return _model(rng, shared={"decoder.weight": "body.table.weight"}, frozen=["head.bias"])


@count_weights.case
def a_buffer(rng: Rng) -> Inputs:
    """A model that also keeps a buffer of some numbers."""
    return _model(rng, buffer=int(rng.integers(3, 9)), frozen=["body.table.weight"])


@count_weights.case
def three_axes_and_none(rng: Rng) -> Inputs:
    """A weight with three axes, a single number, and one without any numbers."""
    shapes = [("kernel", (2, int(rng.integers(3, 6)), 4)), ("empty", (0, 3)), ("scale", ())]
    return {"shapes": shapes, "frozen": ["scale"], "shared": {}, "buffer": 0}


@count_weights.case
def ten_thousands(rng: Rng) -> Inputs:
    """Tables of ten thousands of numbers."""
    shapes = [
        ("table", (int(rng.integers(300, 400)), 128)),
        ("dense", (128, 512)),
        ("bias", (512,)),
    ]
    return {"shapes": shapes, "frozen": ["table"], "shared": {}, "buffer": 0}
