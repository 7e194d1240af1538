"""Section 7.5, lower rates further down: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.transfer_learning.exercises.models import built

depth_of = Exercise("transfer_learning.depth_of", points=1, difficulty=2)
layer_rates = Exercise("transfer_learning.layer_rates", points=2, difficulty=2)


# --- depth_of ------------------------------------------------------------------------------------


def _layer(number: int, rest: str = "attention.self.query.weight") -> str:
    return f"body.encoder.layer.{number}.{rest}"


@depth_of.case
def the_head(rng: Rng) -> Inputs:
    """The bias of the head."""
    return {"name": "head.bias", "layers": int(rng.integers(3, 9))}


@depth_of.case
def a_layer_of_the_head(rng: Rng) -> Inputs:
    """A head with a layer of its own is the head all the same."""
    return {"name": f"head.layer.{rng.integers(3)}.weight", "layers": int(rng.integers(4, 9))}


@depth_of.case
def the_last_layer(rng: Rng) -> Inputs:
    """A weight of the last layer."""
    layers = int(rng.integers(3, 9))
    return {"name": _layer(layers - 1), "layers": layers}


@depth_of.case
def the_first_layer(rng: Rng) -> Inputs:
    """A norm of layer 0."""
    return {"name": _layer(0, "output.LayerNorm.bias"), "layers": int(rng.integers(3, 9))}


@depth_of.case
def a_layer_between(rng: Rng) -> Inputs:
    """A weight of layer 2, of seven or more."""
    return {"name": _layer(2, "intermediate.dense.weight"), "layers": int(rng.integers(7, 10))}


@depth_of.case
def a_number_of_two_digits(rng: Rng) -> Inputs:
    """A weight of a layer beyond 9, in a body of 24 layers."""
    return {"name": _layer(int(rng.integers(10, 20))), "layers": 24}


@depth_of.case
def the_embeddings(rng: Rng) -> Inputs:
    """The table of the tokens."""
    name = "body.embeddings.word_embeddings.weight"
    return {"name": name, "layers": int(rng.integers(3, 9))}


@depth_of.case
def the_norm_of_the_embeddings(rng: Rng) -> Inputs:
    """ "LayerNorm" in a name is no layer."""
    return {"name": "body.embeddings.LayerNorm.weight", "layers": int(rng.integers(3, 9))}


@depth_of.case
def a_body_with_other_names(rng: Rng) -> Inputs:
    """In DistilBERT layers are called "transformer.layer.n.", and parts have numbers too."""
    layers = int(rng.integers(6, 9))
    return {"name": f"body.transformer.layer.{layers - 4}.ffn.lin1.weight", "layers": layers}


@depth_of.case
def a_number_that_is_no_layers(rng: Rng) -> Inputs:
    """The body is the second of two, and so has a number of its own before that of the layer."""
    return {"name": "bodies.1.layer.4.norm2.bias", "layers": int(rng.integers(6, 9))}


@depth_of.case
def a_number_without_a_layer(rng: Rng) -> Inputs:
    """A table below all layers, with a number in its name."""
    return {"name": "body.embeddings.tables.2.weight", "layers": int(rng.integers(4, 9))}


@depth_of.case
def a_layer_without_a_number(rng: Rng) -> Inputs:
    """A layer that stands below all others, and has no number behind "layer."."""
    return {"name": "body.first_layer.weight", "layers": int(rng.integers(4, 9))}


@depth_of.case
def a_name_that_ends_alike(rng: Rng) -> Inputs:
    """A module that is called "mayer", after a person, is no layer."""
    return {"name": "body.mayer.2.weight", "layers": int(rng.integers(4, 9))}


@depth_of.case
def a_name_that_begins_alike(rng: Rng) -> Inputs:
    """A table of headlines below all layers is no head."""
    return {"name": "headlines.weight", "layers": int(rng.integers(4, 9))}


@depth_of.case
def a_head_inside_a_layer(rng: Rng) -> Inputs:
    """Layers of attention have heads too: only what *begins* with "head." is the head."""
    return {"name": _layer(1, "attention.head.weight"), "layers": int(rng.integers(3, 9))}


# --- layer_rates ---------------------------------------------------------------------------------


@layer_rates.drive
def rates_by_name(
    answer: Callable[..., Any],
    weights: list[str],
    frozen: list[str],
    shared: dict[str, str],
    layers: int,
    rate: float,
    decay: float,
) -> Any:
    """Build a model, and say which rate each of its weights gets, whatever the groups are."""
    model = built(dict.fromkeys(weights, (2,)), shared)
    names = {}
    for name, weight in model.named_parameters():
        weight.requires_grad_(name not in frozen)
        names[id(weight)] = name
    rates: dict[str, list[float]] = {}
    form = "lists"
    for group in answer(model, layers, rate, decay):
        members = group["params"]
        if not isinstance(members, list):
            form = f"not lists, but {type(members).__name__}"
        for member in [members] if isinstance(members, Tensor) else members:
            name = names.get(id(member), "something that is no weight of the model")
            rates.setdefault(name, []).append(group["lr"])
    if any(weight.requires_grad == (names[id(weight)] in frozen) for weight in model.parameters()):
        return Absent("other weights train afterwards: what is frozen stays so")
    once = {name: found[0] if len(found) == 1 else found for name, found in rates.items()}
    return {"rates": once, "params are": form}  # one part each, so that a name too many counts


def _body(rng: Rng, layers: int, **more: Any) -> Inputs:
    weights = ["body.embeddings.words.weight", "body.embeddings.LayerNorm.bias"]
    weights += [_layer(n, rest) for n in range(layers) for rest in ("dense.weight", "dense.bias")]
    return {
        "weights": [*weights, "head.weight", "head.bias"],
        "frozen": [],
        "shared": {},
        "layers": layers,
        "rate": float(np.round(rng.uniform(1e-3, 9e-3), 4)),
        "decay": float(np.round(rng.uniform(0.3, 0.9), 2)),
    } | more


@layer_rates.case
def three_layers(rng: Rng) -> Inputs:
    """A body of three layers, all of which trains."""
    return _body(rng, 3)


@layer_rates.case
def twelve_layers(rng: Rng) -> Inputs:
    """A body of twelve layers, as BERT has them."""
    return _body(rng, 12)


@layer_rates.case
def a_frozen_bottom(rng: Rng) -> Inputs:
    """The embeddings and the first layer are frozen: they are in no group."""
    drawn = _body(rng, 3)
    return {**drawn, "frozen": drawn["weights"][:4]}


@layer_rates.case
def only_the_head_trains(rng: Rng) -> Inputs:
    """The whole body is frozen."""
    drawn = _body(rng, 2)
    return {**drawn, "frozen": drawn["weights"][:-2]}


@layer_rates.case
def a_shared_table(rng: Rng) -> Inputs:
    """A table of the embeddings has two names, since two modules share it: it is one weight."""
    shared = {"body.embeddings.output.weight": "body.embeddings.words.weight"}
    return _body(rng, 2, shared=shared)


@layer_rates.case
def the_same_rate_for_all(rng: Rng) -> Inputs:
    """A decay of 1: all rates are the same."""
    return _body(rng, 2, decay=1.0)


@layer_rates.case
def nothing_trains(rng: Rng) -> Inputs:
    """All weights are frozen: there is no group."""
    drawn = _body(rng, 2)
    return {**drawn, "frozen": list(drawn["weights"])}
