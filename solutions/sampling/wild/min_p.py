"""Wrong answers to `min_p` in other words, with the hint due."""

import torch


def min_p__absolute(logits, m):
    """Keeps what is at least m likely.

    Hint: absolute
    """
    probs = torch.softmax(logits, dim=-1)
    return torch.where(probs >= m, logits, -torch.inf)


def min_p__of_the_logits(logits, m):
    """Holds logits against a part of the largest logit.

    Hint: of_the_logits
    """
    return torch.where(logits >= m * logits.amax(-1, keepdim=True), logits, -torch.inf)


def min_p__largest_of_all(logits, m):
    """Takes the most likely token of all rows.

    Hint: one_best_for_all
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < m * probs.max(), -torch.inf)


def min_p__border_excluded(logits, m):
    """Drops what is exactly m times as likely.

    Hint: without_the_border
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(~(probs > m * probs.amax(-1, keepdim=True)), -torch.inf)


def min_p__zeros(logits, m):
    """Sets the others to zero.

    Hint: zeros
    """
    probs = logits.softmax(-1)
    return logits * (probs >= m * probs.amax(-1, keepdim=True))


def min_p__upside_down(logits, m):
    """Keeps the unlikely ones.

    Hint: the_unlikely
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs >= m * probs.amax(-1, keepdim=True), -torch.inf)


def min_p__added(logits, m):
    """Keeps what is at most m below the most likely.

    Hint: none
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < probs.amax(-1, keepdim=True) - m, -torch.inf)


def min_p__probabilities(logits, m):
    """Returns probabilities.

    Hint: none
    """
    probs = logits.softmax(-1)
    return probs.masked_fill(probs < m * probs.amax(-1, keepdim=True), 0.0)


def min_p__exponentials(logits, m):
    """Compares exponentials, which leaves nothing of large logits.

    Hint: none
    """
    e = logits.exp()
    return logits.masked_fill(e < m * e.amax(1, keepdim=True), -torch.inf)
