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
