"""Section 2.3, "Attention behind a mask": reference answers."""

import math

import torch
from torch import Tensor


def masked_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    """Turn scores into weights, where what is hidden gets none.

    Where `mask` is False, the weight is 0. The others are the softmax of their scores
    along the last axis, as if the hidden ones were not there, and sum to 1. Where a
    whole row is hidden, all its weights are 0. What a hidden score is makes no
    difference, be it huge or infinite. You may use `torch.softmax`.

    Shapes:
        scores:  (..., query, key)
        mask:    booleans, True for "may look"; broadcasts to (..., query, key)
        returns: (..., query, key)

    >>> scores = torch.tensor([[1.0, 1.0, 9.0]])
    >>> masked_softmax(scores, torch.tensor([[True, True, False]]))
    tensor([[0.5000, 0.5000, 0.0000]])
    """
    hidden = ~mask
    weights = torch.softmax(scores.masked_fill(hidden, -torch.inf), dim=-1)
    return weights.masked_fill(hidden, 0.0)  # a row with nothing to see is NaN before


def attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Mix the values for each query, by how well it fits the keys that it may look at.

    A score is the dot product of a query and a key, divided by the square root of
    `d_head`. `masked_softmax` makes weights of the scores, and the answer for a query
    is the sum of the values, each times its weight. A query that may look at nothing
    gets zeros.

    Source: Vaswani et al. (2017), section 3.2.1.

    Shapes:
        queries: (..., query, d_head)
        keys:    (..., key, d_head)
        values:  (..., key, d_value)
        mask:    booleans, True for "may look"; broadcasts to (..., query, key)
        returns: (..., query, d_value)

    >>> one, two = torch.ones(1, 4), torch.tensor([[3.0], [5.0]])
    >>> attention(one, torch.ones(2, 4), two, torch.tensor([[True, True]]))
    tensor([[4.]])
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])  # (..., query, key)
    return masked_softmax(scores, mask) @ values  # (..., query, d_value)
