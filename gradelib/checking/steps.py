"""The student's `hint`: one step at a time for whoever has a blank page. Never the answer.

The steps of a topic's exercises stand in `steps.toml` beside them, two or three for each. They are
counted nowhere, and no grade depends on them.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gradelib.checking import records
from gradelib.checking.exercise import UnknownExercise, find
from gradelib.checking.quiz import is_quiz
from gradelib.checking.records import FOLDER

__all__ = ["FILE", "LONGEST", "Step", "StepsError", "hint", "read_steps"]

FILE = "steps.toml"
LONGEST = 300  # characters of one step
ASKED: Counter[str] = Counter()  # how often, in this session


class StepsError(ValueError):
    """A topic's steps are not as they should be. The message says where."""


@dataclass(frozen=True)
class Step:
    """One step towards an answer, and how many there are."""

    exercise: str
    number: int  # from 1; one more than `of` after the last
    of: int
    text: str

    def __str__(self) -> str:
        return f"{self.exercise}, {self._place()}: {self.text}"

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return f"**{self._place().capitalize()}** · `{self.exercise}` · {self.text}"

    def _place(self) -> str:
        return f"step {self.number} of {self.of}" if self.number <= self.of else "no more steps"


def hint(name: str) -> Step:
    """Give the next step towards the exercise `topic.function`; the first one at the first call.

    Raises UnknownExercise, with the names that look like it.
    """
    if is_quiz(name):
        raise UnknownExercise(f"{name} is a quiz: it has no steps, and any choice explains itself")
    steps = read_steps(_known(name).partition(".")[0]).get(name, [])
    if not steps:
        raise UnknownExercise(f"no steps are written for {name}")
    ASKED[name] += 1
    number = ASKED[name]
    if number <= len(steps):
        return Step(name, number, len(steps), steps[number - 1])
    ASKED[name] = 0  # the next call begins anew
    told = (
        f'these were all. Write what you have and run `check("{name}")`: it says what is missing.'
    )
    return Step(name, number, len(steps), told)


def _known(name: str) -> str:
    """Return the name of an exercise, or raise UnknownExercise with names that look like it."""
    try:
        return find(name).name
    except UnknownExercise as error:
        near = difflib.get_close_matches(name, _every_name(), n=3, cutoff=0.5)
        like = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownExercise(f"{error}.{like}") from None


def _every_name() -> list[str]:
    topics = sorted(path.parent.name for path in FOLDER.glob(f"*/{records.FILE}"))
    return [name for topic in topics for name in records.load(topic).tree["exercises"]]


@functools.cache
def read_steps(topic: str, folder: Path = FOLDER) -> Mapping[str, list[str]]:
    """Return the steps of a topic's exercises by their names; none where there is no file.

    Raises StepsError where the file is not as it should be.
    """
    path = folder / topic / FILE
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise StepsError(f"{topic}/{FILE}: {error}") from None
    for function, steps in table.items():
        if said := _amiss(steps):
            raise StepsError(f"{topic}/{FILE}: {function} {said}")
    return {f"{topic}.{function}": steps for function, steps in table.items()}


def _amiss(steps: object) -> str:
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        return "is to be a list of texts"
    if len(steps) not in (2, 3):
        return f"has {len(steps)} steps: two or three are asked for"
    if not all(step.strip() for step in steps):
        return "has an empty step"
    if longest := [step for step in steps if len(step) > LONGEST]:
        return f"has a step of {len(longest[0])} characters, more than {LONGEST}"
    return ""
