"""What the teacher's process knows of each exercise: fresh cases, the reference, the mistakes.

Nothing of a student's runs here. The seeds come from a secret in the class folder: students have
never seen them, and a second run draws the same cases.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from gradelib.author.sources import Source, read_solutions, variants
from gradelib.checking import records
from gradelib.checking.codec import Malformed, pack, unpack
from gradelib.checking.exercise import Exercise, Inputs
from gradelib.checking.judge import judge_quiz
from gradelib.checking.likeness import alike, same_outcome
from gradelib.checking.outcome import PARTS, Drawn, KnownMistake, Outcome, OutcomeStatus
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
    "kinds": list,
    "place": str,
    "lines": str,
    "changed": list,
    "printed": str,
    "seconds": (int, float),
}
TEXTS = [part for part, type_ in TYPES.items() if type_ is str]
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
        self._recorded: dict[str, dict[str, KnownMistake]] = {}
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
        """Return how long all of an exercise's cases may take: one of them three times its limit.

        The first late one may, beside others (batch.py).
        """
        return self.exercise(name).seconds * (len(self.inputs(name)) + 2)

    def read(self, name: str, packed: bytes) -> list[Outcome]:
        """Return what a kernel answered, case by case. Raises Unusable."""
        try:
            return _outcomes(unpack(packed)[name], len(self.inputs(name)))
        except (ValueError, KeyError, TypeError, RecursionError, MemoryError) as error:
            raise Unusable(f"the answer cannot be read: {error!s:.300}") from None

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

        Those that answer otherwise on half of the visible cases, which are recorded, are not run;
        nor are those that take too long there, where the visible cases alone must do.
        """
        exercise = self.exercise(name)
        known = self._known(exercise.topic)[exercise.function]
        visible = self._visible(name)
        return [
            _as_far(visible[how], outcomes)
            if how in visible and _hangs(visible[how])
            else self._mistake(exercise, how, source)
            for how, source in known.items()
            if how not in visible or _may_be(exercise, visible[how], outcomes)
        ]

    def _visible(self, name: str) -> dict[str, KnownMistake]:
        """Return what each known mistake answers on the visible cases, as it is recorded."""
        if name not in self._recorded:
            recorded = records.load(name.partition(".")[0]).mistakes(name)
            self._recorded[name] = {mistake.name: mistake for mistake in recorded}
        return self._recorded[name]

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

    def compare(
        self,
        name: str,
        outcomes: list[Outcome],
        source: str,
        notebook: str,
        known: Sequence[KnownMistake] = (),
    ) -> Verdict:
        """Judge outcomes. `source` is the answer's, `notebook` all of the code."""
        if is_quiz(name):
            quiz = records.load(name.partition(".")[0]).quizzes[name]
            return judge_quiz(quiz, outcomes[0])
        exercise, drawn = self.exercise(name), self.drawn(name)
        return judge_answer(exercise, drawn, outcomes, known, source, notebook)

    def may_be_known(self, name: str, verdict: Verdict) -> bool:
        """Say whether a verdict may get the hint of a known mistake."""
        right = verdict.status not in ("failed", "error")
        return not right and not is_quiz(name) and not _is_refused(verdict)

    def alike(self, name: str, left: list[Outcome], right: list[Outcome]) -> bool:
        """Say whether two answers are right in the same cases, and wrong in the same way."""
        exercise = self.exercise(name)
        if is_quiz(name):
            return same_outcome(exercise, left[0], right[0])
        for drawn, one, other in zip(self.drawn(name), left, right, strict=True):
            fits_too, fits = (same_outcome(exercise, drawn.expected, o) for o in (other, one))
            if fits_too != fits:
                return False
            if not fits and not alike(drawn.expected, one, other, exercise.tolerance):
                return False
        return True

    def judge(self, name: str, packed: bytes, source: str, notebook: str) -> Verdict:
        """Judge what a kernel answered, here. Raises Unusable."""
        outcomes = self.read(name, packed)
        verdict = self.compare(name, outcomes, source, notebook)
        if not self.may_be_known(name, verdict):
            return verdict
        return self.compare(name, outcomes, source, notebook, self.mistakes(name, outcomes))


def _may_be(exercise: Exercise, mistake: KnownMistake, outcomes: list[Outcome]) -> bool:
    """Say whether a mistake answers the same on at least half of the visible cases."""
    visible = list(zip(outcomes, mistake.outcomes, strict=False))  # they are the first ones
    same = sum(same_outcome(exercise, left, right) for left, right in visible)
    return 2 * same >= len(visible)


def _hangs(mistake: KnownMistake) -> bool:
    return any(outcome.status == "timeout" for outcome in mistake.outcomes)


def _as_far(mistake: KnownMistake, outcomes: list[Outcome]) -> KnownMistake:
    """Return a mistake that on the other cases answers what the student's answer does."""
    return replace(mistake, outcomes=[*mistake.outcomes, *outcomes[len(mistake.outcomes) :]])


def _is_refused(verdict: Verdict) -> bool:
    return any(finding.case == "source" for finding in verdict.findings)


def _outcomes(table: Any, cases: int) -> list[Outcome]:
    """Return the outcomes of a table that a kernel sent (`serve`). Raises Malformed."""
    if not isinstance(table, dict) or set(table) != set(PARTS):
        raise Malformed("not a table of outcomes")
    for part, column in table.items():
        if not isinstance(column, list) or len(column) != cases:
            raise Malformed(f"{part} is not there once for each case")
        for value in column:
            if not isinstance(value, TYPES.get(part, object)):
                raise Malformed(f"{part} is {type(value).__name__}")
    for status in table["status"]:
        if status not in STATUSES:
            raise Malformed(f"status {status!r:.40}")
    short = {part: [text[:LONGEST] for text in table[part]] for part in TEXTS}
    names = {part: [_names(some) for some in table[part]] for part in ("changed", "kinds")}
    whole = {**table, **short, **names}
    return [Outcome(*row) for row in zip(*(whole[part] for part in PARTS), strict=True)]


def _names(some: list[Any]) -> list[str]:
    return [str(name)[:80] for name in some[:99]]


def secret(course: Course) -> str:
    """Return the secret that the seeds come from; the first time it is made.

    It is written whole under another name and then linked to its own, which only one process can
    do: so it is never empty, and two graders have the same one.
    """
    path = course.class_folder / "seed"
    if not path.is_file() or not path.stat().st_size:
        course.class_folder.mkdir(parents=True, exist_ok=True)
        _make_secret(path)
    return path.read_text(encoding="ascii").strip()


def _make_secret(path: Path) -> None:
    half = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(16))
        file.flush()
        os.fsync(file.fileno())
    try:
        if path.is_file() and not path.stat().st_size:  # of a gradelib that was killed half way
            os.replace(half, path)
        else:
            os.link(half, path)
    except FileExistsError:  # another process was first: its secret counts
        pass
    except OSError:  # a file system that has no links
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
