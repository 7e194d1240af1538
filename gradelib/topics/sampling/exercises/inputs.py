"""What the sections draw: numbers, distributions, logits, ids, finished sequences."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Rng

Pool = list[tuple[float, list[int]]]  # sequences with their scores, the best one first


def normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def distributions(rng: Rng, *shape: int, evenness: float = 1.0) -> Tensor:
    drawn = rng.dirichlet(np.full(shape[-1], evenness), shape[:-1])
    return torch.from_numpy(drawn.astype(np.float32))


def logits_of(rng: Rng, *rows: list[float], shuffle: bool = True) -> Tensor:
    """Return rows of logits with these probabilities, in random order and on any level."""
    made = []
    for row in rows:
        order = rng.permutation(len(row)) if shuffle else np.arange(len(row))
        with np.errstate(divide="ignore"):
            made.append(np.log(np.array(row))[order] + rng.uniform(-3, 3))
    return torch.from_numpy(np.array(made, dtype=np.float32))


def random_ids(rng: Rng, *shape: int, vocab: int) -> Tensor:
    return torch.from_numpy(rng.integers(vocab, size=shape))


def pool_of(rng: Rng, count: int, best: float, step: float = 0.1) -> Pool:
    """A pool in order, whose scores begin at `best`."""
    rows = rng.integers(1, 40, (count, 3)).tolist()
    return [(best - step * place, row) for place, row in enumerate(rows)]
