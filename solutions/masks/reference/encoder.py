"""Section 2.2, "Who may look at whom": reference answers."""

import torch
from torch import Tensor


def encoder_mask(attention_mask: Tensor) -> Tensor:
    """Say who may look at whom in an encoder: everybody at each real token, at no
    padding.

    Padding may look too. What it sees is of no use, but does no harm either: nobody
    looks at it. The second axis is for the heads, which all have the same mask, so that
    its size is 1.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, 1, query, key), booleans; query and key are both the
                        tokens

    >>> encoder_mask(torch.tensor([[True, False]]))
    tensor([[[[ True, False],
              [ True, False]]]])
    """
    batch, tokens = attention_mask.shape
    return attention_mask[:, None, None].expand(batch, 1, tokens, tokens)


def additive_mask(mask: Tensor) -> Tensor:
    """Turn a mask into numbers that are added to the scores: 0 to look, the lowest not
    to.

    The lowest is the lowest finite number that the type `float32` has.

    Shapes:
        mask:    (...), booleans, True for "may look"
        returns: (...), float32

    >>> additive_mask(torch.tensor([True, False]))
    tensor([ 0.0000e+00, -3.4028e+38])
    """
    zeros = torch.zeros_like(mask, dtype=torch.float32)
    return zeros.masked_fill(~mask, torch.finfo(torch.float32).min)
