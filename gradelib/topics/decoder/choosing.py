"""How a token is chosen from logits in notebook 3, and where a text ends. More is notebook 6."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Choose", "dice", "likeliest", "likeliest_but", "until_end"]

Choose = Callable[["Tensor"], "Tensor"]


def likeliest(logits: Tensor) -> Tensor:
    """Choose the token with the largest logit in each row: (row, token) -> (row,)."""
    return logits.max(dim=-1).indices


def likeliest_but(never: int) -> Choose:
    """Return a way to choose the likeliest token, but for one that is never chosen."""
    import torch

    def choose(logits: Tensor) -> Tensor:
        return likeliest(logits.index_fill(1, torch.tensor([never]), -torch.inf))

    return choose


def dice(seed: int = 0, temperature: float = 1.0) -> Choose:
    """Return a way to choose by chance, each token as often as its probability says.

    Adding Gumbel noise to logits and taking the largest draws from their softmax.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)

    def choose(logits: Tensor) -> Tensor:
        uniform = torch.rand(logits.shape, generator=generator).clamp(min=1e-12).to(logits.device)
        return likeliest(logits / temperature - (-uniform.log()).log())

    return choose


def until_end(ids: Tensor, end: int, start: int = 1) -> list[int]:
    """Return one row of ids up to the first `end` at or after the place `start`, without it."""
    row: list[int] = ids.reshape(-1).tolist()
    return row[: row.index(end, start)] if end in row[start:] else row
