"""Muon: momentum, made orthogonal, for the matrices inside a model (Jordan and others, 2024).

torch.optim.Muon does the same in bfloat16, which a processor without such instructions computes
thirty times slower than float32.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor


def orthogonal(matrices: Tensor, steps: int = 5) -> Tensor:
    """Return matrices (..., rows, columns) near the nearest orthogonal ones (Newton–Schulz)."""
    x = matrices / (matrices.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    wide = x.size(-2) <= x.size(-1)
    x = x if wide else x.mT
    for _ in range(steps):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x if wide else x.mT


class Muon(torch.optim.Optimizer):
    """For matrices of shape (in, out); one of shape (n, 3n) holds three: query, key and value."""

    def __init__(
        self, params: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.0
    ):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move each matrix by its orthogonal momentum, looking one step ahead (Nesterov)."""
        for group in self.param_groups:
            alike = defaultdict(list)  # shape -> matrices, which are made orthogonal together
            for matrix in group["params"]:
                if matrix.grad is not None:
                    alike[matrix.shape].append(matrix)
            for matrices in alike.values():
                self._move(matrices, group)

    def _move(self, matrices: list[Tensor], group: dict[str, Any]) -> None:
        for matrix in matrices:
            if "momentum" not in self.state[matrix]:
                self.state[matrix]["momentum"] = torch.zeros_like(matrix)
        gradients = [matrix.grad for matrix in matrices]
        means = [self.state[matrix]["momentum"] for matrix in matrices]
        torch._foreach_lerp_(means, gradients, 1 - group["momentum"])
        ahead = torch.stack(torch._foreach_lerp(gradients, means, group["momentum"]))
        torch._foreach_mul_(matrices, 1 - group["lr"] * group["weight_decay"])
        torch._foreach_add_(matrices, list(_update(ahead)), alpha=-group["lr"])


def _update(directions: Tensor) -> Tensor:
    """Return the steps for matrices of one shape, (matrix, rows, columns)."""
    count, rows, columns = directions.shape
    parts = 3 if columns == 3 * rows else 1
    each = torch.cat(directions.chunk(parts, 2))  # (part of a matrix, rows, columns / parts)
    moved = orthogonal(each) * max(1, each.size(2) / rows) ** 0.5
    return torch.cat(moved.split(count), 2)
