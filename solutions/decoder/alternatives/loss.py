"""Section 3.6, "What it was trained for": other right answers. They must pass."""

import math

import torch
import transformers.models.gpt2.modeling_gpt2  # here, since a case has two seconds only
from torch import Tensor, nn


def next_token_loss__only_the_real(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted, dtype=torch.bool) if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts])


def next_token_loss__transformers(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    from transformers.loss.loss_utils import ForCausalLMLoss

    labels = ids if real is None else ids.masked_fill(~real, -100)
    return ForCausalLMLoss(logits, labels, vocab_size=logits.shape[-1])


def next_token_loss__by_hand(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    guesses = logits.log_softmax(dim=-1)[:, :-1]
    surprisals = -guesses.gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)
    if real is None:
        return surprisals.mean()
    return (surprisals * real[:, 1:]).sum() / real[:, 1:].sum()


def perplexity__numpy(losses: list[float], counts: list[int]) -> float:
    import numpy as np

    if len(losses) != len(counts):
        raise ValueError("counts")
    return float(np.exp(np.average(losses, weights=counts)))


def perplexity__product(losses: list[float], counts: list[int]) -> float:
    if len(losses) != len(counts):
        raise ValueError("one count for each loss")
    every = sum(counts)
    return math.prod(
        math.exp(loss * count / every) for loss, count in zip(losses, counts, strict=True)
    )


def perplexity__in_float32(losses: list[float], counts: list[int]) -> float:
    if len(losses) != len(counts):
        raise ValueError("as many counts as losses are needed")
    weights = torch.tensor(counts) / sum(counts)
    return (torch.tensor(losses) * weights).sum().exp().item()
