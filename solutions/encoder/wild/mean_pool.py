"""Wrong answers to `mean_pool` in other words, with the hint due."""

import torch


def mean_pool__all_places(hidden, attention_mask):
    """Takes the mean of all.

    Hint: over_padding
    """
    return hidden.sum(dim=1) / hidden.size(1)


def mean_pool__length_of_the_batch(hidden, attention_mask):
    """Divides by the longest.

    Hint: divided_by_all
    """
    kept = torch.where(attention_mask[:, :, None], hidden, 0.0)
    return kept.mean(dim=1)


def mean_pool__first_token(hidden, attention_mask):
    """Takes [CLS].

    Hint: cls
    """
    return hidden[:, 0, :]


def mean_pool__weighted(hidden, attention_mask):
    """Multiplies by the mask.

    Hint: times_the_mask
    """
    weights = attention_mask.float()[:, :, None]
    return (weights * hidden).sum(1) / weights.sum(1)


def mean_pool__not_divided(hidden, attention_mask):
    """Only adds up.

    Hint: sum
    """
    return torch.stack([row[mask].sum(0) for row, mask in zip(hidden, attention_mask)])
