"""What a check looks at in a layer with an update: how it begins, and what it does later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.topics.lora.exercises.models import kept, passes, reached, trained

__all__ = ["afterwards", "beginning", "drawn"]


def beginning(layer: Any, base: nn.Module, x: Tensor) -> dict[str, Any]:
    """Say how a layer begins: what trains, what is zero, and what it says at first."""
    trains = trained(layer)  # before its first call
    a, b, scale = layer.lora_A.weight, layer.lora_B.weight, layer.scale
    return {
        "says at first": kept(layer(x)),
        "a gradient passes through the base": passes(layer, x),
        "trains": trains,
        "base is the one handed in": layer.base is base,
        "A is zero at first": ~a.any(),
        "B is zero at first": ~b.any(),
        "a gradient reaches B at first": reached(layer, layer(x)).get("lora_B.weight", False),
        "scale": float(scale.detach() if isinstance(scale, Tensor) else scale),
        "on at first": layer.on,
    }


def afterwards(layer: Any, base: Any, x: Tensor) -> dict[str, Any]:
    """Say what a layer does when something about it has changed since its last call."""
    layer.on = True
    layer.eval()
    quiet = kept(layer(x))
    with torch.no_grad():
        if isinstance(layer.scale, Tensor):
            layer.scale.mul_(2)
        else:
            layer.scale = 2 * layer.scale
    louder = kept(layer(x))
    layer.train()
    layer.on = False
    flows = passes(layer, x)
    with torch.no_grad():
        base.weight.mul_(2)
    return {
        "says in .eval(), switched on": quiet,
        "says with twice the scale": louder,
        "switched off, a gradient passes through the base": flows,
        "switched off, says when its base has changed": kept(layer(x)),
    }


def drawn(answer: Callable[..., Any]) -> dict[str, Any]:
    """Say whether the A of a large layer is drawn as `nn.Linear` draws: evenly between two ends.

    Of the 1024 numbers all are asked for what a right layer misses once in 10 to the power of 15.
    """
    sizes = {"d_in": 64, "d_out": 3, "rank": 16, "alpha": 8.0}
    two = [answer(nn.Linear(64, 3), **sizes).lora_A.weight.detach() / 64**-0.5 for _ in range(2)]
    a, other = two
    size, middle, apart = a.abs(), a.mean().abs(), [a.roll(1, 0), a.roll(1, 1), other]
    rows, columns, layers = ((a - b).abs().mean() > 0.4 for b in apart)  # it is 2/3 by chance
    within = (size.max() < 1.001) & (size.max() > 0.9)
    return {
        "A begins like nn.Linear": within & ((size.mean() - 0.5).abs() < 0.1) & (middle < 0.15),
        "each row and column of A is another at first": rows & columns,
        "two layers begin with another A each": layers,
    }
