"""Answers that no thought went into, made from the right answer: a check that passes one is weak.

A strawman takes the inputs and the right value and returns another value, or `SAME` where it has
nothing to change (there is no NaN among words). Nothing here judges (`prove`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradelib.checking.codec import is_tensor
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Inputs

__all__ = ["SAME", "STRAWMEN", "Strawman"]

Strawman = Callable[[Inputs, Any], Any]
SAME = object()  # this strawman has nothing to say about such a value
OFF = 0.1  # how far off, as a part of the largest value
STRAWMEN: dict[str, Strawman] = {}


def strawman(function: Strawman) -> Strawman:
    STRAWMEN[function.__name__.replace("_", " ")] = function
    return function


@strawman
def zeros(inputs: Inputs, right: Any) -> Any:
    return filled(right, 0)


@strawman
def ones(inputs: Inputs, right: Any) -> Any:
    return filled(right, 1)


@strawman
def nan(inputs: Inputs, right: Any) -> Any:
    """NaN for every float; where there is none, NaN is the answer."""
    made = leaves(right, lambda leaf: filled(leaf, math.nan) if is_float(leaf) else leaf)
    return math.nan if difference(right, made) is None else made


@strawman
def nothing(inputs: Inputs, right: Any) -> Any:
    return None


@strawman
def the_first_argument(inputs: Inputs, right: Any) -> Any:
    return next(iter(inputs.values()), SAME)


@strawman
def transposed(inputs: Inputs, right: Any) -> Any:
    if is_table(right):
        return [type(right[0])(column) for column in zip(*right, strict=True)]
    return leaves(right, lambda leaf: on_array(leaf, turn) if is_array(leaf) else leaf)


@strawman
def another_dtype(inputs: Inputs, right: Any) -> Any:
    return leaves(right, retyped)


@strawman
def every_number_a_tenth_off(inputs: Inputs, right: Any) -> Any:
    return leaves(right, lambda leaf: leaf * (1 + OFF) if is_float(leaf) else leaf)


@strawman
def the_first_element_off(inputs: Inputs, right: Any) -> Any:
    return one_off(right, 0)


@strawman
def the_last_element_off(inputs: Inputs, right: Any) -> Any:
    return one_off(right, -1)


@strawman
def reversed_order(inputs: Inputs, right: Any) -> Any:
    return rows(right, lambda row: row[::-1], lambda array: array[..., ::-1])


@strawman
def rotated_by_one(inputs: Inputs, right: Any) -> Any:
    return rows(right, lambda row: row[1:] + row[:1], lambda array: np.roll(array, 1, axis=-1))


@strawman
def one_short(inputs: Inputs, right: Any) -> Any:
    return rows(right, lambda row: row[:-1], lambda array: array[..., :-1])


@strawman
def one_too_many(inputs: Inputs, right: Any) -> Any:
    def longer(array: np.ndarray) -> np.ndarray:
        return np.concatenate([array, array[..., -1:]], axis=-1)

    return rows(right, lambda row: row + row[-1:], longer)


@strawman
def one_key_missing(inputs: Inputs, right: Any) -> Any:
    if isinstance(right, dict) and right:
        return dict(list(right.items())[:-1])
    return set(sorted(right, key=repr)[:-1]) if isinstance(right, set) and right else SAME


@strawman
def another_container(inputs: Inputs, right: Any) -> Any:
    """A tuple for a list, a list for anything else."""
    if isinstance(right, list):
        return tuple(right)
    if is_array(right):
        return right.tolist() if right.ndim else [right.item()]
    if isinstance(right, dict):
        return list(right.items())
    return list(right) if isinstance(right, (tuple, set, str, bytes)) else [right]


@strawman
def a_column_for_a_vector(inputs: Inputs, right: Any) -> Any:
    change = leaves(right, lambda leaf: leaf[..., None] if is_array(leaf) else leaf)
    return [[item] for item in right] if isinstance(right, (list, tuple)) else change


@strawman
def empty(inputs: Inputs, right: Any) -> Any:
    if is_array(right):
        return right[:0] if right.ndim else SAME
    return type(right)() if isinstance(right, (list, tuple, dict, set, str, bytes)) else SAME


# What a value is made of


def is_array(value: Any) -> bool:
    return is_tensor(value) or isinstance(value, np.ndarray)


def is_float(leaf: Any) -> bool:
    if is_array(leaf):
        return "float" in str(leaf.dtype)
    return isinstance(leaf, float)


def is_table(right: Any) -> bool:
    """A list of rows of one length."""
    if not isinstance(right, list) or not all(isinstance(row, (list, tuple)) for row in right):
        return False
    return len({len(row) for row in right}) == 1


def leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """Change every number, text and array inside a structure, and keep the structure."""
    if isinstance(value, dict):
        return {key: leaves(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(leaves(item, change) for item in value)
    return {change(item) for item in value} if isinstance(value, set) else change(value)


def on_array(array: Any, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    """Change an array or a tensor by way of NumPy."""
    if isinstance(array, np.ndarray):
        return np.array(change(array))
    import torch

    plain = array.float() if array.dtype == torch.bfloat16 else array
    return torch.from_numpy(np.array(change(plain.numpy())))


def turn(array: np.ndarray) -> np.ndarray:
    return array.swapaxes(-1, -2) if array.ndim > 1 else array


def filled(value: Any, number: float) -> Any:
    """The same structure with one number everywhere; a text becomes that digit, repeated."""

    def change(leaf: Any) -> Any:
        if is_array(leaf):
            return on_array(leaf, lambda array: np.full_like(array, number))
        if isinstance(leaf, (str, bytes)):
            digits = str(number) * len(leaf)
            return digits.encode() if isinstance(leaf, bytes) else digits
        return type(leaf)(number) if isinstance(leaf, (bool, int, float)) else leaf

    return leaves(value, change)


def retyped(leaf: Any) -> Any:
    """Integers for floats and booleans, floats for integers, bytes for text and back."""
    if is_array(leaf):
        to = np.float32 if "int" in str(leaf.dtype) else np.int64
        return on_array(leaf, lambda array: np.nan_to_num(array, posinf=1, neginf=-1).astype(to))
    if isinstance(leaf, (str, bytes)):
        return leaf.encode() if isinstance(leaf, str) else leaf.decode("latin-1")
    if isinstance(leaf, float):
        return round(leaf) if math.isfinite(leaf) else 0
    return int(leaf) if isinstance(leaf, bool) else float(leaf) if isinstance(leaf, int) else leaf


def one_off(value: Any, index: int) -> Any:
    """Change one element, the first (0) or the last (-1), wherever it is inside."""
    if isinstance(value, (dict, list, tuple)):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return SAME
        items = dict(value) if isinstance(value, dict) else list(value)
        inner = one_off(items[keys[index]], index)
        items[keys[index]] = None if inner is SAME else inner
        return tuple(items) if isinstance(value, tuple) else items
    if is_array(value):
        return on_array(value, lambda array: nudged(array, index)) if len(value.flatten()) else SAME
    if isinstance(value, (str, bytes)):
        more = "~" if isinstance(value, str) else b"~"
        return value + more if index else more + value
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, float):
        return value + OFF * (abs(value) or 1.0)
    return value + 1 if isinstance(value, int) else SAME


def nudged(array: np.ndarray, index: int) -> np.ndarray:
    changed = array.copy()
    finite = np.abs(array[np.isfinite(array)])
    if array.dtype.kind == "b":
        changed.flat[index] = not array.flat[index]
    elif array.dtype.kind == "f":
        place = array.flat[index] if np.isfinite(array.flat[index]) else 0.0
        changed.flat[index] = place + OFF * ((finite.max() if finite.size else 0.0) or 1.0)
    else:
        changed.flat[index] += 1
    return changed


def rows(value: Any, sequence: Callable, array: Callable) -> Any:
    """Change what stands in a row: texts, lists of values, the last axis of arrays."""
    if isinstance(value, dict):
        inside = {key: rows(item, sequence, array) for key, item in value.items()}
        return {key: value[key] if item is SAME else item for key, item in inside.items()}
    if is_array(value):
        return on_array(value, array) if value.ndim else SAME
    return sequence(value) if isinstance(value, (list, tuple, str, bytes)) else SAME
