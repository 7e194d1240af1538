"""Which of the names that an answer must do without its source uses. A static look.

It goes by names: `x.softmax(-1)`, `F.softmax(x)` and `from torch.nn.functional import softmax`
are all uses of `torch.nn.functional.softmax`, and so is a name of the notebook's own that stands
for it: `s = torch.softmax` in another cell, or a helper that calls it. What hides behind `getattr`
is stopped when the answer runs (`runner`). It is meant for those who do not think of it: whoever
sets out to hide something can.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

__all__ = ["source_of", "uses", "with_kin"]

KIN = {  # what comes to the same: a softmax on its own, as it can be had from attention
    "softmax": (
        "torch.nn.functional.scaled_dot_product_attention",
        "torch.nn.functional.multi_head_attention_forward",
        "torch.nn.MultiheadAttention",
        "torch.nn.Softmax2d",
        "torch.sparse.softmax",
        "torch.masked.softmax",
        "torch.distributions.Categorical",
    )
}
INNER = re.compile(r"torch\.(ops\.|_)")  # where torch keeps its functions a second time


def with_kin(names: Iterable[str]) -> list[str]:
    """Return dotted names with those that come to the same, each once."""
    named = list(names)
    kin = [other for name in named for other in KIN.get(name.rpartition(".")[2], ())]
    return list(dict.fromkeys([*named, *kin]))


def uses(
    source: str, names: Iterable[str], notebook: str = "", answers: Collection[str] = ()
) -> list[str]:
    """Return those dotted `names` that the answer's `source` uses.

    `notebook` is the code around it: it says what a name stands for. The names in `answers` are
    those of other exercises, which have rules of their own: what they use is not looked at.
    """
    wanted = with_kin(names)
    if not wanted:
        return []
    tree = _parse(source)
    around = _around(notebook)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    aliases = around.aliases | _aliases(tree)
    helpers = {name: node for name, node in around.made.items() if name not in own | {*answers}}
    used = {dotted for node in _reached(tree, helpers) for dotted in _used(node, aliases)}
    return [name for name in wanted if any(_is(one, name) for one in used)]


def _used(tree: ast.AST, aliases: Mapping[str, str]) -> Iterator[str]:
    """Yield the dotted names that a piece of code uses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in aliases:
            yield aliases[node.id]
        elif isinstance(node, ast.Attribute):
            yield _dotted(node, aliases)


def _reached(tree: ast.AST, helpers: Mapping[str, ast.AST]) -> list[ast.AST]:
    """Return a piece of code with all of the notebook's own that it uses, however far down."""
    reached, seen = [tree], set()
    for part in reached:  # grows as it is gone through
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id in helpers and node.id not in seen:
                seen.add(node.id)
                reached.append(helpers[node.id])
    return reached


def _is(used: str, name: str) -> bool:
    """Say whether a dotted name is `name`, or inside it, or a method of something unknown."""
    last = name.rpartition(".")[2]
    if INNER.match(used) and last.lower() in used.lower():
        return True
    return used in (name, f"?.{last}") or used.startswith(f"{name}.")


def _dotted(node: ast.Attribute, aliases: Mapping[str, str]) -> str:
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
        return textwrap.dedent(inspect.getsource(answer))
    except (OSError, TypeError):
        return ""


class _Around:
    """What the code around an answer makes: imported names, and definitions of its own."""

    def __init__(self, notebook: str) -> None:
        self.made: dict[str, ast.AST] = {}
        self.aliases: dict[str, str] = {}
        for tree in _parts(notebook):
            self.aliases |= _aliases(tree)
            for node in tree.body:
                for name in _names_made(node):
                    self.made[name] = node


@functools.lru_cache(maxsize=8)  # one notebook has many answers
def _around(notebook: str) -> _Around:
    return _Around(notebook)


def _parts(notebook: str) -> Iterator[ast.Module]:
    """Yield a notebook's code as syntax trees, without the parts that are no Python."""
    whole = _parse(notebook)
    if whole.body or not notebook.strip():
        yield whole
        return
    begin = re.compile(r"\n(?=(?:def|class|async|import|from|@|[A-Za-z_]\w* *[=:]))")
    for part in begin.split(notebook):
        yield _parse(part)


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _names_made(node: ast.stmt) -> list[str]:
    """Return the names that a statement defines or assigns."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        every = [part for target in targets for part in ast.walk(target)]
        return [part.id for part in every if isinstance(part, ast.Name)]
    return []


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
