"""Section 3.6, "What it was trained for": known wrong answers, each with its hint below it."""

import math

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit

next_token_loss__not_shifted = Edit(
    "logits[:, :-1]",
    "logits",
    "labels[:, 1:]",
    "labels",
)
"""Which id do the logits at a position predict: the one that stands there, or the next?"""


def next_token_loss__shifted_the_wrong_way(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Your positions predict the id before them. That one has been read already."""
    counts = torch.ones_like(ids[:, 1:]).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, 1:][counts], ids[:, :-1][counts])


def next_token_loss__shifted_twice(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Your positions predict the id after the next. How far is the shift? (If a library shifts
    labels itself, do not shift them before.)"""
    if ids.shape[1] < 3:
        return logits.sum() * 0.0
    counts = torch.ones_like(ids[:, 2:]).bool() if real is None else real[:, 2:]
    return nn.functional.cross_entropy(logits[:, :-2][counts], ids[:, 2:][counts])


next_token_loss__sum = Edit("labels[:, 1:].flatten()", 'labels[:, 1:].flatten(), reduction="sum"')
"""You add up the surprisals. What does the task ask for?"""

next_token_loss__padding_counts = Edit(
    "ids if real is None else ids.masked_fill(~real, -100)", "ids"
)
"""Is padding predicted? In some cases `real` says which ids are no padding."""

next_token_loss__asks_the_guesser = Edit(
    "ids.masked_fill(~real, -100)", "ids.masked_fill(~real.roll(1, dims=1), -100)"
)
"""Is it the id that is predicted that must be real, or the one that predicts? The last real id of a
row predicts padding."""


def next_token_loss__mean_of_rows(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """You take the mean of each row, and then of these. Does a token of a short row count as much
    as one of a long row?"""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    rows = zip(logits[:, :-1], predicted, counts)
    losses = [nn.functional.cross_entropy(one[here], row[here]) for one, row, here in rows]
    return torch.stack(losses).mean()


def next_token_loss__last_position_only(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """You hold one prediction a row against the text. Training uses all of them at once."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    last = counts.sum(dim=1) - 1
    rows = torch.arange(len(ids))
    return nn.functional.cross_entropy(logits[rows, last], predicted[rows, last])


next_token_loss__bits = Edit("labels[:, 1:].flatten())", "labels[:, 1:].flatten()) / math.log(2)")
"""Your unit is the bit. Which logarithm does the task ask for?"""

next_token_loss__sign = Edit("return nn", "return -nn")
"""Which sign has a surprisal? A loss is to get smaller."""

next_token_loss__a_number = Edit("labels[:, 1:].flatten())", "labels[:, 1:].flatten()).item()")
"""The value is right, but it has lost its graph, as by `.item()`: nothing can learn from it."""

next_token_loss__softmax_twice = Edit("logits[:, :-1]", "logits[:, :-1].softmax(dim=2)")
"""You hand probabilities to a function that takes logits: softmax comes twice."""

perplexity__of_the_sum = Edit(
    "math.exp(nats / sum(counts))", "math.exp(nats) if nats < 700 else math.inf"
)
"""You raise e to the sum of all surprisals. It is the mean that counts."""


def perplexity__batches_count_the_same(losses: list[float], counts: list[int]) -> float:
    """A small batch counts as much as a large one with you. Each token should count the same."""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return math.exp(sum(losses) / len(losses))


perplexity__mean_of_perplexities = Edit(
    "loss * count for",
    "math.exp(loss) * count for",
    "math.exp(nats / sum(counts))",
    "nats / sum(counts)",
)
"""You take the mean of perplexities. Which comes first, the mean or the exponential?"""


def perplexity__plain_mean_of_perplexities(losses: list[float], counts: list[int]) -> float:
    """You take the mean of the batches' perplexities, and each batch counts the same. Think of
    tokens: whose mean is asked for, and when does the exponential come?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return sum(map(math.exp, losses)) / len(losses)


perplexity__no_exponential = Edit("math.exp(nats / sum(counts))", "nats / sum(counts)")
"""You return the mean surprisal, in nats. What makes a perplexity of it?"""

perplexity__two_to_the_power = Edit("math.exp(nats / sum(counts))", "2 ** (nats / sum(counts))")
"""The losses are in nats. Which number is to be raised to their power?"""

perplexity__one_over = Edit("exp(nats", "exp(-nats")
"""Your perplexity is below one: that is the mean probability. What is one over it?"""

perplexity__zip_stops_early = Edit(", strict=True", "")
"""Where a count is missing, `zip` stops without a word. What does the task ask for?"""


def next_token_loss__logarithm_of_a_softmax(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Your softmax can be zero, and then its logarithm is minus infinity. Which function does both
    at once?"""
    happened = logits[:, :-1].softmax(dim=2).gather(2, ids[:, 1:, None]).squeeze(2)
    return -(happened if real is None else happened[real[:, 1:]]).log().mean()
