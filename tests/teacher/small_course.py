"""A small course to grade, and submissions that are not as they were handed out."""

from __future__ import annotations

import atexit
import copy
import functools
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gradelib.author.compose import reference_answers, with_answers
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.teacher.course import Course
from gradelib.teacher.release.assignment import release
from tests.student.pretend_bundle import blank as handed_out

ROOT = Path(__file__).resolve().parents[2]
TOPIC, NAME = "start_here", "00_start_here"
COURSE = """\
title = "A small course"
name = "small"
[limits]
cell_seconds = 3
[[weeks]]
number = 1
title = "The first week"
notebooks = ["00_start_here"]
due = 2100-01-01T00:00:00
"""


def small_course(root: Path) -> Course:
    """Make a course of notebook 00 alone, with a class folder of its own."""
    for folder in ("solutions", "gradelib/topics"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return course_on_paper(root)


def course_on_paper(root: Path) -> Course:
    """Make the small course without solutions and exercises: hundreds of files fewer to copy."""
    shutil.copytree(ROOT / "notebooks" / "src", root / "notebooks" / "src")
    (root / "course.toml").write_text(COURSE + '[colab]\ninstall = ""\n', encoding="utf-8")
    return Course.find(root)


def released_course(make: Callable[[Path], Course], root: Path) -> Course:
    """Make a course as `make` does, with its first week released.

    It is released once by each process, which takes seconds, and copied from there.
    """
    shutil.copytree(_released_once(make), root)
    return Course.find(root)


@functools.cache
def _released_once(make: Callable[[Path], Course]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="released-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    course = make(folder / "course")
    if not course.class_folder.is_relative_to(course.root):
        raise ValueError(f"the class folder is not in the course: {course.class_folder}")
    release(course, course.weeks[0])
    return course.root


def answered(**other: str) -> NotebookNode:
    """Return notebook 00 with all answers right, but for those that are given by function."""
    answers = _right_answers() | {f"{TOPIC}.{f}": s for f, s in other.items()}
    blank = handed_out()
    replace(NotebookTag.of(blank), week="week01").put_into(blank)
    tags = [CellTag.of(cell) for cell in blank.cells]
    written = [tag.exercise for tag in tags if tag.kind == "written"]
    return with_answers(blank, answers | dict.fromkeys(written, "It depends, and here is why."))


@functools.cache
def _right_answers() -> dict[str, str]:
    return reference_answers(ROOT, TOPIC)


def saved(notebook: NotebookNode) -> bytes:
    return nbformat.writes(notebook).encode()


def changed(change: Callable[[list[NotebookNode]], None], **other: str) -> NotebookNode:
    """Return the answered notebook after `change` was made to its cells."""
    notebook = copy.deepcopy(answered(**other))
    change(notebook.cells)
    return notebook


def cell_of(cells: list[NotebookNode], kind: str, function: str) -> NotebookNode:
    wanted = CellTag(kind, f"{TOPIC}.{function}")
    return next(cell for cell in cells if replace(CellTag.of(cell), status="", minutes=0) == wanted)


def in_nbformat_3(notebook: NotebookNode) -> bytes:
    """As IPython saved notebooks before 2015."""
    cells = []
    for cell in notebook.cells:
        kind, key = cell.cell_type, "input" if cell.cell_type == "code" else "source"
        old = {"cell_type": kind, "metadata": {}, key: cell.source.splitlines(keepends=True)}
        cells.append(old | ({"outputs": [], "language": "python"} if kind == "code" else {}))
    tree = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    return json.dumps(tree | {"worksheets": [{"cells": cells, "metadata": {}}]}).encode()


def without_metadata(notebook: NotebookNode) -> bytes:
    bare = copy.deepcopy(notebook)
    bare.metadata.clear()
    for cell in bare.cells:
        cell.metadata.clear()
    return saved(bare)


def copied(cells: list[NotebookNode]) -> None:
    """A check and an answer twice, as after copy and paste; the last answer is the right one."""
    for kind, function in (("check", "softmax"), ("answer", "surprisal")):
        cell = cell_of(cells, kind, function)
        twin = copy.deepcopy(cell)
        twin.id = f"{cell.id}-copy"
        if kind == "answer":
            twin.source = "def surprisal(probabilities, index):\n    return 0"
        cells.insert(cells.index(cell), twin)


def deleted(cells: list[NotebookNode]) -> None:
    """A check, a question and the first lines of the notebook are gone."""
    cells.remove(cell_of(cells, "check", "softmax"))
    cells.remove(cell_of(cells, "question", "quiz_temperature"))
    del cells[:2]


def retyped(cells: list[NotebookNode]) -> None:
    """A check has become text, an answer raw, a written answer code."""
    for kind, function, to in (
        ("check", "softmax", "markdown"),
        ("answer", "surprisal", "raw"),
        ("written", "reflect_temperature", "code"),
    ):
        cell = cell_of(cells, kind, function)
        cell.cell_type = to
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        if to == "code":
            cell.outputs, cell.execution_count = [], None


def flipped(cells: list[NotebookNode]) -> None:
    """Grade flags, points and ids say what would please the student."""
    for cell in cells:
        marks = cell.metadata.get("nbgrader")
        if marks:
            marks |= {"grade": not marks["grade"], "solution": not marks["solution"]}
            marks |= {"points": 100, "locked": False, "schema_version": 99}
    cells[5].metadata["nbgrader"] = {"grade_id": cell_of(cells, "check", "softmax").id}
    cells[3].metadata["nbgrader"] = "nonsense"
    cells[4].metadata["gradelib"] = ["nonsense"]
