"""Section 2.4, "Not looking ahead": reference answers."""

import torch
from torch import Tensor

from solutions.masks.reference.encoder import encoder_mask


def causal_mask(tokens: int, past: int = 0) -> Tensor:
    """Say who may look at whom in a decoder: each token at itself and at all before it.

    `past` tokens come before these `tokens`. They are keys and no queries, and every
    query may look at them.

    Shapes:
        returns: (query, key), booleans; there are `tokens` queries and `past + tokens`
                 keys

    >>> causal_mask(2)
    tensor([[ True, False],
            [ True,  True]])
    >>> causal_mask(2, past=1)
    tensor([[ True,  True, False],
            [ True,  True,  True]])
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past)


def decoder_mask(attention_mask: Tensor) -> Tensor:
    """Say who may look at whom in a padded decoder: at itself and before, but at no
    padding.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding, on either side
        returns:        (batch, 1, query, key), booleans; the second axis is for the
                        heads

    >>> decoder_mask(torch.tensor([[False, True, True]]))
    tensor([[[[False, False, False],
              [False,  True, False],
              [False,  True,  True]]]])
    """
    return encoder_mask(attention_mask).tril()


def position_ids(attention_mask: Tensor) -> Tensor:
    """Number the real tokens of each row 0, 1, 2, ..., wherever the padding stands.

    Padding takes no number away from a token; it gets number 0 itself, which nobody
    will use.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, token), whole numbers (int64)

    >>> position_ids(torch.tensor([[False, False, True, True, True]]))
    tensor([[0, 0, 0, 1, 2]])
    """
    positions = attention_mask.cumsum(dim=1) - 1
    return positions.masked_fill(~attention_mask, 0)
