"""A student's folder as a bundle makes it, of notebooks of the course, without their data."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradelib.author.compose import student_notebook, with_answers
from gradelib.checking.tags import CellTag
from gradelib.student.notebook_files import ORIGINALS

ROOT = Path(__file__).resolve().parents[2]
NAME, TOPIC = "00_start_here", "start_here"
SOFTMAX = "def softmax(logits, temperature=1.0):\n    return logits.exp()"
SURPRISAL = "def surprisal(probabilities, index):\n    return -probabilities.log()"
WORDS = "The order stays: so it is right as often."
WORK = {
    f"{TOPIC}.softmax": SOFTMAX,
    f"{TOPIC}.quiz_temperature": "b",
    f"{TOPIC}.reflect_temperature": WORDS,
}


def blank() -> NotebookNode:
    """Return notebook 00 as it is handed out: a copy of what each process makes once."""
    return nbformat.from_dict(json.loads(_blank_once()))


@functools.cache
def _blank_once() -> str:
    return json.dumps(student_notebook(ROOT, NAME))


def worked_on(answers: Mapping[str, str] = WORK) -> NotebookNode:
    """Return notebook 00 with some answers, and three cells of the student's own."""
    notebook = with_answers(blank(), answers)
    at = place(notebook, "answer", "softmax")
    notebook.cells.insert(at + 1, new_code_cell("print(softmax(logits))  # mine", id="mine1"))
    notebook.cells.insert(at, new_markdown_cell("My notes: subtract the maximum.", id="mine2"))
    notebook.cells.append(new_code_cell("my_last = 1", id="mine3"))
    return notebook


def place(notebook: NotebookNode, kind: str, function: str) -> int:
    """Return where the cell of a kind stands for an exercise."""
    tags = [CellTag.of(cell) for cell in notebook.cells]
    name = f"{TOPIC}.{function}"
    return next(i for i, tag in enumerate(tags) if (tag.kind, tag.exercise) == (kind, name))


def mended(change: Callable[[NotebookNode], None] | None = None) -> NotebookNode:
    """Return notebook 00 as an author mended it: a text, a docstring, and what `change` does."""
    notebook = blank()
    notebook.cells[0].source += "\n\nThis was mended."
    cell = notebook.cells[place(notebook, "answer", "softmax")]
    cell.source = cell.source.replace('"""', '"""Mended. ', 1)
    if change:
        change(notebook)
    return notebook


def write_folder(folder: Path, notebook: NotebookNode, original: NotebookNode | None) -> Path:
    """Write a student's folder: the notebook, gradelib as one file, data, the original."""
    files = {"gradelib/__init__.py": "new = False\n", "data/a.txt": "old\n", "README.md": "old\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    if original is not None:
        (folder / ORIGINALS).mkdir()
        nbformat.write(original, folder / ORIGINALS / f"{NAME}.ipynb")
    return folder


def write_bundle(folder: Path, notebook: NotebookNode) -> Path:
    """Write a new bundle as a folder and a zip; return the zip."""
    write_folder(folder / "course-week01", notebook, notebook)
    (folder / "course-week01" / "gradelib" / "__init__.py").write_text("new = True\n")
    (folder / "course-week01" / "data" / "a.txt").write_text("new\n")
    return Path(shutil.make_archive(str(folder / "new"), "zip", folder, "course-week01"))
