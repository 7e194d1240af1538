"""The inputs of a case that failed, for the student to call the answer on again.

Where a check calls the answer in a way of its own (a driver), the inputs are what the driver hands
to the answer: a model, a table, a way to choose.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
from typing import Any

from gradelib.checking.exercise import Exercise, Inputs

__all__ = ["arguments", "how_to_call"]


class _Enough(BaseException):
    """The driver has called the answer: nothing more is to be run."""


def arguments(exercise: Exercise, answer: Any, inputs: Inputs) -> Inputs:
    """Return the arguments of the first call of an answer, by name; a copy, made anew each time.

    For a class without a driver they are the constructor's, `init`, and the `steps` taken then.
    """
    copied = copy.deepcopy(inputs)
    if exercise.driver is None or exercise.kind != "function":
        return copied
    signature, met = inspect.signature(answer), {}

    def spy(*args: Any, **kwargs: Any) -> None:
        bound = signature.bind(*args, **kwargs)
        met.update(bound.arguments)
        raise _Enough

    with contextlib.suppress(_Enough):
        exercise.driver(spy, **copied)
    return met


def how_to_call(exercise: Exercise, verdict: str = "_") -> str:
    """Say how a student calls the answer on the inputs of a verdict, which is `_` in a notebook."""
    if exercise.kind == "function":
        return f"{exercise.function}(**{verdict}.inputs)"
    return f"{exercise.function}(**{verdict}.inputs['init'])" if exercise.kind == "class" else ""
