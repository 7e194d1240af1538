"""Read a notebook as it was handed in. Nothing that a file contains is believed.

The result is a notebook of today's format, or `Unreadable` with the reason. One wrong byte costs
its character, one cell of a type that nobody knows costs that cell; both are said.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["LARGEST", "Unreadable", "read_notebook"]

LARGEST = 25_000_000  # bytes of a notebook, unless the teacher's course.toml says otherwise
MOST_CELLS = 10_000
MOST_PARTS = 2_000_000  # lists and tables in the file: each takes far more memory than its bytes
CELL = {"metadata": {}, "source": ""}
CODE: dict[str, Any] = {"outputs": [], "execution_count": None}
KINDS = {"code", "markdown", "raw"}


class Unreadable(ValueError):
    """This is not a notebook. The message says why."""


def read_notebook(data: bytes, remarks: list[str] | None = None) -> NotebookNode:
    """Return the notebook in `data`, upgraded to nbformat 4. Raises Unreadable.

    What could not be read of a notebook that could, is added to `remarks`.
    """
    notes: list[str] = [] if remarks is None else remarks
    if not data.strip():
        raise Unreadable("the file is empty")
    if data.count(b"[") + data.count(b"{") > MOST_PARTS:
        raise Unreadable(f"it has more than {MOST_PARTS:,} lists and tables in it")
    try:
        tree = json.loads(_text(data, notes), strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON, so it is no notebook: {_one_line(error)}") from None
    if not isinstance(tree, dict) or not {"cells", "worksheets"} & set(tree):
        raise Unreadable("it is JSON, but no notebook: it has no cells")
    try:
        return _upgraded(tree, notes)
    except Exception as error:  # noqa: BLE001 - nbformat raises all sorts
        raise Unreadable(f"its cells cannot be read: {_one_line(error)}") from None


def _text(data: bytes, notes: list[str]) -> str:
    """Decode a file; a byte that is no UTF-8 is read as Windows would have written it."""
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", WINDOWS).removeprefix("\ufeff")
        wrong = len(data.decode("utf-8", "ignore").encode())
        notes.append(
            f"{len(data) - wrong} of its bytes are no UTF-8: they were read as Windows writes them"
        )
        return text


WINDOWS = "gradelib-windows"  # our name for this way to go on after a byte that is no UTF-8


def _as_windows_writes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(WINDOWS, _as_windows_writes)


def _upgraded(tree: dict[str, Any], notes: list[str]) -> NotebookNode:
    import nbformat

    tree["metadata"] = _sound(tree.get("metadata"))
    if "cells" in tree:
        tree["nbformat"], tree["nbformat_minor"] = 4, 5
        tree["cells"] = _readable(tree["cells"], notes)
        _name_cells(tree["cells"])
    else:
        tree["nbformat"] = 3
    text = json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace").decode()
    notebook: NotebookNode = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("trusted", None)
    return notebook


def _readable(cells: Any, notes: list[str]) -> list[dict[str, Any]]:
    """Return the cells that can be read. Raises ValueError if that is none of them."""
    if not isinstance(cells, list):
        raise ValueError("they are no list")
    if len(cells) > MOST_CELLS:
        raise ValueError(f"there are more than {MOST_CELLS:,}")
    readable = []
    problems: dict[int, Exception] = {}
    for number, cell in enumerate(cells, 1):
        try:
            readable.append(_whole(cell))
        except (TypeError, ValueError) as error:
            problems[number] = error
    if problems:
        first, problem = next(iter(problems.items()))
        if not readable:
            raise problem
        others = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        notes.append(f"its cell {first}{others} cannot be read: {_one_line(problem)}")
    return readable


def _whole(cell: dict[str, Any]) -> dict[str, Any]:
    """Fill in what some editors leave out, and take away what does not belong to the type."""
    if not isinstance(cell, dict):
        raise ValueError("it is no table")
    whole = {**CELL, **cell}
    if isinstance(whole["source"], list):
        whole["source"] = "".join(map(str, whole["source"]))
    if whole.get("cell_type") not in KINDS:
        raise ValueError(f"a cell of type {str(whole.get('cell_type'))[:40]!r}")
    whole["source"] = str(whole["source"])
    whole["metadata"] = _sound(whole["metadata"])
    if whole["cell_type"] == "code":
        return {**whole, **CODE, "outputs": []}
    return {key: value for key, value in whole.items() if key not in CODE}


def _name_cells(cells: list[dict[str, Any]]) -> None:
    """Give an id to each cell that has none, or one that another cell has too."""
    used: set[str] = set()
    for number, cell in enumerate(cells):
        own = cell.get("id")
        if not isinstance(own, str) or not re.fullmatch(r"[\w-]{1,64}", own) or own in used:
            cell["id"] = f"cell-{number}"
        used.add(cell["id"])


def _sound(metadata: Any) -> dict[str, Any]:
    """Return metadata in which gradelib's and nbgrader's, if any, are tables."""
    if not isinstance(metadata, dict):
        return {}
    tables = ("gradelib", "nbgrader")
    return {k: v for k, v in metadata.items() if k not in tables or isinstance(v, dict)}


def _one_line(error: BaseException) -> str:
    return " ".join(str(error)[:1000].split())[:120]
