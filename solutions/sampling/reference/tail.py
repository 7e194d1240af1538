"""Section 6.3, "Cut the tail": reference answers."""

import torch
from torch import Tensor

from solutions.sampling.reference.draw import temperature


def top_k(logits: Tensor, k: int) -> Tensor:
    """Keep the `k` largest logits of each row, and set the others to -inf.

    A logit that is as large as the k-th largest stays too. If the row has no more than
    `k` tokens, all stay. `k` is at least 1.

    Source: Fan, Lewis and Dauphin (2018).

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> top_k(torch.tensor([[0.1, 2.0, 0.7, 1.0]]), k=2)
    tensor([[-inf, 2., -inf, 1.]])
    """
    least = logits.topk(min(k, logits.shape[1])).values[:, -1:]  # (row, 1)
    return logits.masked_fill(logits < least, -torch.inf)


def top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the fewest most likely tokens that have at least probability `p` together.

    The logits of all others become -inf, and those that stay keep their values. Each
    row has a set of its own, and at least one token stays. At p = 1 every token stays
    that has a probability above zero. `p` is above 0 and at most 1. No two tokens are
    equally likely.

    Source: Holtzman et al. (2020), section 3.1, who call this set the nucleus.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.2, 0.5, 0.05, 0.25]])
    >>> top_p(probabilities.log(), p=0.7).exp()
    tensor([[0.0000, 0.5000, 0.0000, 0.2500]])
    """
    ordered, order = logits.softmax(dim=1).sort()  # (row, token), the least likely first
    tail = ordered.cumsum(dim=1) <= 1 - p  # what can go without taking more than 1 - p along
    tail[:, -1] = False
    return logits.masked_fill(tail.scatter(1, order, tail), -torch.inf)


def min_p(logits: Tensor, m: float) -> Tensor:
    """Keep each token that is at least `m` times as likely as the best of its row.

    The logits of all others become -inf, and those that stay keep their values. `m` is
    between 0 and 1.

    Source: Nguyen et al. (2025).

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.6, 0.25, 0.1, 0.05]])
    >>> min_p(probabilities.log(), m=0.2).exp()
    tensor([[0.6000, 0.2500, 0.0000, 0.0000]])
    """
    probabilities = logits.softmax(dim=1)
    least = m * probabilities.amax(dim=1, keepdim=True)  # (row, 1)
    return logits.masked_fill(probabilities < least, -torch.inf)


def warp(
    logits: Tensor,
    T: float = 1.0,
    k: int | None = None,
    p: float | None = None,
    m: float | None = None,
) -> Tensor:
    """Change the logits by temperature, top-k, top-p and min-p, in this order.

    Each step works on what the step before has left. A step whose number is None is
    left out. Use what you have written above.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.4, 0.3, 0.2, 0.1]])
    >>> warp(probabilities.log(), k=3, p=0.7).exp()
    tensor([[0.4000, 0.3000, 0.0000, 0.0000]])
    """
    logits = temperature(logits, T)
    logits = logits if k is None else top_k(logits, k)
    logits = logits if p is None else top_p(logits, p)
    return logits if m is None else min_p(logits, m)
