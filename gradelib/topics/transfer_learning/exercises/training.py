"""Sections 7.2 and 7.4, a step and features that are made once: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import normal, random_ids, real_tokens
from gradelib.topics.transfer_learning.exercises.models import SmallBody

train_step = Exercise(
    "transfer_learning.train_step",
    points=3,
    difficulty=3,
    tolerance=Tolerance(plain=1e-4),  # the losses come out of float32
)
cache_features = Exercise("transfer_learning.cache_features", points=2, difficulty=2)

VOCAB = 8


# --- train_step ----------------------------------------------------------------------------------


class _Reader(nn.Module):
    """A small body and a head: logits for each text, or for each of its tokens."""

    def __init__(self, table: Tensor, head: Tensor, each: bool) -> None:
        super().__init__()
        self.body, self.head, self.each = SmallBody(table), nn.Parameter(head.clone()), each

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        vectors = self.body(ids, attention_mask)
        logits: Tensor = (vectors if self.each else vectors[:, 0]) @ self.head
        return logits


@train_step.drive
def learn(
    answer: Callable[..., Any],
    weights: dict[str, Tensor],
    batches: list[tuple[Tensor, Tensor, Tensor]],
    rate: float,
    longest: float | None,
    each: bool,
    frozen: bool,
    left_over: float,
    head_alone: bool,
    slower: float,
    momentum: float,
) -> Any:
    """Make one step of gradient descent with each batch, plain or with momentum.

    The body learns at a rate that is `slower` times that of the head. An optimizer with momentum
    has a step behind it, with gradients of 1.
    """
    model = _Reader(**weights, each=each).eval()
    groups: list[dict[str, Any]] = [{"params": [model.head], "lr": rate}]
    if not (frozen or head_alone):
        groups.append({"params": [model.body.table], "lr": rate * slower})
    optimizer = torch.optim.SGD(groups, momentum=momentum)
    if momentum:
        for weight in model.parameters():
            weight.grad = torch.ones_like(weight)
        optimizer.step()
    for weight in model.parameters():
        weight.grad = torch.full_like(weight, left_over) if left_over else None
    model.body.requires_grad_(not frozen)
    limit = {} if longest is None else {"longest": longest}
    losses = [answer(model, batch, optimizer, **limit) for batch in batches]
    after = {"table": model.body.table, "head": model.head}
    return {
        "losses": losses,
        "weights": {name: weight.detach().clone() for name, weight in after.items()},
        "the model read while in": model.body.called,
    }


def _batch(rng: Rng, lengths: list[int], classes: int, each: bool) -> tuple[Tensor, ...]:
    mask = real_tokens(lengths)
    ids = random_ids(rng, *mask.shape, vocab=VOCAB)
    if not each:
        return ids, mask, random_ids(rng, len(lengths), vocab=classes)
    labels = random_ids(rng, *mask.shape, vocab=classes)
    labels[:, 0] = torch.where(torch.arange(len(lengths)) % 2 == 0, -100, labels[:, 0])
    return ids, mask, labels.masked_fill(~mask, -100)


def _steps(
    rng: Rng, lengths: list[list[int]], classes: int = 4, wide: int = 3, **more: Any
) -> Inputs:
    each = bool(more.get("each", False))
    return {
        "weights": {"table": normal(rng, VOCAB, wide), "head": normal(rng, wide, classes)},
        "batches": [_batch(rng, one, classes, each) for one in lengths],
        "rate": float(np.round(rng.uniform(0.3, 0.9), 2)),
        "longest": None,
        "each": False,
        "frozen": False,
        "left_over": 0.0,
        "head_alone": False,
        "slower": 1.0,
        "momentum": 0.0,
    } | more


@train_step.case
def one_step(rng: Rng) -> Inputs:
    """One step with three texts of two to five tokens; gradients may be 100 long."""
    return _steps(rng, [[2, 5, 3]], longest=100.0)


@train_step.case
def three_steps(rng: Rng) -> Inputs:
    """Three steps, each with another batch, and gradients that are never clipped."""
    return _steps(rng, [[3, 4], [2, 2, 5], [1, 6]], longest=50.0)


@train_step.case
def gradients_that_are_too_long(rng: Rng) -> Inputs:
    """Two steps in which gradients longer than 0.05 are clipped."""
    return _steps(rng, [[3, 5], [4, 2]], longest=0.05)


@train_step.case
def the_usual_length(rng: Rng) -> Inputs:
    """A step in which `longest` is not given, with a head of large weights: gradients are long."""
    drawn = _steps(rng, [[3, 4, 2]])
    drawn["weights"]["head"] = 12 * drawn["weights"]["head"]
    return drawn


@train_step.case
def gradients_left_over(rng: Rng) -> Inputs:
    """A model whose weights have gradients already, from somebody who looked at them."""
    return _steps(rng, [[4, 3]], left_over=2.0, longest=0.5)


@train_step.case
def a_frozen_body(rng: Rng) -> Inputs:
    """Two steps of the head alone. The frozen body still has gradients from before: they go."""
    return _steps(rng, [[3, 2, 6], [5]], frozen=True, left_over=3.0, longest=0.3)


@train_step.case
def the_optimizer_has_the_head_alone(rng: Rng) -> Inputs:
    """The body is not frozen, so it has gradients, but the optimizer holds the head alone."""
    return _steps(rng, [[4, 2], [3, 5]], head_alone=True, longest=0.1)


@train_step.case
def two_rates(rng: Rng) -> Inputs:
    """An optimizer with two groups of weights: the body learns at a lower rate than the head."""
    return _steps(rng, [[2, 4, 3]], slower=float(np.round(rng.uniform(0.2, 0.5), 2)), longest=9.0)


@train_step.case
def an_optimizer_with_a_memory(rng: Rng) -> Inputs:
    """Two steps of an optimizer with momentum: it remembers the steps that it has made before."""
    return _steps(
        rng, [[5, 3], [2, 6]], momentum=float(np.round(rng.uniform(0.4, 0.8), 2)), longest=8.0
    )


@train_step.case
def a_label_for_each_token(rng: Rng) -> Inputs:
    """Two steps with a label for each token, some of them -100."""
    return _steps(rng, [[4, 2, 5], [3, 3]], each=True, longest=20.0)


@train_step.case
def one_text_of_one_token(rng: Rng) -> Inputs:
    """A batch of one text of one token."""
    return _steps(rng, [[1]], longest=10.0)


@train_step.case
def one_class(rng: Rng) -> Inputs:
    """One class and vectors of one number: nothing is a surprise, so nothing is learned."""
    return _steps(rng, [[2, 3]], classes=1, wide=1)


# --- cache_features ------------------------------------------------------------------------------


@cache_features.drive
def read_once(
    answer: Callable[..., Any],
    table: Tensor,
    batches: list[tuple[Tensor, Tensor]],
    how: str,
) -> Any:
    """Hand over a body in training mode, and say how it was called and what came back."""
    body = SmallBody(table).train()
    features = answer(body, batches, how)
    kept = isinstance(features, Tensor) and features.requires_grad
    return {
        "features": features,
        "gradients can flow": kept,
        "the body read in": body.called,
        "afterwards in training mode": body.mode != "evaluation",
    }


def _texts(rng: Rng, lengths: list[list[int]], how: str, wide: int = 4) -> Inputs:
    masks = [real_tokens(one) for one in lengths]
    batches = [(random_ids(rng, *mask.shape, vocab=VOCAB), mask) for mask in masks]
    return {"table": normal(rng, VOCAB, wide), "batches": batches, "how": how}


@cache_features.case
def two_batches_by_their_mean(rng: Rng) -> Inputs:
    """Two batches, padded to five and to four tokens; the mean."""
    return _texts(rng, [[2, 5, 3], [4, 1]], "mean")


@cache_features.case
def three_batches_by_cls(rng: Rng) -> Inputs:
    """Three batches of different size; [CLS]."""
    return _texts(rng, [[3, 2], [6], [1, 4, 2]], "cls", wide=5)


@cache_features.case
def one_batch(rng: Rng) -> Inputs:
    """A single batch of four texts; the mean."""
    return _texts(rng, [[2, 3, 1, 3]], "mean", wide=3)


@cache_features.case
def one_text_of_one_token_again(rng: Rng) -> Inputs:
    """One text of one token, and vectors of one number; [CLS]."""
    return _texts(rng, [[1]], "cls", wide=1)


@cache_features.case
def long_and_short_batches(rng: Rng) -> Inputs:
    """Batches of one long text and of four short ones; the mean."""
    return _texts(rng, [[9], [1, 2, 1, 2], [5, 7]], "mean", wide=2)
