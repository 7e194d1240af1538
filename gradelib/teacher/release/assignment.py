"""Release a week: compose the solved notebooks, let nbgrader make the students' of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions
from traitlets import Unicode

from gradelib.author.compose import (
    reference_answers,
    story_path,
    student_notebook,
    with_answers,
)
from gradelib.author.record import record
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook import nbgrader_settings
from gradelib.teacher.gradebook.released import released_cells
from gradelib.teacher.release.bundle import make_bundle

__all__ = ["Stubs", "changed_points", "release"]


class Stubs(ClearSolutions):
    """Puts the stub back where an answer of the course stands; else nbgrader's ClearSolutions.

    The stub is what the author's part composes: nothing is cut out at comment markers.
    """

    course = Unicode(".", help="the course's folder").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        answers = _answers(nb)
        if answers:
            course = Course.find(Path(self.course))
            stubs = _answers(student_notebook(course.root, resources["nbgrader"]["notebook"]))
            for name, cell in answers.items():
                cell.source = stubs[name].source
            week = resources["nbgrader"]["assignment"]
            replace(NotebookTag.of(nb), week=week).put_into(nb)
        cleared: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return cleared

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        if CellTag.of(cell).kind:
            return cell, resources
        cleared: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, cell_index)
        return cleared


def _answers(nb: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells of answers to exercises and quizzes, by exercise."""
    tagged = [(CellTag.of(cell), cell) for cell in nb.cells]
    return {tag.exercise: cell for tag, cell in tagged if tag.kind == "answer"}


def release(course: Course, week: Week) -> Path:
    """Compose the week with its answers, make the students' version and its bundle.

    Returns the zip. Raises StoryError for what an author has to mend, and CourseError
    when submissions depend on cells that have changed.
    """
    folder = course.class_folder / "source" / week.name
    folder.mkdir(parents=True, exist_ok=True)
    _make_exchange(course)
    for name in week.notebooks:
        blank = student_notebook(course.root, name)
        topic = NotebookTag.of(blank).topic
        if stale := record(course.root, topic, write=False):
            raise CourseError(f"{stale[0].name} is not up to date: run gradelib build")
        solved = with_answers(blank, reference_answers(course.root, topic))
        nbformat.write(solved, folder / f"{name}.ipynb")
    nbgrader_settings.convert(GenerateAssignment, course, week)
    with nbgrader_settings.open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(week.name, duedate=week.due)
    return make_bundle(course, week)


def changed_points(course: Course, week: Week) -> list[str]:
    """Return what is worth other points now than when the week was released, a phrase each.

    nbgrader's gradebook has the points of the release until the week is released again. Notebooks
    without a story were made by hand, and are worth what they say. Raises StoryError where a story
    cannot be composed.
    """
    stories = [n for n in week.notebooks if story_path(course.root, n).is_file()]
    blank = (student_notebook(course.root, name) for name in stories)
    before = _points(released_cells(course, week))
    now = _points(cell for notebook in blank for cell in notebook.cells)
    return [
        f"{exercise} ({before[exercise]:g}, now {now[exercise]:g})"
        for exercise in before
        if exercise in now and now[exercise] != before[exercise]
    ]


def _points(cells: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    tagged = ((CellTag.of(cell), cell["metadata"].get("nbgrader", {})) for cell in cells)
    return {
        tag.exercise: float(grade["points"])
        for tag, grade in tagged
        if tag.exercise and "points" in grade
    }


def _make_exchange(course: Course) -> None:
    """Make nbgrader's exchange, which `nbgrader list` and formgrader look for."""
    exchange = course.class_folder / "exchange"
    if not exchange.exists():
        exchange.mkdir(parents=True)
        exchange.chmod(0o777)
