"""What the teacher's process knows of each exercise: fresh cases, the reference, the mistakes.

Nothing of a student's runs here. The seeds come from a secret in the class folder: students have
never seen them, and a second run draws the same cases.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, get_args

from gradelib.author.sources import Source, read_solutions, variants
from gradelib.checking import records
from gradelib.checking.codec import Malformed, pack, unpack
from gradelib.checking.exercise import Exercise, Inputs
from gradelib.checking.judge import judge_quiz, same_outcome
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome, OutcomeStatus
from gradelib.checking.quiz import is_quiz
from gradelib.checking.records import find_any
from gradelib.checking.runner import run_cases
from gradelib.checking.session import judge_answer
from gradelib.checking.verdict import Verdict
from gradelib.teacher.course import Course, CourseError

__all__ = ["Exam", "Unusable", "secret"]

STATUSES = get_args(OutcomeStatus)
TYPES: Mapping[str, type | tuple[type, ...]] = {  # of an outcome's parts, but for its value
    "status": str,
    "error": str,
    "message": str,
    "lines": str,
    "changed": list,
    "printed": str,
    "seconds": (int, float),
}
LONGEST = 2000  # characters of any text that a kernel answers


class Unusable(ValueError):
    """There is nothing to judge. The message says why."""


class Exam:
    """Asks and judges the same for every student; what it works out is kept."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.secret = secret(course)
        self._drawn: dict[str, list[Drawn]] = {}
        self._requests: dict[str, bytes] = {}
        self._mistakes: dict[tuple[str, str], KnownMistake] = {}
        self._known_of: dict[str, dict[str, dict[str, Source]]] = {}  # by topic

    def exercise(self, name: str) -> Exercise:
        return find_any(name)

    def inputs(self, name: str) -> list[Inputs]:
        """Return what to ask the kernel: the inputs of visible and of fresh cases."""
        return [{}] if is_quiz(name) else [drawn.inputs for drawn in self.drawn(name)]

    def request(self, name: str) -> bytes:
        """Return the inputs as a kernel is sent them."""
        if name not in self._requests:
            self._requests[name] = pack({name: self.inputs(name)})
        return self._requests[name]

    def seconds(self, name: str) -> float:
        """Return how long all of an exercise's cases may take."""
        return self.exercise(name).seconds * len(self.inputs(name))

    def read(self, name: str, reply: bytes | str) -> list[Any]:
        """Return what a kernel answered, case by case. Raises Unusable."""
        if isinstance(reply, str):
            raise Unusable(reply)
        try:
            outcomes = unpack(reply)[name]
        except (Malformed, KeyError, TypeError, RecursionError, MemoryError) as error:
            raise Unusable(f"the answer cannot be read: {error}") from None
        if not isinstance(outcomes, list) or len(outcomes) != len(self.inputs(name)):
            raise Unusable("the answer cannot be read: it does not have one part for each case")
        return outcomes

    def drawn(self, name: str) -> list[Drawn]:
        if name not in self._drawn:
            exercise = self.exercise(name)
            visible = records.load(exercise.topic).drawn(name)
            self._drawn[name] = visible + self._fresh(exercise)
        return self._drawn[name]

    def _fresh(self, exercise: Exercise) -> list[Drawn]:
        digest = hashlib.sha256(f"{self.secret}:{exercise.name}".encode()).digest()
        first = int.from_bytes(digest[:6], "big")
        cases = [case for case in exercise.cases for _ in range(exercise.fresh_seeds)]
        seeds = [first + k for _ in exercise.cases for k in range(exercise.fresh_seeds)]
        inputs = [exercise.draw(case, seed) for case, seed in zip(cases, seeds, strict=True)]
        source = read_solutions(self.course.root, exercise.topic)[exercise.function]
        expected = run_cases(exercise, source.object, inputs)
        if any(outcome.status in ("timeout", "not_written") for outcome in expected):
            raise CourseError(f"{exercise.name}: the reference did not answer a fresh case in time")
        return [Drawn(*parts) for parts in zip(cases, inputs, expected, strict=True)]

    def mistakes(self, name: str, outcomes: list[Outcome]) -> list[KnownMistake]:
        """Return the known mistakes that may be this one, with what each answers on all cases.

        Those that answer otherwise on the visible cases, which are recorded, are not run; nor are
        those that take too long there, where the visible cases alone must do.
        """
        exercise = self.exercise(name)
        known = self._known(exercise.topic)[exercise.function]
        recorded = records.load(exercise.topic).mistakes(name)
        visible = {mistake.name: mistake for mistake in recorded}
        return [
            _as_far(visible[how], outcomes)
            if how in visible and _hangs(visible[how])
            else self._mistake(exercise, how, source)
            for how, source in known.items()
            if how not in visible or _may_be(exercise, visible[how], outcomes)
        ]

    def _known(self, topic: str) -> dict[str, dict[str, Source]]:
        if topic not in self._known_of:
            self._known_of[topic] = variants(self.course.root, "mistakes", topic)
        return self._known_of[topic]

    def _mistake(self, exercise: Exercise, how: str, source: Source) -> KnownMistake:
        key = exercise.name, how
        if key not in self._mistakes:
            answered = run_cases(exercise, source.object, self.inputs(exercise.name))
            self._mistakes[key] = KnownMistake(how, " ".join(source.docstring.split()), answered)
        return self._mistakes[key]

    def judge(self, name: str, reply: list[Any], source: str, notebook: str) -> Verdict:
        """Judge what a kernel answered. `source` is the answer's, `notebook` all of the code."""
        outcomes = [_outcome(part) for part in reply]
        if is_quiz(name):
            quiz = records.load(name.partition(".")[0]).quizzes[name]
            return judge_quiz(quiz, outcomes[0])
        exercise, drawn = self.exercise(name), self.drawn(name)
        verdict = judge_answer(exercise, drawn, outcomes, (), source, notebook)
        if verdict.status in ("failed", "error") and not _is_refused(verdict):
            known = self.mistakes(name, outcomes)
            verdict = judge_answer(exercise, drawn, outcomes, known, source, notebook)
        return verdict


