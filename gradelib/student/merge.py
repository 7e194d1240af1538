"""Bring a student's work into a mended notebook. Works on notebooks in memory; writes no file.

Three notebooks come together: the mended one, the student's, and the one that the student began
with, if it is there. By that one a cell of the story is told from a cell that the student added or
changed.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gradelib.checking.tags import CellTag
from gradelib.student.handin import is_blank
from gradelib.student.matching import Matcher, kind_of, normal

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Merged", "merge"]

ANSWERS = ("answer", "written")


@dataclass
class Merged:
    """The mended notebook with a student's work in it."""

    notebook: NotebookNode
    answers: list[str] = field(default_factory=list)  # topic.name of what moved
    mended: list[str] = field(default_factory=list)  # of these those whose task is another now
    added: int = 0  # cells of the student's own that moved along


def merge(new: NotebookNode, mine: NotebookNode, begun: NotebookNode | None) -> Merged | None:
    """Return `new` with the student's work in it, or None where `mine` stays as it is.

    Answers, quizzes and words go by their names. The student's other cells come after the cell of
    the story that stood above them, and a cell of the story that the student changed and the
    author did not stays changed. Outputs are left behind: the notebook has to be run again.
    """
    if begun is not None and _story(begun) == _story(new):
        return None
    return _Merge(new, mine, begun).result()


def _story(notebook: NotebookNode) -> list[tuple[str, str, object]]:
    """Return what a notebook says and asks, cell by cell."""
    parts = ("gradelib", "nbgrader", "jupyter")
    return [
        (cell.cell_type, cell.source, [cell.metadata.get(part) for part in parts])
        for cell in notebook.cells
    ]


def _task(notebook: NotebookNode, name: str) -> list[str]:
    """Return what a notebook says of an exercise: its question, or its stub with the docstring."""
    return [normal(cell) for cell in notebook.cells if CellTag.of(cell).exercise == name]


class _Merge:
    def __init__(self, new: NotebookNode, mine: NotebookNode, begun: NotebookNode | None) -> None:
        self.new, self.mine, self.begun = new, mine, begun
        self.matcher = Matcher(new.cells, mine.cells)
        self.matcher.match()
        self.ids = {cell.id: index for index, cell in enumerate(new.cells)}
        self.begun_by_id = {cell.id: cell for cell in begun.cells} if begun else {}
        self.by_text = {
            normal(cell): self.ids.get(cell.id)
            for part in (begun, new)
            for cell in (part.cells if part else ())
        }
        self.place = {match: index for index, match in self.matcher.matches.items()}
        self.done = Merged(copy.deepcopy(new))
        self.kept: dict[int, str] = {}  # for a cell of the story what the student made of it

    def result(self) -> Merged | None:
        added = self._added()
        cells = list(self._cells(added))
        _tell_apart(cells)
        self.done.notebook.cells = cells
        if "kernelspec" in self.mine.metadata:
            self.done.notebook.metadata.kernelspec = self.mine.metadata.kernelspec
        same = [(c.cell_type, c.source) for c in cells]
        if same == [(c.cell_type, c.source) for c in self.mine.cells]:
            return None
        return self.done

    def _cells(self, added: dict[int, list[NotebookNode]]) -> Iterator[NotebookNode]:
        yield from added[-1]
        for index, cell in enumerate(self.done.notebook.cells):
            if kind_of(cell) not in ANSWERS:
                cell.source = self.kept.get(index, cell.source)
                yield cell
            elif not self._is_answered_elsewhere(index):
                self._move_answer(index, cell)
                yield cell
            yield from added[index]

    def _move_answer(self, index: int, cell: NotebookNode) -> None:
        """Put the student's answer into its cell of the mended notebook."""
        name, match = CellTag.of(cell).exercise, self.matcher.matches.get(index)
        own = self.mine.cells[match] if match is not None else None
        if own is None or not self._is_work(own, name):
            return
        cell.source = own.source
        if "attachments" in own and cell.cell_type == "markdown":
            cell.attachments = own.attachments
        self.done.answers.append(name)
        if self.begun is not None and _task(self.begun, name) != _task(self.new, name):
            self.done.mended.append(name)

    def _is_work(self, own: NotebookNode, name: str) -> bool:
        """Say whether a cell holds more than what was handed out."""
        if normal(own) in self.by_text or not own.source.strip():
            return False
        return own.cell_type != "code" or not is_blank(own.source, name.partition(".")[2])

    def _is_answered_elsewhere(self, index: int) -> bool:
        """Say whether another answer's cell defines this one too: a stub would undo it."""
        function = CellTag.of(self.new.cells[index]).exercise.partition(".")[2]
        answers = [
            m for m, place in self.place.items() if kind_of(self.new.cells[place]) in ANSWERS
        ]
        defined = any(function in self.matcher.defines[match] for match in answers)
        return index not in self.matcher.matches and defined

    def _added(self) -> dict[int, list[NotebookNode]]:
        """Return the student's own cells by the place in `new` after which they come."""
        added: dict[int, list[NotebookNode]] = defaultdict(list)
        after = -1
        for number, cell in enumerate(self.mine.cells):
            place = self._place_of(number, cell)
            is_own = place is None or self._is_own(number, cell, place)
            after = after if place is None else place
            if is_own and normal(cell) not in self.by_text and cell.source.strip():
                added[self._before_answers(number, after)].append(self._as_added(cell))
                self.done.added += 1
        return added

    def _as_added(self, cell: NotebookNode) -> NotebookNode:
        """Return a cell of the student's own: without the course's tags, and without outputs."""
        own = copy.deepcopy(cell)
        own.id = f"{cell.id[:60]}-own" if cell.id in self.ids else cell.id
        for key in ("gradelib", "nbgrader", "deletable", "editable"):
            own.metadata.pop(key, None)
        if own.cell_type == "code":
            own.outputs, own.execution_count = [], None
        return own

    def _place_of(self, number: int, cell: NotebookNode) -> int | None:
        """Return which cell of `new` stands for one of the student's."""
        by_text = self.by_text.get(normal(cell))
        return self.place.get(number, self.ids.get(cell.id, by_text))

    def _is_own(self, number: int, cell: NotebookNode, place: int) -> bool:
        """Say whether a cell at a place of the story is the student's; keep what may stay there."""
        if number in self.place or normal(cell) in self.by_text:
            return False
        if kind_of(self.new.cells[place]) in ANSWERS:
            return True  # an answer of which there is a later one
        before = self.begun_by_id.get(cell.id)
        if before is None:  # the author may have changed it, and not the student
            return self.begun is not None
        if before.source != self.new.cells[place].source:
            return True
        self.kept[place] = cell.source
        return False

    def _before_answers(self, number: int, after: int) -> int:
        """Return a place that is above the answers whose names a cell defines, too."""
        names = self.matcher.defines[number] & self.matcher.wanted
        places = [
            index - 1
            for index, cell in enumerate(self.new.cells)
            if kind_of(cell) == "answer" and CellTag.of(cell).exercise.partition(".")[2] in names
        ]
        return min([after, *places])


def _tell_apart(cells: list[NotebookNode]) -> None:
    """Give a new id to each cell whose id another has too."""
    used: set[str] = set()
    for number, cell in enumerate(cells):
        if cell.id in used:
            cell.id = f"added-{number}"
        used.add(cell.id)
