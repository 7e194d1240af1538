"""What several sections draw and drive by: masks of what a policy wrote, losses, a small body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Inputs, Rng
from gradelib.lab.draws import normal

__all__ = ["CausalBody", "drawn_log_probs", "loss_and_gradients", "policy_inputs", "written"]

NO_GRAPH = "your loss has no graph: nothing can be learned from it"


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


def loss_and_gradients(
    answer: Callable[..., Any], tensors: dict[str, Tensor], names: Sequence[str], *more: Any
) -> dict[str, Any]:
    """Return a loss, its gradient for the first tensor, and which of the others get one.

    `names` say what the tensors are; those of whole numbers or booleans have no gradients.
    """
    held = [
        one.clone().requires_grad_() if one.is_floating_point() else one for one in tensors.values()
    ]
    loss = answer(*held, *more)
    learning = [one for one in held if one.requires_grad]
    found: Sequence[Any] = [Absent(NO_GRAPH), *[None] * (len(learning) - 1)]
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        found = torch.autograd.grad(loss.sum(), learning, allow_unused=True)
    said = {name: f is not None and bool(f.any()) for name, f in zip(names, found[1:], strict=True)}
    return {
        "loss": loss,
        "gradient": found[0] if found[0] is not None else Absent(NO_GRAPH),
        **{f"a gradient goes to {name}": goes for name, goes in said.items()},
    }


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
