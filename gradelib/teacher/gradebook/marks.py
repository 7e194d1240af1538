"""Marks by hand: one that was given for other words than those that are there now is void.

nbgrader asks for a mark again after each run, and goes on counting it. Here a mark for the same
words stays confirmed, and one for other words is taken back. What a person gave for code, in place
of its check, stays confirmed while the answer is the same; nbgrader asks for it again where not.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Grade, Gradebook, MissingEntry

from gradelib.checking.tags import CellTag
from gradelib.teacher.course import Course, Week
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.pictures import Picture, pictures_in, with_pictures

__all__ = ["Marks", "Place", "keep_marks", "marks_before", "written_in"]

Place = tuple[str, str]  # notebook and grade_id
Words = Mapping[Place, str]


@dataclass(frozen=True)
class Marks:
    """What was marked before a run, and for which words or code."""

    words: Words
    code: Words
    confirmed: frozenset[Place]


def written_in(
    course: Course, week: Week, student: str
) -> dict[Place, tuple[str, tuple[Picture, ...]]]:
    """Return the words in the cells of a graded hand-in that a person marks, and their pictures.

    A picture has a line of its own in the words, which says another one of another picture.
    """
    return {
        (name, _marks(cell)["grade_id"]): (with_pictures(_source(cell), shown), shown)
        for name, cells in _notebooks(course, week, student)
        for cell in cells
        if _is_written(cell)
        for shown in [tuple(pictures_in(cell))]
    }


def marks_before(course: Course, week: Week, student: str) -> Marks:
    """Return what is marked, and what for, before a hand-in is graded again."""
    cells = list(_cells(course, week, student))
    if not cells:
        return Marks({}, {}, frozenset())
    words = {place: source for place, source, is_written in cells if is_written}
    code = {place: source for place, source, is_written in cells if not is_written}
    with open_gradebook(course) as gradebook:
        grades = _grades(gradebook, week, student, [*words, *code])
        confirmed = frozenset(p for p, grade in grades if _is_confirmed(grade))
    return Marks(words, code, confirmed)


def keep_marks(course: Course, week: Week, student: str, before: Marks) -> None:
    """Take back the marks for words that have changed; confirm those for what is the same."""
    cells = list(_cells(course, week, student))
    now = {place: source for place, source, _ in cells}
    changed = {place for place, words in before.words.items() if now.get(place) != words}
    sources = {**before.words, **before.code}
    same = {place for place in before.confirmed if now.get(place) == sources[place]}
    if not changed | same:
        return
    with open_gradebook(course) as gradebook:
        for place, grade in _grades(gradebook, week, student, changed | same):
            if place in same:
                grade.needs_manual_grade = False
            elif grade.manual_score is not None:
                grade.manual_score = grade.extra_credit = None
                grade.needs_manual_grade = place in now
        gradebook.db.commit()


def _is_confirmed(grade: Grade) -> bool:
    return grade.manual_score is not None and not grade.needs_manual_grade


def _grades(
    gradebook: Gradebook, week: Week, student: str, places: Iterable[Place]
) -> Iterator[tuple[Place, Grade]]:
    for notebook, cell in sorted(places):
        try:
            yield (notebook, cell), gradebook.find_grade(cell, notebook, week.name, student)
        except MissingEntry:  # the week was released anew, without it
            continue


def _notebooks(course: Course, week: Week, student: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield the name of each graded notebook, and its cells."""
    folder = course.class_folder / "autograded" / student / week.name
    for path in sorted(folder.glob("*.ipynb")):
        with contextlib.suppress(ValueError, KeyError):  # a run was killed while it wrote this
            yield path.stem, json.loads(path.read_bytes())["cells"]


def _cells(course: Course, week: Week, student: str) -> Iterator[tuple[Place, str, bool]]:
    """Yield the place of each cell with points, what it is given for, and whether that is words."""
    for name, cells in _notebooks(course, week, student):
        answers = _answers(cells)
        for cell in cells:
            marks = _marks(cell)
            if marks.get("grade"):
                written = _is_written(cell)
                words = with_pictures(_source(cell), pictures_in(cell)) if written else ""
                code = answers.get(CellTag.of(cell).exercise, "")
                yield (name, marks["grade_id"]), words if written else code, written


def _is_written(cell: Mapping[str, Any]) -> bool:
    marks = _marks(cell)
    return bool(marks.get("grade") and marks.get("solution"))


def _marks(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    marks: Mapping[str, Any] = cell["metadata"].get("nbgrader", {})
    return marks


def _answers(cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the code of the answers by exercise."""
    found: dict[str, str] = {}
    for cell in cells:
        tag = CellTag.of(cell)
        if tag.kind == "answer":
            found[tag.exercise] = found.get(tag.exercise, "") + _source(cell)
    return found


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"]).strip()
