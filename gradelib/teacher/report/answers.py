"""What each student's graded notebooks say of each exercise. Read from class/autograded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode

from gradelib.checking.quiz import is_quiz
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.answered import is_empty, says_something
from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade.plan import answer_source
from gradelib.teacher.gradebook.nbgrader_settings import students

__all__ = [
    "Answer",
    "Graded",
    "Kind",
    "graded_of",
    "graded_path",
    "hint_in",
    "open_graded",
    "words",
]

HINT = re.compile(r"^  Hint\. (It looks as if this were the reason\. )?(.+)$", re.M)
LONGEST = 20_000  # characters of what a check said that are looked at
Kind = Literal["exercise", "quiz", "written"]


@dataclass(frozen=True)
class Answer:
    """One student's answer to one exercise, as it was graded."""

    student: str
    exercise: str
    kind: Kind
    status: str  # of the verdict; of a written answer "written" or "not attempted"
    points: float = 0.0  # that it can have
    source: str = ""  # the definition that was asked; of a written answer the words
    said: str = ""  # the verdict as plain text
    place: int = 0  # of the check in the notebook
    notebook: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.status in ("failed", "error")


@dataclass
class Graded:
    """What the graded notebooks of a week hold."""

    answers: list[Answer] = field(default_factory=list)
    students: set[str] = field(default_factory=set)  # of whom there is a graded notebook
    unreadable: list[str] = field(default_factory=list)  # whose file could not be read, and which


def graded_of(course: Course, week: Week) -> Graded:
    """Return what every graded student answered, notebook by notebook.

    A notebook whose file could not be read answers nothing, whatever it was graded with.
    """
    graded = Graded()
    for student in students(course, week, "autograded"):
        for name in week.notebooks:
            nb = open_graded(course, week, student, name)
            if nb is None:
                continue
            graded.students.add(student)
            if NotebookTag.of(nb).unreadable:
                graded.unreadable.append(f"{student} ({name})")
            else:
                graded.answers += _in_notebook(student, name, nb)
    return graded


def graded_path(course: Course, week: Week, student: str, notebook: str) -> Path:
    return course.class_folder / "autograded" / student / week.name / f"{notebook}.ipynb"


def open_graded(course: Course, week: Week, student: str, notebook: str) -> NotebookNode | None:
    """Return a graded notebook, or None where there is none, or half of one."""
    try:
        nb: NotebookNode = nbformat.read(graded_path(course, week, student, notebook), 4)
        return nb
    except (OSError, ValueError, nbformat.reader.NotJSONError):
        return None


def _in_notebook(student: str, notebook: str, nb: NotebookNode) -> Iterator[Answer]:
    for place, cell in enumerate(nb.cells):
        tag = CellTag.of(cell)
        marks = cell.metadata.get("nbgrader", {})
        if not marks.get("grade"):
            continue
        points = float(marks.get("points") or 0)
        if tag.kind == "check":
            kind: Kind = "quiz" if is_quiz(tag.exercise) else "exercise"
            source = answer_source(nb.cells, tag.exercise, place)
            said = _said(cell.get("outputs", ()))
            yield Answer(
                student, tag.exercise, kind, tag.status, points, source, said, place, notebook
            )
        elif tag.exercise:  # a question, or what stands in its place
            text = words(cell.source)
            status = "written" if says_something(text) else "not attempted"
            yield Answer(
                student, tag.exercise, "written", status, points, text, "", place, notebook
            )


def words(source: str) -> str:
    """Return what was written to a question, or nothing where it is as it was handed out."""
    return "" if is_empty(source) else source.strip()


def _said(outputs: Sequence[NotebookNode]) -> str:
    """Return the verdict's text, which the grader wrote."""
    for output in outputs:
        if output.output_type == "display_data":
            return str(output.data.get("text/plain", ""))[:LONGEST]
    return ""


def hint_in(said: str) -> tuple[str, bool]:
    """Return the hint of a verdict, and whether it is certain; an empty one where there is none.

    What a student's error says may look like a hint. It stands above the real one.
    """
    found = HINT.findall(said)
    return (found[-1][1].strip(), not found[-1][0]) if found else ("", True)
