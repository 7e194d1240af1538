"""Values in a few words, on one line: small tensors as they are, larger ones by their shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradelib.checking.codec import Absent, Opaque, as_numpy, is_array

__all__ = ["both", "brief", "count", "describe", "kind", "short"]

SMALL = 12  # values of a tensor that is shown whole
LONG = 60  # characters of what is shown of a value


def brief(value: Any, length: int = LONG) -> str:
    """Show a value: a small tensor with its numbers, a larger one by its shape and dtype."""
    if is_array(value):
        return _array(value)
    return describe(value) if isinstance(value, Opaque | Absent) else short(value, length)


def describe(value: Any) -> str:
    """Say what a value is, with an article: `a list of 3 items`, `an int, 3`."""
    if isinstance(value, Opaque):
        return f"something of type {value.type_name}"
    if isinstance(value, Absent):
        return "nothing"
    if is_array(value):
        return f"{_a(kind(value))} of shape {tuple(value.shape)} ({_dtype(value)})"
    if value is None:
        return "None"
    if isinstance(value, list | tuple | dict | set):
        return f"{_a(type(value).__name__)} of {count(len(value), 'item')}"
    return f"{_a(type(value).__name__)}, {short(value)}"


def kind(value: Any) -> str:
    """Name what a value is: int and float are both numbers."""
    if is_array(value):
        return "array" if isinstance(value, np.ndarray) else "tensor"
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else type(value).__name__


def short(value: Any, length: int = LONG) -> str:
    """Show a value as Python writes it, on one line and cut off; tensors in it as `brief` does."""
    text = " ".join(_written(value).split("\n"))
    return text if len(text) <= length else f"{text[: length - 1]}…"


def both(expected: Any, answer: Any) -> str:
    """Say what was expected and what came; two numbers in as many digits as tell them apart."""
    told = short(expected), short(answer)
    if told[0] == told[1] and isinstance(expected, float) and isinstance(answer, float):
        told = repr(expected), repr(answer)
    return f"expected {told[0]}, got {told[1]}"


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if is_array(value) or isinstance(value, Opaque | Absent):
        return brief(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_written(k)}: {_written(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))}{',' * (len(value) == 1)})"
    return repr(value)


def _array(value: Any) -> str:
    """Show a small tensor with its numbers, in the brackets of its axes."""
    if value.ndim > 2 or value.size > SMALL if isinstance(value, np.ndarray) else (
        value.dim() > 2 or value.numel() > SMALL
    ):  # fmt: skip
        return describe(value)
    numbers = np.array2string(as_numpy(value), precision=4, separator=", ", max_line_width=10**6)
    told = " ".join(numbers.split())
    whole = {"float32", "int64", "bool"}  # what a reader takes for granted
    return f"{kind(value)} {told}" + ("" if _dtype(value) in whole else f" ({_dtype(value)})")


def _dtype(value: Any) -> str:
    return str(value.dtype).removeprefix("torch.")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def count(number: int, noun: str) -> str:
    """Count things: `1 item`, `2 items`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
