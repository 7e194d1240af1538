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


def mean_pool__zeros_do_not_count(hidden, attention_mask):
    """Divides by how many numbers are not zero.

    Hint: none
    """
    hidden = hidden.masked_fill(~attention_mask[..., None], 0)
    return hidden.sum(dim=1) / (hidden != 0).sum(dim=1)


def mean_pool__zero_vectors_do_not_count(hidden, attention_mask):
    """Takes a vector of zeros for padding.

    Hint: none
    """
    hidden = torch.where(attention_mask[..., None], hidden, 0)
    return hidden.sum(1) / (hidden.abs().sum(-1) > 0).sum(1, keepdim=True)


def mean_pool__infinity_times_zero(hidden, attention_mask):
    """Takes away NaN, and multiplies what is left by the mask.

    Hint: none
    """
    hidden = hidden.masked_fill(hidden.isnan(), 0) * attention_mask[..., None]
    return hidden.sum(1) / attention_mask.sum(1, keepdim=True)
