"""Rebuild a submission from the released notebook and what the student wrote. Runs nothing.

What a submission says about itself (cell ids, grade flags, points, cell types) is not believed.
An answer is the last cell that defines its name, a check the first cell that calls it; written
answers go by their grade_id, or else by the question above them. What is missing is put back,
what was added stays. Whatever was odd is a remark.
"""

from __future__ import annotations

import ast
import copy
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from nbgrader.preprocessors import CheckCellMetadata as NbgraderCheckCellMetadata
from nbgrader.preprocessors import NbGraderPreprocessor

from gradelib.student.handin import Unreadable, checked, defined, parse, read_notebook

__all__ = ["CheckCellMetadata", "Reader", "Restore", "is_ours", "kind_of", "restore"]

ZERO = new_output("execute_result", {"text/plain": "0"}, execution_count=None)
BY_CONTENT = {"setup", "demonstration", "code"}  # cells that count by what they contain alone


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
        return self.from_notebook_node(notebook, resources, **kw)


class Restore(NbGraderPreprocessor):
    """The first of nbgrader's sanitize_preprocessors."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        assert self.parent is not None
        assert self.parent.parent is not None  # nbgrader's converter
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.release_directory, ".", about["assignment"])
        path = Path(folder) / f"{about['notebook']}.ipynb"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is not there: release {about['assignment']} first")
        released = nbformat.read(path, as_version=4)
        if not is_ours(released):  # one that was made by hand: nbgrader's own way
            nb.metadata.pop("gradelib", None)  # which would say that it was rebuilt
            return nb, resources
        return restore(released, nb, resources.get("unreadable", "")), resources


class CheckCellMetadata(NbgraderCheckCellMetadata):
    """nbgrader's, for notebooks that were not rebuilt: a rebuilt one has the released metadata."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if "remarks" in nb.metadata.get("gradelib", {}):
            return nb, resources
        return super().preprocess(nb, resources)


def is_ours(released: NotebookNode) -> bool:
    """Say whether a released notebook is the course's, and not one that was made by hand."""
    return any("gradelib" in cell.metadata for cell in released.cells)


def kind_of(cell: NotebookNode) -> str:
    """Return what a released cell is: ours by its kind, nbgrader's own, code, or only text."""
    ours = cell.metadata.get("gradelib", {}).get("kind")
    if ours or "nbgrader" not in cell.metadata:
        return ours or ("code" if cell.cell_type == "code" else "text")
    said = cell.metadata["nbgrader"]
    if said.get("solution") or said.get("task"):
        return "written"
    return "locked"


def restore(released: NotebookNode, handed_in: NotebookNode, unreadable: str = "") -> NotebookNode:
    """Return the released notebook with the student's cells in it, and remarks."""
    matcher = _Matcher(released.cells, handed_in.cells)
    matcher.match()
    remarks = [f"the file cannot be read: {unreadable}"] if unreadable else matcher.remarks
    result = copy.deepcopy(released)
    result.cells = _merged(released.cells, handed_in.cells, matcher)
    about = {"remarks": remarks, "unreadable": unreadable}
    result.metadata["gradelib"] = {**released.metadata.get("gradelib", {}), **about}
    if remarks:
        lines = ["**About the file that was handed in:**", "", *[f"- {said}" for said in remarks]]
        result.cells.insert(0, new_markdown_cell("\n".join(lines), id="remarks"))
    return result


