"""Section 5.7: other right answers. They must pass."""

import torch
from torch import Tensor


def summarize__argsort(vectors: Tensor, count: int) -> list[int]:
    centre = vectors.mean(0)
    likeness = vectors @ centre / (vectors.norm(dim=1) * centre.norm())
    order = torch.argsort(likeness, descending=True).tolist()
    return sorted(order[:count])


def summarize__plain_sum(vectors: Tensor, count: int) -> list[int]:
    unit = torch.nn.functional.normalize(vectors, dim=1)
    scores = (unit @ vectors.sum(dim=0)).tolist()  # the sum points where the mean does
    best = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:count]
    return sorted(best)
