"""Section 3.8, "From nothing": what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.topics.decoder.exercises.inputs import normal, random_ids

train_step = Exercise(
    "decoder.train_step",
    points=2,
    difficulty=1,
    tolerance=Tolerance(plain=1e-4),  # the losses come out of float32
)


# --- train_step ----------------------------------------------------------------------------------


class _Small(nn.Module):
    """A model of two tables: the ids look into the first, and the second makes logits of that."""

    def __init__(self, first: Tensor, second: Tensor) -> None:
        super().__init__()
        self.first, self.second = nn.Parameter(first.clone()), nn.Parameter(second.clone())

    def forward(self, ids: Tensor) -> Tensor:
        return torch.tanh(self.first[ids]) @ self.second  # (batch, token, vocab)


@train_step.drive
def learn(
    answer: Callable[..., Any],
    weights: dict[str, Tensor],
    batches: list[Tensor],
    rate: float,
    trained: list[str],
    left_over: float,
    momentum: float = 0.0,
) -> Any:
    """Make one step of gradient descent with each batch."""
    model = _Small(**weights)
    parameters = dict(model.named_parameters())
    for weight in parameters.values():
        weight.grad = torch.full_like(weight, left_over) if left_over else None
    optimizer = torch.optim.SGD([parameters[name] for name in trained], lr=rate, momentum=momentum)
    losses = [answer(model, ids, optimizer) for ids in batches]
    after = {name: weight.detach().clone() for name, weight in parameters.items()}
    return {"losses": losses, "weights": after}


def _steps(rng: Rng, shape: tuple[int, int], steps: int, vocab: int = 6, wide: int = 4) -> Inputs:
    return {
        "weights": {"first": normal(rng, vocab, wide), "second": normal(rng, wide, vocab)},
        "batches": [random_ids(rng, *shape, vocab=vocab) for _ in range(steps)],
        "rate": float(np.round(rng.uniform(0.3, 0.9), 2)),
        "trained": ["first", "second"],
        "left_over": 0.0,
    }


@train_step.case
def one_step(rng: Rng) -> Inputs:
    """One step with two rows of five ids."""
    return _steps(rng, (2, 5), 1)


@train_step.case
def three_steps(rng: Rng) -> Inputs:
    """Three steps, each with another batch of three rows of four ids."""
    return _steps(rng, (3, 4), 3)


@train_step.case
def gradients_left_over(rng: Rng) -> Inputs:
    """A step with a model whose weights have gradients already, from somebody who looked at it."""
    return {**_steps(rng, (4, 3), 1, vocab=5), "left_over": 1.0}


@train_step.case
def some_weights_are_frozen(rng: Rng) -> Inputs:
    """Two steps with an optimizer that has only the second table: the first stays as it is."""
    return {**_steps(rng, (2, 6), 2, vocab=7, wide=3), "trained": ["second"]}


@train_step.case
def an_optimizer_with_momentum(rng: Rng) -> Inputs:
    """Three steps of an optimizer with momentum: it moves weights by earlier gradients too."""
    return {**_steps(rng, (2, 4), 3, vocab=5, wide=3), "momentum": 0.9}


@train_step.case
def one_long_row(rng: Rng) -> Inputs:
    """Two steps, each with a single row of nine ids."""
    return _steps(rng, (1, 9), 2, vocab=8, wide=5)
