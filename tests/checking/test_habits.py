"""What every student does some day is seen in any exercise, and is always true."""

import math
import re

import numpy as np
import pytest
import torch

from gradelib.checking.exercise import Case
from gradelib.checking.habits import HABITS, habit
from gradelib.checking.outcome import Drawn, Outcome

ROWS = torch.arange(6.0).reshape(2, 3)
SIZES = "The size of tensor a (4) must match the size of tensor b (3) at non-singleto dimension 1"


def seen(expected, got, source="", times=2) -> str | None:
    """Return the habit that is seen where some cases have the same outcome."""
    due = expected if isinstance(expected, Outcome) else Outcome("value", expected)
    came = got if isinstance(got, Outcome) else Outcome("value", got)
    drawn = Drawn(Case("some", "Some.", dict), {}, due)
    found = habit([(drawn, came)] * times, source)
    return found.name.removeprefix("any.") if found else None


def raised(name: str, message: str = "", line: str = "") -> Outcome:
    lines = f"line 1, in g: g(x)\nline 2, in f: {line}" if line else ""
    return Outcome("error", None, name, message, lines=lines)


@pytest.mark.parametrize(
    ("expected", "got", "habit"),
    [
        (3, Outcome("value", None, printed="3\n"), "printed"),
        (3, None, "nothing_returned"),
        (ROWS, ROWS.tolist(), "form"),
        (ROWS, ROWS.numpy(), "form"),
        (ROWS > 2, (ROWS > 2).long(), "form"),
        ((1, 2), [1, 2], "form"),
        (ROWS, ROWS[None], "axis_of_one"),
        (ROWS, ROWS.mT, "rows_for_columns"),
        (torch.ones(3, 3).tril(), torch.ones(3, 3).triu(), "rows_for_columns"),
        (ROWS > 2, ROWS <= 2, "upside_down"),
        (ROWS, -ROWS, "sign"),
        (ROWS / 7, (ROWS / 7).round(decimals=2), "rounded"),
        (1 / 7, 0.14, "rounded"),
        ([1, 2, 3], [1, 2], "last_one_missing"),
        ([3, 1, 2], [1, 2, 3], "order"),
        ([ROWS[0], ROWS[1], ROWS[0] * 9], [ROWS[1], ROWS[0], ROWS[0] * 9], "order"),
        (torch.ones(3), torch.ones(3, 3), "broadcast"),
        (3, raised("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous"),
         "truth_of_a_tensor"),
        (3, raised("ValueError", "The truth value of an array with more than one element is ambi"),
         "truth_of_a_tensor"),
        (3, raised("TypeError", "unsupported operand: 'Tensor' and 'torch.return_types.max'"),
         "values_and_indices"),
        (3, raised("TypeError", "list indices must be integers, not builtin_function_or_method"),
         "not_called"),
        (3, raised("RecursionError", "maximum recursion depth exceeded"), "endless_recursion"),
        (3, raised("NameError", "name 'torch' is not defined"), "name_is_gone"),
        (raised("ValueError"), raised("AssertionError"), "another_error"),
    ],
)  # fmt: skip
def test_a_habit_is_seen_by_what_comes_back(expected, got, habit):
    assert seen(expected, got) == habit


@pytest.mark.parametrize(
    ("source", "got", "habit"),
    [
        ("def f(x):\n    return x / x.sum(dim=-1)", raised("RuntimeError", SIZES), "keepdim"),
        ("def f(x):\n    return x - x.max(-1).values", raised("RuntimeError", SIZES), "keepdim"),
        ("def f(x):\n    return x - torch.sum(x, 1)", raised("RuntimeError", SIZES), "keepdim"),
        ("def f(x):\n    return x - x.sum(-1).unsqueeze(0)", raised("RuntimeError", SIZES), None),
        ("def f(x):\n    return x - x.sum(-1, keepdim=True)", raised("RuntimeError", SIZES), None),
        ("def f(x):\n    return x - x.sum()", raised("RuntimeError", SIZES), None),
        ("def f(x):\n    return x @ x.T", raised("RuntimeError", SIZES), "t_of_a_batch"),
        ("def f(x):\n    while x:\n        pass", Outcome("timeout"), "endless_loop"),
        ("def f(x):\n    return sum(x)", Outcome("timeout"), None),
        ("def f(x):\n    return x.sort()", None, "changed_in_place"),
        ("def f(x):\n    x.sort()", None, "nothing_returned"),
        ("this is no (program", None, "nothing_returned"),
    ],
)
def test_a_habit_is_seen_in_the_source(source, got, habit):
    assert seen([1, 2, 3], got, source) == habit


