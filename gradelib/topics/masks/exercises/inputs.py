"""What the sections draw: numbers, ids, masks, padded batches."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Inputs, Rng


def normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def distinct_ids(rng: Rng, count: int, low: int = 200, high: int = 999) -> list[int]:
    """Draw `count` different ids, in random order."""
    return [low + int(place) for place in rng.permutation(high - low)[:count]]


def truths(rng: Rng, *shape: int) -> Tensor:
    """Draw booleans, such that each row has both."""
    mask = torch.from_numpy(rng.random(shape) < 0.5)
    columns = torch.from_numpy(rng.random(shape).argsort(axis=-1))
    mask.scatter_(-1, columns[..., :1], True)
    return mask.scatter_(-1, columns[..., 1:2], False)


def real_tokens(*lengths: int, left: bool = False) -> Tensor:
    """Return which tokens of a padded batch are real."""
    longest = max(lengths)
    rows = [[1] * count + [0] * (longest - count) for count in lengths]
    return torch.tensor([row[::-1] if left else row for row in rows], dtype=torch.bool)


def padded_right(rng: Rng) -> Inputs:
    return {"attention_mask": real_tokens(2, 5, int(rng.integers(1, 5)))}


def padded_left(rng: Rng) -> Inputs:
    return {"attention_mask": real_tokens(4, int(rng.integers(1, 4)), left=True)}


def not_padded(rng: Rng) -> Inputs:
    return {"attention_mask": real_tokens(int(rng.integers(3, 6)))}


def with_a_hole(rng: Rng) -> Inputs:
    mask = real_tokens(6, 4)
    mask[0, 2], mask[0, 4], mask[1, int(rng.integers(1, 3))] = False, False, False
    return {"attention_mask": mask}


def with_an_empty_row(rng: Rng) -> Inputs:
    return {"attention_mask": real_tokens(3, 0, int(rng.integers(1, 3)), 4, left=True)}
