"""What the code of a cell says, without running it: what it defines, checks, leaves blank.

A cell may hold anything. What is too long or too deep to be read counts as no Python.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

__all__ = ["as_python", "checked", "defined", "imported", "is_blank", "parse"]

LONGEST = 1_000_000  # characters of a cell that is read as Python
LONGEST_MAGIC = 20_000  # characters of one that IPython translates, which is far slower
CACHED = 20_000  # characters of a cell whose result is kept: the same cells come up again and again
MOST_MAGICS = 100  # lines that IPython translates one by one, reading all the cell for each
TIMED = re.compile(r"\A(?:\s*%%(time|capture|prun)\b.*\n)+")  # magics whose cell is Python
BEFORE = re.compile(r"\A(?:[ \t]*\n)+")  # empty lines, which IPython takes away
MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.M)
UNREADABLE = (
    SyntaxError,
    ValueError,
    RuntimeError,
    MemoryError,
)  # RecursionError is a RuntimeError
Result = TypeVar("Result")


def _remembered(read: Callable[[str], Result]) -> Callable[[str], Result]:
    """Keep what came of short sources. A long one is read again: many would fill the memory."""
    short = functools.lru_cache(maxsize=4096)(read)

    @functools.wraps(read)
    def either(source: str) -> Result:
        return short(source) if len(source) <= CACHED else read(source)

    return either


@_remembered
def as_python(source: str) -> str:
    """Return a cell's code without magics, or nothing where it is no Python."""
    source = TIMED.sub("", source)
    if len(source) > LONGEST:
        return ""
    if _parses(source):  # so there is nothing to translate
        return BEFORE.sub("", source).removesuffix("\n") + "\n"
    from IPython.core.inputtransformer2 import TransformerManager

    if len(source) > LONGEST_MAGIC or len(MAGIC.findall(source)) > MOST_MAGICS:
        code = MAGIC.sub(r"\1pass", source)
    else:
        try:
            code = TransformerManager().transform_cell(source)
        except UNREADABLE:
            return ""
    return code if _parses(code) else ""


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except UNREADABLE:
        return False
    return True


def parse(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, magics and all, or None where there is none."""
    code = as_python(source)
    return ast.parse(code) if code else None


def defined(source: str) -> list[str]:
    """Return the names that a cell defines at its top level, also where it does not parse."""
    return list(_defined(source))


@_remembered
def _defined(source: str) -> tuple[str, ...]:
    tree = parse(source)
    if tree is None:
        definition = r"^(?:(?:async )?def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)"
        return tuple(name or value for name, value in re.findall(definition, source, re.M))
    return tuple(name for node in _statements(tree) for name in _names(node))


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements that run in the notebook itself, in their order: not those inside
    functions. A stack of our own holds what is nested, however deep.
    """
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            left += reversed(list(ast.iter_child_nodes(node)))


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [item.asname or item.name for item in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [n.id for t in targets if t for n in ast.walk(t) if isinstance(n, ast.Name)]


def imported(source: str) -> set[str]:
    """Return the modules that a cell imports, by the first part of their names."""
    tree = parse(source)
    names: set[str] = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            names |= {item.name.partition(".")[0] for item in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@_remembered
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
