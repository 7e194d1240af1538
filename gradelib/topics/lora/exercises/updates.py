"""Section 8.1, a small update beside a layer: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import Weights, normal
from gradelib.lab.flow import said_and_passed_back
from gradelib.topics.lora.exercises.models import (
    base_weights,
    kept,
    layer_of_kind,
    model_of,
    passes,
    reached,
    trained,
    update_weights,
)

LoRALinear = Exercise(
    "lora.LoRALinear",
    points=3,
    difficulty=3,
    kind="class",
    tolerance=Tolerance(plain=1e-6),
)
inject = Exercise("lora.inject", points=3, difficulty=3, tolerance=Tolerance(plain=1e-6))

KINDS = ("Linear", "Conv1D")


# --- LoRALinear ----------------------------------------------------------------------------------


@LoRALinear.drive
def beside_a_layer(
    answer: Callable[..., Any], init: Inputs, kind: str, weights: Weights, on: bool, x: Tensor
) -> Any:
    """Build the layer, look at how it begins, load the weights of the case, and let it answer."""
    base = layer_of_kind(kind, init["d_in"], init["d_out"])
    base.load_state_dict({name[5:]: w for name, w in weights.items() if name[:5] == "base."})
    layer: Any = answer(base, **init)
    begins = _beginning(layer, base, x)
    layer.load_state_dict(weights)
    layer.on = on
    says = layer(x)
    found = said_and_passed_back(says, layer, x=x)
    return {"says": found, "weights with a gradient": reached(layer, says), **begins}


def _beginning(layer: Any, base: nn.Module, x: Tensor) -> dict[str, Any]:
    """Say how a layer begins: what trains, what is zero, and what it says at first."""
    a, b = layer.lora_A.weight, layer.lora_B.weight
    highest = a.shape[-1] ** -0.5  # what nn.Linear draws lies within
    return {
        "says at first": kept(layer(x)),
        "a gradient passes through the base": passes(layer, x),
        "trains": trained(layer),
        "base is the one handed in": layer.base is base,
        "A is zero at first": ~a.any(),
        "A begins like nn.Linear": a.abs().max() <= highest,
        "B is zero at first": ~b.any(),
        "scale": float(layer.scale),
        "on at first": layer.on,
    }


def _beside(
    rng: Rng, rows: tuple[int, ...], sizes: tuple[int, int], rank: int, kind: str, on: bool = True
) -> Inputs:
    d_in, d_out = sizes
    alpha = float(np.round(rng.uniform(2, 20), 1))
    return {
        "init": {"d_in": d_in, "d_out": d_out, "rank": rank, "alpha": alpha},
        "kind": kind,
        "weights": base_weights(rng, kind, *sizes) | update_weights(rng, *sizes, rank),
        "on": on,
        "x": normal(rng, *rows, d_in),
    }


@LoRALinear.case
def a_batch_of_tokens(rng: Rng) -> Inputs:
    """A layer from 5 numbers to 7, rank 3, and two texts of four tokens."""
    return _beside(rng, (2, 4), (5, 7), 3, "Linear")


@LoRALinear.case
def a_conv1d(rng: Rng) -> Inputs:
    """A base whose weight lies the other way round: a `Conv1D` from 4 numbers to 6, rank 2."""
    return _beside(rng, (3, 2), (4, 6), 2, "Conv1D")


@LoRALinear.case
def switched_off(rng: Rng) -> Inputs:
    """A layer that is off: only its base speaks."""
    return _beside(rng, (5,), (6, 4), 2, "Linear", on=False)


@LoRALinear.case
def rank_one(rng: Rng) -> Inputs:
    """Rank 1, and one text of one token."""
    return _beside(rng, (1, 1), (3, 5), 1, "Linear")


@LoRALinear.case
def one_number_in(rng: Rng) -> Inputs:
    """A layer from 1 number to 1, rank 2."""
    return _beside(rng, (4,), (1, 1), 2, "Linear")


@LoRALinear.case
def a_rank_above_the_sizes(rng: Rng) -> Inputs:
    """Rank 8 in a layer from 3 numbers to 2, where nothing is saved."""
    return _beside(rng, (2, 3), (3, 2), 8, "Conv1D")


# --- inject --------------------------------------------------------------------------------------


@inject.drive
def what_was_replaced(
    answer: Callable[..., Any],
    layers: list[tuple[str, str, int, int]],
    names: list[str],
    rank: int,
    alpha: float,
    frozen: list[str],
) -> Any:
    """Build a model of these layers, let it be changed, and say what each module is then."""
    model = model_of(layers)
    for name in frozen:
        model.get_submodule(name).requires_grad_(False)
    asked = list(names)
    before = {name: model.get_submodule(name) for name, *_ in layers}
    returned = answer(model, names, rank, alpha)
    modules = {name: _described(model.get_submodule(name), old) for name, old in before.items()}
    return {"returned": returned, "modules": modules, "trains": trained(model),
            "names changed": names != asked}  # fmt: skip


def _described(module: Any, before: nn.Module) -> str:
    """Say what became of a module."""
    if module is before:
        return "as it was"
    if not hasattr(module, "lora_A"):
        return type(module).__name__
    inner = "the old layer" if module.base is before else "another base"
    a, b = tuple(module.lora_A.weight.shape), tuple(module.lora_B.weight.shape)
    return f"{type(module).__name__} on {inner}: A {a}, B {b}, scale {module.scale:.4g}"


def _gpt2(rng: Rng, blocks: int) -> list[tuple[str, str, int, int]]:
    """Return the layers of a GPT-2, with sizes of their own."""
    d_model = int(rng.integers(3, 6))
    layers = [("wte", "Embedding", 9, d_model)]
    for number in range(blocks):
        block = f"h.{number}"
        layers += [
            (f"{block}.ln_1", "LayerNorm", d_model, d_model),
            (f"{block}.attn.c_attn", "Conv1D", d_model, 3 * d_model),
            (f"{block}.attn.c_proj", "Conv1D", d_model, d_model),
            (f"{block}.mlp.c_fc", "Conv1D", d_model, 4 * d_model),
            (f"{block}.mlp.c_proj", "Conv1D", 4 * d_model, d_model),
        ]
    return [*layers, ("lm_head", "Linear", d_model, 9)]


def _injected(rng: Rng, layers: list[tuple[str, str, int, int]], names: list[str]) -> Inputs:
    rank = int(rng.integers(2, 6))
    alpha = float(np.round(rng.uniform(3, 20), 1))
    return {"layers": layers, "names": names, "rank": rank, "alpha": alpha, "frozen": []}


@inject.case
def one_name_in_each_block(rng: Rng) -> Inputs:
    """A GPT-2 of two blocks: "c_attn" in each."""
    return _injected(rng, _gpt2(rng, 2), ["c_attn"])


@inject.case
def a_name_that_stands_for_two(rng: Rng) -> Inputs:
    """ "c_proj", which attention and MLP both have, and "c_fc"."""
    return _injected(rng, _gpt2(rng, 2), ["c_proj", "c_fc"])


@inject.case
def a_name_with_a_dot(rng: Rng) -> Inputs:
    """ "mlp.c_proj" alone."""
    return _injected(rng, _gpt2(rng, 2), ["mlp.c_proj"])


@inject.case
def a_full_name(rng: Rng) -> Inputs:
    """The head, by its whole name; it is an `nn.Linear`. Some weights are frozen already."""
    return {**_injected(rng, _gpt2(rng, 1), ["lm_head"]), "frozen": ["wte", "h.0.ln_1"]}


@inject.case
def linear_layers(rng: Rng) -> Inputs:
    """A model with `nn.Linear` in it: "query" and "value", in each of two layers."""
    wide = int(rng.integers(3, 6))
    parts = [("query", wide + 1), ("key", wide + 2), ("value", wide + 3)]
    layers = [
        (f"layer.{n}.self.{part}", "Linear", wide, out) for n in range(2) for part, out in parts
    ]
    return _injected(rng, layers, ["value", "query"])


@inject.case
def names_that_are_no_linear_layer(rng: Rng) -> Inputs:
    """Names of an embedding, a norm and a block beside that of a layer: only the layer is one."""
    return _injected(rng, _gpt2(rng, 1), ["wte", "ln_1", "c_fc", "attn"])


@inject.case
def names_that_end_alike(rng: Rng) -> Inputs:
    """ "proj" is asked for: "c_proj" ends alike, but there is no dot before it."""
    layers = [("a.c_proj", "Linear", 3, 4), ("a.proj", "Linear", 4, 5), ("proj.up", "Conv1D", 5, 6)]
    return _injected(rng, layers, ["proj"])


@inject.case
def nothing_fits(rng: Rng) -> Inputs:
    """A name that no layer has: nothing is replaced, and all is frozen."""
    return _injected(rng, _gpt2(rng, 1), ["q_proj"])
