"""Wrong answers to `SelfAttention` in other words, with the hint due."""

from solutions.decoder.reference import (
    causal_attention,
    merge_heads,
    split_heads,
)
from torch import nn


class SelfAttention__keys_before_queries(nn.Module):
    """Takes the three parts in another order.

    Hint: another_order
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        k, q, v = (split_heads(part, self.heads) for part in self.qkv(x).chunk(3, dim=-1))
        if cache is not None:
            k, v = cache.extend(k, v)
        return self.out(merge_heads(causal_attention(q, k, v)))


class SelfAttention__no_last_word(nn.Module):
    """Forgets the output layer.

    Hint: no_last_layer
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        parts = self.qkv(x).tensor_split(3, -1)
        queries, keys, values = [split_heads(p, self.heads) for p in parts]
        if cache:
            keys, values = cache.extend(keys, values)
        y = causal_attention(queries, keys, values)
        return merge_heads(y)


class SelfAttention__cache_forgotten(nn.Module):
    """Never touches the cache.

    Hint: cache_ignored
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        d = x.shape[-1]
        y = self.qkv(x)
        q, k, v = (split_heads(y[..., i * d : (i + 1) * d], self.heads) for i in (0, 1, 2))
        return self.out(merge_heads(causal_attention(q, k, v)))


class SelfAttention__cache_filled_but_unread(nn.Module):
    """Extends the cache and goes on with the new keys alone.

    Hint: cache_is_only_filled
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = split_heads(q, self.heads), split_heads(k, self.heads), split_heads(v, self.heads)
        if cache is not None:
            cache.extend(k, v)
        return self.out(merge_heads(causal_attention(q, k, v)))


class SelfAttention__one_head(nn.Module):
    """Does not split into heads.

    Hint: one_head
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        q, k, v = self.qkv(x).split(x.shape[-1], dim=-1)
        if cache is not None:
            k, v = cache.extend(k.unsqueeze(1), v.unsqueeze(1))
            k, v = k.squeeze(1), v.squeeze(1)
        return self.out(causal_attention(q, k, v))


class SelfAttention__not_merged(nn.Module):
    """Flattens the heads without turning them back.

    Hint: merged_by_a_view
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        q, k, v = (split_heads(p, self.heads) for p in self.qkv(x).chunk(3, -1))
        if cache is not None:
            k, v = cache.extend(k, v)
        return self.out(causal_attention(q, k, v).reshape(x.shape))


class SelfAttention__extended_twice(nn.Module):
    """Calls the cache once for the keys and once for the values.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        q, k, v = (split_heads(p, self.heads) for p in self.qkv(x).chunk(3, -1))
        if cache is not None:
            k, v = cache.extend(k, v)[0], cache.extend(k, v)[1]
        return self.out(merge_heads(causal_attention(q, k, v)))


class SelfAttention__drops_out(nn.Module):
    """Adds dropout, for which nobody asked.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        q, k, v = (split_heads(part, self.heads) for part in self.qkv(x).chunk(3, -1))
        if cache is not None:
            k, v = cache.extend(k, v)
        mixed = merge_heads(causal_attention(q, k, v))
        return self.out(nn.functional.dropout(mixed, 0.1, self.training))
