"""Section 3.2, "Several heads": reference answers."""

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from solutions.decoder.reference.cache import KVCache


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Cut each token's vector into equal slices, one for each head.

    The first head gets the first slice of every token, the second head the second
    slice, and so on. `d_head` is `d_model` divided by `heads`.

    Shapes:
        x:       (batch, token, d_model)
        returns: (batch, heads, token, d_head)

    Raises:
        ValueError: `d_model` cannot be divided by `heads`.

    >>> split_heads(torch.tensor([[[1, 2, 3, 4], [5, 6, 7, 8]]]), heads=2).tolist()
    [[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]
    """
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError(f"heads must divide d_model: got heads={heads}, d_model={d_model}")
    x = x.view(batch, token, heads, d_model // heads)  # (batch, token, heads, d_head)
    return x.transpose(1, 2)  # (batch, heads, token, d_head)


def merge_heads(x: Tensor) -> Tensor:
    """Put the slices of all heads into one vector for each token: undo `split_heads`.

    Shapes:
        x:       (batch, heads, token, d_head)
        returns: (batch, token, heads * d_head)

    >>> merge_heads(torch.tensor([[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]))
    tensor([[[1, 2, 3, 4],
             [5, 6, 7, 8]]])
    """
    return x.transpose(1, 2).flatten(2)  # (batch, token, heads * d_head)


def causal_attention(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Mix the values for each query, by how well it fits the keys up to its own place.

    A score is the dot product of a query and a key, divided by the square root of
    `d_head`. The softmax of the scores of those keys that a query may look at gives the
    weights of their values.

    The queries belong to the *last* tokens. If there are more keys than queries, then
    the first keys are those of earlier tokens, at which every query may look. So the
    last query may look at all keys, and the one before it at all but the last key.

    Source: Vaswani et al. (2017), section 3.2.

    Shapes:
        queries: (..., query, d_head)
        keys:    (..., key, d_head), with key at least query
        values:  (..., key, d_value)
        returns: (..., query, d_value)

    >>> values = torch.tensor([[2.0], [4.0], [9.0]])
    >>> causal_attention(torch.zeros(2, 4), torch.zeros(3, 4), values)  # equal scores
    tensor([[3.],
            [5.]])
    """
    query, key = queries.shape[-2], keys.shape[-2]
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])  # (..., query, key)
    may_look = scores.new_ones(query, key, dtype=torch.bool).tril(key - query)  # (query, key)
    weights = scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1)
    return weights @ values  # (..., query, d_value)


class SelfAttention(nn.Module):
    """Let each token collect from itself and the tokens before it, with several heads.

    Source: Vaswani et al. (2017), section 3.2.2; one layer for all three parts as in
    GPT-2.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        """Return what the tokens of `x` collect.

        `self.qkv` gives three vectors for each token, one behind the other: its query,
        its key and its value, in this order. Each of the three is split into
        `self.heads` heads. Then comes `causal_attention`; the heads are merged; and
        `self.out` has the last word.

        If there is a `cache`, tokens came before those of `x`. Then `cache.extend(keys,
        values)` is called once, with the keys and values of `x`, split into heads:
        (batch, heads, token, d_head). It returns the keys and values of all tokens so
        far, and attention is to work on these.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        parts = self.qkv(x).chunk(3, dim=-1)  # three of (batch, token, d_model)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))
