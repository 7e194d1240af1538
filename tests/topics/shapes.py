"""Read the shapes that a docstring names, and hold a function's arguments and results to them.

Under `Shapes:` stands a line for each tensor, and for each function that is handed in:

    queries: (..., query, d_head)
    mask:    booleans; broadcasts to (..., query, key)
    model:   maps ids (batch, length) to logits (batch, length, vocab)
    returns: (..., query, d_value)

A name has one size in a call. A whole number among the arguments is the size of an axis of its
name, and an axis may be a sum, a difference or a product. What only a function's line names may
differ from one of its calls to the next.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

__all__ = ["Mismatch", "held_to", "read"]

Axes = tuple[str, ...]
Sizes = dict[str, Any]
SHAPE = re.compile(r"\(([^()]*,[^()]*|\.\.\.|)\)")
REST = "..."  # any number of axes


class Mismatch(AssertionError):
    """A shape is not as the docstring says, or the docstring says nothing."""


@dataclass(frozen=True)
class Line:
    """What is said of one argument, or of what is returned."""

    shapes: tuple[Axes, ...]
    text: str

    @property
    def broadcasts(self) -> bool:
        return "broadcasts to" in self.text

    @property
    def maps(self) -> tuple[tuple[Axes, ...], tuple[Axes, ...]]:
        """The shapes that a function takes, and those that it gives."""
        takes, _, gives = self.text.removeprefix("maps ").partition(" to ")
        return _shapes(takes), _shapes(gives)


def read(docstring: str | None) -> dict[str, Line]:
    """Return what stands under `Shapes:`, by the names of the arguments and "returns"."""
    _, _, after = inspect.cleandoc(docstring or "").partition("Shapes:\n")
    lines: dict[str, Line] = {}
    for row in after.partition("\n\n")[0].split("\n") if after else ():
        names, _, text = row.strip().partition(":")
        text = text.strip()
        lines |= dict.fromkeys(names.split(", "), Line(_shapes(text), text))
    return lines


def _shapes(text: str) -> tuple[Axes, ...]:
    found = []
    for inside in SHAPE.findall(text):
        axes = tuple(part.strip() for part in inside.split(",") if part.strip())
        for axis in axes:
            if axis != REST and not _is_axis(axis):
                raise Mismatch(f"{axis!r} in {text!r} is no axis: write a name or a sum of names")
        found.append(axes)
    return tuple(found)


def _is_axis(text: str) -> bool:
    try:
        nodes = list(ast.walk(ast.parse(text, mode="eval")))
    except SyntaxError:
        return False
    allowed = ast.Expression, ast.Name, ast.Load, ast.Constant, ast.BinOp, ast.operator
    return all(isinstance(node, allowed) for node in nodes)


def _match(axes: Axes, value: Tensor, sizes: Sizes, what: str) -> None:
    """Hold a tensor against its axes, and add the sizes that are new. Raises Mismatch."""
    shape = list(value.shape)
    if axes[:1] == (REST,):
        rest = shape[: len(shape) - len(axes) + 1]
        shape, axes = shape[len(rest) :], axes[1:]
        if sizes.setdefault(REST, rest) != rest:
            raise Mismatch(f"{what}: ... is {sizes[REST]} and {rest}")
    if len(shape) != len(axes):
        raise Mismatch(f"{what}: it has the shape {tuple(value.shape)}, not ({', '.join(axes)})")
    for axis, size in zip(axes, shape, strict=True):
        _match_axis(axis, size, sizes, what)


def _match_axis(axis: str, size: int, sizes: Sizes, what: str) -> None:
    new = sorted({n.id for n in ast.walk(ast.parse(axis)) if isinstance(n, ast.Name)} - {*sizes})
    if len(new) > 1:
        raise Mismatch(f"{what}: {axis} has more than one name that is new")
    for guess in range(size + 1):
        if _value(axis, {**sizes, **dict.fromkeys(new, guess)}) == size:
            sizes |= dict.fromkeys(new, guess)
            return
    raise Mismatch(f"{what}: {axis} is {size}, where {sizes}")


def _value(axis: str, sizes: Sizes) -> int:
    return eval(axis, {"__builtins__": {}}, sizes)


def _broadcast(line: Line, value: Tensor, sizes: Sizes, what: str) -> None:
    (axes,) = line.shapes
    goal = [*sizes[REST]] if axes[0] == REST else []
    goal += [_value(axis, sizes) for axis in axes if axis != REST]
    if [*torch.broadcast_shapes(value.shape, tuple(goal))] != goal:
        raise Mismatch(f"{what}: {tuple(value.shape)} cannot be broadcast to {goal}")


def held_to(function: Callable, docstring: str | None) -> Callable:
    """Return a function that raises Mismatch where a shape is not as the docstring says."""
    lines, signature = read(docstring), inspect.signature(function)
    if unknown := sorted({*lines} - {*signature.parameters, "returns"}):
        raise Mismatch(f"no arguments: {', '.join(unknown)}")

    @functools.wraps(function)
    def held(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = bound.arguments
        sizes: Sizes = {k: v for k, v in given.items() if isinstance(v, int)}
        for name, value in given.items():
            if isinstance(value, Tensor):
                _hold(lines, name, [value], sizes)
        for name, value in given.items():
            if name in lines and lines[name].text.startswith("maps "):
                given[name] = _Mapped(value, lines[name], sizes, name)
        result = function(*bound.args, **bound.kwargs)
        parts = result if isinstance(result, tuple) else (result,)
        _hold(lines, "returns", [one for one in parts if isinstance(one, Tensor)], sizes)
        return result

    return held


def _hold(lines: dict[str, Line], name: str, values: list[Tensor], sizes: Sizes) -> None:
    if not values:
        return
    if name not in lines:
        raise Mismatch(f"{name} is a tensor, and under Shapes there is nothing of it")
    line = lines[name]
    if line.broadcasts:
        return _broadcast(line, values[0], sizes, name)
    if len(line.shapes) != len(values):
        raise Mismatch(f"{name}: {len(values)} tensors, and {len(line.shapes)} shapes")
    for axes, value in zip(line.shapes, values, strict=True):
        _match(axes, value, sizes, name)
    if len(values) == 1:
        _hold_type(line.text, values[0], name)
    return None


def _hold_type(text: str, value: Tensor, what: str) -> None:
    truths, numbers = value.dtype == torch.bool, not value.is_floating_point()
    if "booleans" in text and not truths:
        raise Mismatch(f"{what}: not booleans, but {value.dtype}")
    if "whole numbers" in text and (truths or not numbers):
        raise Mismatch(f"{what}: not whole numbers, but {value.dtype}")


class _Mapped:
    """A function that was handed in, each call of which is held to its line."""

    def __init__(self, function: Any, line: Line, sizes: Sizes, name: str) -> None:
        self._function, self._name, self._sizes = function, name, sizes
        self._takes, self._gives = line.maps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)

    def __call__(self, *args: Any) -> Any:
        sizes = dict(self._sizes)
        for axes, value in zip(self._takes, args, strict=False):
            _match(axes, value, sizes, f"what {self._name} takes")
        result = self._function(*args)
        (axes,) = self._gives
        _match(axes, result, sizes, f"what {self._name} gives")
        return result
