"""Sections 11.6 and 11.7: other right answers. They must pass."""

import torch
from torch import Tensor

from solutions.rlhf.reference import group_advantages, kl_estimates, ppo_loss


def reinforce_loss__by_sums(log_probs: Tensor, advantages: Tensor, mask: Tensor) -> Tensor:
    each = torch.where(mask, advantages.detach() * log_probs, 0.0)
    return -each.sum() / mask.sum()


def reinforce_loss__selected(log_probs: Tensor, advantages: Tensor, mask: Tensor) -> Tensor:
    wrote, better = log_probs.masked_select(mask), advantages.masked_select(mask)
    return torch.mean(-better.data * wrote)


def ppo_loss__two_losses(
    new: Tensor, old: Tensor, advantages: Tensor, mask: Tensor, clip: float = 0.2
) -> Tensor:
    with torch.no_grad():
        before, better = old[mask], advantages[mask]
    ratio = torch.exp(new[mask] - before)
    free, bound = -better * ratio, -better * torch.clamp(ratio, 1 - clip, 1 + clip)
    return torch.max(free, bound).mean()


def ppo_loss__by_sign(
    new: Tensor, old: Tensor, advantages: Tensor, mask: Tensor, clip: float = 0.2
) -> Tensor:
    better = advantages.detach()
    ratio = (new - old.detach()).exp()
    bound = torch.where(better > 0, ratio.clamp(max=1 + clip), ratio.clamp(min=1 - clip))
    return -(better * bound)[mask].mean()


def clip_fraction__by_the_minimum(
    new: Tensor, old: Tensor, advantages: Tensor, mask: Tensor, clip: float = 0.2
) -> float:
    ratio = torch.exp(new - old)
    bound = ratio.clamp(1 - clip, 1 + clip)
    return float((advantages * bound < advantages * ratio)[mask].double().mean())


def clip_fraction__counted(
    new: Tensor, old: Tensor, advantages: Tensor, mask: Tensor, clip: float = 0.2
) -> float:
    clipped = torch.where(advantages > 0, new - old > torch.tensor(1 + clip).log(), False)
    clipped |= torch.where(advantages < 0, (new - old).exp() < 1 - clip, False)
    return int((clipped & mask).sum()) / int(mask.sum())
