"""How notebook 8 trains: one loop for all methods, and what became of a run.

The models have the student's parts inside; the loop and its rates are the same for all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradelib.lab.counted import Steps
from gradelib.lab.nan import no_nan
from gradelib.topics.lora.methods import loss_of

if TYPE_CHECKING:
    from gradelib.topics.lora.texts import Batch

__all__ = ["Plan", "Run", "adapt", "losses_on"]

WARM = 0.1  # of the steps in which the rate rises
LONGEST = 1.0  # of the gradients
PARTS = 2  # in which the texts of a step are read


@dataclass(frozen=True)
class Plan:
    """How long to train, and with which learning rate at its highest."""

    rate: float
    steps: int = 50
    size: int = 16  # texts in a batch
    limit: float = 60.0  # seconds: then it stops, however far it has come
    seed: int = 0


@dataclass
class Run:
    """What became of one way to adapt: its losses, and what it trained."""

    name: str
    planned: int
    done: int = 0  # steps
    trained: int = 0  # weights
    seconds: float = 0.0
    new: float = 0.0  # nats a token, on texts of the new sort that it has not seen
    old: float = 0.0  # on stories
    losses: list[float] = field(default_factory=list)  # of the batches, before each step
    model: Any = None

    @property
    def is_whole(self) -> bool:
        """Say whether it made all the steps that were planned."""
        return self.done == self.planned


def losses_on(model: Any, batches: Sequence[Batch]) -> float:
    """Return the mean surprisal of a token in several batches, where each token counts the same."""
    import torch

    model.eval()
    nats = tokens = 0.0
    with torch.no_grad():
        for batch in batches:
            count = int(batch[1][:, 1:].sum())  # the first token is given
            nats += count * float(loss_of(model, batch))
            tokens += count
    return nats / tokens


def adapt(
    name: str,
    build: Callable[[], Any],
    batches: Callable[[int, int], Iterator[Batch]],
    plan: Plan,
    new: Sequence[Batch],
    old: Sequence[Batch],
) -> Run:
    """Build a model, train what trains in it, and measure it on new texts and on old ones.

    `batches(size, seed)` draws batches without end. The rate rises for a tenth of the steps and
    then falls to zero.
    """
    import torch

    torch.manual_seed(plan.seed)
    run = Run(name, plan.steps, model=build())
    weights = [weight for weight in run.model.parameters() if weight.requires_grad]
    run.trained = sum(weight.numel() for weight in weights)
    optimizer = torch.optim.AdamW(weights, lr=plan.rate, weight_decay=0.0, fused=True)
    drawn = batches(plan.size, plan.seed)
    run.model.train()
    start, steps = time.perf_counter(), Steps(plan.steps, name)
    for number in steps:
        pace = min(1.0, number / (WARM * plan.steps)) * (1 - (number - 1) / plan.steps)
        optimizer.param_groups[0]["lr"] = plan.rate * pace
        run.losses.append(_step(run.model, next(drawn), optimizer, weights))
        run.done, run.seconds = number, time.perf_counter() - start
        if run.seconds > plan.limit:
            steps.stop()
    run.new, run.old = losses_on(run.model, new), losses_on(run.model, old)
    return run


def _step(model: Any, batch: Batch, optimizer: Any, weights: Sequence[Any]) -> float:
    import torch

    optimizer.zero_grad()
    loss = 0.0
    for part, share in _parts(batch):
        nats = share * loss_of(model, part)
        nats.backward()
        loss += nats.item()
    torch.nn.utils.clip_grad_norm_(weights, LONGEST)
    optimizer.step()
    return no_nan(loss, "the loss")


def _parts(batch: Batch) -> Iterator[tuple[Batch, float]]:
    """Cut a batch into short and long texts, each part with its share of what is guessed.

    With the shares, losses and gradients add up to those of the batch, and padding is saved.
    """
    ids, mask = batch
    lengths = mask.sum(dim=1)  # (text,)
    guessed = int((lengths - 1).sum())  # the first token is given
    for rows in lengths.argsort().chunk(PARTS):
        width = int(lengths[rows].max())
        yield (ids[rows, :width], mask[rows, :width]), float((lengths[rows] - 1).sum()) / guessed
