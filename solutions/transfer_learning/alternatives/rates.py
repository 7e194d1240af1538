"""Section 7.5: other right answers. They must pass."""

from typing import Any

from torch import nn

from solutions.transfer_learning.reference import depth_of


def depth_of__by_split(name: str, layers: int) -> int:
    from itertools import pairwise

    parts = name.split(".")
    if parts[0] == "head":
        return 0
    for before, number in pairwise(parts):
        if before == "layer" and number.isdecimal():
            return layers - int(number)
    return layers + 1


def depth_of__all_layers_tried(name: str, layers: int) -> int:
    for number in range(layers):
        if f"layer.{number}." in name and not name.startswith("head."):
            return layers - number
    return 0 if name.startswith("head.") else layers + 1


def layer_rates__by_depth(
    model: nn.Module, layers: int, rate: float, decay: float
) -> list[dict[str, Any]]:
    groups: dict[int, dict[str, Any]] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            depth = depth_of(name, layers)
            group = groups.setdefault(depth, {"params": [], "lr": rate * decay**depth})
            group["params"].append(weight)
    return list(groups.values())


def layer_rates__step_by_step(
    model: nn.Module, layers: int, rate: float, decay: float
) -> list[dict[str, Any]]:
    groups = []
    for depth in range(layers + 2):
        here = [w for n, w in model.named_parameters() if depth_of(n, layers) == depth]
        here = [w for w in here if w.requires_grad]
        if here:
            groups.append({"lr": rate, "params": here})
        rate *= decay
    return groups
