"""What the sections draw: numbers and ids."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Rng


def normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def random_ids(rng: Rng, *shape: int, vocab: int) -> Tensor:
    return torch.from_numpy(rng.integers(vocab, size=shape))
