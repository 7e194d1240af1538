"""Muon: momentum, made orthogonal, for the matrices inside a model (Jordan and others, 2024).

torch.optim.Muon does the same in bfloat16, which a processor without such instructions computes
thirty times slower than float32.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    """Return a matrix near the nearest orthogonal one, by Newton's and Schulz's iteration."""
    x = matrix / (matrix.norm() + 1e-7)
    wide = x.size(0) <= x.size(1)
    x = x if wide else x.T
    for _ in range(steps):
        square = x @ x.T
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x if wide else x.T


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
            for matrix in group["params"]:
                if matrix.grad is None:
                    continue
                state = self.state[matrix]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(matrix)
                mean = state["momentum"].lerp_(matrix.grad, 1 - group["momentum"])
                ahead = matrix.grad.lerp(mean, group["momentum"])
                matrix.mul_(1 - group["lr"] * group["weight_decay"])
                matrix.add_(_update(ahead), alpha=-group["lr"])


def _update(direction: Tensor) -> Tensor:
    rows, columns = direction.shape
    parts = direction.split(rows, 1) if columns == 3 * rows else [direction]
    return torch.cat([orthogonal(p) * max(1, p.size(1) / p.size(0)) ** 0.5 for p in parts], 1)
