"""What students wrote for the exercises of a week, and the code that says nothing if shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gradelib.author.compose import story_path, student_notebook
from gradelib.author.sources import read_solutions, renamed, variants
from gradelib.checking.tags import CellTag
from gradelib.student.handin import as_python
from gradelib.teacher.alike.pairs import Piece
from gradelib.teacher.course import Course, Week
from gradelib.teacher.gradebook.nbgrader_settings import students
from gradelib.teacher.gradebook.released import released_cells
from gradelib.teacher.report.answers import graded_of, open_graded

__all__ = ["OWN", "base_of", "pieces_of"]

OWN = "cells of their own"  # what a student wrote beside the exercises


def pieces_of(course: Course, week: Week) -> Iterator[Piece]:
    """Yield what each graded student wrote, exercise by exercise, and then beside them."""
    for answer in graded_of(course, week).answers:
        if answer.kind == "exercise" and answer.source.strip():
            yield Piece(answer.student, answer.exercise, as_python(answer.source) or answer.source)
    handed_out = {_normal("".join(cell["source"])) for cell in released_cells(course, week)}
    for student in students(course, week, "autograded"):
        cells = []
        for name in week.notebooks:
            nb = open_graded(course, week, student, name)
            for cell in nb.cells if nb is not None else ():
                is_own = cell.cell_type == "code" and not CellTag.of(cell).kind
                if is_own and _normal(cell.source) not in handed_out:
                    cells.append(as_python(cell.source))
        if own := "\n\n".join(filter(None, cells)):
            yield Piece(student, OWN, own)


def _normal(source: str) -> str:
    return "".join(source.split())


def base_of(course: Course, week: Week) -> dict[str, list[str]]:
    """Return by exercise the stub, the reference, the alternatives and the known mistakes."""
    base: dict[str, list[str]] = defaultdict(list)
    for notebook in week.notebooks:
        topic = notebook.partition("_")[2]
        for function, source in read_solutions(course.root, topic).items():
            base[f"{topic}.{function}"].append(source.text)
        for kind in ("alternatives", "mistakes"):
            for function, known in variants(course.root, kind, topic).items():
                base[f"{topic}.{function}"] += [renamed(s, function) for s in known.values()]
        if story_path(course.root, notebook).is_file():
            for cell in student_notebook(course.root, notebook).cells:
                tag = CellTag.of(cell)
                if tag.kind == "answer":
                    base[tag.exercise].append(cell.source)
    for cell in released_cells(course, week):  # a cell that was copied is nobody's own
        if cell["cell_type"] == "code":
            base[OWN].append("".join(cell["source"]))
    return dict(base)
