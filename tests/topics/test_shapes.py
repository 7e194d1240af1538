"""The shapes that docstrings name are those of the recorded cases."""

from typing import Any

import pytest
import torch
from torch import nn

from gradelib.checking.exercise import find
from tests.topics.references import answered, exercises, recorded, reference
from tests.topics.shapes import Mismatch, held_to, read


def held(answer: Any) -> Any:
    """Return a reference, or a class with its methods, that is held to its docstrings."""
    if not isinstance(answer, type):
        return held_to(answer, answer.__doc__)
    methods = {name: held_to(one, one.__doc__) for name, one in _methods(answer).items()}
    return type(answer.__name__, (answer,), methods)


def _methods(answer: type) -> dict[str, Any]:
    every = {name: one for name, one in vars(answer).items() if callable(one)}
    return {name: one for name, one in every.items() if not name.startswith("_")}


@pytest.mark.parametrize("name", exercises())
def test_shapes_are_as_the_docstring_says(name):
    for one in recorded(name):
        answered(find(name), held(reference(name)), one.inputs)


def double(x: torch.Tensor, mask: torch.Tensor, times: int = 2) -> torch.Tensor:
    return x.repeat(1, times).masked_fill(~mask, 0)


SAID = """Say it again, where the mask lets you.

    Shapes:
        x:       (row, column)
        mask:    booleans; broadcasts to (row, times * column)
        returns: (row, times * column)

    >>> no example
"""
X, MASK = torch.ones(3, 4), torch.ones(8, dtype=torch.bool)


def test_what_is_said_rightly_is_let_pass():
    assert {*read(SAID)} == {"x", "mask", "returns"}
    assert held_to(double, SAID)(X, MASK).shape == (3, 8)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("(row, column)\n        mask", "(row, column, 1)\n        mask", "has the shape"),
        ("(row, column)\n        mask", "(row, row)\n        mask", "x: row is 4, where"),
        ("returns: (row, times * column)", "returns: (row, column)", "returns: column is 8"),
        ("returns: (row, times * column)", "returns: (row, 2 * column + 1)", "returns: 2"),
        ("broadcasts to (row, times * column)", "broadcasts to (row, 1)", "broadcast"),
        ("        mask: ", "        musk: ", "no arguments: musk"),
        ("        x:       (row, column)\n", "", "x is a tensor"),
        ("returns: (row, times * column)", "returns: (), whatever it is", "has the shape"),
        ("returns: (row, times * column)", "returns: (row, all columns)", "is no axis"),
        ("returns: (row, times * column)", "returns: a tensor", "1 tensors, and 0 shapes"),
        ("times * column)\n\n", "times * column), whole numbers\n\n", "not whole numbers"),
        ("x:       (row, column)", "x:       (row, column), booleans", "not booleans"),
        ("returns: (row, times * column)", "returns: (row, more * less)", "more than one name"),
    ],
)
def test_what_is_said_wrongly_is_found(old, new, said):
    assert SAID.count(old) == 1
    with pytest.raises(Mismatch, match=said):
        held_to(double, SAID.replace(old, new))(X, MASK)


def test_a_function_that_is_handed_in_is_held_to_what_it_maps():
    def run(model, ids):
        for length in range(1, 4):
            model(ids[:, :length])
        return ids

    said = """
    Shapes:
        model:   maps ids (batch, length) to logits (batch, length, vocab)
        ids:     (batch, token)
        returns: (batch, token)
    """
    ids = torch.zeros(2, 3, dtype=torch.long)
    assert held_to(run, said)(nn.Embedding(5, 4), ids) is ids
    for old, new in (("(batch, length)", "(batch, token)"), ("length, vocab", "length")):
        with pytest.raises(Mismatch, match="model"):
            held_to(run, said.replace(old, new))(nn.Embedding(5, 4), ids)
