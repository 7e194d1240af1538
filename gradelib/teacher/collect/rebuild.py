"""Rebuild a submission from the released notebook and what the student wrote. Runs nothing.

What a submission says about itself (cell ids, grade flags, points, cell types) is not believed:
matching.py finds what is what. What is missing is put back, what was added stays. Whatever was odd
is a remark.
"""

from __future__ import annotations

import copy
import functools
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import CheckCellMetadata as NbgraderCheckCellMetadata
from nbgrader.preprocessors import OverwriteKernelspec as NbgraderOverwriteKernelspec
from nbgrader.preprocessors.base import NbGraderPreprocessor

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.handin import Unreadable, as_python, read_notebook
from gradelib.student.matching import Matcher, kind_of, normal
from gradelib.teacher.collect import reader
from gradelib.terminal import plain

__all__ = [
    "CheckCellMetadata",
    "OverwriteKernelspec",
    "Rebuild",
    "add_remarks",
    "is_composed",
    "read_released",
    "rebuild",
    "rebuild_file",
    "was_rebuilt",
]

MOST_REMARKS = 12  # lines about one notebook
NAMED = 4  # names in one of them

REMARKS = "remarks"  # id of the cell that lists them
LONGEST = 300  # characters of one
ZERO = new_output("execute_result", {"text/plain": "0"}, execution_count=None)


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
        released = read_released(path)
        if not is_composed(released):  # it was made by hand: nbgrader's own way
            nb.metadata.pop("gradelib", None)  # which would say that it was rebuilt
            return nb, resources
        unreadable, notes = resources.get("unreadable", ""), resources.get("notes", ())
        rebuilt = resources.pop("rebuilt", None) or rebuild(released, nb, unreadable, notes)
        _note_what_was_said(rebuilt, resources.get("said", {}))
        return rebuilt, resources


class _UnlessRebuilt(NbGraderPreprocessor):
    """A step that a rebuilt notebook does not need: its metadata is the released one."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if was_rebuilt(nb):
            return nb, resources
        done: tuple[NotebookNode, Any] = super().preprocess(nb, resources)  # type: ignore[no-untyped-call]
        return done


class CheckCellMetadata(_UnlessRebuilt, NbgraderCheckCellMetadata):
    """nbgrader's, for notebooks that were not rebuilt."""


class OverwriteKernelspec(_UnlessRebuilt, NbgraderOverwriteKernelspec):
    """nbgrader's, for notebooks that were not rebuilt."""


def was_rebuilt(notebook: NotebookNode) -> bool:
    """Say whether a notebook was made by `rebuild`, which alone says so here."""
    return NotebookTag.of(notebook).remarks is not None


def read_released(path: Path) -> NotebookNode:
    """Read a released notebook. It is read once for a whole class: nobody may change it."""
    about = path.stat()
    return _read_released(path, about.st_mtime_ns, about.st_size)


@functools.lru_cache(maxsize=32)
def _read_released(path: Path, *_: int) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def is_composed(released: NotebookNode) -> bool:
    """Say whether a released notebook was composed of a story, and not made by hand."""
    return any(CellTag.of(cell).kind for cell in released.cells)


def rebuild(
    released: NotebookNode,
    handed_in: NotebookNode,
    unreadable: str = "",
    notes: Iterable[str] = (),
) -> NotebookNode:
    """Return the released notebook with the student's cells in it, and remarks.

    `notes` are what was odd when the file was read.
    """
    matcher = Matcher(released.cells, handed_in.cells)
    matcher.match()
    remarks = [f"the file cannot be read: {unreadable}"] if unreadable else matcher.remarks
    if not unreadable and _is_foreign(released, matcher):
        remarks = ["this is another notebook: none of its cells answers or checks anything here"]
    remarks = [*notes, *_of_a_newer_python(handed_in), *remarks]
    result: NotebookNode = copy.deepcopy(nbformat.from_dict({**released, "cells": []}))
    result.cells = _merged(released.cells, handed_in.cells, matcher)
    replace(NotebookTag.of(released), remarks=(), unreadable=unreadable).put_into(result)
    add_remarks(result, remarks)
    return result


