"""Section 8.2, an update inside a weight, and in a file: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import Weights, normal
from gradelib.topics.lora.exercises.models import (
    add_one,
    base_weights,
    filled,
    kept,
    trained,
    update_weights,
    updated,
)

merge = Exercise("lora.merge", points=2, difficulty=2, tolerance=Tolerance(plain=1e-6))
adapter_state = Exercise("lora.adapter_state", points=2, difficulty=2)
load_adapter = Exercise("lora.load_adapter", points=1, difficulty=2)

BEFORE = "base_model.model."


# --- merge ---------------------------------------------------------------------------------------


@merge.drive
def merged(
    answer: Callable[..., Any],
    weights: Weights,
    kind: str,
    scale: float,
    on: bool,
    back: bool | None,
    x: Tensor,
) -> Any:
    """Build a layer with its update, merge it, and say what is in its weights then."""
    layer = updated(weights, kind, scale, on)
    raised = "nothing"
    try:
        returned = answer(layer) if back is None else answer(layer, back)
    except ValueError:
        raised, returned = "a ValueError", None
    return {
        "weight of the base": kept(layer.base.weight),
        "on": layer.on,
        "raised": raised,
        "says": kept(layer(x)),
        "A": kept(layer.lora_A.weight),
        "B": kept(layer.lora_B.weight),
        "returned": returned,
        "trains": trained(layer),
    }


def _merging(rng: Rng, sizes: tuple[int, int], rank: int, kind: str, **more: Any) -> Inputs:
    weights = base_weights(rng, kind, *sizes) | update_weights(rng, *sizes, rank)
    scale = float(np.round(rng.uniform(0.3, 4), 2))
    drawn = {"weights": weights, "kind": kind, "scale": scale, "on": True, "back": None}
    return {**drawn, "x": normal(rng, 3, sizes[0]), **more}


@merge.case
def into_a_linear_layer(rng: Rng) -> Inputs:
    """A layer from 4 numbers to 6, rank 2: `back` is not given."""
    return _merging(rng, (4, 6), 2, "Linear")


@merge.case
def into_a_conv1d(rng: Rng) -> Inputs:
    """A `Conv1D` from 5 numbers to 3, rank 2."""
    return _merging(rng, (5, 3), 2, "Conv1D", back=False)


@merge.case
def into_a_square_conv1d(rng: Rng) -> Inputs:
    """A `Conv1D` from 4 numbers to 4: here both ways fit, and one is right."""
    return _merging(rng, (4, 4), 3, "Conv1D")


@merge.case
def back_out_of_a_linear_layer(rng: Rng) -> Inputs:
    """Back out of a layer that is off."""
    return _merging(rng, (3, 5), 2, "Linear", on=False, back=True)


@merge.case
def back_out_of_a_conv1d(rng: Rng) -> Inputs:
    """Back out of a `Conv1D` from 6 numbers to 2."""
    return _merging(rng, (6, 2), 3, "Conv1D", on=False, back=True)


@merge.case
def a_layer_that_is_off(rng: Rng) -> Inputs:
    """A layer that is off is to be merged: a ValueError, and nothing is changed."""
    return _merging(rng, (3, 4), 2, "Linear", on=False, back=False)


@merge.case
def back_where_nothing_is_merged(rng: Rng) -> Inputs:
    """A layer that is on is to be brought back: a ValueError, and nothing is changed."""
    return _merging(rng, (4, 3), 2, "Linear", back=True)


@merge.case
def an_update_of_zeros(rng: Rng) -> Inputs:
    """An update that is zero: the weight stays what it is, and the layer is off afterwards."""
    drawn = _merging(rng, (3, 2), 2, "Linear")
    drawn["weights"]["lora_B.weight"].zero_()
    return drawn


@merge.case
def one_number(rng: Rng) -> Inputs:
    """A layer from 1 number to 1, rank 1, and one row."""
    return {**_merging(rng, (1, 1), 1, "Linear"), "x": normal(rng, 1, 1)}


# --- adapter_state -------------------------------------------------------------------------------


@adapter_state.drive
def what_is_saved(
    answer: Callable[..., Any], layers: list[tuple[str, str, int, int]], seed: int
) -> Any:
    """Build a model, ask for its adapter, and train on: what was handed out must stay."""
    model = filled(layers, seed)
    trains = trained(model)
    state = answer(model)
    parts = list(state.values()) if isinstance(state, dict) else []
    grown = [part.requires_grad for part in parts if isinstance(part, Tensor)]
    before = [kept(part) for part in parts if isinstance(part, Tensor)]
    add_one(model)
    same = all(map(torch.equal, before, (p for p in parts if isinstance(p, Tensor))))
    return {"state": state, "gradients in it": any(grown), "it changed with the model": not same,
            "trains": trains}  # fmt: skip


def _saved(rng: Rng, *layers: tuple[str, str, int, int]) -> Inputs:
    return {"layers": list(layers), "seed": int(rng.integers(10**6))}


@adapter_state.case
def two_layers_of_a_gpt2(rng: Rng) -> Inputs:
    """Two layers with updates, and around them some without."""
    first, second = ("h.0.attn.c_attn", "LoRA", 3, 5), ("h.1.mlp.c_fc", "LoRA", 3, 4)
    return _saved(rng, ("wte", "Embedding", 6, 3), first, ("h.0.ln_1", "LayerNorm", 3, 3), second)


@adapter_state.case
def names_with_lora_in_them(rng: Rng) -> Inputs:
    """Modules called "flora_A", "flora_B", "lora_Abacus" and "lora" are no update."""
    decoys = [(name, "Linear", 2, 3) for name in ("flora_A", "flora_B", "lora_Abacus", "lora")]
    return _saved(rng, *decoys, ("lora.out", "LoRA", 2, 3))


@adapter_state.case
def updates_in_any_state(rng: Rng) -> Inputs:
    """Updates that are off or frozen are saved too."""
    off, frozen = ("h.0.attn", "LoRA off", 3, 4), ("h.1.attn", "LoRA frozen", 4, 2)
    return _saved(rng, off, ("h.1.mlp", "LoRA", 2, 3), frozen)


@adapter_state.case
def other_weights_of_an_update(rng: Rng) -> Inputs:
    """An A with a "bias" and a "weight_scale" beside its weight: the weight alone is saved."""
    return _saved(rng, ("h.0.attn", "LoRA rich", 3, 4), ("h.1.attn", "LoRA rich", 4, 3))


@adapter_state.case
def no_update_at_all(rng: Rng) -> Inputs:
    """A model without any update: an empty dictionary."""
    return _saved(rng, ("wte", "Embedding", 4, 3), ("head", "Linear", 3, 4))


@adapter_state.case
def at_the_top(rng: Rng) -> Inputs:
    """One layer with an update, whose name has no dot; its sizes are 1."""
    return _saved(rng, ("head", "LoRA", 1, 1))


# --- load_adapter --------------------------------------------------------------------------------


@load_adapter.drive
def what_was_loaded(
    answer: Callable[..., Any],
    layers: list[tuple[str, str, int, int]],
    seed: int,
    state: dict[str, Tensor],
) -> Any:
    """Build a model, load an adapter, and say what is in its weights then."""
    model = filled(layers, seed)
    before = dict(model.named_parameters())
    raised = "nothing"
    try:
        returned = answer(model, state)
    except ValueError:
        raised, returned = "a ValueError", None
    after = dict(model.named_parameters())
    moved = [name for name, weight in before.items() if after.get(name) is not weight]
    now = {name: kept(weight) for name, weight in after.items()}
    handed = {name: kept(weight) for name, weight in state.items()}
    add_one(model)
    same = all(torch.equal(weight, handed[name]) for name, weight in state.items())
    return {
        "weights": now,
        "the file changes with the model": not same,
        "names in the file afterwards": sorted(state),
        "raised": raised,
        "weights that are others now": moved,
        "returned": returned,
        "trains": trained(model),
    }


def _loaded(rng: Rng, *layers: tuple[str, str, int, int]) -> Inputs:
    state: Weights = {}
    for name, kind, d_in, d_out in layers:
        if kind == "LoRA":
            drawn = update_weights(rng, d_in, d_out, 2)
            state |= {f"{BEFORE}{name}.{part}": weight for part, weight in drawn.items()}
    return _saved(rng, *layers) | {"state": state}


@load_adapter.case
def an_adapter_of_two_layers(rng: Rng) -> Inputs:
    """Two layers with updates, and one without."""
    first, second = ("h.0.attn", "LoRA", 3, 5), ("h.1.attn", "LoRA", 4, 3)
    return _loaded(rng, first, ("head", "Linear", 3, 4), second)


@load_adapter.case
def an_adapter_in_another_order(rng: Rng) -> Inputs:
    """The same numbers, but the file has the second layer first."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 4, 4), ("h.1.attn", "LoRA", 4, 4))
    return {**drawn, "state": dict(list(drawn["state"].items())[::-1])}


