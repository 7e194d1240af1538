"""A difference says what was expected, what came and where."""

import math

import numpy as np
import pytest
import torch

from gradelib.checking.codec import Absent, Opaque
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Tolerance


def said(expected, answer, **options) -> str:
    found = difference(expected, answer, **options)
    assert found is not None, "no difference was found"
    return found.message


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        0.1,
        "text",
        b"bytes",
        [1, [2.0]],
        (1, 2),
        {"a": [1]},
        {1, 2},
        float("nan"),
        torch.randn(2, 3),
        torch.tensor(1.0),
        torch.zeros(0, 3),
        np.arange(4),
        torch.tensor([float("nan"), -math.inf, 1.0]),
    ],
)
def test_a_value_does_not_differ_from_itself(value):
    assert difference(value, value) is None


@pytest.mark.parametrize(
    ("expected", "answer", "message"),
    [
        (3, None, "expected an int, 3, got None"),
        ([1], (1,), "expected a list of 1 item, got a tuple of 1 item"),
        (True, 1, "expected a bool, True, got an int, 1"),
        (1.5, "1.5", "expected a float, 1.5, got a str, '1.5'"),
        (0.5, torch.tensor(0.5), "expected a float, 0.5, got a tensor of shape () (float32)"),
        (torch.ones(2), [1.0, 1.0], "expected a tensor of shape (2,) (float32), got a list"),
        (torch.ones(2), np.ones(2), "got an array of shape (2,) (float64)"),
        ([1], Opaque("generator"), "got something of type generator"),
        (3, 3.0, "expected a whole number (int), got a float"),
        (0.4513, 0.8511, "expected 0.4513, got 0.8511"),
        (float("nan"), 1.0, "expected nan, got 1"),
        ("cat", "dog", "expected 'cat', got 'dog'"),
        ("a" * 100, "a" * 80 + "b" * 20, "differ from position 80 on"),
        ([1, 2, 3], [1, 5, 3], "expected [1, 2, 3], got [1, 5, 3] (the first difference is at [1]"),
        ([1, 2, 3], [1, 2], "expected 3 items, got 2; the first that is missing is 3"),
        ([1], [1, 2], "expected 1 item, got 2; the first too many is 2"),
        ({"a": 1}, {}, "the key 'a' is missing"),
        ({}, {"a": 1}, "the key 'a' should not be there"),
        ({"a": [1, 2]}, {"a": [1, 3]}, "at ['a'][1]: expected 2, got 3"),
        ({1, 2}, {1}, "2 is missing from the set"),
        ({1}, {1, 2}, "2 should not be in the set"),
    ],
)
def test_a_message_says_what_was_expected_and_what_came(expected, answer, message):
    assert message in said(expected, answer)


def test_a_column_never_passes_for_a_vector():
    assert "expected shape (3,), got (3, 1)" in said(torch.ones(3), torch.ones(3, 1))


def test_whole_numbers_never_pass_for_floating_ones():
    assert "expected floating-point values, got integer ones" in said(
        torch.ones(3), torch.ones(3, dtype=torch.long)
    )


def test_the_worst_place_is_named_with_both_values():
    expected = torch.zeros(3, 4, 5) + 0.5
    answer = expected.clone()
    answer[0, 2, 1] = 0.9
    answer[1, 1, 1] = 0.6
    found = difference(expected, answer)
    assert (
        found.message == "2 of 60 values differ; the worst is at [0, 2, 1]: expected 0.5, got 0.9"
    )
    assert found.differs.sum() == 2


def test_zeros_never_pass_for_small_numbers():
    assert difference(torch.full((4,), 1e-9), torch.zeros(4)) is not None


def test_noise_of_the_last_digits_passes():
    expected = torch.randn(7, 5, generator=torch.Generator().manual_seed(0))
    assert difference(expected, expected * (1 + 1e-6)) is None
    assert difference(expected, expected * (1 + 1e-3)) is not None


def test_the_tolerance_is_the_exercises_own():
    assert difference(1.0, 1.05, Tolerance(plain=0.1)) is None
    assert difference(torch.ones(2), 1.05 * torch.ones(2), Tolerance(relative=0.1)) is None


def test_nan_and_infinity_are_named():
    clean = torch.ones(2, 3)
    dirty = clean.clone()
    dirty[1, 2] = float("nan")
    assert "came as NaN but should not, first at [1, 2]" in said(clean, dirty)
    assert "should be NaN but came as 1, first at [1, 2]" in said(dirty, clean)
    dirty[1, 2] = -math.inf
    assert "came as minus infinity but should not" in said(clean, dirty)


def test_the_sign_of_infinity_counts():
    assert difference(torch.tensor([math.inf, 1.0]), torch.tensor([-math.inf, 1.0])) is not None


@pytest.mark.parametrize("huge", [1.0, 1e6, 3e38])
def test_the_sign_of_infinity_counts_beside_any_value(huge):
    due, came = torch.tensor([huge, -math.inf]), torch.tensor([huge, math.inf])
    assert "came as infinite but should not, first at [1]" in said(due, came)
    assert "should be infinite but came as -inf" in said(came, due)


@pytest.mark.parametrize("huge", [1e6, 3e38])
def test_one_huge_value_hides_no_other(huge):
    due = torch.tensor([0.0, 0.5, 0.25, huge])
    came = torch.tensor([1.0, 0.5, 0.25, huge])
    assert "1 of 4 values differs; the worst is at [0]: expected 0, got 1" in said(due, came)


def test_nothing_but_huge_values_hides_no_other():
    assert difference(torch.tensor([0.0, -3e38]), torch.tensor([1000.0, -3e38])) is not None


def test_a_float_of_plain_python_may_come_from_torch():
    """Somebody may work it out in float32, which has seven digits. Nobody else gains by it."""
    single = (torch.tensor(0.1) + torch.tensor(0.2)).item()
    assert single != 0.3
    assert difference(0.3, single) is None
    assert difference(0.1 + 0.2, 0.3) is None
    assert difference(0.5, 0.5 + 1e-5) is not None
    assert difference(0.123456789, 0.1234567, Tolerance(plain=1e-9)) is not None


def test_a_single_value_is_not_counted():
    nan = torch.tensor(math.nan)
    assert said(torch.tensor(0.5), nan) == "expected 0.5, got nan"
    assert said(torch.tensor([0.5]), torch.tensor([math.inf])) == "expected 0.5, got inf"


def test_a_part_that_is_absent_says_why():
    reason = "your loss has no graph"
    assert said({"gradient": torch.ones(2)}, {"gradient": Absent(reason)}).endswith(reason)


def test_precision_and_device_do_not_count():
    assert difference(torch.ones(2), torch.ones(2, dtype=torch.float64)) is None
