"""Wrong answers to `clip_fraction` in other words, with the hint due."""

import torch


def clip_fraction__outside(new, old, advantages, mask, clip=0.2):
    """All ratios outside, as many libraries count.

    Hint: both_signs
    """
    r = torch.exp(new - old)
    return ((r - 1).abs() > clip)[mask].float().mean().item()


def clip_fraction__swapped(new, old, advantages, mask, clip=0.2):
    """The wrong sides.

    Hint: signs_swapped
    """
    r = torch.exp(new - old)
    hit = ((r > 1 + clip) & (advantages < 0)) | ((r < 1 - clip) & (advantages > 0))
    return hit[mask].float().mean().item()


def clip_fraction__one_side(new, old, advantages, mask, clip=0.2):
    """Only the upper side.

    Hint: above_only
    """
    r = torch.exp(new - old)
    return ((r > 1 + clip) & (advantages > 0))[mask].float().mean().item()


def clip_fraction__padding_too(new, old, advantages, mask, clip=0.2):
    """Counts all places.

    Hint: no_mask
    """
    r = torch.exp(new - old)
    return (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages).float().mean().item()


def clip_fraction__divides_by_all(new, old, advantages, mask, clip=0.2):
    """Hits among the real ones, divided by all places.

    Hint: whole_batch
    """
    r = torch.exp(new - old)
    hit = (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages) & mask
    return hit.sum().item() / hit.numel()


def clip_fraction__number(new, old, advantages, mask, clip=0.2):
    """Counts.

    Hint: count
    """
    r = torch.exp(new - old)
    hit = (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages) & mask
    return float(hit.sum())


def clip_fraction__log_space(new, old, advantages, mask, clip=0.2):
    """Compares logarithms.

    Hint: of_the_logs
    """
    d = new - old
    hit = ((d > clip) & (advantages > 0)) | ((d < -clip) & (advantages < 0))
    return hit[mask].float().mean().item()
