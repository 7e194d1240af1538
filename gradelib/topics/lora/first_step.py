"""How far one step of AdamW moves a layer, for some ranks and three ways to scale the update."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.topics.lora.methods import Plain, layers_of, loss_of

if TYPE_CHECKING:
    from gradelib.topics.lora.texts import Batch

__all__ = ["first_steps"]

Inject = Callable[[Any, list[str], int, float], dict[str, int]]


def first_steps(
    copy: Callable[[], Any],
    inject: Inject,
    names: list[str],
    ranks: Sequence[int],
    batch: Batch,
    alpha: float = 8.0,
    rate: float = 1e-2,
) -> dict[str, list[float]]:
    """Return how long all updates are after one step, for each rank and each scale.

    The length is the root of the sum of squares of all numbers that are added to the weights.
    """
    lengths: dict[str, list[float]] = {"α": [], "α / √r": [], "α / r": []}
    for rank in ranks:
        # what is injected is divided by the rank: so it is multiplied here
        for name, power in zip(lengths, (1.0, 0.5, 0.0), strict=True):
            scaled = alpha * rank**power
            lengths[name].append(_length(copy(), inject, names, rank, scaled, batch, rate))
    return lengths


def _length(
    model: Any, inject: Inject, names: list[str], rank: int, alpha: float, batch: Batch, rate: float
) -> float:
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(0)
        inject(model, names, rank, alpha)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.0)
    loss_of(Plain(model), batch).backward()
    optimizer.step()
    with torch.no_grad():
        added = [one.scale * one.lora_B.weight @ one.lora_A.weight for _, one in layers_of(model)]
        return float(torch.stack([update.norm() for update in added]).norm())
