"""Wrong answers that are made of a right one: each is what it says, of every kind of value."""

import numpy as np
import pytest
import torch

from tests.proofs.strawmen import SAME, STRAWMEN

VALUES = [
    torch.tensor([[0.5, 2.0, -1.0], [3.0, 4.0, 7.0]]), torch.tensor([3, 4, 6]),
    torch.tensor([True, False]), torch.tensor(2.5), np.arange(6.0).reshape(2, 3), 3, 2.5, True,
    "text", b"bytes", [1, 2, 3], [[1, 2, 3], [4, 5, 6]], (4, 5), {"a": [1, 2], "b": [3, 4]},
    {(1, 2): 3}, pytest.param({"x", "y"}, id="a set"), ["a", "b"], [(1, 2), (3, 4)], [], "",
    torch.zeros(0, 3),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_has_strawmen_and_none_breaks(value):
    from gradelib.checking.compare import difference

    made = {name: make({"x": object()}, value) for name, make in STRAWMEN.items()}
    other = [name for name, new in made.items() if new is not SAME and difference(value, new)]
    assert len(other) >= 3
    assert "nothing" in other


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("zeros", {"a": [1, 2.5]}, {"a": [0, 0.0]}),
        ("transposed", [[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]),
        ("reversed order", [1, 2, 3], [3, 2, 1]),
        ("rotated by one", "abc", "bca"),
        ("one short", (1, 2), (1,)),
        ("one too many", [1, 2], [1, 2, 2]),
        ("one key missing", {"a": 1, "b": 2}, {"a": 1}),
        ("another container", [1, 2], (1, 2)),
        ("another dtype", {"a": [1, True]}, {"a": [1.0, 1]}),
        ("the last element off", {"a": [1, 2]}, {"a": [1, 3]}),
        ("the first element off", [[1, 2], [3]], [[2, 2], [3]]),
        ("empty", {"a": 1}, {}),
        ("transposed", [(1, 2), (3, 4)], [(1, 3), (2, 4)]),
    ],
)
def test_a_strawman_is_what_it_says(name, value, expected):
    assert STRAWMEN[name]({}, value) == expected
