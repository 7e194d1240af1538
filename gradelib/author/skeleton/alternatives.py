"""Other right answers to notebook 00. They must pass."""

import torch
from torch import Tensor


def centred__row_by_row(numbers: Tensor) -> Tensor:
    return torch.stack([row - row.sum() / len(row) for row in numbers])


def centred__numpy(numbers: Tensor) -> Tensor:
    import numpy as np

    array = numbers.numpy()
    return torch.from_numpy(array - np.average(array, axis=1)[:, None])
