"""What writes: a way to choose, and a model of which every id counts, and its place."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal, random_ids


class Chooser:
    """A way to choose: the likeliest token (0), the second (1), and so on.

    It keeps what it is handed, since many other numbers have the same order as the logits.
    """

    def __init__(self, rank: int) -> None:
        self.rank = rank
        self.handed: list[Tensor] = []

    def __call__(self, logits: Tensor) -> Tensor:
        self.handed.append(logits.clone())
        return logits.sort(dim=-1, descending=True).indices[..., self.rank]


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
