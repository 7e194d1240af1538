"""Bring a stub or a whole notebook back as it was handed out. What was there stays beside it."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gradelib.checking.tags import CellTag
from gradelib.student.handin import Unreadable, checked
from gradelib.student.matching import Matcher, kind_of, normal
from gradelib.student.notebook_files import (
    find_notebook,
    keep_copy,
    near,
    notebooks_here,
    open_notebook,
    original_of,
    topic_of,
    write_notebook,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Compose", "Done", "reset"]

Compose = Callable[[str], "NotebookNode"]  # of a topic its notebook, where nothing was handed out


@dataclass(frozen=True)
class Done:
    """What a reset did."""

    path: Path
    changed: bool
    kept: Path | None = None  # the copy of what was there


def reset(what: str, folder: Path, compose: Compose | None = None) -> Done:
    """Reset an exercise such as `masks.attention`, or a notebook such as `02_masks`.

    Raises ValueError, with names that are like it, where nothing is called so.
    """
    if "." in what.removesuffix(".ipynb"):
        path = find_notebook(what.partition(".")[0], folder)
        return _reset_answer(path, what, _released(path, compose))
    try:
        path = find_notebook(what, folder)
    except ValueError:
        _hint_at_exercise(what, folder)
        raise
    released = _released(path, compose)
    kept = keep_copy(path)
    write_notebook(released, path)
    return Done(path, True, kept)


def _hint_at_exercise(what: str, folder: Path) -> None:
    """Raise ValueError where a name without its topic is an exercise's."""
    names: list[str] = []
    for path in notebooks_here(folder):
        try:
            names += _answers(open_notebook(path))
        except Unreadable:
            continue  # another notebook is meant
    meant = [name for name in names if name.partition(".")[2] == what]
    if meant:
        raise ValueError(f"an exercise is called by its topic too: {' or '.join(meant)}")


def _released(path: Path, compose: Compose | None) -> NotebookNode:
    """Return the notebook as it was handed out. Raises ValueError where nobody has it."""
    topic = topic_of(path)
    with contextlib.suppress(Unreadable):  # a broken file can be reset, too: by its name
        topic = topic_of(path, open_notebook(path))
    released = original_of(topic, path.parent) or (compose(topic) if compose else None)
    if released is None:
        raise ValueError(
            f"{path.stem} as it was handed out is not here: it is in the week's zip; "
            "`python -m gradelib update` with that zip brings it"
        )
    return released


def _answers(notebook: NotebookNode) -> dict[str, int]:
    """Return where each answer stands, also those to quizzes and in words."""
    kinds = ("answer", "written")
    return {
        name: index
        for index, cell in enumerate(notebook.cells)
        if kind_of(cell) in kinds and (name := CellTag.of(cell).exercise)
    }


def _reset_answer(path: Path, name: str, released: NotebookNode) -> Done:
    places = _answers(released)
    if name not in places:
        raise ValueError(f"{path.stem} has no exercise {name!r}{near(name, places)}")
    mine = open_notebook(path)
    matcher = Matcher(released.cells, mine.cells)
    matcher.match()
    at = matcher.matches.get(places[name])
    stub = copy.deepcopy(released.cells[places[name]])
    if at is None:
        _insert(stub, mine, matcher, places[name])
    else:
        own, stub.id = mine.cells[at], mine.cells[at].id
        if normal(own) == normal(stub) and own.cell_type == stub.cell_type:
            return Done(path, False)
        others = (matcher.defines[at] & matcher.wanted) - {name.partition(".")[2]}
        if others:
            raise ValueError(
                f"the cell of {name} also defines {' and '.join(sorted(others))}: "
                "put each into a cell of its own first"
            )
        mine.cells[at] = stub
    for cell in mine.cells:  # what a check said of the old answer
        if cell.cell_type == "code" and checked(cell.source) == name:
            cell.outputs, cell.execution_count = [], None
    kept = keep_copy(path)
    write_notebook(mine, path)
    return Done(path, True, kept)


def _insert(stub: NotebookNode, mine: NotebookNode, matcher: Matcher, index: int) -> None:
    """Put a cell that is gone below what stands above it in the original."""
    above = [matcher.matches[i] for i in range(index) if i in matcher.matches]
    ids = {cell.id for cell in mine.cells}
    while stub.id in ids:
        stub.id = f"{stub.id[:60]}-new"
    mine.cells.insert(above[-1] + 1 if above else 0, stub)
