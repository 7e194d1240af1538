"""Where a wrong answer made NaN of a number, all that follows would be drawn from nothing."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["no_nan"]

T = TypeVar("T")


def no_nan(value: T, whose: str) -> T:
    """Return a number, or a tensor of any shape, as it is. NaN is the one that differs from itself.

    Raises:
        ValueError: there is a NaN in it. `whose` says what it was to be.

    >>> no_nan(0.5, "the loss")
    0.5
    >>> no_nan(float("nan"), "the loss")
    Traceback (most recent call last):
        ...
    ValueError: the loss is NaN (no number): perhaps a row has nothing to look at, or 0 / 0
    """
    differs = value != value
    if bool(differs.any() if hasattr(differs, "any") else differs):
        said = "is NaN (no number): perhaps a row has nothing to look at, or 0 / 0"
        raise ValueError(f"{whose} {said}")
    return value
