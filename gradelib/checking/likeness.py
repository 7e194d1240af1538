"""Whether two answers are wrong in one way, so that one hint fits both. Nothing here is shown.

`compare` is strict, since a right answer has the right form. A mistake has many forms: what is
alike here is the number, whether it comes as an int or as a tensor without axes, and the error,
whatever an exact version of a library says about it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import numpy as np

from gradelib.checking.codec import Absent, Opaque, as_numpy, is_array
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Exercise, Tolerance
from gradelib.checking.outcome import Outcome

__all__ = ["alike", "equal", "form", "nearly", "plain", "same_error", "same_outcome", "tells"]

SAME_WORDS = 0.5  # part of the words that two messages of one error share, at least
NEAR = 4  # times as large: two constants of one kind, behind a logarithm
FEW = 3  # values that two answers share by chance: nan, all True, 0 and 1


def same_outcome(exercise: Exercise, left: Outcome, right: Outcome) -> bool:
    """Say whether two outcomes are one: the same value, or an error of the same type."""
    if (left.status, left.error) != (right.status, right.error):
        return False
    if left.status != "value":
        return True
    if sorted(left.changed) != sorted(right.changed):
        return False
    return difference(right.value, left.value, exercise.tolerance) is None


def alike(expected: Outcome, left: Outcome, right: Outcome, tolerance: Tolerance) -> bool:
    """Say whether two outcomes, both other than `expected`, are wrong in the same way."""
    if "timeout" in (left.status, right.status):
        return left.status == right.status
    if expected.status == "error" and left.status == right.status:
        return left.error == right.error  # not raised: which value came in its place says nothing
    if left.status == right.status == "error":
        return same_error(left, right)
    if left.status != right.status:
        return _divides_by_zero(left, right) or _divides_by_zero(right, left)
    if left.changed or right.changed:
        return sorted(left.changed) == sorted(right.changed)
    first, second, wanted = plain(left.value), plain(right.value), plain(expected.value)
    if not equal(first, second, tolerance):
        return _same_axes_are_gone(first, second, wanted, tolerance)
    finely = "bool" not in form(expected.value)  # then int and float are two ways to be wrong
    forms = (form(value, finely=finely) for value in (left.value, right.value))
    return not equal(first, wanted, tolerance) or len({*forms}) == 1


def same_error(left: Outcome, right: Outcome) -> bool:
    """Compare errors by type, place, the numbers and most of the words of their messages."""
    if (left.error, left.place) != (right.error, right.place):
        return False
    one, other = (re.findall(r"\w+", outcome.message) for outcome in (left, right))
    if sorted(filter(str.isdigit, one)) != sorted(filter(str.isdigit, other)):
        return False
    shared, every = Counter(one) & Counter(other), Counter(one) | Counter(other)
    return shared.total() >= SAME_WORDS * every.total()


def _divides_by_zero(error: Outcome, value: Outcome) -> bool:
    """Python raises where NumPy and torch give NaN or infinity."""
    if error.error != "ZeroDivisionError" or value.status != "value":
        return False
    number = plain(value.value)
    return isinstance(number, np.ndarray) and number.size > 0 and not np.isfinite(number).all()


def _same_axes_are_gone(first: Any, second: Any, wanted: Any, tolerance: Tolerance) -> bool:
    """Say whether both have all the right values and lack axes of size 1, or have too many."""
    if not all(isinstance(value, np.ndarray) for value in (first, second, wanted)):
        return False
    more = first.ndim - wanted.ndim, second.ndim - wanted.ndim
    if more[0] * more[1] <= 0:
        return False
    return all(
        value.size == wanted.size
        and equal(np.squeeze(value), np.squeeze(wanted), tolerance)
        and value.shape != wanted.shape
        for value in (first, second)
    )


def nearly(expected: Outcome, left: Outcome, right: Outcome, tolerance: Tolerance) -> bool:
    """Say whether two answers go wrong at the same places, but not everywhere, by other amounts.

    As those do that keep a logarithm finite by 1e-9 and by 1e-12, or count from 255 and from 257.
    """
    if {expected.status, left.status, right.status} != {"value"} or left.changed or right.changed:
        return False
    first, second, wanted = (plain(one.value) for one in (left, right, expected))
    if not all(isinstance(value, np.ndarray) for value in (first, second, wanted)):
        return False
    if not first.shape == second.shape == wanted.shape:
        return False
    wrong, wrong_too = (~_close(value, wanted, tolerance) for value in (first, second))
    if not wrong.any() or wrong.all() or (wrong != wrong_too).any():
        return False
    one, other, due = first[wrong], second[wrong], wanted[wrong]
    return _same_size(one, other) or (_moved(one, due) and _moved(other, due))


def _same_size(left: np.ndarray, right: np.ndarray) -> bool:
    if not np.isfinite([left, right]).all() or (np.sign(left) * np.sign(right) <= 0).any():
        return False
    one, other = np.abs(left), np.abs(right)
    return bool((one <= NEAR * other).all() and (other <= NEAR * one).all())


def _moved(value: np.ndarray, wanted: np.ndarray) -> bool:
    """Say whether all of some whole numbers are off by the same amount."""
    off = value - wanted
    return bool(np.isfinite(off).all() and (off == off[0]).all() and (off % 1 == 0).all())


def plain(value: Any) -> Any:
    """Return a value without its form: numbers, tensors and lists of them as float64 arrays."""
    if is_array(value):
        array = as_numpy(value)
        is_real = array.dtype.kind in "biuf"  # else text, objects, or complex numbers
        return array.astype(np.float64) if is_real else array.tolist()
    if isinstance(value, bool | int | float):
        huge = isinstance(value, int) and abs(value) >= 2**53
        return value if huge else np.asarray(value, dtype=np.float64)
    if isinstance(value, list | tuple):
        items = [plain(item) for item in value]
        shapes = {item.shape if isinstance(item, np.ndarray) else None for item in items}
        if not items:
            return np.zeros(0)
        return items if len(shapes) > 1 or None in shapes else np.stack(items)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def equal(left: Any, right: Any, tolerance: Tolerance) -> bool:
    """Say whether two plain values are the same within the tolerance; NaN equals NaN."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        if left.shape != right.shape:
            return False
        return bool(_close(left, right, tolerance).all())
    if isinstance(left, Opaque) and isinstance(right, Opaque):
        return left.type_name == right.type_name
    if isinstance(left, Absent) and isinstance(right, Absent):
        return left.reason == right.reason
    if isinstance(left, np.ndarray) or type(left) is not type(right):
        return False
    if isinstance(left, list):
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(equal(*pair, tolerance) for pair in pairs)
    if isinstance(left, dict):
        same = left.keys() == right.keys()
        return same and all(equal(left[key], right[key], tolerance) for key in left)
    return bool(left == right)


