"""Where an exercise is asked, and which cells it needs: read from the source alone.

What counts is what a name meant at its check, as in the student's notebook, and not what it means
at the end, where an import, a loop or an old attempt may have bound it again.
"""

from __future__ import annotations

import ast
import dis
import functools
from collections.abc import Iterator, Mapping, Sequence

from nbformat import NotebookNode

from gradelib.checking.session import global_names
from gradelib.checking.tags import CellTag
from gradelib.student.handin import as_python, defined, parse

__all__ = [
    "answer_cells",
    "answer_source",
    "bound",
    "check_places",
    "needed_cells",
    "rebound_below",
]

MOST_PLACES = 3  # where one exercise is asked: its last checks
NO_CODE = {"check", "missing"}  # cells that are not the student's


def _is_code(cell: NotebookNode) -> bool:
    return cell["cell_type"] == "code" and CellTag.of(cell).kind not in NO_CODE


def check_places(cells: Sequence[NotebookNode]) -> dict[str, tuple[int, ...]]:
    """Return for each exercise that is checked where its checks stand, also in other cells."""
    tags = [CellTag.of(cell) for cell in cells]
    places: dict[str, list[int]] = {tag.exercise: [] for tag in tags if tag.kind == "check"}
    for position, cell in enumerate(cells):
        names = _checked_in(cell["source"]) if cell["cell_type"] == "code" else ()
        for name in {*names} & places.keys():
            places[name].append(position)
    return {name: tuple(found[-MOST_PLACES:]) for name, found in places.items()}


@functools.lru_cache(maxsize=4096)
def _checked_in(source: str) -> tuple[str, ...]:
    """Return the exercises that a cell checks at its top level."""
    tree = parse(source) if "check" in source else None
    return tuple(name for node in (tree.body if tree else []) if (name := _checked_by(node)))


def _checked_by(node: ast.stmt) -> str:
    match node:
        case (
            ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(name)), *_]))
            | ast.Assign(value=ast.Call(ast.Name("check"), [ast.Constant(str(name)), *_]))
        ):
            return name
    return ""


@functools.lru_cache(maxsize=4096)
def bound(source: str) -> frozenset[str]:
    """Return the names that a cell binds, binds again or deletes where it stands."""
    names = {name.partition(".")[0] for name in defined(source)}
    tree = parse(source)
    for node in _outside_functions(tree) if tree else ():
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return frozenset(names)


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run in the notebook itself. No recursion: a cell may be nested deep."""
    inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.GeneratorExp
    waiting = [tree]
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            yield node
            if not isinstance(node, inner | ast.ListComp | ast.SetComp | ast.DictComp):
                waiting.append(node)


@functools.lru_cache(maxsize=4096)
def used(source: str) -> frozenset[str]:
    """Return the global names that a cell uses, if it can be compiled at all. Runs nothing."""
    try:
        code = compile(as_python(source), "<cell>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    at_the_top = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_NAME"}
    return frozenset({*at_the_top, *global_names(code)})


def needed_cells(
    cells: Sequence[NotebookNode], names: Mapping[str, object]
) -> dict[str, tuple[int, ...]]:
    """Return for each exercise the cells that bind its name, or what those use, and so on."""
    binding: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        for name in bound(cell["source"]) if _is_code(cell) else ():
            binding.setdefault(name, []).append(position)
    return {name: _closure(name.partition(".")[2], cells, binding) for name in names}


def _closure(
    function: str, cells: Sequence[NotebookNode], binding: Mapping[str, list[int]]
) -> tuple[int, ...]:
    found, seen, waiting = set[int](), {function}, [function]
    while waiting:
        for position in binding.get(waiting.pop(), ()):
            if position not in found:
                found.add(position)
                more = used(cells[position]["source"]) - seen
                seen |= more
                waiting += more
    return tuple(sorted(found))


def answer_cells(cells: Sequence[NotebookNode], name: str) -> list[int]:
    """Return where an answer is defined, from the top down."""
    function = name.partition(".")[2]
    named = [p for p, cell in enumerate(cells) if function in cell["source"]]  # most are not
    return [p for p in named if _is_code(cells[p]) and function in defined(cells[p]["source"])]


def rebound_below(cells: Sequence[NotebookNode], name: str, place: int) -> bool:
    """Say whether a name is bound again below its check, of which there was one above."""
    function = name.partition(".")[2]
    above = any(position < place for position in answer_cells(cells, name))
    below = (cell for cell in cells[place + 1 :] if _is_code(cell))
    return above and any(function in bound(cell["source"]) for cell in below)


def answer_source(cells: Sequence[NotebookNode], name: str, place: int) -> str:
    """Return the source of what a name meant at a place: its definition, without what is beside it.

    As the notebook's own check, which asks Python for the source of the function.
    """
    defining = answer_cells(cells, name)
    above = [position for position in defining if position < place]
    return "\n\n".join(
        _definition(cells[position]["source"], name.partition(".")[2])
        for position in (above or defining)[-1:]
    )


@functools.lru_cache(maxsize=4096)
def _definition(source: str, function: str) -> str:
    """Return the last `def` or `class` of a name in a cell; all of the cell where there is none."""
    code = as_python(source)
    tree = parse(source)
    for node in reversed(tree.body if tree else []):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name == function:
                return ast.get_source_segment(code, node) or code
        elif function in bound(ast.unparse(node)):
            return code
    return code
