"""Section 11.8: other right answers. They must pass."""

import torch
from torch import Tensor

from solutions.rlhf.reference import group_advantages, kl_estimates, ppo_loss


def grpo_loss__repeated(
    new: Tensor, old: Tensor, reference: Tensor, scores: Tensor, mask: Tensor, weight: float
) -> Tensor:
    each = group_advantages(scores).reshape(-1, 1).repeat(1, new.shape[1])
    _, _, k3 = kl_estimates(new, reference)
    return ppo_loss(new, old, each, mask) + weight * k3.masked_select(mask).mean()


def grpo_loss__one_mean(
    new: Tensor, old: Tensor, reference: Tensor, scores: Tensor, mask: Tensor, weight: float
) -> Tensor:
    better = group_advantages(scores).view(-1, 1)
    ratio = (new - old.detach()).exp()
    gain = torch.minimum(better * ratio, better * ratio.clamp(0.8, 1.2))
    apart = reference - new
    return (weight * (apart.exp() - apart - 1) - gain)[mask].mean()
