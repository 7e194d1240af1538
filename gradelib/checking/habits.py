"""Hints that no exercise needs to know of: what every student does some day.

Each is a fact about what came back, or about an error, so that it is never a guess. A known
mistake of the exercise says more, and goes first (`hints`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradelib.checking.exercise import Tolerance
from gradelib.checking.likeness import equal, form, plain
from gradelib.checking.outcome import Drawn, Outcome

__all__ = ["HABITS", "Habit", "Trials", "habit"]

REDUCE = {"sum", "mean", "amax", "amin", "max", "min", "prod", "std", "var", "norm", "logsumexp",
          "any", "all"}  # fmt: skip
IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "remove", "clear", "update", "add"}
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


@dataclass(frozen=True)
class Habit:
    """One thing that every student does some day, how it is seen, and what helps."""

    name: str  # any.something: belongs to no exercise
    hint: str
    seen: Callable[[Trials], bool]


def habit(failed: Sequence[tuple[Drawn, Outcome]], source: str = "") -> Habit | None:
    """Return the first habit that is seen in the cases that failed."""
    trials = Trials(failed, source)
    return next((one for one in HABITS if one.seen(trials)), None)


def _says(*texts: str) -> Callable[[Trials], bool]:
    """See an error by what its message says; each text is a regular expression."""
    return lambda trials: any(re.search(text, trials.error.message) for text in texts)


def _none(expected: Any, answer: Any) -> bool:
    return answer is None and expected is not None


def _printed(trials: Trials) -> bool:
    return trials.every(_none) and any(got.printed.strip() for _, got in trials.failed)


def _calls_in_place(trials: Trials) -> bool:
    """See `x = y.sort()` and `return y.sort()`, where None comes of it."""
    left = {id(node.value) for node in trials.nodes if isinstance(node, ast.Expr)}
    calls = [node for node in trials.nodes if isinstance(node, ast.Call) and id(node) not in left]
    methods = [one.func.attr for one in calls if isinstance(one.func, ast.Attribute)]
    used = bool(IN_PLACE & {*methods})
    return used and (trials.every(_none) or "NoneType" in trials.error.message)


def _size_mismatch(trials: Trials) -> bool:
    return bool(re.search(r"size of tensor a .* must match", trials.error.message))


def _keepdim_forgotten(trials: Trials) -> bool:
    """See `x / x.sum(dim=-1)`: a reduced tensor whose axis nobody has put back."""
    put_back = {id(inner) for node in trials.nodes if _puts_back(node) for inner in ast.walk(node)}
    return _size_mismatch(trials) and any(
        _reduces(node) and id(node) not in put_back for node in trials.nodes
    )


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


def _t_of_a_batch(trials: Trials) -> bool:
    used = any(isinstance(node, ast.Attribute) and node.attr in ("T", "t") for node in trials.nodes)
    message = trials.error.message
    sizes = _size_mismatch(trials) or "mat1 and mat2" in message or "batch2 tensor" in message
    return used and (sizes or "expects a tensor with <= 2 dimensions" in message)


def _outer(expected: np.ndarray, answer: np.ndarray) -> bool:
    """See (n, n) where (n,) was due: a row met a column, and both were stretched."""
    size = expected.shape[-1:]
    return expected.ndim > 0 and size > (1,) and answer.shape == (*expected.shape, *size)


def _same_values(expected: Any, answer: Any) -> bool:
    """See the right values in the wrong form: a list for a tensor, numbers for True and False."""
    same = equal(plain(answer), plain(expected), CLOSE)
    return same and form(expected) != form(answer)


def _axis_of_one(expected: np.ndarray, answer: np.ndarray) -> bool:
    same = answer.size == expected.size and answer.shape != expected.shape
    return same and equal(np.squeeze(answer), np.squeeze(expected), CLOSE)


def _turned(expected: np.ndarray, answer: np.ndarray) -> bool:
    return expected.ndim >= 2 and equal(answer, expected.swapaxes(-1, -2), CLOSE)


def _upside_down(expected: np.ndarray, answer: np.ndarray) -> bool:
    zeros_and_ones = set(np.unique(expected)) == {0, 1}
    return zeros_and_ones and equal(answer, 1 - expected, CLOSE)


def _negative(expected: np.ndarray, answer: np.ndarray) -> bool:
    return bool((expected != 0).any()) and equal(answer, -expected, CLOSE)


def _rounded(expected: np.ndarray, answer: np.ndarray) -> bool:
    """See floats that were cut to a few digits behind the point."""
    whole = np.abs(expected) < 1e6
    if answer.shape != expected.shape or not whole.all() or not answer.size:
        return False
    digits = [n for n in range(1, 5) if equal(answer, np.asarray(np.round(answer, n)), DIGITS)]
    return bool(digits) and equal(answer, np.asarray(np.round(expected, digits[0])), DIGITS)


def _one_less(expected: Any, answer: Any) -> bool:
    """See a list or a tensor without its last item."""
    return _long(expected) and _same_items(expected[:-1], answer)


def _first_only(trials: Trials) -> bool:
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


def _other_order(expected: Any, answer: Any) -> bool:
    lists = isinstance(expected, list) and isinstance(answer, list)
    if not lists or len(expected) != len(answer) or len(expected) < 3:
        return False
    return expected != answer and sorted(map(repr, expected)) == sorted(map(repr, answer))


def _another_error(trials: Trials) -> bool:
    return all(one.expected.status == got.status == "error" for one, got in trials.failed)


def _name_is_gone(trials: Trials) -> bool:
    return trials.error.error == "NameError"


def _endless(trials: Trials) -> bool:
    late = any(got.status == "timeout" for _, got in trials.failed)
    return late and any(isinstance(node, ast.While) for node in trials.nodes)


HABITS = (
    Habit(
        "any.name_is_gone",
        "A name is not defined. Is it spelled as where it is made? And has the cell that makes it"
        " run since the kernel was restarted? Run all the cells above once more.",
        _name_is_gone,
    ),
    Habit(
        "any.another_error",
        "An error is asked for here, and one comes, but of another kind. Which one does the task"
        ' name under "Raises"?',
        _another_error,
    ),
    Habit(
        "any.printed",
        "It prints its answer and gives nothing back. What others are to get stands behind"
        " `return`.",
        _printed,
    ),
    Habit(
        "any.changed_in_place",
        "Methods that change a list in place, such as `sort` and `append`, return None: do not"
        " keep what they return.",
        _calls_in_place,
    ),
    Habit(
        "any.nothing_returned",
        "It returns None. Follow what your function does in this case: where does it end without"
        " a `return`?",
        lambda trials: trials.every(_none),
    ),
    Habit(
        "any.truth_of_a_tensor",
        "`if`, `and`, `or` and `not` need a single True or False, and a tensor has many. For one"
        " answer at each place there are `&`, `|`, `~` and `torch.where`.",
        _says("(?i)truth value of an array", "Boolean value of Tensor with more than one"),
    ),
    Habit(
        "any.values_and_indices",
        "`max`, `min` and `sort` along an axis give two things, the values and the indices. Which"
        " do you want?",
        _says(r"torch\.return_types"),
    ),
    Habit(
        "any.not_called",
        "A function stands where its result should stand. Where are its brackets?",
        _says(r"builtin_function_or_method", r"'(method|function)' object", "not.* method$"),
    ),
    Habit(
        "any.t_of_a_batch",
        "`.T` turns all the axes round, or none. Which two axes are to change places, and which"
        " are to stay as the batch? See `.mT` and `transpose`.",
        _t_of_a_batch,
    ),
    Habit(
        "any.keepdim",
        "A sum or a maximum takes its axis away, and what is left no longer fits beside the"
        " tensor that it came from. Which argument keeps the axis, with size 1?",
        _keepdim_forgotten,
    ),
    Habit(
        "any.broadcast",
        "A row met a column, and both were stretched to a square. Look at the two shapes before"
        " they meet: which has an axis of size 1 too many?",
        lambda trials: trials.every_array(_outer),
    ),
    Habit(
        "any.form",
        "All values are right, but not what holds them. Which type is asked for, and which is"
        " yours?",
        lambda trials: trials.every(_same_values),
    ),
    Habit(
        "any.axis_of_one",
        "All values are right, but the shape is not: an axis of size 1 is missing, or there is"
        " one too many, or it stands elsewhere.",
        lambda trials: trials.every_array(_axis_of_one),
    ),
    Habit(
        "any.rows_for_columns",
        "Your answer is right with its last two axes swapped. Which of them is which? A mask's"
        " `tril` and `triu` are swapped in this way.",
        lambda trials: trials.every_array(_turned),
    ),
    Habit(
        "any.upside_down",
        "Each value is the opposite of what it should be. What does True, or 1, stand for here?",
        lambda trials: trials.every_array(_upside_down),
    ),
    Habit(
        "any.sign",
        "All values have the right size and the wrong sign.",
        lambda trials: trials.every_array(_negative),
    ),
    Habit(
        "any.rounded",
        "Your values are rounded. Give back all the digits: only what is shown to people is"
        " rounded.",
        lambda trials: trials.every_array(_rounded),
    ),
    Habit(
        "any.last_one_missing",
        "All is right but for the last one, which is missing. Where does your loop, or your slice,"
        " end?",
        lambda trials: trials.every(_one_less),
    ),
    Habit(
        "any.first_one_only",
        "Only the first one comes back. Does `return` stand inside your loop?",
        _first_only,
    ),
    Habit(
        "any.order",
        "All the right items are there, in another order. Which order is asked for?",
        lambda trials: trials.every(_other_order),
    ),
    Habit(
        "any.endless_loop",
        "Your `while` may never end. What changes in each turn, so that its condition becomes"
        " False, in this case too?",
        _endless,
    ),
    Habit(
        "any.endless_recursion",
        "Your function calls itself without end. For which input does it answer without calling"
        " itself, and does each call come closer to that?",
        lambda trials: trials.error.error == "RecursionError",
    ),
)
