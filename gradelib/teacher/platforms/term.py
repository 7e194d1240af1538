"""The term: each student's points week by week, and a total by weight.

What is not marked yet counts for nothing, and not for 0: it is neither had nor lost. A week counts
once somebody's work is graded, and for who has handed in nothing once it was due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook.export import Table, table_of

__all__ = ["Standing", "Term", "final", "is_owed", "term_of"]


@dataclass
class Standing:
    """One student through the weeks."""

    name: str = ""
    section: str = ""
    weeks: dict[str, Mapping[str, str]] = field(default_factory=dict)  # the rows by week
    to_mark: float = 0.0
    percent: float | None = None  # of what is marked; None where nothing is
    waits: int = 0  # answers without a mark, also where that is a bonus and so none of `to_mark`

    def points(self, week: Week, now: dt.datetime | None = None) -> str:
        """Return what is marked of a week, or nothing where something may still be handed in."""
        row = self.weeks.get(week.name)
        return "" if row is None or is_owed(row, now) else row["total"]


@dataclass(frozen=True)
class Term:
    """The graded weeks, and each student's standing."""

    weeks: tuple[Week, ...]
    students: Mapping[str, Standing]
    possible: Mapping[str, float]  # the most that can be had, by week


def term_of(course: Course, now: dt.datetime | None = None) -> Term:
    """Return all that is graded of the course. Raises CourseError where nothing is."""
    tables = dict(_tables(course))
    if not tables:
        raise CourseError("no week is graded yet: gradelib grade 1 begins")
    students: dict[str, Standing] = {}
    for week, table in tables.items():
        for student, row in table.rows.items():
            standing = students.setdefault(student, Standing(row.get("name", "")))
            standing.section = row.get("section", "")
            standing.weeks[week.name] = row
            standing.to_mark += float(row["to_mark"])
            standing.waits += int(row["waits"])
    for standing in students.values():
        standing.percent = _percent(standing, tables, now)
    possible = {
        week.name: max((float(row["possible"]) for row in table.rows.values()), default=0.0)
        for week, table in tables.items()
    }
    return Term(tuple(tables), dict(sorted(students.items())), possible)


def final(row: Mapping[str, str], now: dt.datetime | None = None) -> str:
    """Return the points of a week as a platform gets them: nothing while they are not all given.

    Who has handed in nothing has 0 once the week was due.
    """
    return "" if int(row["waits"]) or is_owed(row, now) else row["total"]


def is_owed(row: Mapping[str, str], now: dt.datetime | None = None) -> bool:
    """Say whether nothing was handed in and there is time for it, also by an extension."""
    now = now or dt.datetime.now(dt.UTC)
    return not row["handed_in"] and (not row["due"] or now <= dt.datetime.fromisoformat(row["due"]))


def _tables(course: Course) -> Iterator[tuple[Week, Table]]:
    """Yield the weeks of which something is graded, with their points."""
    for week in course.weeks:
        if (course.class_folder / "release" / week.name).is_dir():
            table = table_of(course, week)
            if any(row["handed_in"] for row in table.rows.values()):
                yield week, table


def _percent(
    standing: Standing, tables: Mapping[Week, Table], now: dt.datetime | None
) -> float | None:
    """Return how much of what counts a student has, weeks by their weights, else by points."""
    had = counts = 0.0
    for week in tables:
        row = standing.weeks.get(week.name)
        if row is None or is_owed(row, now):
            continue
        marked = float(row["possible"]) - float(row["to_mark"])
        if marked > 0:
            weight = marked if week.weight is None else week.weight
            had += weight * float(row["total"]) / marked
            counts += weight
    return 100 * had / counts if counts else None
