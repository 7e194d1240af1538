"""Wrong answers to `top_k` in other words, with the hint due."""

import torch


def top_k__exactly_k(logits, k):
    """Keeps exactly k, whatever is equal.

    Hint: exactly_k
    """
    k = min(k, logits.shape[-1])
    best = logits.topk(k, dim=-1)
    return torch.full_like(logits, -torch.inf).scatter(-1, best.indices, best.values)


def top_k__too_many_refused(logits, k):
    """Asks for more than there are.

    Hint: more_than_there_are
    """
    border = logits.topk(k, dim=-1).values[:, -1:]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__border_dropped(logits, k):
    """Drops what is as large as the k-th.

    Hint: one_too_few
    """
    k = min(k, logits.shape[-1])
    border = logits.sort(dim=-1, descending=True).values[:, k - 1 : k]
    return torch.where(logits > border, logits, -torch.inf)


def top_k__zeros(logits, k):
    """Sets the others to zero.

    Hint: zeros
    """
    border = torch.sort(logits, -1)[0][:, -min(k, logits.size(-1))].unsqueeze(-1)
    return torch.where(logits >= border, logits, 0.0)


def top_k__smallest(logits, k):
    """Keeps the smallest.

    Hint: the_smallest
    """
    k = min(k, logits.shape[-1])
    border = logits.topk(k, largest=False).values[:, -1:]
    return logits.masked_fill(logits > border, -torch.inf)


def top_k__first_border_for_all(logits, k):
    """Holds all rows against the border of the first.

    Hint: one_border_for_all
    """
    k = min(k, logits.shape[-1])
    border = logits[0].topk(k).values[-1]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__values_only(logits, k):
    """Returns the k values.

    Hint: only_the_values
    """
    return logits.topk(min(k, logits.shape[-1])).values


def top_k__over_the_whole(logits, k):
    """Keeps the largest of the whole tensor.

    Hint: of_the_whole_tensor
    """
    flat = logits.flatten()
    border = flat.topk(min(k, len(flat))).values[-1]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__in_place(logits, k):
    """Writes into the logits.

    Hint: none
    """
    border = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    logits[logits < border] = -torch.inf
    return logits
