"""The optimizer that notebooks train with: matrices of one shape are made orthogonal together."""

import pytest
import torch

from data.training import muon as of_the_models
from gradelib.lab.muon import Muon, orthogonal

SHAPES = [(8, 8), (8, 8), (4, 12), (12, 4), (8, 8)]


@pytest.mark.parametrize("shape", [(16, 16), (8, 24), (24, 8)])
def test_singular_values_are_about_one_and_directions_stay(shape):
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(1))
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    turned = left.mT @ orthogonal(matrix) @ right.mT
    values = turned.diagonal()
    assert ((values > 0.6) & (values < 1.3)).all()
    assert torch.allclose(turned, torch.diag(values), atol=1e-4)


@pytest.mark.parametrize("shape", [(16, 16), (8, 24), (24, 8)])
def test_a_stack_comes_out_as_each_of_it_alone_and_as_in_the_training_of_the_models(shape):
    stack = torch.randn(3, *shape, generator=torch.Generator().manual_seed(2))
    alone = torch.stack([orthogonal(matrix) for matrix in stack])
    assert orthogonal(stack).shape == stack.shape
    assert torch.allclose(orthogonal(stack), alone, atol=1e-5)
    assert torch.allclose(orthogonal(stack), of_the_models.orthogonal(stack), atol=1e-5)


def test_weights_of_several_shapes_move_as_each_would_alone():
    luck = torch.Generator().manual_seed(3)
    first = [torch.randn(shape, generator=luck) for shape in SHAPES]
    together, alone = ([torch.nn.Parameter(w.clone()) for w in first] for _ in range(2))
    optimizers = [Muon(together, lr=0.1), *(Muon([weight], lr=0.1) for weight in alone)]
    for _ in range(3):
        for one, other in zip(together, alone, strict=True):
            one.grad = torch.randn(one.shape, generator=luck)
            other.grad = one.grad.clone()
        for optimizer in optimizers:
            optimizer.step()
    for one, other, before in zip(together, alone, first, strict=True):
        assert torch.allclose(one, other, atol=1e-5)
        assert not torch.allclose(one, before, atol=1e-2)


def test_a_weight_without_a_gradient_stays():
    weight, still = (torch.nn.Parameter(torch.ones(4, 4)) for _ in range(2))
    weight.grad = torch.eye(4)
    Muon([weight, still], lr=0.1).step()
    assert torch.equal(still, torch.ones(4, 4))
    assert not torch.equal(weight, torch.ones(4, 4))
