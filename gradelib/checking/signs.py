"""Signs by which a habit is seen: facts about what came back, about an error, or a source."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradelib.checking.exercise import Tolerance
from gradelib.checking.likeness import equal, form, plain
from gradelib.checking.outcome import Drawn, Outcome

__all__ = ["Trials"]

REDUCE = {"sum", "mean", "amax", "amin", "max", "min", "prod", "std", "var", "norm", "logsumexp",
          "any", "all"}  # fmt: skip
IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "remove", "clear", "update", "add"}
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr)  # statements of one line
CLOSE = Tolerance()
DIGITS = Tolerance(relative=1e-6, absolute=1e-6)  # all that float32 has


@dataclass(frozen=True)
class Trials:
    """The cases in which an answer fails, what came of each, and the answer's own source."""

    failed: Sequence[tuple[Drawn, Outcome]]
    source: str = ""

    def every(self, test: Callable[[Any, Any], bool]) -> bool:
        """Say whether in all of these cases a value was due and came, and the two pass a test."""
        return bool(self.failed) and all(
            one.expected.status == got.status == "value"
            and not got.changed
            and test(one.expected.value, got.value)
            for one, got in self.failed
        )

    def every_array(self, test: Callable[[np.ndarray, np.ndarray], bool]) -> bool:
        """The same for values that are numbers: `plain` makes float64 arrays of them."""

        def both(expected: Any, answer: Any) -> bool:
            left, right = plain(expected), plain(answer)
            arrays = isinstance(left, np.ndarray) and isinstance(right, np.ndarray)
            return arrays and test(left, right)

        return self.every(both)

    @cached_property
    def error(self) -> Outcome:
        """The first error that was not due; where none came, an empty one."""
        errors = [got for one, got in self.failed if got.status == "error"]
        return errors[0] if errors else Outcome("error")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the source's syntax tree."""
        try:
            return list(ast.walk(ast.parse(self.source)))
        except (SyntaxError, ValueError):  # cut out of its cell: no whole program
            return []

    @cached_property
    def raising(self) -> tuple[list[ast.AST], list[ast.AST]]:
        """The nodes of the statement that raised, and those of statements that bind its names.

        Where that statement is not known, no node and all nodes.
        """
        line = self.error.lines.rpartition("\n")[2].partition(": ")[2].strip()
        lines = self.source.splitlines()
        simple = [one for one in self.nodes if isinstance(one, SIMPLE)]
        raised = [s for s in simple if line in map(str.strip, lines[s.lineno - 1 : s.end_lineno])]
        if not line or not raised:
            return [], self.nodes
        used = [one for s in raised for one in ast.walk(s) if isinstance(one, ast.Name)]
        names = {one.id for one in used if isinstance(one.ctx, ast.Load)}
        bound = [s for s in simple if isinstance(s, ast.Assign) and not names.isdisjoint(_bound(s))]
        own = [node for s in raised for node in ast.walk(s)]
        return own, [node for s in bound if s not in raised for node in ast.walk(s)]


def _bound(statement: ast.Assign) -> set[str]:
    parts = (node for target in statement.targets for node in ast.walk(target))
    return {node.id for node in parts if isinstance(node, ast.Name)}


def says(*texts: str) -> Callable[[Trials], bool]:
    """See an error by what its message says; each text is a regular expression."""
    return lambda trials: any(re.search(text, trials.error.message) for text in texts)


def none(expected: Any, answer: Any) -> bool:
    return answer is None and expected is not None


def printed(trials: Trials) -> bool:
    return trials.every(none) and any(got.printed.strip() for _, got in trials.failed)


def calls_in_place(trials: Trials) -> bool:
    """See `x = y.sort()` and `return y.sort()`, where None comes of it."""
    left = {id(node.value) for node in trials.nodes if isinstance(node, ast.Expr)}
    calls = [node for node in trials.nodes if isinstance(node, ast.Call) and id(node) not in left]
    methods = [one.func.attr for one in calls if isinstance(one.func, ast.Attribute)]
    used = bool(IN_PLACE & {*methods})
    return used and (trials.every(none) or "NoneType" in trials.error.message)


def _size_mismatch(trials: Trials) -> bool:
    return bool(re.search(r"size of tensor a .* must match", trials.error.message))


def keepdim_forgotten(trials: Trials) -> bool:
    """See `x / x.sum(dim=-1)`: a reduced tensor that meets another, its axis not put back."""
    own, bound = trials.raising
    nodes = [*own, *bound]
    put_back = {id(inner) for node in nodes if _puts_back(node) for inner in ast.walk(node)}
    meets = {id(node) for node in bound} | {id(inner) for node in own for inner in _meeting(node)}
    return _size_mismatch(trials) and any(
        _reduces(node) and id(node) in meets - put_back for node in nodes
    )


