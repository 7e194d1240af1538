"""What a student hands in: read it, see what is attempted, pack it with a receipt.

Nothing here changes a notebook. Reading believes nothing: whatever a file contains, the result
is a notebook of today's format, or `Unreadable` with the reason.
"""

from __future__ import annotations

import ast
import datetime as dt
import functools
import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.checking.tags import CellTag, NotebookTag

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "Look",
    "Unreadable",
    "as_python",
    "check_student",
    "checked",
    "defined",
    "is_blank",
    "look",
    "pack",
    "parse",
    "read_notebook",
]

LARGEST = 25_000_000  # bytes of a notebook
CELL = {"metadata": {}, "source": ""}
CODE: dict[str, Any] = {"outputs": [], "execution_count": None}
KINDS = {"code", "markdown", "raw"}
TIMED = re.compile(r"\A\s*%%(time|capture|prun)\b.*\n")  # magics whose cell is Python


class Unreadable(ValueError):
    """This is not a notebook. The message says why."""


def read_notebook(data: bytes) -> NotebookNode:
    """Return the notebook in `data`, upgraded to nbformat 4. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("the file is empty")
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON, so it is no notebook: {_one_line(error)}") from None
    if not isinstance(tree, dict) or not {"cells", "worksheets"} & set(tree):
        raise Unreadable("it is JSON, but no notebook: it has no cells")
    try:
        return _upgraded(tree)
    except Exception as error:  # noqa: BLE001 - nbformat raises all sorts
        raise Unreadable(f"its cells cannot be read: {_one_line(error)}") from None


def _upgraded(tree: dict[str, Any]) -> NotebookNode:
    import nbformat

    tree["metadata"] = _sound(tree.get("metadata"))
    if "cells" in tree:
        tree["nbformat"], tree["nbformat_minor"] = 4, 5
        tree["cells"] = [_whole(cell) for cell in tree["cells"]]
        _name_cells(tree["cells"])
    else:
        tree["nbformat"] = 3
    text = json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace").decode()
    notebook: NotebookNode = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("trusted", None)
    return notebook


def _whole(cell: dict[str, Any]) -> dict[str, Any]:
    """Fill in what some editors leave out, and take away what does not belong to the type."""
    whole = {**CELL, **cell}
    if whole.get("cell_type") not in KINDS:
        raise ValueError(f"a cell of type {whole.get('cell_type')!r}")
    whole["metadata"] = _sound(whole["metadata"])
    if isinstance(whole["source"], list):
        whole["source"] = "".join(map(str, whole["source"]))
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


@functools.lru_cache(maxsize=4096)  # the same cells come up again and again
def as_python(source: str) -> str:
    """Return a cell's code without magics, or nothing where it is no Python."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        code = TransformerManager().transform_cell(TIMED.sub("", source))
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return code


def parse(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, magics and all, or None where there is none."""
    code = as_python(source)
    return ast.parse(code) if code else None


def defined(source: str) -> list[str]:
    """Return the names that a cell defines at its top level, also where it does not parse."""
    return list(_defined(source))


@functools.lru_cache(maxsize=4096)
def _defined(source: str) -> tuple[str, ...]:
    tree = parse(source)
    if tree is None:
        definition = r"^(?:(?:async )?def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)"
        return tuple(name or value for name, value in re.findall(definition, source, re.M))
    return tuple(name for node in _statements(tree) for name in _names(node))


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements that run in the notebook itself: not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            yield from _statements(node)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [item.asname or item.name for item in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [n.id for t in targets if t for n in ast.walk(t) if isinstance(n, ast.Name)]


@functools.lru_cache(maxsize=4096)
def checked(source: str) -> str | None:
    """Return `topic.function` of a cell that is check("topic.function") and nothing else."""
    tree = parse(source) if "check" in source else None
    match tree.body if tree else []:
        case [ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(name))], []))]:
            return name
    return None


def is_blank(source: str, name: str) -> bool:
    """Say whether the cell leaves `name` as it was handed out: a stub, or an empty string."""
    tree = parse(source)
    for node in reversed(list(_statements(tree)) if tree else []):
        if name not in _names(node):
            continue
        if isinstance(node, ast.ClassDef):
            return any(_is_stub(m) for m in node.body if isinstance(m, ast.FunctionDef))
        if isinstance(node, ast.FunctionDef):
            return _is_stub(node)
        value = getattr(node, "value", None)
        return isinstance(value, ast.Constant) and value.value in ("", None, ...)
    return tree is not None or not source.strip()


def _is_stub(function: ast.FunctionDef) -> bool:
    match function.body[-1]:
        case ast.Raise(ast.Call(ast.Name("NotImplementedError")) | ast.Name("NotImplementedError")):
            return len(function.body) <= 2
    return False


@dataclass(frozen=True)
class Look:
    """What a first look at a notebook finds. Nothing is run."""

    attempted: list[str] = field(default_factory=list)  # topic.function
    blank: list[str] = field(default_factory=list)
    week: str | None = None

    @property
    def exercises(self) -> list[str]:
        return self.attempted + self.blank


def look(notebook: NotebookNode) -> Look:
    """Say which exercises of a notebook are attempted."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    tags = [CellTag.of(cell) for cell in notebook.cells]
    names = [tag.exercise for tag in tags if tag.kind in ("answer", "check")]
    names += [name for source in sources if (name := checked(source))]
    week = NotebookTag.of(notebook).week
    result = Look(week=week if re.fullmatch(r"week\d+", week) else None)
    for name in filter(None, dict.fromkeys(names)):
        function = name.partition(".")[2]
        last = [source for source in sources if function in defined(source)][-1:]
        is_attempted = last and not is_blank(last[0], function)
        (result.attempted if is_attempted else result.blank).append(name)
    return result


def check_student(text: str) -> str:
    """Return a student's id as it is used for folders. Raises ValueError."""
    name = unicodedata.normalize("NFC", re.sub(r"\s+", "-", text.strip()))
    if not re.fullmatch(r"\w[\w.@-]{0,63}", name) or name.startswith("_") or name.endswith("."):
        raise ValueError(
            f"{text!r} cannot be a student's id: it takes letters, digits and . _ - @, "
            "begins with a letter or digit, and has at most 64 characters"
        )
    return name


def pack(paths: list[Path], student: str, to: Path, now: dt.datetime | None = None) -> Path:
    """Write the notebooks and receipt.json into a zip in the folder `to`. Raises Unreadable."""
    student = check_student(student)
    moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    files = {path.name: path.read_bytes() for path in paths}
    if len(files) != len(paths):
        raise Unreadable("two of the files have the same name")
    looks = [look(read_notebook(data)) for data in files.values()]
    week = next((look.week for look in looks if look.week), None)
    receipt = {
        "student": student,
        "week": week,
        "time": moment.isoformat(),
        "attempted": [name for look in looks for name in look.attempted],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    to.mkdir(parents=True, exist_ok=True)
    path = to / f"{student}-{week or 'hand-in'}-{moment:%Y%m%dT%H%M%SZ}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("receipt.json", json.dumps(receipt, indent=1, ensure_ascii=False))
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
