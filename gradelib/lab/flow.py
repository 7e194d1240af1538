"""Whether gradients flow through what a student built, and whether all of each comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent

__all__ = ["cut_off", "said_and_learned", "said_and_passed_back"]

IN_PLACE = "modified by an inplace operation"  # so says PyTorch in the backward pass
STEP = 1e-2  # in which slopes are measured, as a share of a tensor's values
DIRECTIONS = 3  # in which they are; at least two must be nearly straight
OFF = 0.05  # as a share of a slope as large as the gradient leads to expect
ROUNDING = 2e-6  # of what is added up


def cut_off(read: Callable[[], Any], learning: dict[str, Tensor]) -> list[str]:
    """Return the names of those tensors that no gradient of an answer reaches, or a part of one.

    The first is told by the graph, not by values: a gradient of 0 has come. The second is told by
    how what `read` says changes with the tensors.
    """
    found = read()
    if not (isinstance(found, torch.Tensor) and found.requires_grad):
        return [*learning]
    came = torch.autograd.grad(found.sum(), [*learning.values()], allow_unused=True)
    missing = [name for name, one in zip(learning, came, strict=True) if one is None]
    return missing or [f"{name}, in part" for name in _in_part(read, learning)]


def _in_part(read: Callable[[], Any], learning: dict[str, Tensor]) -> Iterator[str]:
    """Yield the names of tensors that get only a part of their gradient: weights and inputs."""
    weights = {name: one for name, one in learning.items() if isinstance(one, nn.Parameter)}
    named = weights if weights and _is_off(read, [*weights.values()]) else {}
    alone = [name for name, one in named.items() if _is_off(read, [one])]
    for name, one in learning.items():
        if name in (alone or named) or (name not in weights and _is_off(read, [one])):
            yield name


def _is_off(read: Callable[[], Any], tensors: list[Tensor]) -> bool:
    """Say whether a gradient is not how the sum of squares of what `read` says changes.

    Something is then cut off on one of the ways by which the tensors have a say. It is measured on
    the processor, where answers are graded: numbers elsewhere would have to be waited for.
    """
    if any(one.device.type != "cpu" for one in tensors):
        return False
    said = read()
    if not isinstance(said, Tensor) or not said.requires_grad or not said.isfinite().all():
        return False
    came = torch.autograd.grad(said.square().sum(), tensors, allow_unused=True)
    old = [one.detach().clone() for one in tensors]
    sizes = [float(one.square().mean().sqrt()) or 1.0 for one in old]
    gradient = [0 if g is None else g * size for g, size in zip(came, sizes, strict=True)]
    expected = sum(float(torch.as_tensor(g).double().square().sum()) for g in gradient) ** 0.5
    rounding = ROUNDING * float(said.detach().double().square().sum()) / STEP
    luck = torch.Generator().manual_seed(0)

    def slope(ways: list[Tensor], step: float) -> float:
        sides = []
        with torch.no_grad():
            for sign in (step, -step):
                for one, was, way, size in zip(tensors, old, ways, sizes, strict=True):
                    one.copy_(was + sign * size * way)
                sides.append(read().double())
            for one, was in zip(tensors, old, strict=True):
                one.copy_(was)
        return float(((sides[0] - sides[1]) * (sides[0] + sides[1])).sum()) / (2 * step)

    off = []
    for _ in range(DIRECTIONS):
        ways = [torch.randn(one.shape, generator=luck).to(one) for one in old]
        told = sum(float((g * way).double().sum()) for g, way in zip(gradient, ways, strict=True))
        seen = slope(ways, STEP)
        size = max(expected, abs(seen)) + rounding / OFF
        is_near = abs(seen - told) < OFF / 5 * size
        closer = seen if is_near else slope(ways, STEP / 2)
        if abs(seen - closer) < OFF / 2 * size:
            off.append((closer - told) / size)
    return len(off) > 1 and sum(one**2 for one in off) / len(off) > OFF**2


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
    weights = {name: one for name, one in layer.named_parameters() if one.requires_grad}
    try:
        cut = list(_silent(read, layer, inputs, said))
        whole = said if cut else said_and_passed_back(said, read, weights, **inputs)
    except RuntimeError as error:
        if IN_PLACE not in str(error):
            raise
        return Absent("the backward pass fails: what it needs was changed in place, as by `+=`")
    if cut:
        return Absent(f"no gradient comes back to {_listed(cut)}: it was cut off on the way")
    return whole


def said_and_passed_back(
    said: Any,
    read: Callable[..., Any],
    weights: Mapping[str, Tensor] = MappingProxyType({}),
    **inputs: Tensor,
) -> Any:
    """Return what `read(**inputs)` has said, or whose gradient comes back in part only.

    It is Absent where one of the ways from an input, or from a weight, to the answer is cut off.
    """
    held = {name: one.clone().requires_grad_() for name, one in inputs.items()}

    def again() -> Any:
        return read(**{name: one.clone() for name, one in held.items()})

    part = [f"`{name}`" for name in _in_part(again, {**held, **weights})]
    if not part:
        return said
    what = f"only a part of the gradient comes back to {_listed(part)}"
    return Absent(f"{what}: the rest was cut off on the way, as by `.detach()`")


def _listed(names: list[str]) -> str:
    return " and ".join(names[:3])


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
