"""Points as a platform's gradebook imports them, with the ids by which it knows its students.

Moodle: Grades, Import, CSV file; columns are matched by a person, empty is no grade
(docs.moodle.org, "Grade import"). Canvas: Grades, Import; the first columns have these names, the
second line is headed "Points Possible", an empty cell changes nothing. An assignment that both
know has the number of Canvas behind its name; one without is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from gradelib.teacher.collect.labels import labels_of
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook.export import harmless, table_of, write_csv
from gradelib.teacher.platforms.term import Term, final, term_of
from gradelib.teacher.roster import FILE, Entry, Roster, read_roster

__all__ = ["Gradebook", "export_term", "export_week"]

Gradebook = Literal["moodle", "canvas"]
TERM = "Term (percent)"
WHO: Mapping[Gradebook, tuple[str, ...]] = {
    "moodle": ("Full name", "ID number", "Username", "Email address"),
    "canvas": ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
}


def export_week(course: Course, week: Week, to: Path, kind: Gradebook) -> list[str]:
    """Write a week's points for a platform; return who has none yet. Raises CourseError."""
    roster = _roster(course, kind)
    rows = table_of(course, week).rows
    possible = max((float(row["possible"]) for row in rows.values()), default=0.0)
    points = {student: final(row) for student, row in rows.items()}
    _write(course, roster, to, kind, f"{week.name} {week.title}", possible, points)
    return [student for student, text in points.items() if not text]


def export_term(course: Course, to: Path, kind: Gradebook | Literal["csv"]) -> list[str]:
    """Write the term's totals; return of whom something is not marked yet. Raises CourseError."""
    term = term_of(course)
    waiting = [student for student, one in term.students.items() if one.waits]
    if kind == "csv":
        _write_term(term, to)
        return waiting
    points = {
        student: "" if one.waits or one.percent is None else f"{one.percent:.2f}"
        for student, one in term.students.items()
    }
    _write(course, _roster(course, kind), to, kind, TERM, 100, points)
    return waiting


def _write_term(term: Term, to: Path) -> None:
    names = [week.name for week in term.weeks]
    columns = ["student", "name", "section", *names, "to_mark", "percent"]
    rows = [
        [
            student,
            one.name,
            one.section,
            *(one.points(week) for week in term.weeks),
            f"{one.to_mark:g}",
            "" if one.percent is None else f"{one.percent:.2f}",
        ]
        for student, one in term.students.items()
    ]
    write_csv(to, columns, rows)


def _roster(course: Course, kind: str) -> Roster:
    roster = read_roster(course)
    if roster is None:
        raise CourseError(
            f"{kind} knows students by ids of its own: put a roster into "
            f"{course.class_folder / FILE}, with id, name, email, platform and login"
        )
    return roster


def _write(
    course: Course,
    roster: Roster,
    to: Path,
    kind: Gradebook,
    title: str,
    possible: float,
    points: Mapping[str, str],
) -> None:
    """Write one column of points. Raises CourseError for who is not in the roster."""
    entries = {entry.id: entry for entry in roster.entries}
    if strange := ", ".join(sorted(set(points) - set(entries))):
        raise CourseError(f"graded, and not in the roster: {strange}: {kind} would not know them")
    who = _moodle if kind == "moodle" else _canvas(course)
    rows: list[list[str]] = [[*who(entries[s]), text] for s, text in points.items()]
    if kind == "canvas":
        rows.insert(0, ["    Points Possible", *[""] * 4, f"{possible:g}"])
    write_csv(to, [*WHO[kind], title], rows)


def _moodle(entry: Entry) -> list[str]:
    return [harmless(entry.name), harmless(entry.id), harmless(entry.login), harmless(entry.email)]


def _canvas(course: Course) -> Callable[[Entry], list[str]]:
    """Return what writes whose a row is: by Canvas's number, which its file names have too."""
    numbers = dict(_numbers(course))

    def who(entry: Entry) -> list[str]:
        number = entry.platform or numbers.get(entry.id, "")
        ids = [harmless(entry.name), harmless(number), harmless(entry.id), harmless(entry.login)]
        return [*ids, harmless(entry.section)]

    return who


def _numbers(course: Course) -> Iterator[tuple[str, str]]:
    for week in course.weeks:
        for student, label in labels_of(course, week).items():
            if label.platform == "Canvas":
                yield student, label.number
