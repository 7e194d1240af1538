"""What writes: a way to choose, and a model of which every id counts, and its place."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.checking.exercise import Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal, random_ids


def chooser(rank: int) -> Callable[[Tensor], Tensor]:
    """Return a way to choose: the likeliest token (0), the second (1), and so on."""

    def choose(logits: Tensor) -> Tensor:
        return logits.sort(dim=-1, descending=True).indices[..., rank]

    return choose


def mixed_up(numbers: Tensor, size: int) -> Tensor:
    """Mix all numbers up to each place, with their places."""
    places = torch.arange(1, numbers.shape[1] + 1, device=numbers.device)
    return (numbers * places).cumsum(dim=1) % size


def writing(
    rng: Rng, batch: int, token: int, max_new: int, rank: int = 0, vocab: int = 7
) -> Inputs:
    table = normal(rng, 11, vocab)
    ids = random_ids(rng, batch, token, vocab=vocab)
    return {"table": table, "ids": ids, "max_new": max_new, "rank": rank}
