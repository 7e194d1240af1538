"""A layer that cuts gradients off is noticed, and one that does not is left in peace."""

import pytest
import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent
from gradelib.lab.flow import said_and_learned


class Layer(nn.Module):
    """A linear layer beside a bypass, with a weight that nobody uses."""

    def __init__(self, says):
        super().__init__()
        torch.manual_seed(0)
        self.down, self.unused, self.says = nn.Linear(3, 3), nn.Linear(2, 2), says

    def forward(self, x: Tensor) -> Tensor:
        return self.says(self, x)


def heard(says):
    layer = Layer(says)
    return said_and_learned(lambda x: layer(x), layer, x=torch.randn(4, 3)), layer


@torch.no_grad()
def without_gradients(layer, x):
    return layer.down(x) + x


def changes_what_it_needs(layer, x):
    bent = layer.down(x).tanh()
    bent += x
    return bent


def changes_its_argument(layer, x):
    x += layer.down(x)
    return x


def test_an_answer_comes_back_as_it_is_and_leaves_no_gradients():
    said, layer = heard(lambda layer, x: layer.down(x) + x)
    assert said.shape == (4, 3)
    assert not said.requires_grad
    assert all(weight.grad is None for weight in layer.parameters())


@pytest.mark.parametrize(
    ("says", "names"),
    [
        (without_gradients, "`x` and `down.weight` and `down.bias`"),
        (lambda layer, x: layer.down(x).detach() + x, "`down.weight` and `down.bias`"),
        (lambda layer, x: layer.down(x.detach()), "`x`"),
        (lambda layer, x: x @ layer.down.weight.data.T + layer.down.bias, "`down.weight`"),
    ],
)
def test_what_is_cut_off_is_named(says, names):
    said, _ = heard(says)
    assert isinstance(said, Absent)
    assert said.reason == f"no gradient comes back to {names}: it was cut off on the way"


@pytest.mark.parametrize(
    ("says", "names"),
    [
        (lambda layer, x: layer.down(x) + x.detach(), "`x`"),
        (lambda layer, x: layer.down(x.detach()) + x, "`x`"),
        (
            lambda layer, x: layer.down(x) - layer.down(x).detach() / 2,
            "`x` and `down.weight` and `down.bias`",
        ),
    ],
)
def test_what_comes_back_in_part_is_named(says, names):
    said, layer = heard(says)
    assert isinstance(said, Absent)
    assert said.reason.startswith(f"only a part of the gradient comes back to {names}: the rest")
    assert all(weight.grad is None for weight in layer.parameters())


def test_measuring_changes_no_weight():
    layer = Layer(lambda layer, x: layer.down(x) + x.detach())
    before = {name: weight.detach().clone() for name, weight in layer.named_parameters()}
    said_and_learned(lambda x: layer(x), layer, x=torch.randn(4, 3))
    assert all(torch.equal(before[name], weight) for name, weight in layer.named_parameters())


def test_a_weight_that_is_left_out_is_no_matter_of_gradients():
    said, _ = heard(lambda layer, x: 2 * x)
    assert isinstance(said, Tensor)


def test_a_frozen_weight_needs_no_gradient():
    layer = Layer(lambda layer, x: layer.down(x)).requires_grad_(False)
    assert isinstance(said_and_learned(lambda x: layer(x), layer, x=torch.randn(4, 3)), Tensor)


def test_a_change_in_place_is_said_in_words_where_it_breaks_the_backward_pass():
    said, _ = heard(changes_what_it_needs)
    assert "changed in place" in said.reason


def test_a_changed_argument_is_left_to_the_check():
    said, _ = heard(changes_its_argument)
    assert isinstance(said, Tensor)
