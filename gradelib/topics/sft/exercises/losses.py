"""Section 10.4, the loss: what is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids

sft_loss = Exercise("sft.sft_loss", points=2, difficulty=2)
NO_GRAPH = "your loss has no graph: nothing can be learned from it"


@sft_loss.drive
def with_its_gradient(answer: Callable[..., Any], logits: Tensor, labels: Tensor) -> Any:
    """Return the loss, and what it asks of the logits."""
    held = logits.clone().requires_grad_()
    loss = answer(held, labels)
    gradient: Any = None
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        (gradient,) = torch.autograd.grad(loss.sum(), held, allow_unused=True)
        if gradient is None and loss.is_leaf:  # a zero of its own asks nothing of the logits
            gradient = torch.zeros_like(held)
    return {"loss": loss, "gradient": Absent(NO_GRAPH) if gradient is None else gradient}


def _batch(
    rng: Rng, spans: Sequence[tuple[int, int]], tokens: int, vocab: int = 6, spread: float = 1.5
) -> Inputs:
    labels = random_ids(rng, len(spans), tokens, vocab=vocab)
    for row, (start, end) in enumerate(spans):
        labels[row, :start] = -100
        labels[row, end:] = -100
    return {"logits": normal(rng, len(spans), tokens, vocab, spread=spread), "labels": labels}


@sft_loss.case
def three_answers(rng: Rng) -> Inputs:
    """Three answers of two to four tokens behind their questions."""
    return _batch(rng, [(2, 6), (3, 5), (1, 4)], 6)


@sft_loss.case
def a_long_and_a_short_answer(rng: Rng) -> Inputs:
    """Answers of nine tokens and of one: each *token* counts the same."""
    return _batch(rng, [(2, 11), (5, 6)], 11)


@sft_loss.case
def one_answer(rng: Rng) -> Inputs:
    """One conversation, and the last three of its five tokens are learned."""
    return _batch(rng, [(2, 5)], 5, vocab=8)


@sft_loss.case
def everything_is_learned(rng: Rng) -> Inputs:
    """Two conversations in which each token has a label: no logits are about the first one."""
    return _batch(rng, [(0, 4), (0, 4)], 4)


@sft_loss.case
def two_answers_in_a_row(rng: Rng) -> Inputs:
    """Two conversations with two answers each."""
    drawn = _batch(rng, [(1, 8), (2, 7)], 8)
    drawn["labels"][:, 4] = -100
    return drawn


@sft_loss.case
def one_row_has_none(rng: Rng) -> Inputs:
    """In the second of three conversations nothing is learned."""
    return _batch(rng, [(1, 3), (0, 0), (3, 5)], 5)


@sft_loss.case
def nothing_is_learned(rng: Rng) -> Inputs:
    """Nothing is learned at all: the loss is 0, and not NaN."""
    return _batch(rng, [(0, 0), (0, 0)], 4)


@sft_loss.case
def one_learned_token(rng: Rng) -> Inputs:
    """Of two conversations a single token is learned."""
    return _batch(rng, [(0, 0), (2, 3)], 4)


@sft_loss.case
def one_token(rng: Rng) -> Inputs:
    """A conversation of one token: there is nothing to predict."""
    return _batch(rng, [(0, 1)], 1)


@sft_loss.case
def one_word_in_the_vocabulary(rng: Rng) -> Inputs:
    """A vocabulary of one token: nothing can surprise."""
    return _batch(rng, [(1, 4), (2, 3)], 4, vocab=1)


@sft_loss.case
def sure_of_itself(rng: Rng) -> Inputs:
    """Logits of hundreds: right or wrong, the model is sure."""
    return _batch(rng, [(1, 5), (2, 5)], 5, spread=200.0)
