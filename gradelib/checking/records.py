"""What was recorded of the reference and of the known mistakes on the visible cases. No code.

One JSON file a topic, and one safetensors file beside it where there are tensors. Inputs are
recorded too, since neither NumPy nor torch promises the same random stream in every version.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict, cast

from gradelib.checking import codec
from gradelib.checking.exercise import Exercise, UnknownExercise, find
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome, OutcomeStatus
from gradelib.checking.quiz import Quiz, is_quiz

__all__ = [
    "FOLDER",
    "CaseRecord",
    "ExerciseRecord",
    "MistakeRecord",
    "OutcomeRecord",
    "QuizRecord",
    "TopicRecord",
    "TopicTree",
    "find_any",
    "load",
    "outcome_record",
    "save",
]

FOLDER = Path(__file__).parents[1] / "topics"
FILE = "records.json"  # in the folder of its topic; tensors lie beside it


class OutcomeRecord(TypedDict, total=False):
    """An outcome; what is not there is empty. `value` is there if the status is "value"."""

    status: OutcomeStatus
    value: codec.Tree
    error: str
    message: str
    place: str
    changed: list[str]


class CaseRecord(TypedDict):
    """A case by its name, what went in, and what the reference answers."""

    case: str
    inputs: codec.Tree
    expected: OutcomeRecord


class MistakeRecord(TypedDict):
    """A known mistake, and what it answers on each case: "same" is as the reference."""

    name: str
    hint: str
    outcomes: list[OutcomeRecord | Literal["same"]]


class ExerciseRecord(TypedDict):
    """The visible cases of an exercise and its known mistakes."""

    cases: list[CaseRecord]
    mistakes: list[MistakeRecord]


class QuizRecord(TypedDict):
    """A quiz: what is locked behind each choice."""

    points: int
    choices: dict[str, str]


class TopicTree(TypedDict):
    """The JSON of a topic, by the names of its exercises and quizzes."""

    exercises: dict[str, ExerciseRecord]
    quizzes: dict[str, QuizRecord]


@dataclass(frozen=True)
class TopicRecord:
    """All that was recorded of one topic."""

    tree: TopicTree
    arrays: codec.Arrays

    @property
    def quizzes(self) -> dict[str, Quiz]:
        records = self.tree["quizzes"]
        return {name: Quiz(name, quiz["points"], quiz["choices"]) for name, quiz in records.items()}

    def drawn(self, name: str) -> list[Drawn]:
        """Return the visible cases of an exercise with what the reference answers."""
        cases = {case.name: case for case in find(name).cases}
        return [
            Drawn(
                cases[record["case"]],
                codec.decode(record["inputs"], self.arrays),
                self._outcome(record["expected"]),
            )
            for record in self._exercise(name)["cases"]
        ]

    def mistakes(self, name: str) -> list[KnownMistake]:
        """Return the known mistakes of an exercise with what each answers."""
        record = self._exercise(name)
        expected = [self._outcome(case["expected"]) for case in record["cases"]]
        return [
            KnownMistake(
                mistake["name"],
                mistake["hint"],
                [
                    right if answered == "same" else self._outcome(answered)
                    for right, answered in zip(expected, mistake["outcomes"], strict=True)
                ],
            )
            for mistake in record["mistakes"]
        ]

    def _exercise(self, name: str) -> ExerciseRecord:
        exercises = self.tree["exercises"]
        if name not in exercises:
            raise UnknownExercise(f"nothing is recorded for {name!r}: run `make build`")
        return exercises[name]

    def _outcome(self, record: OutcomeRecord) -> Outcome:
        return Outcome(
            record["status"],
            codec.decode(record.get("value"), self.arrays),
            record.get("error", ""),
            record.get("message", ""),
            place=record.get("place", ""),
            changed=record.get("changed", []),
        )


@functools.lru_cache
def load(topic: str, folder: Path = FOLDER) -> TopicRecord:
    """Read what was recorded of a topic. Raises UnknownExercise where there is nothing."""
    path = folder / topic / FILE
    if not path.exists():
        raise UnknownExercise(f"nothing is recorded for the topic {topic!r}: run `make build`")
    tree: TopicTree = json.loads(path.read_text(encoding="utf-8"))
    tensors = path.with_suffix(".safetensors")
    arrays: codec.Arrays = {}
    if tensors.exists():
        from safetensors.numpy import load_file

        arrays = load_file(tensors)
    return TopicRecord(tree, arrays)


def find_any(name: str) -> Exercise:
    """Return the exercise or the quiz called `topic.name`. Raises UnknownExercise."""
    if not is_quiz(name):
        return find(name)
    quizzes = load(name.partition(".")[0]).quizzes
    if name not in quizzes:
        raise UnknownExercise(f"no quiz is called {name!r}; there are: {', '.join(quizzes)}")
    return quizzes[name].as_exercise()


def outcome_record(outcome: Outcome, arrays: codec.Arrays) -> OutcomeRecord:
    """Return an outcome as a tree, without what differs from run to run (time, prints, lines)."""
    parts = ("error", "message", "place", "changed")
    said = {part: value for part in parts if (value := getattr(outcome, part))}
    record = cast(OutcomeRecord, {"status": outcome.status, **said})
    if outcome.status == "value":
        record["value"], _ = codec.encode(outcome.value, arrays)
    return record


def save(topic: str, tree: TopicTree, arrays: codec.Arrays, folder: Path = FOLDER) -> None:
    """Write a topic's record, and the arrays of its trees beside it."""
    path = folder / topic / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    tensors = path.with_suffix(".safetensors")
    if arrays:
        from safetensors.numpy import save

        tensors.write_bytes(save(arrays))
    else:
        tensors.unlink(missing_ok=True)
    load.cache_clear()
