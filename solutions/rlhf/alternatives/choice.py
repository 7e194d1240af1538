"""Section 11.9: other right answers. They must pass."""

import math

import torch
from torch import Tensor


def best_of_n__max(scores: Tensor, n: int) -> Tensor:
    return scores[:, :n].max(dim=1).indices


def best_of_n__rows(scores: Tensor, n: int) -> Tensor:
    return torch.tensor([row[:n].index(max(row[:n])) for row in scores.tolist()])


def best_of_n_kl__other_form(n: int) -> float:
    return math.log(n) + 1 / n - 1


def best_of_n_kl__tensor(n: int) -> float:
    count = torch.tensor(float(n), dtype=torch.float64)
    return float(count.log() - (count - 1) / count)
