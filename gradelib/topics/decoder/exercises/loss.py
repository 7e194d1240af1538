"""Section 3.6, "What it was trained for": what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal, random_ids

next_token_loss = Exercise("decoder.next_token_loss", points=3, difficulty=3)
perplexity = Exercise("decoder.perplexity", points=0, difficulty=1)


# --- next_token_loss -----------------------------------------------------------------------------


@next_token_loss.drive
def loss_and_gradient(
    answer: Callable[..., Any], logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Any:
    held = logits.clone().requires_grad_()
    loss = answer(held, ids) if real is None else answer(held, ids, real)
    gradient: Any = Absent("your loss has no graph: nothing can be learned from it")
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        (gradient,) = torch.autograd.grad(loss.sum(), held)
    return {"loss": loss, "gradient": gradient}


def _guesses(rng: Rng, batch: int, token: int, vocab: int, spread: float = 1.5) -> Inputs:
    return {
        "logits": normal(rng, batch, token, vocab, spread=spread),
        "ids": random_ids(rng, batch, token, vocab=vocab),
    }


@next_token_loss.case
def two_rows(rng: Rng) -> Inputs:
    """Two rows of five ids, seven tokens."""
    return _guesses(rng, 2, 5, 7)


@next_token_loss.case
def one_row(rng: Rng) -> Inputs:
    """One row of six ids, four tokens."""
    return _guesses(rng, 1, 6, 4)


@next_token_loss.case
def two_ids(rng: Rng) -> Inputs:
    """Rows of two ids: one prediction in each."""
    return _guesses(rng, 4, 2, 5)


@next_token_loss.case
def rows_with_padding(rng: Rng) -> Inputs:
    """Rows of six, three or four, and two real ids: padding does not count, every real id does."""
    real = torch.arange(6) < torch.tensor([[6], [int(rng.integers(3, 5))], [2]])
    return {**_guesses(rng, 3, 6, 8), "real": real}


@next_token_loss.case
def everything_is_real(rng: Rng) -> Inputs:
    """A mask that is True everywhere changes nothing."""
    return {**_guesses(rng, 1, 3, 6), "real": torch.ones(1, 3, dtype=torch.bool)}


@next_token_loss.case
def one_token_to_choose(rng: Rng) -> Inputs:
    """A vocabulary of one token: nothing is a surprise."""
    return _guesses(rng, 2, 3, 1)


@next_token_loss.case
def a_model_that_is_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds, in which the model is sure and mostly wrong."""
    return _guesses(rng, 2, 4, 5, spread=200.0)


# --- perplexity ----------------------------------------------------------------------------------


@perplexity.case
def batches_of_different_size(rng: Rng) -> Inputs:
    """Four batches, the last of them small and hard."""
    losses = [*rng.uniform(0.5, 2.0, size=3), rng.uniform(3.0, 4.0)]
    counts = [*rng.integers(50, 90, size=3), rng.integers(3, 9)]
    return {"losses": list(map(float, losses)), "counts": list(map(int, counts))}


@perplexity.case
def one_batch(rng: Rng) -> Inputs:
    """A single batch."""
    return {"losses": [float(rng.uniform(1, 3))], "counts": [int(rng.integers(5, 30))]}


@perplexity.case
def batches_of_the_same_size(rng: Rng) -> Inputs:
    """Three batches with as many tokens in each."""
    return {"losses": list(map(float, rng.uniform(0.5, 4, size=3))), "counts": [12, 12, 12]}


@perplexity.case
def many_tokens(rng: Rng) -> Inputs:
    """Many batches of many tokens: their nats together are far too many for an exponential."""
    losses, counts = rng.uniform(2, 5, size=20), rng.integers(500, 900, size=20)
    return {"losses": list(map(float, losses)), "counts": list(map(int, counts))}


@perplexity.case
def a_perfect_model(rng: Rng) -> Inputs:
    """No surprise at all."""
    return {"losses": [0.0, 0.0], "counts": [int(rng.integers(2, 9)), 5]}


@perplexity.case
def a_count_is_missing(rng: Rng) -> Inputs:
    """Three losses and two counts: a ValueError."""
    return {"losses": list(map(float, rng.uniform(1, 2, size=3))), "counts": [4, 5]}


@perplexity.case
def a_loss_is_missing(rng: Rng) -> Inputs:
    """Two losses and three counts: a ValueError."""
    return {"losses": list(map(float, rng.uniform(1, 2, size=2))), "counts": [6, 4, 5]}


@perplexity.invariant
def not_below_the_best_batch_and_not_above_the_worst(inputs: Inputs, answer: float) -> bool:
    """It lies between the perplexities of the best and of the worst batch."""
    low, high = np.exp(min(inputs["losses"])), np.exp(max(inputs["losses"]))
    return bool(low * (1 - 1e-6) <= answer <= high * (1 + 1e-6))
