"""The references and their recorded cases, for tests that run every one of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradelib.author.sources import Source, read_solutions
from gradelib.checking.exercise import Exercise, Inputs, find, in_topic
from gradelib.checking.outcome import Drawn
from gradelib.checking.records import load

__all__ = ["answered", "exercises", "recorded", "reference"]

ROOT = Path(__file__).parents[2]


@functools.cache
def exercises() -> list[str]:
    """Return the names of all exercises of all topics."""
    topics = sorted(path.parent.name for path in ROOT.glob("solutions/*/__init__.py"))
    return [name for topic in topics for name in in_topic(topic)]


@functools.cache
def reference(name: str) -> Any:
    """Return the right answer to an exercise: a function or a class."""
    exercise = find(name)
    return _solutions(exercise.topic)[exercise.function].object


@functools.cache
def _solutions(topic: str) -> dict[str, Source]:
    return read_solutions(ROOT, topic)


def recorded(name: str) -> list[Drawn]:
    """Return the cases of an exercise in which the reference answers, as they are recorded."""
    drawn = load(find(name).topic).drawn(name)
    return [one for one in drawn if one.expected.status == "value"]


def answered(exercise: Exercise, answer: Callable, inputs: Inputs) -> Any:
    """Run an answer on a case as a check does, but take nothing apart."""
    if exercise.driver is not None:
        return exercise.driver(answer, **inputs)
    if exercise.kind == "class":
        made = answer(**inputs["init"])
        steps = [(step, None) if isinstance(step, str) else step for step in inputs["steps"]]
        return [_step(getattr(made, name), given) for name, given in steps]
    return answer(**inputs)


def _step(found: Any, given: Inputs | None) -> Any:
    return found if given is None else found(**given)
