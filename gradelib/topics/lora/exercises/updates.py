"""Section 8.1, a small update beside a layer: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import Weights, normal
from gradelib.lab.flow import said_and_passed_back
from gradelib.topics.lora.exercises.looks import afterwards, beginning, drawn
from gradelib.topics.lora.exercises.models import (
    base_weights,
    layer_of_kind,
    made_anew,
    model_of,
    put_in,
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
@made_anew
def beside_a_layer(
    answer: Callable[..., Any], init: Inputs, kind: str, weights: Weights, on: bool, x: Tensor
) -> Any:
    """Build the layer, look at how it begins, load the weights of the case, and let it answer."""
    base = layer_of_kind(kind, init["d_in"], init["d_out"])
    base.load_state_dict({name[5:]: w for name, w in weights.items() if name[:5] == "base."})
    layer: Any = answer(base, **init)
    begins = beginning(layer, base, x)
    update = {name: weight for name, weight in weights.items() if name[:5] != "base."}
    if other := put_in(layer, update):
        return other
    layer.on = on
    says = layer(x)
    found = said_and_passed_back(says, layer, x=x)
    reaches = reached(layer, says)
    later = afterwards(layer, base, x)
    return {"says": found, "weights with a gradient": reaches, **begins, **later, **drawn(answer)}


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
def a_square_conv1d(rng: Rng) -> Inputs:
    """A `Conv1D` from 5 numbers to 5: its shape does not say which way it lies."""
    return _beside(rng, (2, 3), (5, 5), 2, "Conv1D")


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
    modules = [name for name, kind, *_ in layers if kind != "Parameter"]
    before = {name: model.get_submodule(name) for name in modules}
    returned = answer(model, names, rank, alpha)
    became = {name: _described(model.get_submodule(name), old) for name, old in before.items()}
    return {
        "returned": returned,
        "modules": became,
        "trains": trained(model),
        "names changed": names != asked,
        "all modules are in training mode": all(module.training for module in model.modules()),
    }


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
def a_full_name_with_dots(rng: Rng) -> Inputs:
    """ "h.1.mlp.c_fc", the whole name of a layer that stands deep in the model."""
    return _injected(rng, _gpt2(rng, 2), ["h.1.mlp.c_fc"])


@inject.case
def two_names_for_one_layer(rng: Rng) -> Inputs:
    """ "c_proj" and "mlp.c_proj": one layer has both names, and is replaced once."""
    return _injected(rng, _gpt2(rng, 1), ["c_proj", "mlp.c_proj"])


@inject.case
def all_is_frozen_already(rng: Rng) -> Inputs:
    """A model that is frozen already: "c_attn" is replaced all the same."""
    return {**_injected(rng, _gpt2(rng, 1), ["c_attn"]), "frozen": ["h", "wte", "lm_head"]}


@inject.case
def weights_of_other_kinds(rng: Rng) -> Inputs:
    """Weights in a convolution, in a block and in the model itself: they are frozen, too."""
    layers = [
        ("class_token", "Parameter", 1, 4),
        ("patches", "Conv2d", 3, 4),
        ("layer.0.scale", "Parameter", 1, 5),
        ("layer.0.out", "Linear", 4, 5),
    ]
    return _injected(rng, layers, ["out"])


@inject.case
def other_linear_layers(rng: Rng) -> Inputs:
    """A layer of a class that is an `nn.Linear` too, one without a bias, and a high rank."""
    layers = [
        ("a.out", "OwnLinear", 3, 2),
        ("b.out", "Linear without a bias", 4, 5),
        ("c.out", "Linear", 1, 6),
    ]
    return {**_injected(rng, layers, ["out"]), "rank": 7}


@inject.case
def a_dot_is_a_dot(rng: Rng) -> Inputs:
    """ "self.out" is asked for: "self_out" is another name."""
    layers = [("layer.self.out", "Linear", 3, 4), ("layer.self_out", "Linear", 4, 5)]
    return _injected(rng, layers, ["self.out"])


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
