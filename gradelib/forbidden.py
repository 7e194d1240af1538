"""Which of the names that an answer must do without its source uses. A static look.

It goes by names: `x.softmax(-1)`, `F.softmax(x)` and `from torch.nn.functional import softmax`
are all uses of `torch.nn.functional.softmax`. What hides behind `getattr` is stopped when the
answer runs (`probe`).
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from typing import Any

__all__ = ["source_of", "uses"]


def uses(source: str, names: Iterable[str], notebook: str = "") -> list[str]:
    """Return those dotted `names` that the answer's `source` uses.

    `notebook` is the code around it: its imports say what an alias stands for.
    """
    tree, around = _parse(source), _parse(notebook)
    aliases = _aliases(around) | _aliases(tree)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    plain = {aliases.get(n.id, "") for n in ast.walk(tree) if isinstance(n, ast.Name)}
    found = []
    for name in names:
        module, _, last = name.rpartition(".")
        imported = any(full == name or full.startswith(f"{name}.") for full in plain)
        called = bool(module) and last in attributes and last not in own
        if imported or called:
            found.append(name)
    return found


def source_of(answer: Any) -> str:
    """Return the source of a function or class, or nothing where there is none to be had."""
    try:
        return inspect.cleandoc(inspect.getsource(answer))
    except (OSError, TypeError):
        return ""


def _parse(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for, as a dotted name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                found[item.asname or item.name.partition(".")[0]] = (
                    item.name if item.asname else item.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                found[item.asname or item.name] = f"{node.module}.{item.name}"
    return found
