"""Section 11.9: reference answers."""

import math

from torch import Tensor


def best_of_n(scores: Tensor, n: int) -> Tensor:
    """Choose the best of the first n stories of each beginning, and say which it is.

    If several have the highest score, the first of them is taken.

    Shapes:
        scores:  (beginning, story), with at least n stories
        returns: (beginning,), int64: the numbers of the columns

    >>> best_of_n(torch.tensor([[0.0, 2.0, 1.0, 9.0], [3.0, 3.0, 1.0, 0.0]]), n=3)
    tensor([1, 0])
    """
    return scores[:, :n].argmax(dim=1)


def best_of_n_kl(n: int) -> float:
    """Return how far the best of n stories is from a single one: their KL, in nats.

    It is log n - (n - 1) / n, if no two stories have the same score.

    >>> round(best_of_n_kl(4), 4)
    0.6363
    """
    return math.log(n) - (n - 1) / n
