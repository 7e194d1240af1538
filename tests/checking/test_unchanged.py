"""What is certainly as it was: told without the comparison, and never of what has changed."""

import copy

import numpy as np
import pytest
import torch

from gradelib.checking.unchanged import is_as_before

SAME = [
    None,
    3,
    "text",
    2.5,
    [1, "a", (2.0, None)],
    {"ids": [1, 2], "mask": torch.tensor([[True, False]])},
    np.arange(6.0).reshape(2, 3),
    torch.ones(2, 3, dtype=torch.bfloat16),
]
CHANGED = [
    (1, True),
    (1, 1.0),
    ([1, 2], [1, 2, 3]),
    ([1, 2], (1, 2)),
    ({"a": 1}, {"b": 1}),
    ({"a": [1]}, {"a": [2]}),
    (torch.ones(2), torch.ones(2, 1)),
    (torch.ones(2), torch.ones(2, dtype=torch.float64)),
    (torch.ones(2), torch.tensor([1.0, 2.0])),
    (np.ones(3), np.ones(3, dtype=int)),
    (np.ones(3), np.zeros(3)),
    (torch.ones(2), np.ones(2)),
]
UNCERTAIN = [float("nan"), torch.tensor([float("nan")]), object(), len, {1}, torch.ones(2) * 1j]


@pytest.mark.parametrize("data", SAME)
def test_what_was_not_touched_is_as_before(data):
    assert is_as_before(data, copy.deepcopy(data))


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_what_has_changed_never_is(before, after):
    assert not is_as_before(before, after)


@pytest.mark.parametrize("data", UNCERTAIN)
def test_what_only_the_comparison_can_tell_is_left_to_it(data):
    assert not is_as_before(data, data)


def test_data_without_end_is_left_to_the_comparison():
    endless: list[object] = []
    endless.append(endless)
    assert not is_as_before(endless, endless)
