"""Wrong answers to `ppo_loss` in other words, with the hint due."""

import torch


def ppo_loss__plus(new, old, advantages, mask, clip=0.2):
    """Forgets the minus.

    Hint: other_sign
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__max_of_objectives(new, old, advantages, mask, clip=0.2):
    """Copies the max of a library, whose losses are negative.

    Hint: maximum
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -torch.max(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__no_minimum(new, old, advantages, mask, clip=0.2):
    """Only the clipped product.

    Hint: clipped_only
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -(a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__importance_only(new, old, advantages, mask, clip=0.2):
    """No clip at all.

    Hint: not_clipped
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -(a * r)[mask].mean()


def ppo_loss__gradient_in_old(new, old, advantages, mask, clip=0.2):
    """Detaches nothing.

    Hint: old_learns
    """
    r = torch.exp(new - old)
    return torch.max(-advantages * r, -advantages * r.clamp(1 - clip, 1 + clip))[mask].mean()


def ppo_loss__all_places(new, old, advantages, mask, clip=0.2):
    """Divides by all places.

    Hint: whole_batch
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    x = torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))
    return -torch.where(mask, x, 0.0).mean()


def ppo_loss__inverse(new, old, advantages, mask, clip=0.2):
    """Old over new.

    Hint: ratio_upside_down
    """
    a, r = advantages.detach(), torch.exp(old.detach() - new)
    return -torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__always_0_2(new, old, advantages, mask, clip=0.2):
    """A number in place of the argument.

    Hint: clip_ignored
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -torch.min(a * r, a * torch.clamp(r, 0.8, 1.2))[mask].mean()


def ppo_loss__mask_as_a_factor(new, old, advantages, mask, clip=0.2):
    """Multiplies by the mask: NaN outside stays NaN.

    Hint: times_the_mask
    """
    ratio, a = torch.exp(new - old.detach()), advantages.detach()
    o = torch.min(a * ratio, a * torch.clamp(ratio, 1 - clip, 1 + clip))
    return -(o * mask.float()).sum() / mask.float().sum()


def ppo_loss__ratio_limited(new, old, advantages, mask, clip=0.2):
    """Lets no ratio go beyond e^3.

    Hint: none
    """
    a = advantages.detach()[mask]
    ratio = (new[mask] - old.detach()[mask]).clamp(-3, 3).exp()
    return -torch.minimum(a * ratio, a * ratio.clamp(1 - clip, 1 + clip)).mean()


def ppo_loss__never_by_zero(new, old, advantages, mask, clip=0.2):
    """Adds something to the probability that it divides by.

    Hint: none
    """
    a = advantages.detach()[mask]
    ratio = new[mask].exp() / (old.detach()[mask].exp() + 1e-8)
    return -torch.minimum(a * ratio, a * ratio.clamp(1 - clip, 1 + clip)).mean()


def ppo_loss__ratio_at_most_100(new, old, advantages, mask, clip=0.2):
    """Lets no ratio go beyond 100.

    Hint: none
    """
    a, ratio = advantages.detach(), (new - old.detach()).exp().clamp(max=100)
    return -torch.minimum(a * ratio, a * ratio.clamp(1 - clip, 1 + clip))[mask].mean()


def ppo_loss__log_ratio_within_20(new, old, advantages, mask, clip=0.2):
    """Lets no logarithm of a ratio go beyond 20, as libraries do.

    Hint: none
    """
    a, ratio = advantages.detach(), (new - old.detach()).clamp(-20, 20).exp()
    return -torch.minimum(a * ratio, a * ratio.clamp(1 - clip, 1 + clip))[mask].mean()


def ppo_loss__ratio_at_least_a_hundredth(new, old, advantages, mask, clip=0.2):
    """Lets no ratio fall below 0.01.

    Hint: none
    """
    a, ratio = advantages.detach(), (new - old.detach()).exp().clamp(min=0.01)
    return -torch.minimum(a * ratio, a * ratio.clamp(1 - clip, 1 + clip))[mask].mean()


def ppo_loss__clipped_above_alone(new, old, advantages, mask, clip=0.2):
    """Clips above only, and takes no minimum.

    Hint: none
    """
    a, ratio = advantages.detach(), (new - old.detach()).exp()
    return -(a * ratio.clamp(max=1 + clip))[mask].mean()


def ppo_loss__clipped_below_only(new, old, advantages, mask, clip=0.2):
    """Clips below only.

    Hint: none
    """
    a, ratio = advantages.detach(), (new - old.detach()).exp()
    return -torch.minimum(a * ratio, a * ratio.clamp(min=1 - clip))[mask].mean()
