"""Sections 2.3 and 2.7: other spellings of known mistakes of notebook 02: they earn the hints of those."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.masks.reference import additive_mask, sees

masked_softmax__queries_compete__axis_one = Edit("dim=-1", "dim=1")
masked_softmax__no_softmax__minus_infinity = Edit(
    "torch.softmax(scores.masked_fill(hidden, -torch.inf), dim=-1)",
    "scores.masked_fill(hidden, -torch.inf)",
    "weights.masked_fill(hidden, 0.0)",
    "weights",
)


def masked_softmax__adds_a_penalty__of_the_lowest_number(scores: Tensor, mask: Tensor) -> Tensor:
    return torch.softmax(scores + additive_mask(mask), dim=-1) * mask


def masked_softmax__adds_a_penalty__and_no_zeros(scores: Tensor, mask: Tensor) -> Tensor:
    return torch.softmax(scores + additive_mask(mask), dim=-1)


def masked_softmax__overflows__swept(scores: Tensor, mask: Tensor) -> Tensor:
    powers = scores.masked_fill(~mask, -torch.inf).exp()
    return (powers / powers.sum(dim=-1, keepdim=True)).nan_to_num(0.0)


def masked_softmax__the_largest_of_all_scores__with_zeros(scores: Tensor, mask: Tensor) -> Tensor:
    weights = (scores - scores.amax(dim=-1, keepdim=True)).exp() * mask
    total = weights.sum(dim=-1, keepdim=True)
    return torch.where(total == 0, torch.zeros_like(weights), weights / total)


def sees__all_outputs_at_once__in_one_row(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    held = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(model(held).sum(), held)
    return (gradient != 0).any(dim=-1)


def sees__sum_of_the_gradients__of_all(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return torch.autograd.functional.jacobian(model, x).sum(dim=(1, 3)) != 0


def sees__sizes__of_the_gradients(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return torch.autograd.functional.jacobian(model, x).abs().sum(dim=(1, 3))


def leaks__the_future_only__by_a_triangle(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    seen = sees(model, x)
    return [tuple(pair) for pair in seen.triu(1).nonzero().tolist()]
