"""What course.toml says: weeks, dates, limits, and where the class's files are."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["Course", "CourseError", "Limits", "Week"]

FILE = "course.toml"
GRADEBOOK = "GRADELIB_GRADEBOOK"  # the environment's word for the gradebook, which counts


class CourseError(ValueError):
    """Something about the course is not as it should be. The message says what to do."""


@dataclass(frozen=True)
class Limits:
    """What one submission may take."""

    cell_seconds: float = 60
    notebook_seconds: float = 300
    output_kilobytes: int = 500  # printed by one cell
    reply_megabytes: int = 50  # answered by a kernel, for one exercise
    file_megabytes: int = 25  # handed in, for one file
    # of a caged kernel:
    memory_megabytes: int = 2048  # beside torch and transformers
    disk_megabytes: int = 256  # written
    cpu_seconds: int = 600  # of processor time
    processes: int = 0  # started
    threads: int = 128
    open_files: int = 256


@dataclass(frozen=True)
class Week:
    """One assignment of nbgrader."""

    number: int
    title: str
    notebooks: tuple[str, ...]  # without .ipynb
    release: dt.date | None = None
    due: dt.datetime | None = None  # UTC, without a time zone: as the gradebook has it

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
    limits: Limits = Limits()
    class_folder: Path = Path("class")
    students: str = ""  # regular expression with a group called student
    install: str = ""  # what Colab installs
    gradebook: str = field(default="", repr=False)  # PostgreSQL's URL; else SQLite in class_folder

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Read the course.toml of `start` or of a folder above it. Raises CourseError."""
        start = Path(start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / FILE).is_file():
                return _read(folder)
        raise CourseError(f"no {FILE} in {start} or above it: go to the course's folder")

    def week(self, said: str | int) -> Week:
        """Return the week that `said` means: 1, "01" or "week01". Raises CourseError."""
        for week in self.weeks:
            if re.fullmatch(rf"(week)?0*{week.number}", str(said).strip().lower()):
                return week
        names = ", ".join(week.name for week in self.weeks)
        raise CourseError(f"{FILE} has no week {said!r}; it has: {names}")


def _read(root: Path) -> Course:
    path = root / FILE
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        zone = ZoneInfo(str(tree.get("timezone", "UTC")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: {error}") from None
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CourseError(f"{path}: timezone: {error}; write one such as Europe/Berlin") from None
    folder = os.environ.get("GRADELIB_CLASS") or tree.get("class", {}).get("folder", "class")
    weeks = tuple(_week(path, root, zone, entry) for entry in tree.get("weeks", []))
    if len({week.number for week in weeks}) != len(weeks) or not weeks:
        raise CourseError(f"{path}: it needs [[weeks]], each with a number of its own")
    for key in ("title", "name"):
        if not isinstance(tree.get(key), str):
            raise CourseError(f'{path}: it needs a line {key} = "..."')
    return Course(
        root, tree["title"], tree["name"], weeks, _limits(path, tree.get("limits", {})),
        (root / folder).resolve(), tree.get("class", {}).get("students", ""),
        tree.get("colab", {}).get("install", ""),
        _gradebook(tree.get("class", {})),
    )  # fmt: skip


def _gradebook(table: Mapping[str, Any]) -> str:
    said = os.environ.get(GRADEBOOK) or str(table.get("gradebook", ""))
    return "" if said == "sqlite" else said


def _limits(path: Path, table: Mapping[str, Any]) -> Limits:
    known = [each.name for each in fields(Limits)]
    for key, value in table.items():
        if key not in known or isinstance(value, bool) or not isinstance(value, int | float):
            raise CourseError(f"{path}: [limits] {key} = {value!r}; known: {', '.join(known)}")
    return Limits(**table)


def _week(path: Path, root: Path, zone: ZoneInfo, table: Mapping[str, Any]) -> Week:
    where = f"{path}: week {table.get('number', '?')}"
    known = {"number", "title", "notebooks", "release", "due"}
    if wrong := set(table) - known:
        raise CourseError(f"{where}: unknown {', '.join(sorted(wrong))}; known: {sorted(known)}")
    if missing := {"number", "title", "notebooks"} - set(table):
        raise CourseError(f"{where}: it needs {', '.join(sorted(missing))}")
    for name in table["notebooks"]:
        if not (root / "notebooks" / "src" / f"{name}.md").is_file():
            raise CourseError(f"{where}: there is no notebooks/src/{name}.md")
    due = table.get("due")
    if due is not None and not isinstance(due, dt.datetime):
        raise CourseError(f"{where}: due needs a date and a time, such as 2026-02-20T23:59:59")
    if due is not None:
        due = due.replace(tzinfo=due.tzinfo or zone).astimezone(dt.UTC).replace(tzinfo=None)
    notebooks = tuple(table["notebooks"])
    return Week(table["number"], table["title"], notebooks, table.get("release"), due)
