"""Exercises that are excused, or a bonus, for all: as the gradebook has them.

Either is worth 0 of what is possible. What was reached for a bonus counts on top; of what is
excused nothing counts: nbgrader's extra credit takes away what was reached, and the marks stay as
they are, so that taking it back brings them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Assignment, Grade, SubmittedAssignment
from nbgrader.preprocessors import OverwriteCells as NbgraderOverwriteCells
from nbgrader.utils import is_grade
from sqlalchemy.orm.attributes import set_committed_value

from gradelib.checking.tags import CellTag
from gradelib.teacher.collect.rebuild import was_rebuilt
from gradelib.teacher.course import Course, Week
from gradelib.teacher.gradebook.released import exercise_of, points_in, points_of
from gradelib.teacher.rules.decisions import Decisions, Ruling

__all__ = ["OverwriteCells", "grades_of", "rule", "weigh", "with_rulings"]


def weigh(course: Course, week: Week, assignment: Assignment, decisions: Decisions) -> None:
    """Let each exercise be worth what the release says, and what is ruled out nothing."""
    real = points_of(course, week)
    for notebook in assignment.notebooks:
        for cell in [*notebook.grade_cells, *notebook.task_cells]:
            ruled = decisions.ruling(week, exercise_of(cell.name))
            wanted = 0.0 if ruled else real.get((notebook.name, cell.name), cell.max_score)
            if cell.max_score != wanted:
                cell.max_score = wanted


def rule(week: Week, submissions: Iterable[SubmittedAssignment], decisions: Decisions) -> None:
    """Take away what was reached for what is excused, and give it back where that is over."""
    excused = {r.exercise: r for r in decisions.rulings_of(week) if r.kind == "excused"}
    over = [r for r in decisions.rulings if r.week == week.name and r.set_aside and r.taken_back]
    for submission in submissions:
        for grade in grades_of(submission):
            name = exercise_of(grade.name)
            key = f"{submission.student.id}/{grade.notebook.name}/{grade.name}"
            for ruling in over:
                if key in ruling.set_aside:
                    _give_back(grade, ruling.set_aside.pop(key))
            if name in excused:
                _set_aside(grade, key, excused[name])


def grades_of(submission: SubmittedAssignment) -> Iterator[Grade]:
    for notebook in submission.notebooks:
        yield from notebook.grades


def _set_aside(grade: Grade, key: str, ruling: Ruling) -> None:
    """Let a grade count for nothing, and note what stood in its place."""
    ruling.set_aside.setdefault(key, grade.extra_credit)
    reached = grade.auto_score if grade.manual_score is None else grade.manual_score
    grade.extra_credit = -reached if reached else None
    grade.needs_manual_grade = False


def _give_back(grade: Grade, extra: float | None) -> None:
    grade.extra_credit = extra
    grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None


class OverwriteCells(NbgraderOverwriteCells):
    """nbgrader's, which knows what an exercise is worth also while it is ruled out.

    The gradebook then says 0, and nbgrader's checksums are those of the release. A notebook that
    was rebuilt has the released cells already.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if was_rebuilt(nb):
            return nb, resources
        assert self.parent is not None
        assert self.parent.parent is not None  # nbgrader's converter
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.release_directory, ".", names["assignment"])
        self._real = points_in(Path(folder), names["notebook"])
        self._held: list[object] = []  # or SQLAlchemy would forget them
        done: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return done

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell) and (self.notebook_id, name) in self._real:
            known = self.gradebook.find_graded_cell(name, self.notebook_id, self.assignment_id)
            set_committed_value(known, "max_score", self._real[self.notebook_id, name])
            self._held.append(known)
        done: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, cell_index)
        return done


def with_rulings(nb: NotebookNode, rulings: Mapping[str, Ruling]) -> None:
    """Say in a page of feedback what is excused, or a bonus, above it."""
    cells = []
    for cell in nb.cells:
        tag = CellTag.of(cell)
        if tag.kind in ("check", "written") and (ruling := rulings.get(tag.exercise)):
            cells.append(new_markdown_cell(f"**{ruling.said}**"))
        cells.append(cell)
    nb.cells = cells
