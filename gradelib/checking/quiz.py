"""Short quizzes: a question with choices, one of them right, each with an explanation.

The key does not ship in clear: what a choice earns is locked with the choice itself, so that
nobody reads it by accident. Whoever wants to open all the locks can; a quiz is worth a point.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from gradelib.checking.exercise import Exercise

__all__ = ["Earned", "Quiz", "is_quiz", "lock", "unlock"]


class Earned(TypedDict):
    """What a choice earns."""

    right: bool
    why: str  # the explanation


@dataclass(frozen=True)
class Quiz:
    """A question as it ships: for each choice (a, b, c …) what is locked behind it."""

    name: str  # topic.quiz_something
    points: int
    choices: Mapping[str, str]

    def as_exercise(self) -> Exercise:
        """Return the exercise whose answer is the letter in the variable `quiz_something`."""
        return Exercise(self.name, points=self.points, kind="value")


def is_quiz(name: str) -> bool:
    """Say whether `topic.name` is a quiz by its name alone."""
    return name.partition(".")[2].startswith("quiz_")


def lock(name: str, choice: str, earned: Earned) -> str:
    """Lock what a choice earns."""
    plain = json.dumps(earned, ensure_ascii=True, sort_keys=True).encode()
    return base64.b64encode(_mix(name, choice, plain)).decode()


def unlock(name: str, choice: str, locked: str) -> Earned:
    """Return what a choice earns. The inverse of `lock`."""
    earned: Earned = json.loads(_mix(name, choice, base64.b64decode(locked)))
    return earned


def _mix(name: str, choice: str, data: bytes) -> bytes:
    stream = hashlib.shake_256(f"{name}:{choice}".encode()).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
