"""How two answers differ, said so that a student can act on it.

The order is: type and structure, shape (nothing is broadcast), dtype kind, NaN and infinity, and
then values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.checking.codec import Opaque, is_tensor
from gradelib.checking.exercise import Tolerance

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Difference", "brief", "difference"]

TINY = 1e-12  # rounding around an exact zero
KINDS = {"b": "bool", "i": "integer", "u": "integer", "f": "floating-point"}


@dataclass(frozen=True)
class Difference:
    """The first way in which an answer differs, and for arrays a mask of the places."""

    message: str
    differs: np.ndarray | None = None


def difference(
    expected: Any, answer: Any, tolerance: Tolerance | None = None, at: str = ""
) -> Difference | None:
    """Return how `answer` differs from `expected`, or None.

    `at` is where in the whole answer the two stand, such as `["input_ids"][3]`.
    """
    tolerance = tolerance or Tolerance()
    if _kind(expected) != _kind(answer):
        return Difference(f"{_here(at)}expected {_describe(expected)}, got {_describe(answer)}")
    if isinstance(expected, Opaque):
        return Difference(f"{_here(at)}cannot compare {_describe(expected)}")
    if is_tensor(expected) or isinstance(expected, np.ndarray):
        return _arrays(_numpy(expected), _numpy(answer), tolerance, at)
    if isinstance(expected, dict):
        return _dicts(expected, answer, tolerance, at)
    if isinstance(expected, list | tuple):
        return _sequences(expected, answer, tolerance, at)
    if isinstance(expected, set):
        return _sets(expected, answer, at)
    if isinstance(expected, str | bytes):
        return _texts(expected, answer, at)
    return _scalars(expected, answer, tolerance, at)


def _kind(value: Any) -> str:
    """Name what `value` is; an int is no float in what is expected, but see `_scalars`."""
    if is_tensor(value):
        return "tensor"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    return "array" if isinstance(value, np.ndarray) else type(value).__name__


def _describe(value: Any) -> str:
    if isinstance(value, Opaque):
        return f"something of type {value.type_name}"
    if is_tensor(value) or isinstance(value, np.ndarray):
        kind = str(value.dtype).removeprefix("torch.")
        return f"{_a(_kind(value))} of shape {tuple(value.shape)} ({kind})"
    if value is None:
        return "None"
    if isinstance(value, list | tuple | dict | set):
        return f"a {type(value).__name__} of {_count(len(value), 'item')}"
    return f"{_a(type(value).__name__)}, {_short(value)}"


def brief(value: Any, length: int = 60) -> str:
    """Show a value in a few words: tensors by their shape, all else as Python writes it."""
    shown = is_tensor(value) or isinstance(value, np.ndarray | Opaque)
    if shown and getattr(value, "ndim", 2) == 1 and len(value) <= 6:
        return f"{_kind(value)} {np.array2string(_numpy(value), precision=4, separator=', ')}"
    return _describe(value) if shown else _short(value, length)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(value: Any, length: int = 60) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _here(at: str) -> str:
    return f"at {at}: " if at else ""


def _scalars(
    expected: float | None, answer: float | None, tolerance: Tolerance, at: str
) -> Difference | None:
    message = f"{_here(at)}expected {_short(expected)}, got {_short(answer)}"
    if expected is None or answer is None or isinstance(expected, bool):
        return None if expected == answer else Difference(message)
    if isinstance(expected, int):
        if isinstance(answer, float):
            return Difference(f"{message}: expected a whole number (int), got a float")
        return None if expected == answer else Difference(message)
    if not math.isfinite(expected) or not math.isfinite(answer):
        same = expected == answer or (math.isnan(expected) and math.isnan(answer))
        return None if same else Difference(message)
    allowed = (tolerance.relative + tolerance.absolute) * abs(expected) + TINY
    return None if abs(expected - answer) <= allowed else Difference(message)


def _texts(expected: str | bytes, answer: str | bytes, at: str) -> Difference | None:
    if expected == answer:
        return None
    if len(expected) <= 60 and len(answer) <= 60:
        return Difference(f"{_here(at)}expected {expected!r}, got {answer!r}")
    pairs = zip(expected, answer, strict=False)
    place = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(answer)))
    start = max(0, place - 10)
    left, right = expected[start : place + 30], answer[start : place + 30]
    return Difference(
        f"{_here(at)}the two differ from position {place} on: expected …{left!r}…, got …{right!r}…"
    )


def _sequences(
    expected: Sequence[Any], answer: Sequence[Any], tolerance: Tolerance, at: str
) -> Difference | None:
    for index, (left, right) in enumerate(zip(expected, answer, strict=False)):
        first = difference(left, right, tolerance, f"{at}[{index}]")
        if first is not None:
            return _with_lengths(first, expected, answer, at)
    if len(expected) == len(answer):
        return None
    lengths = f"{_here(at)}expected {_count(len(expected), 'item')}, got {len(answer)}"
    shorter = min(len(expected), len(answer))
    if len(expected) > len(answer):
        return Difference(f"{lengths}; the first that is missing is {_short(expected[shorter])}")
    return Difference(f"{lengths}; the first too many is {_short(answer[shorter])}")


def _with_lengths(
    first: Difference, expected: Sequence[Any], answer: Sequence[Any], at: str
) -> Difference:
    """Add what a reader of short lists wants to see: the two lists."""
    if at or first.differs is not None:
        return first
    left, right = _short(expected, 100), _short(answer, 100)
    if len(left) < 100 and len(right) < 100:
        return Difference(f"expected {left}, got {right} (the first difference is {first.message})")
    if len(expected) != len(answer):
        return Difference(f"{first.message}; {len(expected)} items expected, {len(answer)} came")
    return first


def _dicts(
    expected: dict[Any, Any], answer: dict[Any, Any], tolerance: Tolerance, at: str
) -> Difference | None:
    missing = [key for key in expected if key not in answer]
    extra = [key for key in answer if key not in expected]
    if missing:
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        return Difference(f"{_here(at)}the key {_short(missing[0])} is missing{more}")
    if extra:
        more = f" (and {len(extra) - 1} more)" if len(extra) > 1 else ""
        return Difference(f"{_here(at)}the key {_short(extra[0])} should not be there{more}")
    for key, value in expected.items():
        first = difference(value, answer[key], tolerance, f"{at}[{_short(key)}]")
        if first is not None:
            return first
    return None


def _sets(expected: set[Any], answer: set[Any], at: str) -> Difference | None:
    if expected == answer:
        return None
    missing, extra = expected - answer, answer - expected
    if missing:
        return Difference(f"{_here(at)}{_short(min(missing, key=repr))} is missing from the set")
    return Difference(f"{_here(at)}{_short(min(extra, key=repr))} should not be in the set")


def _numpy(value: np.ndarray | Tensor) -> np.ndarray:
    if isinstance(value, np.ndarray):
        return value
    plain = value.detach().cpu()
    array: np.ndarray = (plain.float() if str(plain.dtype) == "torch.bfloat16" else plain).numpy()
    return array


def _arrays(
    expected: np.ndarray, answer: np.ndarray, tolerance: Tolerance, at: str
) -> Difference | None:
    if expected.shape != answer.shape:
        return Difference(f"{_here(at)}expected shape {expected.shape}, got {answer.shape}")
    kinds = KINDS[expected.dtype.kind], KINDS[answer.dtype.kind]
    if kinds[0] != kinds[1]:
        return Difference(
            f"{_here(at)}expected {kinds[0]} values, got {kinds[1]} ones ({answer.dtype})"
        )
    if expected.dtype.kind != "f":
        differs = expected != answer
        return _worst(expected, answer, differs, differs.astype(float), at)
    left, right = expected.astype(np.float64), answer.astype(np.float64)
    for name, test in (("NaN", np.isnan), ("infinite", np.isinf)):
        differs = test(left) != test(right)
        if differs.any():
            return _special(name, test(right) & differs, differs, at)
    return _values(left, right, tolerance, at)


def _values(
    left: np.ndarray, right: np.ndarray, tolerance: Tolerance, at: str
) -> Difference | None:
    finite = np.isfinite(left)
    scale = float(np.abs(left[finite]).max()) if finite.any() else 0.0
    with np.errstate(invalid="ignore"):
        distance = np.where(finite, np.abs(left - right), (left != right) & ~np.isnan(left))
        allowed = (
            np.where(finite, tolerance.relative * np.abs(left), 0)
            + tolerance.absolute * scale
            + TINY
        )
    return _worst(left, right, distance > allowed, distance, at)


def _worst(
    left: np.ndarray, right: np.ndarray, differs: np.ndarray, distance: np.ndarray, at: str
) -> Difference | None:
    if not differs.any():
        return None
    place = np.unravel_index(np.argmax(np.where(differs, distance, -1)), left.shape)
    where = f" at {[int(i) for i in place]}" if place else ""
    worst = f"expected {_short(left[place].item())}, got {_short(right[place].item())}"
    if left.size == 1:
        return Difference(f"{_here(at)}{worst}", differs)
    verb = "differs" if differs.sum() == 1 else "differ"
    values = f"{int(differs.sum())} of {_count(left.size, 'value')} {verb}"
    return Difference(f"{_here(at)}{values}; the worst is{where}: {worst}", differs)


def _special(name: str, too_many: np.ndarray, differs: np.ndarray, at: str) -> Difference:
    place = [int(i) for i in np.unravel_index(np.argmax(differs), differs.shape)]
    count = f"{int(differs.sum())} of {_count(differs.size, 'value')}"
    if too_many.any():
        return Difference(
            f"{_here(at)}{count} came as {name} but should not, first at {place}", differs
        )
    return Difference(
        f"{_here(at)}{count} should be {name} but came finite, first at {place}", differs
    )
