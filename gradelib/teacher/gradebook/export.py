"""Write the points of a week as a CSV that spreadsheets read: a row a student.

A mark that waits for a person is empty, and so is one that a new hand-in made void: it is not 0,
and not what it was. The total is the sum of what stands in the row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.gradebook.at_once import hand_ins
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.points import given, total
from gradelib.teacher.gradebook.released import exercise_of, released_cells
from gradelib.teacher.gradebook.settling import days_of, settle
from gradelib.teacher.roster import Roster, read_roster
from gradelib.teacher.rules.decisions import due_of, read_decisions

__all__ = ["Table", "export", "harmless", "table_of", "write_csv"]

REST = ["total", "possible", "to_mark", "penalty", "late_seconds", "handed_in"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins to calculate


@dataclass(frozen=True)
class Table:
    """The points of a week as they are exported: what stands in each student's row, by column."""

    columns: tuple[str, ...]
    exercises: tuple[str, ...]  # those of the columns that are exercises
    # By student; a column that is empty is not marked yet. Each has three more: `due`, when the
    # week is due for the student, in UTC, or nothing; `days`, late, of which the grace is none;
    # `waits`, how many answers wait for a mark, also where that is a bonus and so 0 `to_mark`.
    rows: Mapping[str, Mapping[str, str]]


def export(course: Course, week: Week, to: Path) -> int:
    """Write the CSV: a column an exercise, their sum, and what is still to be marked.

    Returns the number of rows. Raises CourseError.
    """
    table = table_of(course, week)
    rows = [[row[name] for name in table.columns] for row in table.rows.values()]
    write_csv(to, table.columns, rows)
    return len(rows)


def table_of(course: Course, week: Week) -> Table:
    """Return the points of a week, student by student.

    With a roster there is a row for everyone who takes part, and none for who was dropped. The
    total is the sum of the exercises less the penalty for being late. Raises CourseError.
    """
    roster = read_roster(course)
    settle(course, week)
    with open_gradebook(course) as gradebook:
        try:
            columns = sorted(_columns(gradebook, week), key=_places(course, week))
        except MissingEntry:
            raise CourseError(f"{week.name} is not released yet") from None
        submissions = hand_ins(gradebook, week.name)
        rows = {s.student.id: _row(s, columns) for s in submissions}
        more = {s.student.id: (days_of(course, s), _waiting(s)) for s in submissions}
        possible = gradebook.find_assignment(week.name).max_score
    if roster is not None:
        rows = _of_the_class(rows, roster, columns, possible)
    names = ("student", *(["name", "section"] if roster else []), *columns, *REST)
    cells = {
        student: dict(zip(names, map(str, [student, *rest]), strict=True))
        for student, rest in sorted(rows.items())
    }
    decisions = read_decisions(course)
    for student, row in cells.items():
        row["due"] = str(due_of(course, week, student, decisions) or "")
        row["days"], row["waits"] = map(str, more.get(student, (0, 0)))
    return Table(names, tuple(columns), cells)


def write_csv(to: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV that spreadsheets and platforms read, whole or not at all."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    # The mark at the beginning tells spreadsheets on Windows that it is UTF-8.
    write_whole(to, text.getvalue().encode("utf-8-sig"))


def _of_the_class(
    rows: dict[str, list[object]], roster: Roster, columns: list[str], possible: float
) -> dict[str, list[object]]:
    """Return the rows with names: without who was dropped, and with who handed in nothing."""
    nothing = [*("" for _ in columns), "0", f"{possible:g}", "0", "0", 0, ""]
    entries = {entry.id: entry for entry in roster.entries}
    result = {}
    for student in {*rows, *entries}:
        entry = entries.get(student)
        if entry is None:
            result[student] = ["", "", *rows[student]]
        elif not entry.dropped:
            who = [harmless(entry.name), harmless(entry.section)]
            result[student] = [*who, *rows.get(student, nothing)]
    return result


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _columns(gradebook: Gradebook, week: Week) -> Iterator[str]:
    for notebook in gradebook.find_assignment(week.name).notebooks:
        for cell in [*notebook.grade_cells, *notebook.task_cells]:
            yield exercise_of(cell.name)


def _places(course: Course, week: Week) -> Callable[[str], int]:
    """Return the place of each column: that of its cell in the released notebooks."""
    cells = released_cells(course, week)
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells]
    names = [exercise_of(grade_id) for grade_id in ids]
    return lambda name: names.index(name) if name in names else len(names)


def _row(submission: SubmittedAssignment, columns: list[str]) -> list[object]:
    points: dict[str, float | None] = {}
    waiting = 0.0
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            points[exercise_of(grade.name)] = given(grade)
            waiting += grade.max_score if given(grade) is None else 0
    penalty = submission.late_submission_penalty or 0.0
    return [
        *[_shown(points.get(name)) for name in columns],
        _shown(total(submission)),
        _shown(submission.max_score),
        _shown(waiting),
        _shown(penalty),
        round(submission.total_seconds_late),
        str(submission.timestamp or ""),
    ]


def _waiting(submission: SubmittedAssignment) -> int:
    return sum(given(g) is None for notebook in submission.notebooks for g in notebook.grades)


def _shown(points: float | None) -> str:
    return "" if points is None else f"{points:g}"