class _Matcher:
    """Finds for each released cell the one of the student's that stands for it."""

    def __init__(self, released: list[NotebookNode], student: list[NotebookNode]) -> None:
        self.released, self.student = released, student
        self.of: dict[int, int] = {}  # released -> student
        self.remarks: list[str] = []
        self.defines = [set(defined(c.source)) if c.cell_type != "raw" else set() for c in student]
        self.checks = [checked(c.source) if c.cell_type != "raw" else None for c in student]
        answers = [_name(c) for c in released if kind_of(c) == "answer"]
        self.wanted = {name.partition(".")[2] for name in answers}
        self.by_text: dict[str, list[int]] = {}
        for index, cell in enumerate(student):
            self.by_text.setdefault(_normal(cell), []).append(index)

    def match(self) -> None:
        # The sure ones first, so that nothing else takes their cells.
        order = [*sorted(BY_CONTENT), "answer", "check", "question", "locked", "written"]
        ways = {"answer": self._answer, "check": self._check, "locked": self._locked,
                "question": self._locked, "written": self._written}  # fmt: skip
        kinds = [kind_of(cell) for cell in self.released]
        for kind in order:
            for index in (i for i, k in enumerate(kinds) if k == kind):
                found = ways.get(kind, self._same)(index)
                if found is not None:
                    self.of[index] = found
        for index, found in self.of.items():
            self._note_type(index, found)

    def _free(self, indices: Iterable[int]) -> list[int]:
        taken = set(self.of.values())
        return [index for index in indices if index not in taken]

    def _same(self, index: int) -> int | None:
        found = self._free(self.by_text.get(_normal(self.released[index]), []))
        return found[0] if found else None

    def _with_id(self, index: int) -> list[int]:
        """Return the student's cells with this grade_id that hold no answer to an exercise."""
        wanted = self.released[index].metadata["nbgrader"]["grade_id"]
        found = [i for i, cell in enumerate(self.student) if _grade_id(cell) == wanted]
        return self._free(i for i in found if not self.defines[i] & self.wanted)

    def _answer(self, index: int) -> int | None:
        name = _name(self.released[index])
        function = name.partition(".")[2]
        given = set(self.of.values())  # a cell of the story that uses the name again
        found = [i for i, names in enumerate(self.defines) if function in names and i not in given]
        found = [i for i in found if self.student[i].cell_type == "code"] or found
        if len(found) > 1:
            self.remarks.append(f"`{function}` is defined {len(found)} times: the last one counts")
        if found:
            return next(iter(self._free(found[-1:])), None)
        same_id = self._with_id(index)
        instead = sorted(self.defines[same_id[0]]) if same_id else []
        said = f": its cell defines {', '.join(f'`{n}`' for n in instead)}" if instead else ""
        self.remarks.append(f"no cell defines `{function}`{said}")
        return same_id[0] if same_id else None

    def _check(self, index: int) -> int | None:
        name = _name(self.released[index])
        found = [i for i, said in enumerate(self.checks) if said == name]
        if len(found) > 1:
            self.remarks.append(f"the check of `{name}` is there {len(found)} times: one counts")
        if found:
            return found[0]
        return self._changed(index, f"the check of `{name}`")

    def _locked(self, index: int) -> int | None:
        found = self._same(index)
        if found is not None:
            return found
        return self._changed(index, f"`{_grade_id(self.released[index])}`")

    def _changed(self, index: int, what: str) -> int | None:
        found = self._with_id(index)
        how = "was changed" if found else "was missing"
        self.remarks.append(f"{what} {how}: it was put back as it had been handed out")
        return found[0] if found else None

    def _written(self, index: int) -> int | None:
        """By grade_id or below the question; the last one that was written in."""
        blank = _normal(self.released[index])
        found = self._with_id(index)
        answered = [i for i in found if _normal(self.student[i]) != blank]
        if len(answered) > 1:
            said = _grade_id(self.released[index])
            self.remarks.append(f"`{said}` is there {len(answered)} times: the last one counts")
        if not answered:
            below = self._below(self.of.get(index - 1))
            answered = [i for i in below if _normal(self.student[i]) != blank][:1]
            found = found or below[:1]
        return next(iter((answered or found)[-1:]), None)

    def _below(self, question: int | None) -> list[int]:
        """Return the free texts right below a question, up to the story's next cell."""
        found: list[int] = []
        story = {_normal(cell) for cell in self.released if kind_of(cell) == "text"}
        for i in range(question + 1, len(self.student)) if question is not None else ():
            cell = self.student[i]
            if cell.cell_type == "code" or not self._free([i]) or _normal(cell) in story:
                break
            found.append(i)
        return found

    def _note_type(self, index: int, found: int) -> None:
        is_, was = self.student[found].cell_type, self.released[index].cell_type
        if is_ != was:
            what = _name(self.released[index]) or _grade_id(self.released[index])
            self.remarks.append(f"a cell of `{what}` had become {is_}: it was read as {was}")


def _merged(
    released: list[NotebookNode], student: list[NotebookNode], matcher: _Matcher
) -> list[NotebookNode]:
    """Return the student's cells in their order, with the released ones among them."""
    place = {found: index for index, found in matcher.of.items()}
    shown = {_normal(cell) for cell in released if kind_of(cell) == "demonstration"}
    cells = [
        _taken(released[place[i]], cell) if i in place else _extra(cell, i, shown)
        for i, cell in enumerate(student)
    ]
    after = 0  # where the next missing cell goes
    at = {index: cells[found] for index, found in matcher.of.items()}
    for index, cell in enumerate(released):
        if index in at:
            after = next(i for i, c in enumerate(cells) if c is at[index]) + 1
        elif kind_of(cell) not in ("text", "demonstration"):
            if kind_of(cell) == "answer" and _is_defined(cell, matcher):
                continue  # two answers in one cell
            cells.insert(after, _missing(cell))
            after += 1
    return cells


def _is_defined(cell: NotebookNode, matcher: _Matcher) -> bool:
    function = _name(cell).partition(".")[2]
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
    ran: dict[str, Any] = {"execution_count": None, "outputs": []}
    extra = nbformat.from_dict({"metadata": {}, **own, **(ran if cell.cell_type == "code" else {})})
    if cell.cell_type == "code" and cell.source.strip() and _normal(cell) in shown:
        extra.metadata["gradelib"] = {"kind": "demonstration"}  # one of ours once more
    if "attachments" in cell:
        extra.attachments = cell.attachments
    return extra


def _missing(cell: NotebookNode) -> NotebookNode:
    missing = copy.deepcopy(cell)
    if kind_of(cell) == "answer":  # shown, but not run: it must not replace anything
        missing.metadata["gradelib"]["kind"] = "missing"
    return _without_result(missing)


def _without_result(cell: NotebookNode) -> NotebookNode:
    """Give a check no points until it was judged: nbgrader gives all of them for no output."""
    if cell.cell_type == "code":
        graded = cell.metadata.get("nbgrader", {}).get("grade")
        cell.outputs = [copy.deepcopy(ZERO)] if graded else []
        cell.execution_count = None
    return cell


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("gradelib", {}).get("exercise", "")


def _grade_id(cell: NotebookNode) -> str:
    said = cell.metadata.get("nbgrader")
    return str(said.get("grade_id", "")) if isinstance(said, dict) else ""


def _normal(cell: NotebookNode) -> str:
    """Return what a cell says, whatever its white space and, for code, its comments."""
    return _said(cell.source, cell.cell_type == "code")


@functools.lru_cache(maxsize=4096)
def _said(source: str, code: bool) -> str:
    tree = parse(source) if code else None
    if tree is not None and tree.body:
        return ast.dump(tree)
    return " ".join(source.split())
