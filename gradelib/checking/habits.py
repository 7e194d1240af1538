"""Hints that no exercise needs to know of: what every student does some day.

Each is a fact about what came back, or about an error, so that it is never a guess (`signs`). A
known mistake of the exercise says more, and goes first (`hints`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gradelib.checking import signs
from gradelib.checking.outcome import Drawn, Outcome
from gradelib.checking.signs import Trials

__all__ = ["HABITS", "Habit", "habit"]


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


HABITS = (
    Habit(
        "any.name_is_gone",
        "A name is not defined. Is it spelled as where it is made? And has the cell that makes it"
        " run since the kernel was restarted? Run all the cells above once more.",
        signs.name_is_gone,
    ),
    Habit(
        "any.another_error",
        "An error is asked for here, and one comes, but of another kind. Which one does the task"
        ' name under "Raises"?',
        signs.another_error,
    ),
    Habit(
        "any.printed",
        "It prints its answer and gives nothing back. What others are to get stands behind"
        " `return`.",
        signs.printed,
    ),
    Habit(
        "any.changed_in_place",
        "Methods that change a list in place, such as `sort` and `append`, return None: do not"
        " keep what they return.",
        signs.calls_in_place,
    ),
    Habit(
        "any.nothing_returned",
        "It returns None. Follow what your function does in this case: where does it end without"
        " a `return`?",
        lambda trials: trials.every(signs.none),
    ),
    Habit(
        "any.truth_of_a_tensor",
        "`if`, `and`, `or` and `not` need a single True or False, and a tensor has many. For one"
        " answer at each place there are `&`, `|`, `~` and `torch.where`.",
        signs.says("(?i)truth value of an array", "Boolean value of Tensor with more than one"),
    ),
    Habit(
        "any.values_and_indices",
        "`max`, `min` and `sort` along an axis give two things, the values and the indices. Which"
        " do you want?",
        signs.says(r"torch\.return_types"),
    ),
    Habit(
        "any.not_called",
        "A function stands where its result should stand. Where are its brackets?",
        signs.says(r"builtin_function_or_method", r"'(method|function)' object", "not.* method$"),
    ),
    Habit(
        "any.t_of_a_batch",
        "`.T` turns all the axes round, or none. Which two axes are to change places, and which"
        " are to stay as the batch? See `.mT` and `transpose`.",
        signs.t_of_a_batch,
    ),
    Habit(
        "any.keepdim",
        "A sum or a maximum takes its axis away, and what is left no longer fits beside the"
        " tensor that it came from. Which argument keeps the axis, with size 1?",
        signs.keepdim_forgotten,
    ),
    Habit(
        "any.broadcast",
        "A row met a column, and both were stretched to a square. Look at the two shapes before"
        " they meet: which has an axis of size 1 too many?",
        lambda trials: trials.every_array(signs.outer),
    ),
    Habit(
        "any.form",
        "All values are right, but not what holds them. Which type is asked for, and which is"
        " yours?",
        lambda trials: trials.every(signs.same_values),
    ),
    Habit(
        "any.axis_of_one",
        "All values are right, but the shape is not: an axis of size 1 is missing, or there is"
        " one too many, or it stands elsewhere.",
        lambda trials: trials.every_array(signs.axis_of_one),
    ),
    Habit(
        "any.rows_for_columns",
        "Your answer is right with its last two axes swapped. Which of them is which? A mask's"
        " `tril` and `triu` are swapped in this way.",
        lambda trials: trials.every_array(signs.turned),
    ),
    Habit(
        "any.upside_down",
        "Each value is the opposite of what it should be. What does True, or 1, stand for here?",
        lambda trials: trials.every_array(signs.upside_down),
    ),
    Habit(
        "any.sign",
        "All values have the right size and the wrong sign.",
        lambda trials: trials.every_array(signs.negative),
    ),
    Habit(
        "any.rounded",
        "Your values are rounded. Give back all the digits: only what is shown to people is"
        " rounded.",
        lambda trials: trials.every_array(signs.rounded),
    ),
    Habit(
        "any.last_one_missing",
        "All is right but for the last one, which is missing. Where does your loop, or your slice,"
        " end?",
        lambda trials: trials.every(signs.one_less),
    ),
    Habit(
        "any.first_one_only",
        "Only the first one comes back. Does `return` stand inside your loop?",
        signs.first_only,
    ),
    Habit(
        "any.order",
        "All the right items are there, in another order. Which order is asked for?",
        lambda trials: trials.every(signs.other_order),
    ),
    Habit(
        "any.endless_loop",
        "Your `while` may never end. What changes in each turn, so that its condition becomes"
        " False, in this case too?",
        signs.endless,
    ),
    Habit(
        "any.endless_recursion",
        "Python stopped your function: it had called itself too often, one call inside the other."
        " For which input does it answer without calling itself, and does each call come closer to"
        " that? If so, it is too deep for this input: a loop has no such limit.",
        lambda trials: trials.error.error == "RecursionError",
    ),
)
