"""How notebook 7 trains: the loop around the student's step, and what a run has cost.

The model, the step, the rates and the measure are the student's: they come in as arguments.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradelib.lab.compute import kept_for_gradients
from gradelib.lab.counted import Steps
from gradelib.lab.nan import no_nan

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.topics.transfer_learning.texts import Batch, Sentences

__all__ = ["Plan", "Run", "fit_head", "loss_of", "megabytes", "train",
           "train_head"]  # fmt: skip

Step = Callable[..., float]
MOMENTS = 2  # numbers that AdamW keeps for each weight
WARM = 0.1  # of the steps in which the rates rise


@dataclass(frozen=True)
class Plan:
    """How long to train, and how often to look."""

    steps: int
    looks: int = 4  # about how many times the model is measured on the way
    limit: float = 90.0  # seconds: then it stops, however far it has come

    def looks_after(self, number: int) -> bool:
        """Say whether the model is measured after this step: now and then, and after the last.

        >>> [number for number in range(1, 12) if Plan(steps=11, looks=4).looks_after(number)]
        [2, 4, 6, 8, 11]
        """
        every = max(1, self.steps // self.looks)
        is_near_the_end = self.steps - number < every
        return number == self.steps or (number % every == 0 and not is_near_the_end)


@dataclass
class Run:
    """What became of one way to train: measures at some steps, and the costs."""

    name: str
    planned: int
    steps: list[int] = field(default_factory=list)
    measures: list[tuple[float, ...]] = field(default_factory=list)  # at each of the steps
    seconds: float = 0.0
    trained: int = 0  # weights
    megabytes: float = 0.0  # beside the weights: gradients, AdamW's numbers, what backward needs
    model: Any = None

    @property
    def is_whole(self) -> bool:
        """Say whether it made all the steps that were planned."""
        return self.steps[-1] == self.planned

    @property
    def accuracy(self) -> float:
        """The first of the measures, after the last step."""
        return self.measures[-1][0]


def train(
    run: Run,
    model: torch.nn.Module,
    step: Step,
    optimizer: torch.optim.Optimizer,
    batches: Iterator[Batch],
    measure: Callable[[torch.nn.Module], tuple[float, ...]],
    plan: Plan,
) -> Run:
    """Train a model by a student's step, and measure it on the way. Measuring costs no seconds.

    All learning rates rise for a tenth of the steps and then fall to zero.
    """
    highest = [group["lr"] for group in optimizer.param_groups]
    run.model = model
    run.trained = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    batch = next(batches)
    kept = kept_for_gradients(model, lambda: loss_of(model, batch))
    run.megabytes = megabytes(run.trained, kept)
    run.steps.append(0)
    run.measures.append(measure(model))
    steps = Steps(plan.steps, run.name)
    for number in steps:
        start = time.perf_counter()
        pace = min(1.0, number / (WARM * plan.steps)) * (1 - (number - 1) / plan.steps)
        for group, rate in zip(optimizer.param_groups, highest, strict=True):
            group["lr"] = rate * pace
        no_nan(step(model, next(batches), optimizer), "the loss of a step")
        run.seconds += time.perf_counter() - start
        late = run.seconds > plan.limit
        if plan.looks_after(number) or late:
            run.steps.append(number)
            run.measures.append(measure(model))
        if late:
            steps.stop()
    return run


def loss_of(model: torch.nn.Module, batch: Batch) -> Tensor:
    """Return the mean surprisal of a batch's labels; -100 is no question."""
    import torch

    logits = model(*batch[:2])
    return torch.nn.functional.cross_entropy(logits.flatten(0, -2), batch[2].flatten())


def megabytes(trained: int, kept: int) -> float:
    """Return the memory of training beside the weights: gradients, two moments, and what is kept.

    >>> megabytes(trained=1_000_000, kept=0)
    12.0
    """
    return (4 * trained * (1 + MOMENTS) + kept) / 1e6


def fit_head(
    head: torch.nn.Linear, features: Tensor, labels: Tensor, rounds: int = 60, size: int = 100
) -> None:
    """Train a linear layer on features that are made already, (text, d_model)."""
    import torch

    luck = torch.Generator().manual_seed(0)
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-2, weight_decay=1e-2)
    for _ in range(rounds):
        for some in torch.randperm(len(features), generator=luck).split(size):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(head(features[some]), labels[some])
            loss.backward()
            optimizer.step()


def train_head(
    run: Run,
    model: Any,
    sentences: Sentences,
    cache_features: Callable[..., Tensor],
    measure: Callable[[torch.nn.Module], tuple[float, ...]],
) -> Run:
    """Let a frozen body read all sentences once, and train the head on what it has read."""
    run.model, rounds = model, run.planned
    run.trained = sum(weight.numel() for weight in model.head.parameters())
    run.steps, run.measures = [0, rounds], [measure(model)]
    start = time.perf_counter()
    features = cache_features(model.body, sentences.in_order(), model.how)
    fit_head(model.head, features, sentences.labels, rounds)
    run.seconds = time.perf_counter() - start
    run.megabytes = megabytes(run.trained, features.nbytes)
    run.measures.append(measure(model))
    return run