def _may_be(exercise: Exercise, mistake: KnownMistake, outcomes: list[Outcome]) -> bool:
    visible = zip(outcomes, mistake.outcomes, strict=False)  # the visible cases are the first ones
    return all(same_outcome(exercise, left, right) for left, right in visible)


def _hangs(mistake: KnownMistake) -> bool:
    return any(outcome.status == "timeout" for outcome in mistake.outcomes)


def _as_far(mistake: KnownMistake, outcomes: list[Outcome]) -> KnownMistake:
    """Return a mistake that on the other cases answers what the student's answer does."""
    return replace(mistake, outcomes=[*mistake.outcomes, *outcomes[len(mistake.outcomes) :]])


def _is_refused(verdict: Verdict) -> bool:
    return any(finding.case == "source" for finding in verdict.findings)


def _outcome(part: Any) -> Outcome:
    """Return an outcome that a kernel sent, with every part of the type that it should have."""
    if not isinstance(part, dict) or set(part) != {field.name for field in fields(Outcome)}:
        raise ValueError("not an outcome")
    for key, type_ in TYPES.items():
        if not isinstance(part[key], type_):
            raise ValueError(f"{key} is {type(part[key]).__name__}")
    if part["status"] not in STATUSES:
        raise ValueError(f"status {part['status']!r:.40}")
    short = {key: text[:LONGEST] for key, text in part.items() if TYPES.get(key) is str}
    return Outcome(**{**part, **short, "changed": [str(name)[:80] for name in part["changed"]]})


def secret(course: Course) -> str:
    """Return the secret that the seeds come from; the first time it is made."""
    path = course.class_folder / "seed"
    if not path.is_file():
        course.class_folder.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()
