"""Whether gradients flow through what a student built. What a gradient should be is not judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent

__all__ = ["cut_off", "said_and_learned"]

IN_PLACE = "modified by an inplace operation"  # so says PyTorch in the backward pass


def cut_off(found: Any, learning: dict[str, Tensor]) -> list[str]:
    """Return the names of those tensors that no gradient of an answer reaches.

    It is by the graph, not by values: a gradient of 0 has come.
    """
    if not (isinstance(found, torch.Tensor) and found.requires_grad):
        return [*learning]
    came = torch.autograd.grad(found.sum(), [*learning.values()], allow_unused=True)
    return [name for name, one in zip(learning, came, strict=True) if one is None]


def said_and_learned(read: Callable[..., Any], layer: nn.Module, **inputs: Tensor) -> Any:
    """Return what `read(**inputs)` says, or why nothing can be learned from it.

    `read` calls the layer. It is Absent where a weight of the layer or an input has a say in the
    answer, and no gradient comes back to it: somebody has cut it off on the way.
    """
    before = {name: one._version for name, one in inputs.items()}
    with torch.no_grad():
        said = read(**inputs)
    changed = any(before[name] != one._version for name, one in inputs.items())
    if changed or not isinstance(said, Tensor) or not said.is_floating_point():
        return said  # these are faults of another kind, and the check says so
    try:
        cut = list(_silent(read, layer, inputs, said))
    except RuntimeError as error:
        if IN_PLACE not in str(error):
            raise
        return Absent("the backward pass fails: what it needs was changed in place, as by `+=`")
    if not cut:
        return said
    return Absent(f"no gradient comes back to {' and '.join(cut[:3])}: it was cut off on the way")


def _silent(
    read: Callable[..., Any], layer: nn.Module, inputs: dict[str, Tensor], said: Tensor
) -> Iterator[str]:
    """Yield the names of what has a say in an answer, but gets no gradient of it."""
    held = {name: one.clone().requires_grad_() for name, one in inputs.items()}
    layer.zero_grad()
    again = read(**{name: one.clone() for name, one in held.items()})
    if again.requires_grad:
        again.square().sum().backward()
    for name, weight in {**held, **dict(layer.named_parameters())}.items():
        if weight.grad is not None or not weight.requires_grad:
            continue
        old = weight.detach().clone()
        with torch.no_grad():
            weight.add_(torch.linspace(-1, 1, old.numel(), device=old.device).view_as(old))
            other = read(**{name: one.detach().clone() for name, one in held.items()})
            weight.copy_(old)
        if not torch.allclose(said, other, atol=1e-3, equal_nan=True):
            yield f"`{name}`"
    layer.zero_grad()  # whoever asks next for gradients finds none of these
