"""nbgrader's gradebook, read and written for a whole notebook at once.

nbgrader's steps ask for each cell by a query over up to seven tables, and commit after each. Here a
step takes one query of a kind, and one transaction: the grades of a notebook are written whole, or
not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import nbgrader.api
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import make_url
from sqlalchemy.orm import scoped_session, selectinload, sessionmaker, undefer

__all__ = ["AtOnce", "Opened", "hand_ins"]

Rows = dict[str, Any]  # by the name of the cell


class Opened(Gradebook):  # type: ignore[misc]
    """nbgrader's, which looks at each opening for each table and makes it if it is not there.

    Where this process has found all of them in that database, this does not look again.
    """

    _whole: ClassVar[set[str]] = set()  # URLs of databases that have all tables

    def __init__(self, db_url: str, course_id: str = "default_course", *more: Any) -> None:
        if db_url not in self._whole or not _is_there(db_url):
            super().__init__(db_url, course_id, *more)
            return
        self.engine = nbgrader.api.create_engine(db_url, echo=False, future=True)
        self.db: Any = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True))
        self.course_id, self.authenticator = course_id, None

    @classmethod
    def note_whole(cls, db_url: str) -> None:
        """Note that a database has nbgrader's tables, and the courses that are opened in it."""
        cls._whole.add(db_url)


def _is_there(db_url: str) -> bool:
    url = make_url(db_url)
    if url.get_backend_name() != "sqlite":
        return True
    path = Path(url.database or "")
    return path.is_file() and path.stat().st_size > 0


class AtOnce(Opened):
    """nbgrader's, for one step of one notebook: what a cell asks for is read for all of them.

    What the step commits is written when it has come to its end.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._rows: dict[tuple[Any, ...], Rows] = {}
        self._commit, self._is_to_commit = self.db.commit, False
        self.db.commit = self._later

    def _later(self) -> None:
        self._is_to_commit = True

    def __exit__(self, kind: Any, value: Any, traceback: Any) -> None:
        try:
            if self._is_to_commit and kind is None:
                self._commit()
        finally:
            super().__exit__(kind, value, traceback)

    def find_grade(self, grade_cell: str, *place: str) -> Grade:
        return self._of_student(Grade, *place).get(grade_cell) or super().find_grade(
            grade_cell, *place
        )

    def find_comment(self, solution_cell: str, *place: str) -> Comment:
        return self._of_student(Comment, *place).get(solution_cell) or super().find_comment(
            solution_cell, *place
        )

    def find_source_cell(self, name: str, *place: str) -> SourceCell:
        return self._of_release(SourceCell, *place).get(name) or super().find_source_cell(
            name, *place
        )

    def find_graded_cell(self, name: str, *place: str) -> GradeCell | TaskCell:
        return (
            self._of_release(GradeCell, *place).get(name)
            or self._of_release(TaskCell, *place).get(name)
            or super().find_graded_cell(name, *place)
        )

    def _of_student(self, what: Any, notebook: str, assignment: str, student: str) -> Rows:
        key = (what, notebook, assignment, student)
        if key not in self._rows:
            found = (
                self.db.query(BaseCell.name, what)
                .join(BaseCell, BaseCell.id == what.cell_id)
                .join(SubmittedNotebook, SubmittedNotebook.id == what.notebook_id)
                .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
                .join(
                    SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id
                )
                .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
                .filter(
                    Notebook.name == notebook,
                    Assignment.name == assignment,
                    SubmittedAssignment.student_id == student,
                )
                .order_by(BaseCell.type.desc())  # tasks first: of two the other counts
            )
            if what is Grade:
                found = found.options(undefer(Grade.max_score))
            self._rows[key] = dict(iter(found))
        return self._rows[key]

    def _of_release(self, what: Any, notebook: str, assignment: str) -> Rows:
        key = (what, notebook, assignment)
        if key not in self._rows:
            found = (
                self.db.query(what)
                .join(Notebook, Notebook.id == what.notebook_id)
                .join(Assignment, Assignment.id == Notebook.assignment_id)
                .filter(Notebook.name == notebook, Assignment.name == assignment)
            )
            self._rows[key] = {row.name: row for row in found}
        return self._rows[key]


def hand_ins(gradebook: Gradebook, assignment: str) -> list[SubmittedAssignment]:
    """Return all that was handed in for an assignment, with all that is asked of it.

    That is a few queries for a class, and not some for each grade.
    """
    notebooks = selectinload(SubmittedAssignment.notebooks)
    grades = notebooks.selectinload(SubmittedNotebook.grades)
    found: list[SubmittedAssignment] = (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .filter(Assignment.name == assignment)
        .options(
            selectinload(SubmittedAssignment.student),
            undefer(SubmittedAssignment.max_score),
            undefer(SubmittedAssignment.late_submission_penalty),
            grades.undefer(Grade.max_score),
        )
        .all()
    )
    return found
