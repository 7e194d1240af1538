"""Section 3.5, "Somebody else's weights": other right answers. They must pass."""

from collections.abc import Callable

import torch
from torch import Tensor


def convert_weights__comprehension(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    def turned(name):
        *_, last, kind = name.split(".")
        return kind == "weight" and last[:2] == "c_"

    return {
        f"{names[name.rsplit('.', 1)[0]]}.{name.rsplit('.', 1)[1]}": (
            weight.transpose(0, 1).contiguous() if turned(name) else weight
        )
        for name, weight in weights.items()
        if name.rsplit(".", 1)[0] in names
    }


def convert_weights__by_module(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    found = {}
    for theirs, ours in names.items():
        for kind in ("weight", "bias"):
            if f"{theirs}.{kind}" in weights:
                found[f"{ours}.{kind}"] = weights[f"{theirs}.{kind}"].clone()
        if theirs.split(".")[-1].startswith("c_"):
            found[f"{ours}.weight"] = found[f"{ours}.weight"].t()
    return found


def generate__room_beforehand(
    model: Callable, ids: Tensor, max_new: int, choose: Callable
) -> Tensor:
    start = ids.shape[1]
    every = torch.zeros(len(ids), start + max_new, dtype=ids.dtype)
    every[:, :start] = ids
    for place in range(start, start + max_new):
        every[:, place] = choose(model(every[:, :place])[:, place - 1])
    return every


def generate__recursive(model: Callable, ids: Tensor, max_new: int, choose: Callable) -> Tensor:
    if max_new == 0:
        return ids
    with torch.inference_mode():
        token = choose(model(ids)[:, -1, :])
    return generate__recursive(model, torch.hstack([ids, token[:, None]]), max_new - 1, choose)
