"""The layers: built by the given constructor, with the weights of the case.

Every right `forward` then gives the same numbers. Where a layer is handed a cache, it is a stand-in
that gives back what the case says and remembers what it was handed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Inputs, Rng
from gradelib.lab.flow import cut_off
from gradelib.topics.decoder.exercises.inputs import normal


class StandIn:
    """In place of a cache: it gives back what the case says, and remembers what it was handed."""

    def __init__(self, keys: Tensor, values: Tensor, length: int) -> None:
        self.back, self.length = (keys, values), length
        self.handed: list[Tensor] = []

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        self.handed += [keys, values]
        return self.back


def layer_of(answer: Callable[..., Any], init: Inputs, weights: dict[str, Tensor]) -> Any:
    layer = answer(**init)
    layer.load_state_dict(weights)
    return layer.eval()


def read_by(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Inputs,
    x: Tensor,
    kept: Inputs | None = None,
    learns: bool = False,
) -> Any:
    """Build a layer and let it read `x`. `kept` is what its cache gives back.

    Where it `learns`, say which of its weights could not.
    """
    layer = layer_of(answer, init, weights)
    if learns:
        return unreached(layer, x)
    cache = None if kept is None else StandIn(**kept)
    caches = [] if kept is None else [StandIn(**kept)]
    with torch.no_grad():
        x_before = x.clone()
        said = layer(x) if cache is None else layer(x, cache)
        said = or_otherwise_in_training(said, layer, x_before, *caches)
    return said if cache is None else {"output": said, "handed to the cache": cache.handed}


def or_otherwise_in_training(said: Any, layer: nn.Module, *read: Any) -> Any:
    """Return what a layer has said, unless it says something else in the state of training."""
    again = layer.train()(*read)
    both = isinstance(said, Tensor) and isinstance(again, Tensor)
    if both and said.shape == again.shape and not torch.allclose(said, again, equal_nan=True):
        return Absent("in training it says something else than after `.eval()`: what drops out?")
    return said


def unreached(layer: Any, read: Tensor) -> dict[str, list[str]]:
    """Return which weights of a layer learn nothing, or too little, from what it makes of `read`.

    What it reads may come from a layer below, which is to learn by it.
    """
    learning = dict(layer.named_parameters())
    if read.is_floating_point():
        read = learning["x"] = read.clone().requires_grad_()
    return {"weights that no gradient reaches": cut_off(lambda: layer(read.clone()), learning)}


def linear(rng: Rng, name: str, d_in: int, d_out: int) -> dict[str, Tensor]:
    weight = normal(rng, d_out, d_in, spread=1.3 * d_in**-0.5)
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_out, spread=0.4)}


def layer_norm(rng: Rng, name: str, d_model: int) -> dict[str, Tensor]:
    weight = torch.from_numpy(rng.uniform(0.4, 1.8, size=d_model).astype(np.float32))
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_model, spread=0.4)}


def attention_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **linear(rng, f"{name}qkv", d_model, 3 * d_model),
        **linear(rng, f"{name}out", d_model, d_model),
    }


def mlp_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **linear(rng, f"{name}up", d_model, 4 * d_model),
        **linear(rng, f"{name}down", 4 * d_model, d_model),
    }


def block_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **layer_norm(rng, f"{name}norm_1", d_model),
        **attention_weights(rng, d_model, f"{name}attention."),
        **layer_norm(rng, f"{name}norm_2", d_model),
        **mlp_weights(rng, d_model, f"{name}mlp."),
    }


def kept_in_cache(rng: Rng, batch: int, heads: int, past: int, new: int, d_head: int) -> Inputs:
    """What a cache gives back after `new` tokens that came after `past` others."""
    shape = batch, heads, past + new, d_head
    return {"keys": normal(rng, *shape), "values": normal(rng, *shape), "length": past}
