"""What several sections draw and drive by: masks of what a policy wrote, and a small body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Inputs, Rng
from gradelib.lab.draws import normal

__all__ = ["CausalBody", "drawn_log_probs", "policy_inputs", "without_nan_outside", "written"]


def written(spans: Sequence[tuple[int, int]], tokens: int) -> Tensor:
    """Return where a policy wrote, (batch, token): in each row from a start to an end."""
    rows = [[start <= place < end for place in range(tokens)] for start, end in spans]
    return torch.tensor(rows, dtype=torch.bool)


def drawn_log_probs(
    rng: Rng, *shape: int, apart: float = 0.0, near: Tensor | None = None
) -> Tensor:
    """Return log-probabilities below 0; those `near` others are `apart` from them on average."""
    if near is None:
        return -normal(rng, *shape).abs() - 0.8
    return near + normal(rng, *shape, spread=apart)


class CausalBody(nn.Module):
    """A table of vectors, each mixed with the mean of those up to its own. It keeps its masks."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        self.table = nn.Parameter(table.clone())
        self.masks: list[Tensor] = []

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        self.masks.append(attention_mask)
        own = self.table[ids]
        count = torch.arange(1, ids.shape[1] + 1, device=ids.device)[:, None]
        return torch.tanh(own + own.cumsum(dim=1) / count)


def without_nan_outside(found: dict[str, Any], mask: Tensor) -> dict[str, Any]:
    """Return what a loss gave, with a gradient of 0 where it is NaN outside the mask."""
    slope = found["gradient"]
    if isinstance(slope, Tensor) and slope.shape == mask.shape:
        slope = slope.where(mask, slope.nan_to_num(0.0))
    return {**found, "gradient": slope}


def policy_inputs(
    rng: Rng, spans: Sequence[tuple[int, int]], tokens: int, apart: float = 0.25
) -> Inputs:
    """Return what a loss of a policy gets: log-probabilities now and before, advantages, mask."""
    shape = len(spans), tokens
    old = drawn_log_probs(rng, *shape)
    return {
        "new": drawn_log_probs(rng, *shape, apart=apart, near=old),
        "old": old,
        "advantages": normal(rng, *shape, spread=1.5),
        "mask": written(spans, tokens),
    }
