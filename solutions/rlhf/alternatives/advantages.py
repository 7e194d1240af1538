"""Section 11.5: other right answers. They must pass."""

import torch
from torch import Tensor


def whiten__by_sums(values: Tensor, mask: Tensor) -> Tensor:
    count = mask.sum()
    zero = torch.where(mask, values, 0.0)
    apart = torch.where(mask, zero - zero.sum() / count, 0.0)
    return apart * torch.rsqrt(apart.square().sum() / count + 1e-8)


def whiten__filled(values: Tensor, mask: Tensor) -> Tensor:
    white = torch.zeros_like(values)
    real = values[mask] - values[mask].mean()
    white[mask] = real / torch.sqrt((real**2).mean() + 1e-8)
    return white


def group_advantages__loop(scores: Tensor) -> Tensor:
    rows = []
    for group in scores:
        apart = group - group.mean()
        rows.append(apart / ((apart**2).mean().sqrt() + 1e-4))
    return torch.stack(rows)


def group_advantages__both_at_once(scores: Tensor) -> Tensor:
    deviation, mean = torch.std_mean(scores, dim=-1, keepdim=True, correction=0)
    return (scores - mean) / (deviation + 1e-4)
