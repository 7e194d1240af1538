"""Which of the names that an answer must do without its source uses. A static look.

It goes by names: `x.softmax(-1)`, `F.softmax(x)` and `from torch.nn.functional import softmax`
are all uses of `torch.nn.functional.softmax`. What hides behind `getattr` is stopped when the
answer runs (`runner`).
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Iterable
from typing import Any

__all__ = ["source_of", "uses"]


def uses(source: str, names: Iterable[str], notebook: str = "") -> list[str]:
    """Return those dotted `names` that the answer's `source` uses.

    `notebook` is the code around it: its imports say what an alias stands for.
    """
    tree = _parse(source)
    aliases = _imports(notebook) | _aliases(tree)
    nodes = list(ast.walk(tree))
    plain = {aliases[n.id] for n in nodes if isinstance(n, ast.Name) and n.id in aliases}
    dotted = {_dotted(node, aliases) for node in nodes if isinstance(node, ast.Attribute)}
    return [name for name in names if any(_is(used, name) for used in plain | dotted)]


def _is(used: str, name: str) -> bool:
    """Say whether a dotted name is `name`, or inside it, or a method of something unknown."""
    method = "?." + name.rpartition(".")[2]
    return used in (name, method) or used.startswith(f"{name}.")


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> str:
    """Return `F.softmax` as `torch.nn.functional.softmax`, and `x.softmax` as `?.softmax`."""
    owner = node.value
    if isinstance(owner, ast.Attribute):
        known = _dotted(owner, aliases)
        return f"{known}.{node.attr}" if not known.startswith("?") else f"?.{node.attr}"
    if isinstance(owner, ast.Name) and owner.id in aliases:
        return f"{aliases[owner.id]}.{node.attr}"
    own = isinstance(owner, ast.Name) and owner.id in ("self", "cls")
    return f"self.{node.attr}" if own else f"?.{node.attr}"


def source_of(answer: Any) -> str:
    """Return the source of a function or class, or nothing where there is none to be had."""
    try:
        return inspect.cleandoc(inspect.getsource(answer))
    except (OSError, TypeError):
        return ""


@functools.lru_cache(maxsize=8)  # one notebook has many answers
def _imports(notebook: str) -> dict[str, str]:
    return _aliases(_parse(notebook))


def _parse(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for, as a dotted name."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                aliases[item.asname or item.name.partition(".")[0]] = (
                    item.name if item.asname else item.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                aliases[item.asname or item.name] = f"{node.module}.{item.name}"
    return aliases
