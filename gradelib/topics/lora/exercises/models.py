"""Small models for the cases: modules by name and kind, and a layer with an update beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Rng
from gradelib.lab.draws import Weights, normal

__all__ = ["Updated", "add_one", "base_weights", "filled", "kept", "layer_of_kind", "made_anew",
           "model_of", "passes", "put_in", "reached", "trained", "update_weights",
           "updated"]  # fmt: skip

Described = Sequence[tuple[str, str, int, int]]  # name, kind, d_in, d_out
PARTS = "base", "lora_A", "lora_B", "down", "up"  # of the layers that are asked for
AGAIN = "backward through the graph a second time"  # so says PyTorch of what was kept


class OwnLinear(nn.Linear):
    """A class of its own that is an `nn.Linear`, as some models have one."""


def layer_of_kind(kind: str, d_in: int, d_out: int) -> nn.Module:
    """Return a layer of a kind; a "LoRA" has the rank 2, and may be "off", "frozen" or "rich"."""
    from transformers.pytorch_utils import Conv1D

    if kind.startswith("LoRA"):
        layer = Updated(nn.Linear(d_in, d_out), d_in, d_out, rank=2, scale=1.0)
        layer.on = kind != "LoRA off"
        if kind == "LoRA rich":
            layer.lora_A = nn.Linear(d_in, 2)  # with a bias, which is no matrix
            layer.lora_A.weight_scale = nn.Parameter(torch.ones(d_out))
        return layer.requires_grad_(False) if kind == "LoRA frozen" else layer
    kinds: dict[str, Callable[[], nn.Module]] = {
        "Conv1D": lambda: Conv1D(d_out, d_in),
        "Conv2d": lambda: nn.Conv2d(d_in, d_out, 1),
        "Embedding": lambda: nn.Embedding(d_in, d_out),
        "LayerNorm": lambda: nn.LayerNorm(d_in),
        "Linear": lambda: nn.Linear(d_in, d_out),
        "Linear without a bias": lambda: nn.Linear(d_in, d_out, bias=False),
        "OwnLinear": lambda: OwnLinear(d_in, d_out),
    }
    return kinds[kind]()


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
        if kind == "Parameter":
            place.register_parameter(last, nn.Parameter(torch.ones(d_in, d_out)))
        else:
            place.add_module(last, layer_of_kind(kind, d_in, d_out))
    return model


def filled(layers: Described, seed: int) -> Any:
    """Return a model whose weights are drawn with a seed of NumPy."""
    model, rng = model_of(layers), np.random.default_rng(seed)
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(normal(rng, *weight.shape))
    return model


def add_one(model: nn.Module) -> None:
    """Change all weights of a model, as if it trained on."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(1)


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


def _named(model: nn.Module) -> Weights:
    """Return the weights of a model, those of the parts that are asked for by the parts' names.

    A layer may have its parts under other names too, as in an `nn.Sequential`.
    """
    parts = {part: getattr(model, part, None) for part in PARTS}
    mine: Weights = {
        f"{part}.{name}": weight
        for part, module in parts.items()
        if isinstance(module, nn.Module)
        for name, weight in module.named_parameters()
    }
    seen = {id(weight) for weight in mine.values()}
    return mine | {n: weight for n, weight in model.named_parameters() if id(weight) not in seen}


def trained(model: nn.Module) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the weights that train, by their names."""
    every = _named(model).items()
    return {name: tuple(weight.shape) for name, weight in every if weight.requires_grad}


def reached(model: nn.Module, answer: Tensor) -> Weights:
    """Say of each weight that trains whether a gradient of the answer reaches it.

    A gradient of zeros is none: whoever multiplies by zero has switched off.
    """
    model.zero_grad()
    if answer.requires_grad:
        answer.square().sum().backward()
    every = {name: weight for name, weight in _named(model).items() if weight.requires_grad}
    grown = {n: torch.zeros_like(w) if w.grad is None else w.grad for n, w in every.items()}
    return {name: gradient.any() for name, gradient in grown.items()}


def put_in(layer: nn.Module, weights: Weights) -> Absent | None:
    """Put the weights of a case into the parts of a layer, or say which part is another."""
    for part in sorted({name.partition(".")[0] for name in weights}):
        due = {name.partition(".")[2]: w for name, w in weights.items() if name.startswith(part)}
        holds = dict(getattr(layer, part).named_parameters())
        if holds.keys() != due.keys():
            has, wants = (" and ".join(f"`{n}`" for n in sorted(one)) for one in (holds, due))
            return Absent(f"`self.{part}` has {has or 'no weights'}, and should have {wants}")
        for name, weight in holds.items():
            if weight.shape != due[name].shape:
                has, wants = (str(tuple(one.shape)) for one in (weight, due[name]))
                return Absent(f"`self.{part}.{name}` has the shape {has}, and should have {wants}")
            weight.detach().copy_(due[name])
    return None


def made_anew(driver: Callable[..., Any]) -> Callable[..., Any]:
    """Let a driver say in words what PyTorch says of a layer that keeps something of a call."""

    @functools.wraps(driver)
    def told(answer: Callable[..., Any], **inputs: Any) -> Any:
        try:
            return driver(answer, **inputs)
        except RuntimeError as error:
            if AGAIN not in str(error):
                raise
            what = "something is kept from one call to the next: make it anew in each call, or its"
            return Absent(f"{what} gradient fails, and it does not change when the weights do")

    return told


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
