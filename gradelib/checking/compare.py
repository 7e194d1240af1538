"""How two answers differ, said so that a student can act on it.

The order is: type and structure, shape (nothing is broadcast), dtype kind, NaN and infinity, and
then values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradelib.checking.codec import Absent, Opaque, as_numpy, is_array
from gradelib.checking.exercise import Tolerance
from gradelib.checking.showing import both, count, describe, kind, short
from gradelib.checking.unchanged import is_as_before

__all__ = ["Difference", "difference"]

TINY = 1e-12  # rounding around an exact zero
HUGE = 1e18  # larger numbers stand for infinity
FAR = 100  # times the median: what is larger stands out, and says nothing about the others
KINDS = {"b": "bool", "i": "integer", "u": "integer", "f": "floating-point"}


@dataclass(frozen=True)
class Difference:
    """The first way in which an answer differs, and for arrays a mask of the places."""

    message: str
    differs: np.ndarray | None = None
    of_form: bool = False  # it is of another type, shape or dtype: what is in it was not looked at


def difference(
    expected: Any, answer: Any, tolerance: Tolerance | None = None, at: str = ""
) -> Difference | None:
    """Return how `answer` differs from `expected`, or None.

    `at` is where in the whole answer the two stand, such as `["input_ids"][3]`.
    """
    if not at and is_as_before(expected, answer):  # as most right answers are
        return None
    tolerance = tolerance or Tolerance()
    if isinstance(answer, Absent):
        return Difference(f"{_here(at)}{answer.reason}", of_form=True)
    if kind(expected) != kind(answer):
        said = f"{_here(at)}expected {describe(expected)}, got {describe(answer)}"
        return Difference(said, of_form=True)
    if isinstance(expected, Opaque):
        return Difference(f"{_here(at)}cannot compare {describe(expected)}", of_form=True)
    if is_array(expected):
        return _arrays(as_numpy(expected), as_numpy(answer), tolerance, at)
    if isinstance(expected, dict):
        return _dicts(expected, answer, tolerance, at)
    if isinstance(expected, list | tuple):
        return _sequences(expected, answer, tolerance, at)
    if isinstance(expected, set):
        return _sets(expected, answer, at)
    if isinstance(expected, str | bytes):
        return _texts(expected, answer, at)
    return _scalars(expected, answer, tolerance, at)


def _here(at: str) -> str:
    return f"at {at}: " if at else ""


def _scalars(
    expected: float | None, answer: float | None, tolerance: Tolerance, at: str
) -> Difference | None:
    message = _here(at) + both(expected, answer)
    if expected is None or answer is None or isinstance(expected, bool):
        return None if expected == answer else Difference(message)
    if isinstance(expected, int):
        if isinstance(answer, float):
            return Difference(f"{message}: expected a whole number (int), got a float")
        return None if expected == answer else Difference(message)
    if not math.isfinite(expected) or not math.isfinite(answer):
        same = expected == answer or (math.isnan(expected) and math.isnan(answer))
        return None if same else Difference(message)
    allowed = tolerance.plain * abs(expected) + TINY
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
    lengths = f"{_here(at)}expected {count(len(expected), 'item')}, got {len(answer)}"
    shorter = min(len(expected), len(answer))
    if len(expected) > len(answer):
        return Difference(f"{lengths}; the first that is missing is {short(expected[shorter])}")
    return Difference(f"{lengths}; the first too many is {short(answer[shorter])}")


def _with_lengths(
    first: Difference, expected: Sequence[Any], answer: Sequence[Any], at: str
) -> Difference:
    """Add what a reader of short lists wants to see: the two lists."""
    if at or first.differs is not None:
        return first
    left, right = short(expected, 100), short(answer, 100)
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
        return Difference(f"{_here(at)}the key {short(missing[0])} is missing{more}", of_form=True)
    if extra:
        more = f" (and {len(extra) - 1} more)" if len(extra) > 1 else ""
        return Difference(
            f"{_here(at)}the key {short(extra[0])} should not be there{more}", of_form=True
        )
    for key, value in expected.items():
        first = difference(value, answer[key], tolerance, f"{at}[{short(key)}]")
        if first is not None:
            return first
    return None


def _sets(expected: set[Any], answer: set[Any], at: str) -> Difference | None:
    if expected == answer:
        return None
    missing, extra = expected - answer, answer - expected
    if missing:
        return Difference(f"{_here(at)}{short(min(missing, key=repr))} is missing from the set")
    return Difference(f"{_here(at)}{short(min(extra, key=repr))} should not be in the set")


def _arrays(
    expected: np.ndarray, answer: np.ndarray, tolerance: Tolerance, at: str
) -> Difference | None:
    if expected.shape != answer.shape:
        said = f"{_here(at)}expected shape {expected.shape}, got {answer.shape}"
        return Difference(said, of_form=True)
    kinds = KINDS[expected.dtype.kind], KINDS[answer.dtype.kind]
    if kinds[0] != kinds[1]:
        said = f"{_here(at)}expected {kinds[0]} values, got {kinds[1]} ones ({answer.dtype})"
        return Difference(said, of_form=True)
    if expected.dtype.kind != "f":
        differs = expected != answer
        return _worst(expected, answer, differs, differs.astype(float), at)
    left, right = expected.astype(np.float64), answer.astype(np.float64)
    return _special(left, right, at) or _values(left, right, tolerance, at)


def _values(
    left: np.ndarray, right: np.ndarray, tolerance: Tolerance, at: str
) -> Difference | None:
    """Compare what is finite in both."""
    finite = np.isfinite(left)
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(finite, np.abs(left - right), 0.0)
    relative = tolerance.relative * np.abs(np.where(finite, left, 0.0))
    allowed = relative + tolerance.absolute * _scale(left) + TINY
    return _worst(left, right, distance > allowed, distance, at)


def _scale(values: np.ndarray) -> float:
    """Say how large the values are, but for those that stand far out or for infinity."""
    sizes = np.abs(values[np.isfinite(values)])
    sizes = sizes[(sizes > 0) & (sizes < HUGE)]
    return float(min(sizes.max(), FAR * np.median(sizes))) if sizes.size else 0.0


def _worst(
    left: np.ndarray, right: np.ndarray, differs: np.ndarray, distance: np.ndarray, at: str
) -> Difference | None:
    if not differs.any():
        return None
    place = np.unravel_index(np.argmax(np.where(differs, distance, -1)), left.shape)
    where = f" at {[int(i) for i in place]}" if place else ""
    worst = both(left[place].item(), right[place].item())
    if left.size == 1:
        return Difference(f"{_here(at)}{worst}", differs)
    verb = "differs" if differs.sum() == 1 else "differ"
    values = f"{int(differs.sum())} of {count(left.size, 'value')} {verb}"
    return Difference(f"{_here(at)}{values}; the worst is{where}: {worst}", differs)


def _special(left: np.ndarray, right: np.ndarray, at: str) -> Difference | None:
    """Say where NaN, or an infinity with its sign, is not where it should be."""
    tests: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "NaN": np.isnan,
        "infinite": np.isposinf,
        "minus infinity": np.isneginf,
    }
    for name, test in tests.items():
        due, came = test(left), test(right)
        differs = due != came
        if not differs.any():
            continue
        if left.size == 1:
            said = f"expected {short(left.item())}, got {short(right.item())}"
            return Difference(_here(at) + said, differs)
        place = [int(i) for i in np.unravel_index(np.argmax(differs), differs.shape)]
        many = f"{_here(at)}{int(differs.sum())} of {count(differs.size, 'value')}"
        got = short(right[tuple(place)].item())
        if (came & differs).any():
            return Difference(f"{many} came as {name} but should not, first at {place}", differs)
        return Difference(f"{many} should be {name} but came as {got}, first at {place}", differs)
    return None
