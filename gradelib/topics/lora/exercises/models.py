"""Small models for the cases: modules by name and kind, and a layer with an update beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Rng
from gradelib.lab.draws import Weights, normal

__all__ = ["Updated", "base_weights", "kept", "layer_of_kind", "model_of", "passes", "reached",
           "trained", "update_weights", "updated"]  # fmt: skip

Described = Sequence[tuple[str, str, int, int]]  # name, kind, d_in, d_out


def layer_of_kind(kind: str, d_in: int, d_out: int) -> nn.Module:
    """Return a layer: "Linear", "Conv1D", "Embedding", "LayerNorm" or a "LoRA" of rank 2."""
    from transformers.pytorch_utils import Conv1D

    if kind == "Conv1D":
        return Conv1D(d_out, d_in)
    if kind == "Linear":
        return nn.Linear(d_in, d_out)
    if kind == "LoRA":
        return Updated(nn.Linear(d_in, d_out), d_in, d_out, rank=2, scale=1.0)
    return nn.Embedding(d_in, d_out) if kind == "Embedding" else nn.LayerNorm(d_in)


def model_of(layers: Described) -> nn.Module:
    """Return a model with these layers, each inside the modules that its name goes through."""
    model = nn.Module()
    for name, kind, d_in, d_out in layers:
        *modules, last = name.split(".")
        place = model
        for module in modules:
            if not hasattr(place, module):
                place.add_module(module, nn.Module())
            place = place.get_submodule(module)
        place.add_module(last, layer_of_kind(kind, d_in, d_out))
    return model


class Updated(nn.Module):
    """What a `LoRALinear` has, so that a case needs none of a student's."""

    def __init__(self, base: nn.Module, d_in: int, d_out: int, rank: int, scale: float) -> None:
        super().__init__()
        self.lora_A = _matrix(d_in, rank)
        self.base = base  # between the two, so that no end is special
        self.lora_B = _matrix(rank, d_out)
        for weight in base.parameters():
            weight.requires_grad = False
        self.scale, self.on = scale, True

    def forward(self, x: Tensor) -> Tensor:
        said: Tensor = self.base(x)
        if not self.on:
            return said
        low = self.lora_A(x)
        return torch.add(said, self.lora_B(low), alpha=self.scale)


def _matrix(d_in: int, d_out: int) -> nn.Linear:
    return nn.Linear(d_in, d_out, bias=False)


def base_weights(rng: Rng, kind: str, d_in: int, d_out: int) -> Weights:
    """Return weight and bias of a base, as its kind has them."""
    weight = normal(rng, d_out, d_in, spread=d_in**-0.5)
    turned = weight.T.contiguous() if kind == "Conv1D" else weight
    return {"base.weight": turned, "base.bias": normal(rng, d_out, spread=0.4)}


def update_weights(rng: Rng, d_in: int, d_out: int, rank: int) -> Weights:
    """Return the weights of A and B."""
    return {
        "lora_A.weight": normal(rng, rank, d_in, spread=d_in**-0.5),
        "lora_B.weight": normal(rng, d_out, rank, spread=0.7),
    }


def updated(weights: dict[str, Tensor], kind: str, scale: float, on: bool = True) -> Any:
    """Return a layer with its update, and with the weights of a case."""
    (rank, d_in), d_out = weights["lora_A.weight"].shape, len(weights["lora_B.weight"])
    base = layer_of_kind(kind, d_in, d_out)
    if "base.bias" not in weights:
        base.register_parameter("bias", None)
    layer = Updated(base, d_in, d_out, rank, scale).to(weights["lora_A.weight"].device)
    layer.load_state_dict(weights)
    layer.on = on
    return layer


def trained(model: nn.Module) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the weights that train, by their names."""
    every = model.named_parameters()
    return {name: tuple(weight.shape) for name, weight in every if weight.requires_grad}


def reached(model: nn.Module, answer: Tensor) -> list[str]:
    """Return the names of the weights that a gradient of the answer reaches."""
    if not answer.requires_grad:
        return []
    answer.square().sum().backward()
    every = model.named_parameters()
    return sorted(name for name, weight in every if weight.grad is not None)


def passes(layer: nn.Module, x: Tensor) -> Tensor:
    """Say whether a gradient comes back to `x` through a layer whose update is zero, or off.

    Shapes:
        returns: (), a boolean; to make a bool of it, a GPU would have to be waited for
    """
    held = x.clone().requires_grad_()
    says = layer(held.clone())
    if says.requires_grad:
        says.square().sum().backward()
    layer.zero_grad()
    return (torch.zeros_like(held) if held.grad is None else held.grad).any()


def kept(weight: Tensor) -> Tensor:
    """Return the numbers of a weight, to be kept while the weight changes."""
    return torch.clone(weight.detach())
