"""Wrong answers to `top_p` in other words, with the hint due."""

import torch


def top_p__one_too_few(logits, p):
    """Drops the token that reaches p.

    Hint: stops_before
    """
    values, order = logits.sort(dim=-1, descending=True)
    before = values.softmax(-1).cumsum(-1)
    keep = before <= p
    keep[:, 0] = True
    return torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )


def top_p__not_sorted(logits, p):
    """Sums the probabilities in the order of the ids.

    Hint: unsorted
    """
    probs = logits.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return logits.masked_fill(~keep, -torch.inf)


def top_p__not_put_back(logits, p):
    """Leaves the logits in the order of their size.

    Hint: sorted
    """
    values, _ = logits.sort(dim=-1, descending=True)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return torch.where(keep, values, -torch.inf)


def top_p__above_p(logits, p):
    """Keeps every token that is more likely than p.

    Hint: a_threshold
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < p, -torch.inf)


def top_p__least_likely(logits, p):
    """Collects the least likely first.

    Hint: the_unlikely
    """
    values, order = logits.sort(dim=-1)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )


def top_p__first_row_only(logits, p):
    """Treats the first row and leaves the others as they are.

    Hint: none
    """
    values, order = logits[0].sort(descending=True)
    probs = values.softmax(-1)
    drop = probs.cumsum(-1) - probs >= p
    result = logits.clone()
    result[0, order[drop]] = -torch.inf
    return result


def top_p__one_set_for_all(logits, p):
    """Finds the set in the first row and uses it for all.

    Hint: none
    """
    values, order = logits[0].sort(descending=True)
    probs = values.softmax(-1)
    drop = probs.cumsum(-1) - probs >= p
    result = logits.clone()
    result[:, order[drop]] = -torch.inf
    return result


def top_p__normed(logits, p):
    """Returns log probabilities of those that stay.

    Hint: none
    """
    values, order = logits.sort(dim=-1, descending=True)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    kept = torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )
    return kept.log_softmax(-1)


def top_p__rounds_at_one(logits, p):
    """Stops at p = 1 once the sum is 1 by rounding, although unlikely tokens follow.

    Hint: none
    """
    values, order = logits.sort(1, descending=True)
    probs = values.softmax(1)
    drop = probs.cumsum(1) - probs >= p
    return logits.masked_fill(torch.zeros_like(drop).scatter(1, order, drop), -torch.inf)


def top_p__exponentials(logits, p):
    """Works the softmax out by hand, which leaves nothing of large logits.

    Hint: none
    """
    if p >= 1:
        return logits.clone()
    probs = logits.exp() / logits.exp().sum(1, keepdim=True)
    values, order = probs.sort(1, descending=True)
    keep = values.cumsum(1) - values < p
    return logits.masked_fill(~keep.gather(1, order.argsort(1)), -torch.inf)
