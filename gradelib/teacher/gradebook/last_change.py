"""When each student was graded, and when what is said of the points last changed.

For the latter class/last_grades/<week>/<student> holds a hash of the points. It is written only
where that differs, so that its own time is that of the change, on the same clock as the times of
the feedback and the exports.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole

__all__ = ["changed_at", "graded_at", "newest", "note_changes"]


def note_changes(course: Course, week: Week, gradebook: Gradebook, assignment: Assignment) -> None:
    """Note for whom points, penalties or dates are others than when this was called last.

    A mark that was given in the formgrader is noted with the next command that looks.
    """
    for student, said in _said(gradebook, assignment).items():
        path = _place(course, week, student)
        if not path.is_file() or path.read_text(encoding="ascii") != said:
            write_whole(path, said.encode("ascii"))


def changed_at(course: Course, week: Week, student: str) -> float:
    """Return when a student's points last changed, in seconds since 1970; 0 if never noted."""
    path = _place(course, week, student)
    return path.stat().st_mtime if path.is_file() else 0.0


def graded_at(course: Course, week: Week, student: str) -> float | None:
    """Return when a student was graded, or None where something has come since."""
    file = course.class_folder / "results" / "graded" / week.name / student
    handed_in = course.class_folder / "submitted" / student / week.name
    if not file.is_file() or newest(handed_in.rglob("*")) > file.stat().st_mtime:
        return None
    return file.stat().st_mtime


def newest(paths: Iterable[Path]) -> float:
    """Return the time of the newest of these files; 0 where there is none."""
    return max((path.stat().st_mtime for path in paths if path.is_file()), default=0.0)


def _place(course: Course, week: Week, student: str) -> Path:
    return course.class_folder / "last_grades" / week.name / student


def _said(gradebook: Gradebook, assignment: Assignment) -> dict[str, str]:
    """Return by student a hash of all that table, export and feedback say of the points."""
    one, notebook = SubmittedAssignment, SubmittedNotebook
    rows = (
        gradebook.db.query(
            one.student_id,
            one.timestamp,
            one.extension,
            notebook.late_submission_penalty,
            BaseCell.name,
            Grade.score,
            Grade.needs_manual_grade,
        )
        .join(notebook, notebook.assignment_id == one.id)
        .join(Grade, Grade.notebook_id == notebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(one.assignment_id == assignment.id)
        .order_by(one.student_id, BaseCell.name)
    )
    lines: dict[str, list[str]] = defaultdict(
        lambda: [f"{assignment.max_score:g} {assignment.duedate}"]
    )
    for student, time, longer, penalty, name, score, waits in rows:
        points = "" if waits else f"{score:g}"
        lines[student].append(f"{time} {longer} {penalty or 0:g} {name} {points}")
    return {
        student: hashlib.sha256("\n".join(those).encode()).hexdigest()
        for student, those in lines.items()
    }
