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


def top_k__by_probability(logits, k):
    """Goes by probabilities, of which many round to zero and are equal.

    Hint: none
    """
    p = logits.softmax(1)
    least = p.topk(min(k, p.shape[1]), 1).values[:, -1:]
    return logits.masked_fill(p < least, -torch.inf)


def top_k__different_values(logits, k):
    """Counts equal logits once.

    Hint: none
    """
    out = []
    for row in logits:
        values = row.unique()
        out.append(row.masked_fill(row < values[-min(k, len(values))], -torch.inf))
    return torch.stack(out)


def top_k__times_a_mask(logits, k):
    """Multiplies by zero, which makes no number of -inf.

    Hint: none
    """
    keep = logits >= logits.topk(min(k, logits.shape[1]), 1).values[:, -1:]
    return logits * keep + torch.where(keep, 0, -torch.inf)
