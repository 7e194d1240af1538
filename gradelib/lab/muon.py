"""Muon for the matrices inside a model, AdamW for all other weights. In float32 throughout.

torch.optim.Muon makes its steps in bfloat16. A processor without instructions for that needs many
times as long for them as for the rest of a training step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Muon", "MuonAndAdamW", "orthogonal"]

FACTORS = 3.4445, -4.7750, 2.0315  # of Newton's and Schulz's iteration, as Jordan has tuned them


def orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """Return matrices whose singular values are all about 1, and which point the same way.

    Source: Jordan and others (2024), *Muon: An optimizer for hidden layers in neural networks*.

    Shapes:
        matrix:  (..., out, in)
        returns: (..., out, in)
    """
    first, second, third = FACTORS
    flat = matrix.reshape(-1, *matrix.shape[-2:])
    x = flat / (flat.norm(dim=(1, 2), keepdim=True) + 1e-7)
    wide = x.shape[1] <= x.shape[2]
    x = x if wide else x.mT.contiguous()
    for _ in range(rounds):
        square = x @ x.mT
        turn = torch.baddbmm(square, square, square, beta=second, alpha=third)
        x = torch.baddbmm(x, turn, x, beta=first)
    turned: Tensor = x if wide else x.mT
    return turned.reshape(matrix.shape)


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal, for the weights (out, in) of linear layers.

    Matrices of one shape are made orthogonal together, which keeps all threads busy.
    """

    def __init__(self, params: Iterable[Tensor], lr: float, momentum: float = 0.95) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Move each matrix by its orthogonal momentum, looking one step ahead (Nesterov)."""
        for group in self.param_groups:
            alike = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    ahead = self._ahead(weight, weight.grad, group["momentum"])
                    alike[weight.shape].append((weight, ahead))
            for (rows, columns), moves in alike.items():
                size = max(1.0, rows / columns) ** 0.5
                turned = orthogonal(torch.stack([ahead for _, ahead in moves]))
                for (weight, _), move in zip(moves, turned, strict=True):
                    weight.add_(move, alpha=-group["lr"] * size)

    def _ahead(self, weight: Tensor, gradient: Tensor, momentum: float) -> Tensor:
        """Follow the mean of a weight's gradients, and return it one step ahead."""
        state = self.state[weight]
        if "mean" not in state:
            state["mean"] = torch.zeros_like(weight)
        mean = state["mean"].lerp_(gradient, 1 - momentum)
        return gradient.lerp(mean, momentum)


class MuonAndAdamW:
    """Muon for the weights of a model's linear layers and AdamW for all others."""

    def __init__(self, model: torch.nn.Module, muon: float = 0.02, adamw: float = 4e-3) -> None:
        layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
        hidden = [layer.weight for layer in layers]
        known = {id(weight) for weight in hidden}
        others = [weight for weight in model.parameters() if id(weight) not in known]
        self.weights = [*hidden, *others]
        self.optimizers: list[torch.optim.Optimizer] = [
            Muon(hidden, muon),
            torch.optim.AdamW(others, adamw, betas=(0.9, 0.95), weight_decay=0.0, fused=True),
        ]
        self.highest = [group["lr"] for group in self._groups()]

    def _groups(self) -> list[dict[str, Any]]:
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    def pace(self, part: float) -> None:
        """Set the learning rates to a share of the highest."""
        for group, rate in zip(self._groups(), self.highest, strict=True):
            group["lr"] = rate * part

    def follow(self, loss: Tensor) -> None:
        """Take one step down the gradient of a loss; a gradient longer than 1 is made shorter."""
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
