"""Rebuild a submission from the released notebook and what the student wrote. Runs nothing.

What a submission says about itself (cell ids, grade flags, points, cell types) is not believed:
matching.py finds what is what. What is missing is put back, what was added stays. Whatever was odd
is a remark.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from nbgrader.preprocessors import CheckCellMetadata as NbgraderCheckCellMetadata
from nbgrader.preprocessors.base import NbGraderPreprocessor

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.handin import Unreadable, read_notebook
from gradelib.teacher.collect.matching import Matcher, kind_of, normal

__all__ = ["CheckCellMetadata", "Reader", "Rebuild", "is_composed", "rebuild"]

ZERO = new_output("execute_result", {"text/plain": "0"}, execution_count=None)


class Reader(NotebookExporter):
    """nbgrader's exporter, but a file that cannot be read becomes an empty notebook."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        path = Path(filename)
        try:
            notebook = read_notebook(path.read_bytes())
        except Unreadable as error:
            notebook = new_notebook()
            resources["unreadable"] = str(error)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        exporter: Any = self  # nbconvert's, which has no types
        return exporter.from_notebook_node(notebook, resources, **kw)


class Rebuild(NbGraderPreprocessor):
    """The first of nbgrader's sanitize_preprocessors."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        names = resources["nbgrader"]
        assert self.parent is not None
        assert self.parent.parent is not None  # nbgrader's converter
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.release_directory, ".", names["assignment"])
        path = Path(folder) / f"{names['notebook']}.ipynb"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is not there: release {names['assignment']} first")
        released = nbformat.read(path, as_version=4)
        if not is_composed(released):  # it was made by hand: nbgrader's own way
            nb.metadata.pop("gradelib", None)  # which would say that it was rebuilt
            return nb, resources
        return rebuild(released, nb, resources.get("unreadable", "")), resources


class CheckCellMetadata(NbgraderCheckCellMetadata):
    """nbgrader's, for notebooks that were not rebuilt: a rebuilt one has the released metadata."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if NotebookTag.of(nb).remarks is not None:
            return nb, resources
        checked: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return checked


def is_composed(released: NotebookNode) -> bool:
    """Say whether a released notebook was composed of a story, and not made by hand."""
    return any(CellTag.of(cell).kind for cell in released.cells)


def rebuild(released: NotebookNode, handed_in: NotebookNode, unreadable: str = "") -> NotebookNode:
    """Return the released notebook with the student's cells in it, and remarks."""
    matcher = Matcher(released.cells, handed_in.cells)
    matcher.match()
    remarks = [f"the file cannot be read: {unreadable}"] if unreadable else matcher.remarks
    result = copy.deepcopy(released)
    result.cells = _merged(released.cells, handed_in.cells, matcher)
    tag = replace(NotebookTag.of(released), remarks=tuple(remarks), unreadable=unreadable)
    tag.put_into(result)
    if remarks:
        lines = ["**About the file that was handed in:**", "", *[f"- {r}" for r in remarks]]
        result.cells.insert(0, new_markdown_cell("\n".join(lines), id="remarks"))
    return result


def _merged(
    released: list[NotebookNode], student: list[NotebookNode], matcher: Matcher
) -> list[NotebookNode]:
    """Return the student's cells in their order, with the released ones among them."""
    place = {match: index for index, match in matcher.matches.items()}
    shown = {normal(cell) for cell in released if kind_of(cell) == "demonstration"}
    cells = [
        _taken(released[place[i]], cell) if i in place else _extra(cell, i, shown)
        for i, cell in enumerate(student)
    ]
    after = 0  # where the next missing cell goes
    at = {index: cells[match] for index, match in matcher.matches.items()}
    for index, cell in enumerate(released):
        if index in at:
            after = next(i for i, c in enumerate(cells) if c is at[index]) + 1
        elif kind_of(cell) not in ("text", "demonstration"):
            if kind_of(cell) == "answer" and _is_defined(cell, matcher):
                continue  # two answers in one cell
            cells.insert(after, _missing(cell))
            after += 1
    return cells


def _is_defined(cell: NotebookNode, matcher: Matcher) -> bool:
    function = CellTag.of(cell).exercise.partition(".")[2]
    return any(function in names for names in matcher.defines)


def _taken(released: NotebookNode, cell: NotebookNode) -> NotebookNode:
    """Return the released cell, with the student's words in it where it asks for them."""
    result = copy.deepcopy(released)
    if kind_of(released) in ("answer", "written"):
        result.source = cell.source
        if "attachments" in cell and result.cell_type == "markdown":
            result.attachments = cell.attachments
    return _without_result(result)


def _extra(cell: NotebookNode, index: int, shown: set[str]) -> NotebookNode:
    own = {"cell_type": cell.cell_type, "id": f"student-{index}", "source": cell.source}
    code: dict[str, Any] = {"execution_count": None, "outputs": []}
    parts = {"metadata": {}, **own, **(code if cell.cell_type == "code" else {})}
    extra: NotebookNode = nbformat.from_dict(parts)
    if cell.cell_type == "code" and cell.source.strip() and normal(cell) in shown:
        CellTag("demonstration").put_into(extra)  # one of the story's once more
    if "attachments" in cell:
        extra.attachments = cell.attachments
    return extra


def _missing(cell: NotebookNode) -> NotebookNode:
    missing = copy.deepcopy(cell)
    if kind_of(cell) == "answer":  # shown, but not run: it must not replace anything
        replace(CellTag.of(missing), kind="missing").put_into(missing)
    return _without_result(missing)


def _without_result(cell: NotebookNode) -> NotebookNode:
    """Give a check no points until it was judged: nbgrader gives all of them for no output."""
    if cell.cell_type == "code":
        graded = cell.metadata.get("nbgrader", {}).get("grade")
        cell.outputs = [copy.deepcopy(ZERO)] if graded else []
        cell.execution_count = None
    return cell