def _meeting(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what meets something else in an operation or a call."""
    for part in node.args if isinstance(node, ast.Call) else [node]:
        if part is not node or isinstance(node, ast.BinOp | ast.Compare | ast.AugAssign):
            yield from ast.walk(part)


def _reduces(node: ast.AST) -> bool:
    """Say whether a node takes an axis away: `x.sum(-1)`, but not `x.sum()`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    of_torch = isinstance(node.func.value, ast.Name) and node.func.value.id in ("torch", "np")
    axis = len(node.args) > of_torch or any(k.arg in ("dim", "axis") for k in node.keywords)
    kept = any(k.arg in ("keepdim", "keepdims") for k in node.keywords) or len(node.args) > (
        1 + of_torch
    )
    return node.func.attr in REDUCE and axis and not kept


def _puts_back(node: ast.AST) -> bool:
    """Say whether a node adds an axis: `x.unsqueeze(-1)`, `x[..., None]`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("unsqueeze", "view", "reshape", "expand_as", "unflatten")
    new_axis = [
        one for one in ast.walk(node) if isinstance(one, ast.Constant) and one.value is None
    ]
    return isinstance(node, ast.Subscript) and bool(new_axis)


def t_of_a_batch(trials: Trials) -> bool:
    own, bound = trials.raising
    attributes = [node for node in (*own, *bound) if isinstance(node, ast.Attribute)]
    used = any(node.attr in ("T", "t") for node in attributes)
    message = trials.error.message
    sizes = _size_mismatch(trials) or "mat1 and mat2" in message or "batch2 tensor" in message
    return used and (sizes or "expects a tensor with <= 2 dimensions" in message)


def outer(expected: np.ndarray, answer: np.ndarray) -> bool:
    """See (n, n) where (n,) was due: a row met a column, and both were stretched."""
    size = expected.shape[-1:]
    return expected.ndim > 0 and size > (1,) and answer.shape == (*expected.shape, *size)


def same_values(expected: Any, answer: Any) -> bool:
    """See the right values in the wrong form: a list for a tensor, numbers for True and False."""
    same = equal(plain(answer), plain(expected), CLOSE)
    return same and form(expected) != form(answer)


def axis_of_one(expected: np.ndarray, answer: np.ndarray) -> bool:
    same = answer.size == expected.size and answer.shape != expected.shape
    return same and equal(np.squeeze(answer), np.squeeze(expected), CLOSE)


def turned(expected: np.ndarray, answer: np.ndarray) -> bool:
    return expected.ndim >= 2 and equal(answer, expected.swapaxes(-1, -2), CLOSE)


def upside_down(expected: np.ndarray, answer: np.ndarray) -> bool:
    zeros_and_ones = set(np.unique(expected)) == {0, 1}
    return zeros_and_ones and equal(answer, 1 - expected, CLOSE)


def negative(expected: np.ndarray, answer: np.ndarray) -> bool:
    return bool((expected != 0).any()) and equal(answer, -expected, CLOSE)


def rounded(expected: np.ndarray, answer: np.ndarray) -> bool:
    """See floats that were cut to a few digits behind the point."""
    whole = np.abs(expected) < 1e6
    if answer.shape != expected.shape or not whole.all() or not answer.size:
        return False
    if equal(answer, expected, DIGITS):  # then it is wrong in another way
        return False
    digits = [n for n in range(1, 5) if equal(answer, np.asarray(np.round(answer, n)), DIGITS)]
    return bool(digits) and equal(answer, np.asarray(np.round(expected, digits[0])), DIGITS)


def one_less(expected: Any, answer: Any) -> bool:
    """See a list or a tensor without its last item."""
    return _long(expected) and _same_items(expected[:-1], answer)


def first_only(trials: Trials) -> bool:
    """See one item where more are due, and a `return` inside a loop."""
    loops = [node for node in trials.nodes if isinstance(node, ast.For | ast.While)]
    inside = any(isinstance(one, ast.Return) for loop in loops for one in ast.walk(loop))
    return (
        inside
        and len(trials.failed) > 1
        and trials.every(
            lambda expected, answer: _long(expected) and _same_items(expected[:1], answer)
        )
    )


def _long(value: Any) -> bool:
    array = plain(value)
    return not isinstance(value, str | dict | set) and getattr(array, "ndim", 1) > 0 and (
        isinstance(array, list | np.ndarray) and len(array) > 2
    )  # fmt: skip


def _same_items(part: Any, answer: Any) -> bool:
    return equal(plain(part), plain(answer), CLOSE)


def other_order(expected: Any, answer: Any) -> bool:
    lists = isinstance(expected, list) and isinstance(answer, list)
    if not lists or len(expected) != len(answer) or len(expected) < 3:
        return False
    other = not equal(plain(expected), plain(answer), CLOSE)
    return other and sorted(map(repr, expected)) == sorted(map(repr, answer))


def another_error(trials: Trials) -> bool:
    return all(one.expected.status == got.status == "error" for one, got in trials.failed)


def name_is_gone(trials: Trials) -> bool:
    return trials.error.error == "NameError"


def endless(trials: Trials) -> bool:
    late = any(got.status == "timeout" for _, got in trials.failed)
    return late and any(isinstance(node, ast.While) for node in trials.nodes)