@load_adapter.case
def names_like_their_beginning(rng: Rng) -> Inputs:
    """Modules whose own names are like "base_model.model.": these stay whole."""
    names = "model.layers.0.mlp", "base_model.model.head"
    return _loaded(rng, *((name, "LoRA", 3, len(name) % 4 + 1) for name in names))


@load_adapter.case
def another_name(rng: Rng) -> Inputs:
    """As many names, but one is of a layer that the model has not: a ValueError as well."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 3, 2), ("h.1.attn", "LoRA", 2, 3))
    *state, (_, last) = drawn["state"].items()
    return {**drawn, "state": {**dict(state), f"{BEFORE}h.5.attn.lora_B.weight": last}}


@load_adapter.case
def names_without_their_beginning(rng: Rng) -> Inputs:
    """The names lack "base_model.model.": a ValueError, since these are others."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 2, 3))
    cut = {name.removeprefix(BEFORE): weight for name, weight in drawn["state"].items()}
    return {**drawn, "state": cut}


@load_adapter.case
def a_name_is_missing(rng: Rng) -> Inputs:
    """The file lacks a B: a ValueError, and nothing is changed."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 3, 2), ("h.1.attn", "LoRA", 2, 3))
    return {**drawn, "state": dict(list(drawn["state"].items())[:-1])}


@load_adapter.case
def a_name_too_many(rng: Rng) -> Inputs:
    """The file has a layer that the model has not: a ValueError, and nothing is changed."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 2, 4))
    more = {f"{BEFORE}h.7.attn.lora_A.weight": normal(rng, 2, 2)}
    return {**drawn, "state": drawn["state"] | more}


@load_adapter.case
def a_weight_of_the_base(rng: Rng) -> Inputs:
    """The file has a weight of the base in it: a ValueError, since an adapter has none."""
    drawn = _loaded(rng, ("h.0.attn", "LoRA", 3, 3))
    more = {f"{BEFORE}h.0.attn.base.weight": normal(rng, 3, 3)}
    return {**drawn, "state": drawn["state"] | more}


@load_adapter.case
def one_small_layer(rng: Rng) -> Inputs:
    """One layer from 1 number to 1."""
    return _loaded(rng, ("head", "LoRA", 1, 1))