@pytest.mark.parametrize(
    ("lines", "raises", "habit"),
    [
        (["q = x / x.norm(dim=1)", "return q @ x.T"], 0, "keepdim"),  # and not `.T`
        (["size = x.norm(dim=1)", "y = x.T", "return x / size"], 2, "keepdim"),
        (["hits = (x == x[0, :2]).any(dim=1)", "return hits.sum()"], 0, None),
        (["y = x.sum(dim=1)", "return x + x[0, :2]"], 1, None),
        (["y = x.sum(dim=1)", "return x @ x.T"], 1, "t_of_a_batch"),
        (["y = x.T", "return x[0] + x[0, :2]"], 1, None),
        (["y = x @ x", "y = y.T"], 0, None),
    ],
)
def test_a_habit_is_looked_for_where_the_error_came(lines, raises, habit):
    source = "\n    ".join(["def f(x):", *lines])
    assert seen([1, 2, 3], raised("RuntimeError", SIZES, lines[raises]), source) == habit


def test_what_is_right_is_not_called_rounded():
    both = torch.tensor([1, 2]), torch.tensor([3, 4])
    assert seen(both, tuple(one.double() for one in both)) is None
    assert seen(ROWS, ROWS.double()) is None


def test_a_return_in_a_loop_is_seen_where_only_the_first_one_comes():
    source = "def f(x):\n    for one in x:\n        return [one]"
    assert seen([1, 2, 3], [1], source) == "first_one_only"
    assert seen([1, 2, 3], [1], "def f(x):\n    return x[:1]") is None


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (ROWS, ROWS + 1),
        (ROWS, torch.zeros(2, 3)),
        ([1, 2, 3], [1, 2, 4]),
        (math.nan, 1.0),
        ("text", "other"),
        ({"a": 1}, {"a": 2}),
        (3, raised("RuntimeError", "CUDA is not there")),
        (ROWS, np.zeros(4)),
        (torch.ones(3), torch.ones(3, 2)),
    ],
)
def test_what_is_wrong_in_another_way_is_no_habit(expected, got):
    assert seen(expected, got) is None


def test_a_habit_must_explain_every_case_that_fails():
    cases = [Drawn(Case("some", "Some.", dict), {}, Outcome("value", ROWS))] * 2
    outcomes = Outcome("value", ROWS.tolist()), Outcome("value", ROWS + 1)
    assert habit(list(zip(cases, outcomes, strict=True))) is None


def test_habits_have_names_of_their_own_and_say_no_code_to_copy():
    names = [one.name for one in HABITS]
    assert len(set(names)) == len(names)
    for one in HABITS:
        assert re.fullmatch(r"any\.[a-z_]+", one.name)
        assert 40 < len(one.hint) < 300


ODD = [
    None, True, 3, 2.5, math.nan, "text", "", [], [None], [ROWS, ROWS], [ROWS[0], "x"], (), {},
    {"a": ROWS}, {1, 2, 3}, ROWS, ROWS[:0], ROWS > 2, ROWS.long(), ROWS.numpy(), torch.tensor(3.0),
    np.float32(2), np.array(["a", "b"]), [[1, 2], [3]], [1, "a", None, ROWS], 10**400, b"bytes",
    torch.tensor([1 + 2j]), [3, 1, 2], [[ROWS], [ROWS]], {"a": [1, 2, 3]}, torch.tensor([math.inf]),
]  # fmt: skip


@pytest.mark.parametrize("expected", ODD, ids=lambda value: str(type(value)))
def test_whatever_comes_back_a_habit_is_seen_or_none_is(expected):
    for got in ODD:
        assert seen(expected, got, "for x in y:\n    return x") in {*HABIT_NAMES, None}


HABIT_NAMES = [one.name.removeprefix("any.") for one in HABITS]
