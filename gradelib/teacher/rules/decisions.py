"""What the teacher decided for this class, in class/decisions.json: who has longer, what is
excused or a bonus, and why.

Nothing is rubbed out: what is taken back stays in the file with the time of that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError

from gradelib.author.spans import Span, span_of
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.files import write_whole

__all__ = ["FILE", "Decisions", "Extension", "Ruling", "changing", "due_of", "read_decisions"]

FILE = "decisions.json"


def _span(text: object) -> Span:
    return text if isinstance(text, Span) else span_of(str(text))


By = Annotated[Span, BeforeValidator(_span), PlainSerializer(str)]


class Decision(BaseModel):
    """One decision, which stands until it is taken back."""

    model_config = ConfigDict(extra="forbid")

    week: str  # such as week01
    why: str
    when: dt.datetime
    taken_back: dt.datetime | None = None


class Extension(Decision):
    """A student has longer for a week."""

    student: str
    by: By


class Ruling(Decision):
    """An exercise counts for nobody, or on top of what is possible."""

    exercise: str
    kind: Literal["excused", "bonus"]
    # The extra credit that stood where what was reached is taken away now, by student and cell.
    set_aside: dict[str, float | None] = {}

    @property
    def said(self) -> str:
        """What students read of it."""
        kind = "Excused" if self.kind == "excused" else "A bonus"
        return f"{kind} for all: {self.why}"


class Decisions(BaseModel):
    """All decisions, the oldest first."""

    model_config = ConfigDict(extra="forbid")

    extensions: list[Extension] = []
    rulings: list[Ruling] = []

    def rulings_of(self, week: Week) -> list[Ruling]:
        """Return what stands of a week's rulings."""
        return [r for r in self.rulings if r.week == week.name and r.taken_back is None]

    def ruling(self, week: Week, exercise: str) -> Ruling | None:
        """Return what stands for an exercise."""
        return next((r for r in self.rulings_of(week) if r.exercise == exercise), None)

    def was_ruled(self, week: Week) -> bool:
        """Say whether anything was ever ruled for a week."""
        return any(r.week == week.name for r in self.rulings)

    def extension(self, week: Week, student: str) -> Extension | None:
        """Return the extension that stands: the newest, since they do not add up."""
        found = [e for e in self.standing_extensions(week) if e.student == student]
        return found[-1] if found else None

    def is_about(self, week: Week, student: str) -> bool:
        """Say whether anything was ever decided for a student and a week."""
        return any((e.week, e.student) == (week.name, student) for e in self.extensions)

    def standing_extensions(self, week: Week | None = None) -> list[Extension]:
        """Return what stands of the extensions, for a week or all."""
        standing: dict[tuple[str, str], Extension] = {}
        for one in self.extensions:
            if one.taken_back is None and (week is None or one.week == week.name):
                standing[one.student, one.week] = one
        return list(standing.values())


def read_decisions(course: Course) -> Decisions:
    """Return what was decided. Raises CourseError where the file is not as it should be."""
    path = course.class_folder / FILE
    if not path.is_file():
        return Decisions()
    try:
        return Decisions.model_validate_json(path.read_bytes())
    except ValidationError as errors:
        first = errors.errors()[0]
        place = " ".join(map(str, first["loc"]))
        raise CourseError(f"{path}: {place}: {first['msg']}: mend it, or bring it back") from None


@contextmanager
def changing(course: Course) -> Iterator[Decisions]:
    """Give the decisions to be changed, and write them at the end. Raises CourseError."""
    lock: Path = course.class_folder / "locks" / "decisions.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock, mode=0o660):
        decisions = read_decisions(course)
        yield decisions
        write_whole(course.class_folder / FILE, decisions.model_dump_json(indent=1).encode())


def due_of(course: Course, week: Week, student: str, decisions: Decisions) -> dt.datetime | None:
    """Return when a week is due for a student, in UTC, with the extension that stands."""
    if week.due is None:
        return None
    due = week.due.replace(tzinfo=dt.UTC)
    extension = decisions.extension(week, student)
    return extension.by.after(due, course.zone) if extension else due
