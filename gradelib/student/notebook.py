"""Read a notebook as it was handed in. Nothing that a file contains is believed.

The result is a notebook of today's format, or `Unreadable` with the reason. One wrong byte costs
its character, a cell of a type that nobody knows is text; both are said.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gradelib.student.foreign import LINK, what_it_is, why_no_json

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["LARGEST", "Unreadable", "read_notebook", "saved_cells"]

LARGEST = 25_000_000  # bytes of a notebook, unless the teacher's course.toml says otherwise
MOST_CELLS = 10_000
MOST_PARTS = 2_000_000  # lists and tables in the file: each takes far more memory than its bytes
CELL = {"metadata": {}, "source": ""}
CODE: dict[str, Any] = {"outputs": [], "execution_count": None}
KINDS = {"code", "markdown", "raw"}
PROSE = re.compile(r"\A\s*%%?(md|markdown)\b[^\n]*\n?")  # text in a cell of code
MARK = re.compile(r"\A#%%( md)?[ \t]*(\n|\Z)")  # which PyCharm wrote into its cells


class Unreadable(ValueError):
    """This is not a notebook. The message says why."""


def read_notebook(data: bytes, remarks: list[str] | None = None) -> NotebookNode:
    """Return the notebook in `data`, upgraded to nbformat 4. Raises Unreadable.

    What could not be read of a notebook that could, is added to `remarks`.
    """
    if not data.strip():
        raise Unreadable("the file is empty")
    if data.count(b"[") + data.count(b"{") > MOST_PARTS:
        raise Unreadable(f"it has more than {MOST_PARTS:,} lists and tables in it")
    notes: list[str] = []
    tree = _tree(data, notes)
    try:
        notebook = _upgraded(tree, notes)
    except Exception as error:  # noqa: BLE001 - nbformat raises all sorts
        raise Unreadable(f"its cells cannot be read: {_one_line(error)}") from None
    if remarks is not None:
        remarks += notes
    return notebook


def saved_cells(data: bytes) -> list[dict[str, Any]]:
    """Return the cells that `read_notebook` reads, as they were saved, with their outputs.

    Before nbformat 4 there are none. Raises Unreadable.
    """
    cells = _tree(data, []).get("cells")
    return [cell for cell in cells if not _problem(cell)] if isinstance(cells, list) else []


def _tree(data: bytes, notes: list[str]) -> dict[str, Any]:
    """Return the JSON of a notebook. Raises Unreadable, which says what the file is instead."""
    text = _text(data, notes)
    try:
        tree = json.loads(text.rstrip("\0"), strict=False)  # a file system may fill up a file
    except (ValueError, RecursionError) as error:
        said = what_it_is(data, text) or why_no_json(text, error)
        said = said or f"it is no JSON, so it is no notebook: {_one_line(error)}"
        raise Unreadable(said) from None
    if isinstance(tree, dict) and tree.get("type") == "notebook":  # as a Jupyter server sends it
        tree = tree.get("content")
    if not isinstance(tree, dict) or not {"cells", "worksheets"} & set(tree):
        is_link = isinstance(tree, dict) and {"url", "doc_id"} & set(tree)  # of Google Drive
        raise Unreadable(LINK if is_link else "it is JSON, but no notebook: it has no cells")
    return tree


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
        cell.source = _plain(cell.source)
    return notebook


def _readable(cells: Any, notes: list[str]) -> list[dict[str, Any]]:
    """Return the cells that can be read. Raises ValueError if that is none of them."""
    if not isinstance(cells, list):
        raise ValueError("they are no list")
    if len(cells) > MOST_CELLS:
        raise ValueError(f"there are more than {MOST_CELLS:,}")
    problems = {n: problem for n, cell in enumerate(cells, 1) if (problem := _problem(cell))}
    if problems and len(problems) == len(cells):
        raise ValueError(next(iter(problems.values())))
    if problems:
        notes.append(f"its {_some(problems)} cannot be read: {next(iter(problems.values()))}")
    whole = {n: _whole(cell) for n, cell in enumerate(cells, 1) if n not in problems}
    unknown = {n: cell["cell_type"] for n, cell in whole.items() if cell["cell_type"] not in KINDS}
    if unknown and len(unknown) == len(whole):
        raise ValueError(f"a cell of type {next(iter(unknown.values()))[:40]!r}")
    if unknown:
        kind = repr(next(iter(unknown.values()))[:40])
        notes.append(f"its {_some(unknown)} of type {kind}: read as text, and not run")
    return [{**cell, "cell_type": "raw"} if n in unknown else cell for n, cell in whole.items()]


def _problem(cell: Any) -> str:
    """Return why a cell cannot be read, or nothing. The words of any type can."""
    if not isinstance(cell, dict):
        return "it is no table"
    kind = str(cell.get("cell_type"))
    return "" if kind.lower() in KINDS or cell.get("source") else f"a cell of type {kind[:40]!r}"


def _some(numbers: Iterable[int]) -> str:
    first, *more = numbers
    return f"cell {first}" + (f" and {len(more)} more" if more else "")


def _whole(cell: dict[str, Any]) -> dict[str, Any]:
    """Fill in what some editors leave out, and take away what does not belong to the type."""
    whole = {**CELL, **cell, "cell_type": str(cell.get("cell_type")).lower()}
    if isinstance(whole["source"], list):
        whole["source"] = "".join(map(str, whole["source"]))
    whole["source"] = MARK.sub("", _plain(str(whole["source"] or "")))
    whole["metadata"] = _sound(whole["metadata"])
    if whole["cell_type"] == "code" and PROSE.match(whole["source"]):
        whole |= {"cell_type": "markdown", "source": PROSE.sub("", whole["source"])}
    if whole["cell_type"] == "code":
        return {**whole, **CODE, "outputs": []}
    return {key: value for key, value in whole.items() if key not in CODE}


def _plain(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


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
