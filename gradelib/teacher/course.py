"""The course as a teacher's commands need it: weeks, limits, and where the class's files are.

It is read from course.toml, which `gradelib/author/course_file.py` holds to its form.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from gradelib.author.course_file import (
    FILE,
    CourseFile,
    CourseFileError,
    LateTable,
    Limits,
    WeekTable,
    read_course_file,
)
from gradelib.author.spans import later

__all__ = ["Course", "CourseError", "Limits", "Week"]

CLASS = "GRADELIB_CLASS"  # in the environment: the class folder, which counts
GRADEBOOK = "GRADELIB_GRADEBOOK"  # the same of the gradebook


class CourseError(ValueError):
    """Something about the course is not as it should be. The message says what to do."""


@dataclass(frozen=True)
class Week:
    """One assignment of nbgrader."""

    number: int
    title: str
    notebooks: tuple[str, ...]  # without .ipynb
    release: dt.date | None = None
    due: dt.datetime | None = None  # UTC, without a time zone: as the gradebook has it
    weight: float | None = field(default=None, repr=False)  # in the term; no grade depends on it

    @property
    def name(self) -> str:
        return f"week{self.number:02d}"


@dataclass(frozen=True)
class Course:
    """The course as course.toml has it."""

    root: Path
    title: str
    name: str
    weeks: tuple[Week, ...]
    limits: Limits
    class_folder: Path
    students: str = ""  # regular expression with a group called student
    zone: dt.tzinfo = dt.UTC  # of the dates in course.toml, and of what has no zone
    late: LateTable | None = None  # what being late costs; None where nbgrader's settings say it
    gradebook: str = field(default="", repr=False)  # PostgreSQL's URL; else SQLite in class_folder

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Read the course.toml of `start` or of a folder above it. Raises CourseError."""
        start = Path(start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / FILE).is_file():
                return _read(folder)
        raise CourseError(f"no {FILE} in {start} or above it: go to the course's folder")

    def week(self, name: str | int) -> Week:
        """Return the week that is meant by 1, "01" or "week01". Raises CourseError."""
        for week in self.weeks:
            if re.fullmatch(rf"(week)?0*{week.number}", str(name).strip().lower()):
                return week
        names = ", ".join(week.name for week in self.weeks)
        raise CourseError(f"{FILE} has no week {name!r}; it has: {names}")


def _read(root: Path) -> Course:
    try:
        file = read_course_file(root, notebooks=True)
        weeks = tuple(_week(ZoneInfo(file.timezone), table) for table in file.weeks)
    except CourseFileError as error:
        raise CourseError(str(error)) from None
    return Course(
        root=root,
        title=file.title,
        name=file.name,
        weeks=weeks,
        limits=file.limits,
        class_folder=(root / (os.environ.get(CLASS) or file.class_.folder)).resolve(),
        students=file.class_.students,
        zone=ZoneInfo(file.timezone),
        late=file.late,
        gradebook=_gradebook(file),
    )


def _gradebook(file: CourseFile) -> str:
    url = os.environ.get(GRADEBOOK) or file.class_.gradebook
    return "" if url == "sqlite" else url


def _week(zone: ZoneInfo, table: WeekTable) -> Week:
    due = table.due
    if due is not None:
        due = (due.astimezone(dt.UTC) if due.tzinfo else later(due, zone)).replace(tzinfo=None)
    weight = table.weight
    return Week(table.number, table.title, table.notebooks, table.release, due, weight)
