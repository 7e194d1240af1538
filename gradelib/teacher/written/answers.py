"""All answers in words of a week: without names, in an order that nobody chose and that stays.

Each has a code, which is a hash of the class's secret, the student and the words. So the order says
nothing, and a mark for words that were replaced since finds no answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from gradelib.author.compose import guides, story_path
from gradelib.checking.tags import CellTag
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.marks import Place, written_in
from gradelib.teacher.gradebook.nbgrader_settings import students
from gradelib.teacher.gradebook.pictures import Picture
from gradelib.teacher.gradebook.released import exercise_of, points_of, released_cells
from gradelib.teacher.report.answers import words

__all__ = ["Asked", "Written", "answers_to"]

DIGITS = 10  # of a code


@dataclass(frozen=True)
class Written:
    """One answer, and the mark that it has."""

    code: str
    student: str
    place: Place
    words: str
    points: float | None = None
    comment: str = ""
    waits: bool = False  # for a person to mark it, or was marked by one
    pictures: tuple[Picture, ...] = ()  # which the words name


@dataclass(frozen=True)
class Asked:
    """A question with its guide and its answers."""

    name: str  # topic.question
    question: str
    guide: str
    most: float
    answers: tuple[Written, ...]


def answers_to(course: Course, week: Week) -> list[Asked]:
    """Return the week's questions with their answers. Raises CourseError where there are none.

    An answer without words is there only if it waits for a mark: most have their 0 already.
    """
    found = sorted(_written(course, week), key=lambda one: one.code)
    questions, known = _questions(course, week), _guides(course, week)
    most = points_of(course, week)  # also of what is excused, or a bonus: the gradebook has 0
    with open_gradebook(course) as gradebook:
        every = [_with_mark(gradebook, week, one) for one in found]
    marked = [one for one in every if one.words or one.waits]
    if not marked:
        raise CourseError(f"{week.name} has no answers in words that are graded: grade it first")
    names = list(dict.fromkeys(exercise_of(one.place[1]) for one in marked))
    order = {name: number for number, name in enumerate(questions)}
    return [
        Asked(
            name,
            questions.get(name, ""),
            known.get(name, ""),
            max(most.get(one.place, 0.0) for one in marked if exercise_of(one.place[1]) == name),
            tuple(one for one in marked if exercise_of(one.place[1]) == name),
        )
        for name in sorted(names, key=lambda name: order.get(name, len(order)))
    ]


def _written(course: Course, week: Week) -> Iterator[Written]:
    key = secret(course)
    for student in students(course, week, "autograded"):
        for place, (source, shown) in written_in(course, week, student).items():
            text = words(source)
            parts = "\0".join([key, week.name, student, *place, text])
            code = hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:DIGITS]
            yield Written(f"w{code}", student, place, text, pictures=shown)  # w: no number


def _with_mark(gradebook: Gradebook, week: Week, one: Written) -> Written:
    notebook, cell = one.place
    try:
        grade = gradebook.find_grade(cell, notebook, week.name, one.student)
        comment = gradebook.find_comment(cell, notebook, week.name, one.student)
    except MissingEntry:
        return one
    is_marked = grade.manual_score is not None and not grade.needs_manual_grade
    points = float(grade.manual_score) if is_marked else None  # without what a ruling takes away
    waits = bool(grade.needs_manual_grade) or points is not None
    return replace(one, points=points, comment=str(comment.manual_comment or ""), waits=waits)


def _questions(course: Course, week: Week) -> dict[str, str]:
    """Return the questions of the released notebooks, by name."""

    def source(cell: dict[str, Any]) -> str:
        return "".join(cell["source"])

    tagged = [(CellTag.of(cell), cell) for cell in released_cells(course, week)]
    written = [tag.exercise for tag, _ in tagged if tag.kind == "written"]
    asked = {tag.exercise: source(cell) for tag, cell in tagged if tag.kind == "question"}
    return {name: asked.get(name, "") for name in written}


def _guides(course: Course, week: Week) -> dict[str, str]:
    stories = [name for name in week.notebooks if story_path(course.root, name).is_file()]
    return {name: text for story in stories for name, text in guides(course.root, story).items()}