def _close(left: np.ndarray, right: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    finite = np.abs(right[np.isfinite(right)])
    scale = float(np.median(finite)) if finite.size else 0.0
    allowed = tolerance.absolute * scale + 1e-12
    close: np.ndarray = np.isclose(left, right, tolerance.relative, allowed, equal_nan=True)
    return close


def form(value: Any, finely: bool = False) -> str:
    """Name what holds the values and of which kind they are: `list of tensor of number`.

    Finely, each dtype of numbers is a kind of its own.
    """
    if is_array(value):
        dtype = str(value.dtype).removeprefix("torch.")
        kind = dtype if finely or dtype == "bool" else "number"
        return f"{'array' if isinstance(value, np.ndarray) else 'tensor'} of {kind}"
    if isinstance(value, list | tuple):
        held = form(value[0], finely) if len(value) else "nothing"
        return f"{type(value).__name__} of {held}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return type(value).__name__ if finely else "number"
    return value.type_name if isinstance(value, Opaque) else type(value).__name__


def tells(outcome: Outcome) -> bool:
    """Say whether a wrong answer has so much in it that another one has it for the same reason."""
    if outcome.status != "value" or outcome.changed:
        return False
    if isinstance(outcome.value, float) and math.isfinite(outcome.value):
        return outcome.value % 1 != 0
    return len(set(_leaves(outcome.value))) >= FEW


def _leaves(value: Any) -> list[Any]:
    """Return the single values of an answer, numbers to four digits."""
    if is_array(value):
        array = as_numpy(value)
        if (
            array.dtype.kind == "b" and array.ndim and array.size
        ):  # there are two values only: rows are telling
            return [row.tobytes() for row in array.reshape(-1, array.shape[-1])]
        return [f"{number:.4g}" for number in array.flatten().tolist()]
    if isinstance(value, dict):
        return [leaf for item in value.items() for leaf in _leaves(item)]
    if isinstance(value, list | tuple | set):
        return [leaf for item in value for leaf in _leaves(item)]
    if isinstance(value, str) and len(value) > FEW:
        return list(value)
    return [f"{value:.4g}" if isinstance(value, float) else repr(value)]
