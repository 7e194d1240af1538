"""Section 2.7, "Does it leak?": right answers in other forms."""

from collections.abc import Callable

import torch
from torch import Tensor

from solutions.masks.reference import sees


def sees__loop(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    x = x.detach().clone().requires_grad_()
    output = model(x)
    seen = torch.zeros(len(output), len(x), dtype=torch.bool)
    for query, numbers in enumerate(output):
        for number in numbers:
            (gradient,) = torch.autograd.grad(number, x, retain_graph=True)
            seen[query] |= gradient.ne(0).any(dim=-1)
    return seen


def sees__forward_mode(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return torch.func.jacfwd(model)(x).abs().amax(dim=(1, 3)) > 0


def leaks__loops(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    seen = sees(model, x)
    queries, keys = mask.shape
    every = [(query, key) for query in range(queries) for key in range(keys)]
    return [(query, key) for query, key in every if seen[query, key] and not mask[query, key]]


def leaks__argwhere(
    model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor
) -> list[tuple[int, int]]:
    return list(map(tuple, torch.argwhere(sees(model, x) > mask).tolist()))
