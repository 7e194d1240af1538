"""What came of a case, and what is compared with it: plain data below all that runs or judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

from gradelib.checking.exercise import Case, Inputs

__all__ = ["MISSING", "PARTS", "Drawn", "KnownMistake", "Outcome", "OutcomeStatus"]

OutcomeStatus = Literal["value", "error", "timeout", "not_written"]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()  # stands for an answer that the notebook does not define


@dataclass(frozen=True)
class Outcome:
    """What came of one case. Plain data once encoded."""

    status: OutcomeStatus
    value: Any = None
    error: str = ""  # the exception's type
    message: str = ""
    kinds: list[str] = field(default_factory=list)  # the classes that the exception's type is of
    place: str = ""  # the function in which it was raised, where that is not the answer itself
    lines: str = ""  # the student's own lines of the traceback
    changed: list[str] = field(default_factory=list)  # arguments changed in place
    printed: str = ""
    seconds: float = 0.0  # of processor time


PARTS = tuple(field.name for field in fields(Outcome))


@dataclass(frozen=True)
class Drawn:
    """A case with its inputs, and what the reference makes of them."""

    case: Case
    inputs: Inputs
    expected: Outcome


@dataclass(frozen=True)
class KnownMistake:
    """A wrong answer that we know, the hint that it earns, and what it answers."""

    name: str  # what is wrong; after a second `__`, which spelling of it
    hint: str
    outcomes: Sequence[Outcome]