def rebuild_file(released_path: Path, data: bytes) -> NotebookNode | None:
    """Return the bytes that were handed in as the notebook that is graded.

    None where nothing was released under this name, and where they cannot be read.
    """
    if not released_path.is_file():
        return None
    released = read_released(released_path)
    notes: list[str] = []
    try:
        handed_in = read_notebook(data, notes)
    except Unreadable:
        return None
    if not is_composed(released):
        return handed_in
    rebuilt = rebuild(released, handed_in, notes=notes)
    reader.keep(released_path, data, rebuilt)
    return rebuilt


def _of_a_newer_python(handed_in: NotebookNode) -> list[str]:
    """Say where a notebook has what this Python cannot read, and the student's perhaps could."""
    language = handed_in.metadata.get("language_info")
    found = re.match(
        r"3\.(\d+)", str(language.get("version") if isinstance(language, dict) else "")
    )
    here = sys.version_info.minor
    if found is None or int(found[1]) <= here:
        return []
    code = [cell.source for cell in handed_in.cells if cell.cell_type == "code"]
    unread = sum(bool(source.strip()) and not as_python(source) for source in code)
    with_one = f"{unread} of its cells cannot be read by the Python 3.{here} that grades it"
    advice = f"it was written with 3.{found[1]}: grade with that, or newer"
    return [f"{with_one}; {advice}"] if unread else []


def _is_foreign(released: NotebookNode, matcher: Matcher) -> bool:
    """Say whether a notebook has nothing of what the released one asks for."""
    asked = {"answer", "check", "question", "written"}
    kinds = [kind_of(cell) for cell in released.cells]
    wanted = [index for index, kind in enumerate(kinds) if kind in asked]
    return bool(wanted) and not any(index in matcher.matches for index in wanted)


def _note_what_was_said(rebuilt: NotebookNode, said: Mapping[str, str]) -> None:
    for cell in rebuilt.cells:
        tag = CellTag.of(cell)
        if tag.kind == "check" and tag.exercise in said:
            replace(tag, said=said[tag.exercise]).put_into(cell)


def add_remarks(notebook: NotebookNode, remarks: Iterable[str]) -> None:
    """Add remarks to those of a rebuilt notebook: for the table, and at its top for the feedback.

    Those that differ only in a name become one, and there are not more than a few.
    """
    tag = NotebookTag.of(notebook)
    lines = _gathered([*(tag.remarks or ()), *remarks])
    replace(tag, remarks=tuple(lines)).put_into(notebook)
    if not lines:
        return
    text = "\n".join(["**About the file that was handed in:**", "", *[f"- {r}" for r in lines]])
    for cell in notebook.cells[:1]:
        if cell.get("id") == REMARKS:
            cell.source = text
            return
    notebook.cells.insert(0, new_markdown_cell(text, id=REMARKS))


def _gathered(remarks: Iterable[str]) -> list[str]:
    """Make one remark of those that say the same of several names, and leave out what is many."""
    names: dict[str, list[str]] = {}  # by the remark without its first name
    for remark in dict.fromkeys(remarks):
        name = re.search(r"`([^`]*)`", remark)
        names.setdefault(re.sub(r"`[^`]*`", "`…`", remark, count=1), []).append(
            name.group(1) if name else ""
        )
    lines = []
    for remark, of_one in names.items():
        more = f" and {len(of_one) - NAMED} more" if len(of_one) > NAMED else ""
        listed = "`, `".join(of_one[:NAMED])
        lines.append(remark.replace("`…`", f"`{listed}`{more}", 1))
    if len(lines) > MOST_REMARKS:
        lines[MOST_REMARKS:] = [f"and {len(lines) - MOST_REMARKS} more remarks"]
    return [plain(line, LONGEST) for line in lines]


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
