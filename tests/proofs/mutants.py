"""Automatic mutants of a reference answer: small wrong changes to its syntax tree, in memory.

Why no library: mutmut 3.8 and cosmic-ray 8.7 write mutants to files and run a test command for
each (seconds, where a check needs milliseconds), and neither drops statements, swaps arguments,
moves the bounds of a slice nor shortens a chain of methods, which is what students get wrong.

Nothing here runs a mutant (`prove`). Left alone: docstrings, annotations, decorators, what an
error says, and the methods that a class exercise gives.
"""

from __future__ import annotations
import __future__

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

from . import slips  # noqa: F401 - it registers its operators
from .operators import OPERATORS, Scope, is_number

__all__ = ["Mutant", "build", "mutants"]

WIDTH = 60  # characters of code around a change, so that it can be found again
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr, ast.Assert)


@dataclass(frozen=True)
class Mutant:
    """One changed copy of a function or class. `change` is its identity: no line numbers."""

    function: str
    change: str
    code: str
    operator: str

    def __str__(self) -> str:
        return f"{self.function}: {self.change}"


@dataclass(frozen=True)
class Place:
    """Where a node hangs, and the nodes above it, outermost first."""

    node: ast.AST
    above: tuple[ast.AST, ...]
    field: str
    index: int | None = None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.above[-1], self.field, node)
        else:
            getattr(self.above[-1], self.field)[self.index] = node


def mutants(source: str, given: tuple[str, ...] = ()) -> list[Mutant]:
    """Return the mutants of a function, class or assigned value, in the order of its text.

    >>> [mutant.change for mutant in mutants("def half(x): return x / 2")][:2]
    ['`return x / 2` -> `pass`', '`return x / 2` -> `return`']
    """
    root = ast.parse(source).body[0]
    name = getattr(root, "name", None) or next(_bound(root))
    seen = {ast.unparse(root)}
    times: Counter[str] = Counter()
    found = []
    for place, operator, new in _changes(root, given):
        before, after, code = _texts(root, place, new)
        if code in seen or not _compiles(code):
            continue
        seen.add(code)
        change = f"`{before}` -> `{after}`"
        times[change] += 1
        if times[change] > 1:
            change += f" ({times[change]})"
        found.append(Mutant(name, change, code, operator))
    return found


def build(mutant: Mutant, namespace: dict[str, Any]) -> Any:
    """Define the mutant in a copy of the namespace of the reference, and return it."""
    copy = dict(namespace)
    exec(_compiled(mutant.code), copy)
    return copy[mutant.function]


def _changes(root: ast.AST, given: tuple[str, ...]) -> Iterator[tuple[Place, str, ast.AST]]:
    bound = frozenset(_bound(root))
    for place in _places(root, (), given):
        scope = Scope(_arguments(place.above), bound, _returns(place.above))
        for operator in OPERATORS.get(type(place.node), ()):
            if not _idle(operator.__name__, place, root):
                for new in operator(place.node, scope):
                    yield place, operator.__name__, new


def _places(node: ast.AST, above: tuple[ast.AST, ...], given: tuple[str, ...]) -> Iterator[Place]:
    above = (*above, node)
    for field in _open_fields(node):
        value = getattr(node, field)
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_closed(child, node, index, given):
                continue
            yield Place(child, above, field, index)
            if not is_number(child):
                yield from _places(child, above, given)


def _open_fields(node: ast.AST) -> list[str]:
    """The fields of a node that a mutant may change."""
    if isinstance(node, ast.Raise):
        return []
    shut = {"annotation", "returns", "decorator_list", "bases", "msg", "format_spec", "func"}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        shut.remove("func")  # x.view(...).mean(): the chain goes on in front
    return [field for field in node._fields if field not in shut]


def _is_closed(child: ast.AST, parent: ast.AST, index: int | None, given: tuple[str, ...]) -> bool:
    if isinstance(child, ast.FunctionDef) and isinstance(parent, ast.ClassDef):
        return child.name in given
    holds_docstring = isinstance(parent, (ast.FunctionDef, ast.ClassDef))
    text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
    return holds_docstring and index == 0 and text


def _arguments(above: tuple[ast.AST, ...]) -> dict[str, str]:
    functions = [node for node in above if isinstance(node, ast.FunctionDef)]
    if not functions:
        return {}
    found = functions[-1].args
    every = found.posonlyargs + found.args + found.kwonlyargs
    return {one.arg: ast.unparse(one.annotation) if one.annotation else "" for one in every}


def _returns(above: tuple[ast.AST, ...]) -> str:
    said = [node.returns for node in above if isinstance(node, ast.FunctionDef)]
    return ast.unparse(said[-1]) if said and said[-1] else ""


def _bound(root: ast.AST) -> Iterator[str]:
    for node in ast.walk(root):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _idle(operator: str, place: Place, root: ast.AST) -> bool:
    """A change that another operator makes too, or that leaves a name without a value."""
    if operator == "call_removed":
        return isinstance(place.above[-1], ast.Expr)  # the statement is dropped anyway
    last = getattr(root, "body", [None])[-1]
    return operator == "dropped" and (place.node is last or _breaks_names(place.node, root))


def _breaks_names(node: ast.AST, root: ast.AST) -> bool:
    """An assignment that is the only one of its name: without it there is no such name."""
    if not isinstance(node, ast.Assign):
        return False
    times = Counter(_bound(root))
    names = [name for target in node.targets for name in _bound(target)]
    return any(times[name] == 1 for name in names)


def _texts(root: ast.AST, place: Place, new: ast.AST) -> tuple[str, str, str]:
    """The code around the change before and after it, and the whole code with it."""
    shown = _shown(place)
    before = _line(shown)
    place.put(new)
    try:
        after = _line(new if shown is place.node else shown)
        return before, after, ast.unparse(ast.fix_missing_locations(root))
    finally:
        place.put(place.node)


def _shown(place: Place) -> ast.AST:
    """The largest piece of code around a node that still fits in a line of a report."""
    shown = place.node
    if isinstance(shown, ast.stmt):
        return shown
    for node in reversed(place.above):
        if isinstance(node, (ast.expr, ast.arguments, *SIMPLE)):
            if len(ast.unparse(node)) > WIDTH:
                break
            shown = node
        if isinstance(node, ast.stmt):
            break
    return shown


def _line(node: ast.AST) -> str:
    """A piece of code as one line: of a loop or a condition its head alone."""
    return ast.unparse(node).partition("\n")[0]


def _compiled(code: str) -> CodeType:
    flags = __future__.annotations.compiler_flag
    return compile(code, "<mutant>", "exec", flags=flags, dont_inherit=True)


def _compiles(code: str) -> bool:
    try:
        _compiled(code)
    except (SyntaxError, ValueError):
        return False
    return True
