"""What can be asked: an exercise, its cases, and what is true of every right answer.

Nothing here runs an answer (`runner`), compares two (`compare`) or says who is right (`judge`).
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal

import numpy as np

__all__ = ["Case", "Exercise", "Invariant", "Tolerance", "find", "in_topic"]

Inputs = dict[str, Any]  # argument name -> plain data
Kind = Literal["function", "class", "value"]
Rng = np.random.Generator
Draw = Callable[[Rng], Inputs]
Drive = Callable[..., Any]
Holds = Callable[[Inputs, Any], bool | str]
Equal = Callable[[Any, Any, Inputs], str | None]


class UnknownExercise(LookupError):
    """No exercise has this name."""


@dataclass(frozen=True)
class Tolerance:
    """How far two numbers may be apart: `relative * |expected| + absolute * scale`.

    `scale` is the largest `|expected|` of the whole array, so that zeros never pass for small
    numbers; what stands far out does not count. A float of plain Python may be apart by
    `plain * |expected|`: somebody may work it out with torch, which has seven digits.
    """

    relative: float = 1e-4
    absolute: float = 1e-5
    plain: float = 1e-5


@dataclass(frozen=True)
class Case:
    """One way to draw inputs. `text` is what a student reads when the case fails."""

    name: str
    text: str
    draw: Draw


@dataclass(frozen=True)
class Invariant:
    """What holds for every right answer: `holds(inputs, answer)` is True, False or a reason."""

    name: str
    text: str
    holds: Holds


@dataclass
class Exercise:
    """One thing that a student writes, and how it is held to account.

    Cases and invariants are added by decorating functions; their docstrings are what a student
    reads. A case returns the arguments by name. For a class it returns `init`, the arguments of
    the constructor, and `steps`: a list of `[method, arguments]`, or of attribute names; the
    answer is then the list of what each step gives. For a value a case returns nothing.

    >>> double = Exercise("numbers.double", points=1)
    >>> @double.case
    ... def a_small_number(rng):
    ...     "A number between 0 and 9."
    ...     return {"x": int(rng.integers(10))}
    """

    name: str  # topic.function
    points: int  # 0: it is extra
    difficulty: Literal[1, 2, 3] = 1
    kind: Kind = "function"
    tolerance: Tolerance = Tolerance()
    seconds: float = 2.0  # of processor time for one case
    given: tuple[str, ...] = ()  # methods of a class that the stub keeps whole
    without: tuple[str, ...] = ()  # dotted names that an answer must do without
    may_change: tuple[str, ...] = ()  # arguments that an answer may change in place
    visible_seeds: int = 1  # how many seeds of each case are recorded
    fresh_seeds: int = 3  # how many more are drawn at grading
    cases: list[Case] = field(default_factory=list)
    invariants: list[Invariant] = field(default_factory=list)
    driver: Drive | None = None  # driver(answer, **inputs), instead of a plain call
    equal: Equal | None = None  # equal(expected, answer, inputs), instead of `difference`

    def __post_init__(self) -> None:
        topic, _, function = self.name.partition(".")
        if not topic.isidentifier() or not function.isidentifier():
            raise ValueError(f"an exercise is named topic.function: got {self.name!r}")
        if self.points < 0:
            raise ValueError(f"{self.name}: points must not be negative: got {self.points}")

    @property
    def is_extra(self) -> bool:
        """Say whether it is for who wants more, and counts for nothing."""
        return not self.points

    @property
    def topic(self) -> str:
        return self.name.partition(".")[0]

    @property
    def function(self) -> str:
        """The name that the student defines."""
        return self.name.partition(".")[2]

    def case(self, draw: Draw) -> Draw:
        """Add a case: a function of a NumPy generator that returns the arguments by name."""
        self.cases.append(Case(draw.__name__, _text(draw, self.name), draw))
        return draw

    def invariant(self, holds: Holds) -> Holds:
        """Add what is true of every right answer, as a function of inputs and answer."""
        self.invariants.append(Invariant(holds.__name__, _text(holds, self.name), holds))
        return holds

    def drive(self, driver: Drive) -> Drive:
        """Run the answer by `driver(answer, **inputs)`. It runs beside the student's code."""
        self.driver = driver
        return driver

    def compare(self, equal: Equal) -> Equal:
        """Compare by `equal(expected, answer, inputs)`: None, or how the answer differs.

        It is for answers that may be right and not the same, such as random ones.
        """
        self.equal = equal
        return equal

    def draw(self, case: Case, seed: int) -> Inputs:
        """Draw the inputs of a case. Every case has a stream of its own."""
        return case.draw(np.random.default_rng([seed, *case.name.encode()]))


def _text(function: Callable[..., Any], name: str) -> str:
    text = inspect.getdoc(function)
    if not text:
        raise ValueError(f"{name}: {function.__name__} needs a docstring: it is what students read")
    return " ".join(text.split())


def in_topic(topic: str) -> dict[str, Exercise]:
    """Return the exercises of a topic by name, in the order in which they are defined.

    They stand in a module called `exercises`. Where there are many it is a package, whose
    `SECTIONS` names its modules in the order of the story.
    """
    module = _module(topic)
    names = getattr(module, "SECTIONS", ())
    sections = [importlib.import_module(f"{module.__name__}.{name}") for name in names]
    defined = [value for part in (module, *sections) for value in vars(part).values()]
    return {one.name: one for one in defined if isinstance(one, Exercise)}


def find(name: str) -> Exercise:
    """Return the exercise called `topic.function`. Raises UnknownExercise."""
    exercises = in_topic(name.partition(".")[0])
    if name not in exercises:
        raise UnknownExercise(f"no exercise is called {name!r}; there are: {', '.join(exercises)}")
    return exercises[name]


def _module(topic: str) -> ModuleType:
    path = f"gradelib.topics.{topic}.exercises"
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name not in (path, path.removesuffix(".exercises")):
            raise
        raise UnknownExercise(f"no topic is called {topic!r}") from None
