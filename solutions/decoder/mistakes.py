"""Known wrong answers to notebook 03. Each docstring is the hint that its answer earns."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from solutions.decoder.reference import (
    MLP,
    Block,
    DecoderLM,
    KVCache,
    SelfAttention,
    causal_attention,
    embed,
    merge_heads,
    split_heads,
)


def embed__no_positions(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """The same token has the same vector everywhere with you. How would a model know where it
    stands?"""
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    return tokens[ids]


def embed__positions_begin_anew(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """The ids come after `past` others. At which position does the first of them stand?"""
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    return tokens[ids] + positions[: ids.shape[1]]


def embed__positions_from_one(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """Which position does the very first token of a text have?"""
    end = past + ids.shape[1]
    if end > len(positions):
        raise ValueError("too long")
    return tokens[ids] + torch.cat([positions, positions[:1]])[past + 1 : end + 1]


def embed__no_room_for_the_last_position(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """There are as many positions as `positions` has rows. May the last of them be used?"""
    end = past + ids.shape[1]
    if end >= len(positions):
        raise ValueError("too long")
    return tokens[ids] + positions[past:end]


def embed__past_does_not_count(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """How far does the text reach? Count the tokens that came before, too."""
    if ids.shape[1] > len(positions):
        raise ValueError("too long")
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


def embed__the_last_position_again(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """Behind the last position you use its vector again and again. What does the task ask for
    there?"""
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


def embed__side_by_side(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """How many numbers has each of your vectors? The two are to be added, not put side by side."""
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    where = positions[past : past + ids.shape[1]].expand(*ids.shape, -1)
    return torch.cat([tokens[ids], where], dim=-1)


def embed__scaled(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """The vectors of the tokens are too long. Some models multiply them by the square root of
    d_model; GPT-2 does not."""
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    return math.sqrt(tokens.shape[1]) * tokens[ids] + positions[past : past + ids.shape[1]]


def embed__mean(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """Your vectors are half as long as they should be. Add the two, and leave it at that."""
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    return (tokens[ids] + positions[past : past + ids.shape[1]]) / 2


def split_heads__view_alone(x: Tensor, heads: int) -> Tensor:
    """The shape is right, but whose numbers are in it? A view keeps the numbers in their order:
    say which axes it makes, and then swap."""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, heads, token, d_model // heads)


def split_heads__heads_behind_tokens(x: Tensor, heads: int) -> Tensor:
    """Look at the order of your axes. Which comes second?"""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, token, heads, d_model // heads)


def split_heads__in_turns(x: Tensor, heads: int) -> Tensor:
    """A head gets neighbouring numbers: the first slice. Yours get every so many."""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, token, d_model // heads, heads).permute(0, 3, 1, 2)


def split_heads__features_before_tokens(x: Tensor, heads: int) -> Tensor:
    """Look at the last two axes of your answer. Which of them should be the tokens?"""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, token, heads, d_model // heads).permute(0, 2, 3, 1)


def split_heads__number_and_size_swapped(x: Tensor, heads: int) -> Tensor:
    """Which of the two is `heads`: how many there are, or how many numbers each has?"""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, token, d_model // heads, heads).transpose(1, 2)


def split_heads__drops_the_rest(x: Tensor, heads: int) -> Tensor:
    """What becomes of the last features when `heads` does not divide their number?"""
    batch, token, d_model = x.shape
    d_head = d_model // heads
    return x[..., : heads * d_head].reshape(batch, token, heads, d_head).transpose(1, 2)


def split_heads__another_error(x: Tensor, heads: int) -> Tensor:
    """You notice that the heads do not fit. Which exception does the task ask for?"""
    batch, token, d_model = x.shape
    assert d_model % heads == 0
    return x.reshape(batch, token, heads, d_model // heads).transpose(1, 2)


def split_heads__last_slice_first(x: Tensor, heads: int) -> Tensor:
    """Which slice does the first head get? Yours are in reverse order."""
    batch, token, d_model = x.shape
    if d_model % heads:
        raise ValueError("heads")
    return x.reshape(batch, token, heads, d_model // heads).transpose(1, 2).flip(1)


def merge_heads__no_way_back(x: Tensor) -> Tensor:
    """The shape is right, but the slices of one token do not stand together. Which axis must come
    last but one before you flatten?"""
    batch, heads, token, d_head = x.shape
    return x.reshape(batch, token, heads * d_head)


def merge_heads__in_turns(x: Tensor) -> Tensor:
    """The numbers of the heads come in turns. Each head's slice should stand together."""
    return x.permute(0, 2, 3, 1).flatten(2)


def merge_heads__sum(x: Tensor) -> Tensor:
    """You add the heads up. Each of them has something of its own to say: put them side by side."""
    return x.sum(dim=1)


def merge_heads__mean(x: Tensor) -> Tensor:
    """You take the mean over the heads. Put them side by side."""
    return x.mean(dim=1)


def merge_heads__first_head_only(x: Tensor) -> Tensor:
    """What has become of the other heads?"""
    return x[:, 0]


def merge_heads__still_four_axes(x: Tensor) -> Tensor:
    """How many axes does your answer have? The last two should be one."""
    return x.transpose(1, 2)


def merge_heads__tokens_merged(x: Tensor) -> Tensor:
    """You merge the tokens with the heads. Which two axes belong together?"""
    return x.flatten(1, 2)


def merge_heads__last_head_first(x: Tensor) -> Tensor:
    """In which order do the heads stand in your vectors?"""
    return x.flip(1).transpose(1, 2).flatten(2)


def causal_attention__unscaled(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """How large do scores get when d_head grows? Look at the factor before the softmax."""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ values


def causal_attention__divided_by_d_head(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """By what do you divide the scores: by d_head, or by its square root?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / queries.shape[-1]
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ values


def causal_attention__divided_by_the_number_of_keys(
    queries: Tensor, keys: Tensor, values: Tensor
) -> Tensor:
    """Which size stands under the square root: the number of keys, or the length of one?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(keys.shape[-2])
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ values


def causal_attention__sees_the_future(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """What may the first query look at? Yours look at everything."""
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.softmax(dim=-1) @ values


def causal_attention__sees_one_ahead(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Your mask is off by one: each query can see the key after its own place."""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query + 1).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ values


def causal_attention__not_itself(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Your mask is off by one: may a token look at itself?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query - 1).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~may_look, -1e9).softmax(dim=-1) @ values


def causal_attention__upper_left(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """The queries belong to the last tokens, but your triangle begins at the first key.
    `is_causal=True` of PyTorch does the same. Draw the mask of two queries and five keys."""
    return nn.functional.scaled_dot_product_attention(queries, keys, values, is_causal=True)


def causal_attention__looks_forward(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Each query looks at itself and at what comes after it. Which way should it look?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).triu(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ values


def causal_attention__softmax_over_queries(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Along which axis do your weights sum to one? They should for each query."""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~may_look, -1e9).softmax(dim=-2) @ values


def causal_attention__hidden_scores_are_zero(
    queries: Tensor, keys: Tensor, values: Tensor
) -> Tensor:
    """You set the scores of hidden keys to 0. What does softmax make of a score of 0?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return (scores * may_look).softmax(dim=-1) @ values


def causal_attention__masked_after_the_softmax(
    queries: Tensor, keys: Tensor, values: Tensor
) -> Tensor:
    """You hide the keys after the softmax. Do the weights that are left sum to one?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return (scores.softmax(dim=-1) * may_look) @ values


def causal_attention__keys_for_values(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """What do you mix: the keys or the values?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1) @ keys


def causal_attention__no_softmax(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Your weights are the scores themselves. What makes them positive, with the sum 1?"""
    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key).tril(key - query).bool()
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
    return (scores * may_look) @ values


class SelfAttention__another_order(nn.Module):
    """In which order do query, key and value stand in the answer of `self.qkv`?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        keys, queries, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__heads_first(nn.Module):
    """You split into heads first, and each head into its three parts. The weights have it the
    other way round: three parts, and each of them into heads."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = split_heads(self.qkv(x), self.heads)
        queries, keys, values = parts.chunk(3, dim=-1)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__no_last_layer(nn.Module):
    """Which layer has the last word? Yours leaves it out."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return merge_heads(causal_attention(queries, keys, values))


class SelfAttention__cache_ignored(nn.Module):
    """There is a cache in some cases. Your tokens look at each other only, as if nothing had come
    before."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__cache_is_only_filled(nn.Module):
    """You hand keys and values to the cache. What do you do with what comes back?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            cache.extend(keys=keys, values=values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__only_an_old_cache(nn.Module):
    """Must the cache be told of the very first tokens as well? Yours gets nothing as long as it is
    empty."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None and cache.length > 0:
            keys, values = cache.extend(keys, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__cache_gets_whole_vectors(nn.Module):
    """What the cache is handed should be split into heads already: look at the shapes."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = parts
        if cache is not None:
            keys, values = cache.extend(keys, values)
        queries = split_heads(queries, self.heads)
        if cache is None:
            keys, values = split_heads(keys, self.heads), split_heads(values, self.heads)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__cache_gets_queries(nn.Module):
    """What does the cache keep: queries, or keys? An old query is never used again."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(queries, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__values_handed_over_first(nn.Module):
    """`extend` takes the keys first, and then the values."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(values, keys)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__one_head(nn.Module):
    """You use one head, however many there are. Where do you split?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        queries, keys, values = (part.unsqueeze(1) for part in self.qkv(x).chunk(3, dim=-1))
        if cache is not None:
            keys, values = cache.extend(
                split_heads(keys[:, 0], self.heads), split_heads(values[:, 0], self.heads)
            )
            queries = split_heads(queries[:, 0], self.heads)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class SelfAttention__merged_by_a_view(nn.Module):
    """The heads have to be merged by `merge_heads`: to force them into the shape of `x` mixes
    tokens up."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return self.out(causal_attention(queries, keys, values).reshape(x.shape))


class SelfAttention__adds_x(nn.Module):
    """You add `x` to the answer. That is a good idea, but the block's task, not this layer's."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        parts = self.qkv(x).chunk(3, dim=-1)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return x + self.out(merge_heads(causal_attention(queries, keys, values)))


class MLP__relu(nn.Module):
    """Your function bends at zero, and sharply. Which one does GPT-2 use?"""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(nn.functional.relu(self.up(x)))


class MLP__exact_gelu(nn.Module):
    """You are very close: there are two kinds of GELU, and yours is the exact one. GPT-2 uses the
    one with a hyperbolic tangent."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(nn.functional.gelu(self.up(x)))


class MLP__no_bend(nn.Module):
    """Nothing bends in your MLP. Two linear layers in a row can do no more than one."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(self.up(x))


class MLP__bend_at_the_end(nn.Module):
    """Where does the GELU belong: after the way up, or after the way down?"""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.gelu(self.down(self.up(x)), approximate="tanh")


class MLP__bends_twice(nn.Module):
    """How often does it bend? Nothing comes after the way down."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.gelu(
            self.down(nn.functional.gelu(self.up(x), approximate="tanh")), approximate="tanh"
        )


class MLP__silu(nn.Module):
    """You multiply by a sigmoid. That is the SiLU, which later models use; GPT-2 uses another
    one."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(nn.functional.silu(self.up(x)))


class MLP__tanh(nn.Module):
    """You use the hyperbolic tangent itself. It is only a part of the GELU."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(torch.tanh(self.up(x)))


class MLP__adds_x(nn.Module):
    """You add `x` to the answer. That is the block's task, not the MLP's."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.down(nn.functional.gelu(self.up(x), approximate="tanh"))


class MLP__four_times_as_many(nn.Module):
    """How many numbers has each of your vectors? There is a way back down."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.gelu(self.up(x), approximate="tanh")


class Block__post_norm(nn.Module):
    """You norm after adding: that is post-norm. GPT-2 norms before attention and before the MLP,
    so that there is a way on which `x` passes unchanged."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = self.norm_1(x + self.attention(x, cache))
        return self.norm_2(x + self.mlp(x))


class Block__adds_to_what_is_normed(nn.Module):
    """What is it that you add to? On its way around attention, `x` should not be normed."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = self.norm_1(x)
        x = x + self.attention(x, cache)
        x = self.norm_2(x)
        return x + self.mlp(x)


class Block__no_bypass_around_attention(nn.Module):
    """What attention says takes the place of `x`. It should be added to it."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_2(x))


class Block__no_bypass_around_the_mlp(nn.Module):
    """What the MLP says takes the place of the sum. It should be added to it."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = x + self.attention(self.norm_1(x), cache)
        return self.mlp(self.norm_2(x))


class Block__no_bypass(nn.Module):
    """Where is the way around attention and around the MLP? What each of them says is to be added
    to what came in."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = self.attention(self.norm_1(x), cache)
        return self.mlp(self.norm_2(x))


class Block__no_norms(nn.Module):
    """What are the two norms for? Yours have nothing to do."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = x + self.attention(x, cache)
        return x + self.mlp(x)


class Block__norms_swapped(nn.Module):
    """Which norm stands before attention, and which before the MLP?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = x + self.attention(self.norm_2(x), cache)
        return x + self.mlp(self.norm_1(x))


class Block__side_by_side(nn.Module):
    """Your MLP does not hear what attention has found. It reads the sum, not what came in."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        return x + self.attention(self.norm_1(x), cache) + self.mlp(self.norm_2(x))


class Block__cache_left_behind(nn.Module):
    """Attention never hears of the cache."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = x + self.attention(self.norm_1(x))
        return x + self.mlp(self.norm_2(x))


class Block__mlp_first(nn.Module):
    """Which of the two comes first?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        x = x + self.mlp(self.norm_2(x))
        return x + self.attention(self.norm_1(x), cache)


class Block__no_mlp(nn.Module):
    """Half of the block is missing: what comes after attention?"""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        return x + self.attention(self.norm_1(x), cache)


class DecoderLM__positions_restart(nn.Module):
    """With caches the positions begin at 0 again with you. How many tokens came before?"""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        x = embed(ids, self.tokens.weight, self.positions.weight)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__no_last_norm(nn.Module):
    """What stands between the last block and the head?"""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return x @ self.tokens.weight.T


class DecoderLM__head_of_its_own(nn.Module):
    """Your model has a head with weights of its own, for which there are none to load. The table
    of the input is to be the head, too: that is what tied means."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well
        self.head = nn.Linear(d_model, vocab, bias=False)

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return self.head(self.norm(x))


class DecoderLM__first_block_only(nn.Module):
    """How many blocks does `x` go through?"""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        x = self.blocks[0](x, caches[0] if caches else None)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__one_block_again_and_again(nn.Module):
    """You use the same block each time. Each layer has one of its own."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number in range(len(self.blocks)):
            x = self.blocks[0](x, caches[number] if caches else None)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__blocks_in_reverse(nn.Module):
    """In which order do the blocks come?"""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number in reversed(range(len(self.blocks))):
            x = self.blocks[number](x, caches[number] if caches else None)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__one_cache_for_all(nn.Module):
    """All your blocks share the first cache. Each has one of its own."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block in self.blocks:
            x = block(x, caches[0] if caches else None)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__caches_left_behind(nn.Module):
    """Your blocks never hear of their caches."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block in self.blocks:
            x = block(x)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__probabilities(nn.Module):
    """You return probabilities. Logits are what comes before the softmax."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return (self.norm(x) @ self.tokens.weight.T).softmax(dim=-1)


class DecoderLM__last_position_only(nn.Module):
    """For how many positions do you return logits? Each of them predicts its next token."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return self.norm(x)[:, -1] @ self.tokens.weight.T


class DecoderLM__normed_at_the_beginning(nn.Module):
    """The norm of the model stands after the blocks, not before them."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        x = self.norm(x)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return x @ self.tokens.weight.T


class DecoderLM__head_hears_only_changes(nn.Module):
    """You hold the vectors of the positions against the logits: nothing of the kind is asked for.
    What goes into the head is the norm of `x`, and nothing else."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return (
            self.norm(x - embed(ids, self.tokens.weight, self.positions.weight, past))
            @ self.tokens.weight.T
        )


def convert_weights__nothing_turned(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """The names are right. But a weight of a `Conv1D` is written the other way round. Mind the
    square ones: there no shape gives you away."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            converted[f"{names[module]}.{kind}"] = weight
    return converted


def convert_weights__all_tables_turned(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """You transpose every weight with two axes. Are embeddings `Conv1D`s?"""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            converted[f"{names[module]}.{kind}"] = (
                weight.T if weight.ndim == 2 and kind == "weight" else weight
            )
    return converted


def convert_weights__square_ones_left(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """Square weights of a `Conv1D` are to be transposed as well, though their shape stays the
    same."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            last = module.rpartition(".")[2]
            turned = (
                kind == "weight" and last.startswith("c_") and weight.shape[0] != weight.shape[1]
            )
            converted[f"{names[module]}.{kind}"] = weight.T if turned else weight
    return converted


def convert_weights__reshaped(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """You give the weights the right shape, but by a view: the numbers do not move to their
    places. Transpose them."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
            converted[f"{names[module]}.{kind}"] = (
                weight.reshape(weight.shape[::-1]) if turned else weight
            )
    return converted


def convert_weights__c_anywhere(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """You look for "c_" anywhere in the name. Only the last part of a module's name says that it
    is a `Conv1D`."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            converted[f"{names[module]}.{kind}"] = (
                weight.T if kind == "weight" and "c_" in name else weight
            )
    return converted


def convert_weights__biases_turned_too(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """Which of the tensors of a `Conv1D` has two axes that are swapped? A bias stays as it is."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = weight.ndim == 2 and module.rpartition(".")[2].startswith("c_")
            converted[f"{names[module]}.{kind}"] = weight.T if turned else weight
    return converted


def convert_weights__keeps_what_has_no_name(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """What is to become of weights whose module has no name with us?"""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
        converted[f"{names.get(module, module)}.{kind}"] = weight.T if turned else weight
    return converted


def convert_weights__names_of_modules(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """Look at the names in your answer. A module has a weight and a bias: what tells them apart?"""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
            converted[names[module]] = weight.T if turned else weight
    return converted


def convert_weights__old_names(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """The weights are right, but they still have their old names."""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
            converted[name] = weight.T if turned else weight
    return converted


@torch.no_grad()
def generate__guess_of_the_first_position(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """At which position does the guess about the next token stand? You take the first."""
    for _ in range(max_new):
        chosen = choose(model(ids)[:, 0])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate__reads_the_last_token_only(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """The model reads only the last token in each round. What does it know of the others?"""
    for _ in range(max_new):
        chosen = choose(model(ids[:, -1:])[:, -1])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate__one_too_many(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """How many tokens are new? You go round once too often."""
    for _ in range(max_new + 1):
        chosen = choose(model(ids)[:, -1])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate__new_ones_only(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """You return the new ids. The old ones belong to the answer, too."""
    start = ids.shape[1]
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids[:, start:]


@torch.no_grad()
def generate__forgets_the_beginning(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """Your text stays as long as it was: each new token pushes the first one out."""
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])
        ids = torch.cat([ids[:, 1:], chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate__all_from_one_reading(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """The model reads once, and you take all tokens from the same guess. After each token it has
    to read again."""
    chosen = choose(model(ids)[:, -1]).unsqueeze(1)
    return torch.cat([ids, chosen.expand(-1, max_new)], dim=1)


@torch.no_grad()
def generate__at_the_front(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """On which side of the text do your new tokens come?"""
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])
        ids = torch.cat([chosen.unsqueeze(1), ids], dim=1)
    return ids


@torch.no_grad()
def generate__always_the_likeliest(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """You take the likeliest token yourself. It is `choose` that has to say."""
    for _ in range(max_new):
        chosen = model(ids)[:, -1].argmax(dim=-1)
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate__every_position_chooses(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """You let every position choose. New is only the token after the last one."""
    for _ in range(max_new):
        chosen = choose(model(ids))
        ids = torch.cat([ids[:, :1], chosen], dim=1)
    return ids


def next_token_loss__not_shifted(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """Which id do the logits at a position predict: the one that stands there, or the next?"""
    counts = torch.ones_like(ids).bool() if real is None else real
    return nn.functional.cross_entropy(logits[counts], ids[counts])


def next_token_loss__shifted_the_wrong_way(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Your positions predict the id before them. That one has been read already."""
    counts = torch.ones_like(ids[:, 1:]).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, 1:][counts], ids[:, :-1][counts])


def next_token_loss__shifted_twice(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Your positions predict the id after the next. How far is the shift? (If a library shifts
    labels itself, do not shift them before.)"""
    if ids.shape[1] < 3:
        return logits.sum() * 0.0
    counts = torch.ones_like(ids[:, 2:]).bool() if real is None else real[:, 2:]
    return nn.functional.cross_entropy(logits[:, :-2][counts], ids[:, 2:][counts])


def next_token_loss__sum(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """You add up the surprisals. What does the task ask for?"""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts], reduction="sum")


def next_token_loss__padding_counts(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Is padding predicted? In some cases `real` says which ids are no padding."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), predicted.flatten())


def next_token_loss__asks_the_guesser(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """Is it the id that is predicted that must be real, or the one that predicts? The last real id
    of a row predicts padding."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, :-1]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts])


def next_token_loss__mean_of_rows(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """You take the mean of each row, and then of these. Does a token of a short row count as much
    as one of a long row?"""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    rows = zip(logits[:, :-1], predicted, counts)
    losses = [nn.functional.cross_entropy(one[here], row[here]) for one, row, here in rows]
    return torch.stack(losses).mean()


def next_token_loss__last_position_only(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """You hold one prediction a row against the text. Training uses all of them at once."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    last = counts.sum(dim=1) - 1
    rows = torch.arange(len(ids))
    return nn.functional.cross_entropy(logits[rows, last], predicted[rows, last])


def next_token_loss__bits(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """Your unit is the bit. Which logarithm does the task ask for?"""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts]) / math.log(2)


def next_token_loss__sign(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """Which sign has a surprisal? A loss is to get smaller."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return -nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts])


def next_token_loss__a_number(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """The value is right, but it is no tensor any more: nobody can take its gradient."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts]).item()


def next_token_loss__softmax_twice(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    """You hand probabilities to a function that takes logits: softmax comes twice."""
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted).bool() if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits.softmax(dim=-1)[:, :-1][counts], predicted[counts])


def perplexity__of_the_sum(losses: list[float], counts: list[int]) -> float:
    """You raise e to the sum of all surprisals. It is the mean that counts."""
    if len(losses) != len(counts):
        raise ValueError("counts")
    nats = sum(loss * count for loss, count in zip(losses, counts))
    return math.exp(nats) if nats < 700 else math.inf


def perplexity__batches_count_the_same(losses: list[float], counts: list[int]) -> float:
    """A small batch counts as much as a large one with you. Each token should count the same."""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return math.exp(sum(losses) / len(losses))


def perplexity__mean_of_perplexities(losses: list[float], counts: list[int]) -> float:
    """You take the mean of perplexities. Which comes first, the mean or the exponential?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return sum(math.exp(loss) * count for loss, count in zip(losses, counts)) / sum(counts)


def perplexity__plain_mean_of_perplexities(losses: list[float], counts: list[int]) -> float:
    """You take the mean of the batches' perplexities, and each batch counts the same. Think of
    tokens: whose mean is asked for, and when does the exponential come?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return sum(map(math.exp, losses)) / len(losses)


def perplexity__no_exponential(losses: list[float], counts: list[int]) -> float:
    """You return the mean surprisal, in nats. What makes a perplexity of it?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return sum(loss * count for loss, count in zip(losses, counts)) / sum(counts)


def perplexity__two_to_the_power(losses: list[float], counts: list[int]) -> float:
    """The losses are in nats. Which number is to be raised to their power?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return 2 ** (sum(loss * count for loss, count in zip(losses, counts)) / sum(counts))


def perplexity__one_over(losses: list[float], counts: list[int]) -> float:
    """Your perplexity is below one: that is the mean probability. What is one over it?"""
    if len(losses) != len(counts):
        raise ValueError("counts")
    return math.exp(-sum(loss * count for loss, count in zip(losses, counts)) / sum(counts))


def perplexity__zip_stops_early(losses: list[float], counts: list[int]) -> float:
    """Where a count is missing, `zip` stops without a word. What does the task ask for?"""
    nats = sum(loss * count for loss, count in zip(losses, counts))
    return math.exp(nats / sum(counts))


class KVCache__overwrites:
    """What becomes of the tokens that were kept before? Yours are overwritten."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        self.keys, self.values = keys, values
        return keys, values


class KVCache__returns_the_new_ones:
    """It keeps everything, but what does it give back?"""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        new = keys, values
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return new


class KVCache__returns_the_old_ones:
    """What you give back should have the new tokens, too."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is None:
            self.keys, self.values = keys, values
            return keys, values
        old = self.keys, self.values
        self.keys = torch.cat([self.keys, keys], dim=2)
        self.values = torch.cat([self.values, values], dim=2)
        return old


class KVCache__forgets_to_keep:
    """You put old and new together once, but is the result kept for the next time?"""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is None:
            self.keys, self.values = keys, values
            return keys, values
        return torch.cat([self.keys, keys], dim=2), torch.cat([self.values, values], dim=2)


class KVCache__new_ones_first:
    """In which order do the tokens stand? The new ones come last."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            keys = torch.cat([keys, self.keys], dim=2)
            values = torch.cat([values, self.values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__values_stay_behind:
    """The keys grow with each call. Do the values?"""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__more_heads_not_more_tokens:
    """Along which axis do you put old and new together? New tokens are no new heads."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            if self.keys.shape[2] != keys.shape[2]:
                return keys, values
            keys = torch.cat([self.keys, keys], dim=1)
            values = torch.cat([self.values, values], dim=1)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__length_of_the_batch:
    """Which axis does `length` count: the first one is the batch."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[0]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__length_of_the_heads:
    """Which axis does `length` count? Yours says how many heads there are."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[1]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__calls_counted:
    """`length` is the number of tokens, not of calls."""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return getattr(self, "calls", 0)

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        self.calls = getattr(self, "calls", 0) + 1
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__swapped:
    """In which order do you give back keys and values?"""

    def __init__(self) -> None:
        self.keys: Tensor | None = None
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return values, keys


@torch.no_grad()
def generate_cached__reads_everything_again(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The model reads the whole text in each round, although the caches know the beginning. What
    has it not read yet?"""
    caches = [KVCache() for _ in model.blocks]
    for _ in range(max_new):
        chosen = choose(model(ids, caches)[:, -1])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate_cached__no_caches_handed_over(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """You make caches, but does the model ever get them?"""
    caches, unread = [KVCache() for _ in model.blocks], ids
    for _ in range(max_new):
        unread = choose(model(unread)[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_caches_each_time(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """You make new caches in each round. What do they know of the rounds before?"""
    unread = ids
    for _ in range(max_new):
        caches = [KVCache() for _ in model.blocks]
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__one_cache_many_times(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """How many caches do you make? `[KVCache()] * n` is one cache, n times."""
    caches, unread = [KVCache()] * len(model.blocks), ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__without_caches(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The text is right, but the model reads everything in each round: there are no caches."""
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)
    return ids


@torch.no_grad()
def generate_cached__beginning_not_read(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """In the first round the model should read all of `ids`. Yours reads the last one only."""
    caches, unread = [KVCache() for _ in model.blocks], ids[:, -1:]
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__one_id_at_a_time(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The text is right, but the model is called once for each id of the beginning. It can read
    all of them in one call."""
    caches = [KVCache() for _ in model.blocks]
    if max_new == 0:
        return ids
    for place in range(ids.shape[1]):
        logits = model(ids[:, place : place + 1], caches)
    for left in reversed(range(max_new)):
        unread = choose(logits[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
        logits = model(unread, caches) if left else logits
    return ids


@torch.no_grad()
def generate_cached__one_call_too_many(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """The last token that is chosen need not be read any more. How often is the model called?"""
    caches, logits = [KVCache() for _ in model.blocks], None
    if max_new == 0:
        return ids
    logits = model(ids, caches)
    for _ in range(max_new):
        unread = choose(logits[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
        logits = model(unread, caches)
    return ids


@torch.no_grad()
def generate_cached__guess_of_the_first_position(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """In the first round the model reads several ids. At which of them does the guess about the
    next token stand?"""
    caches, unread = [KVCache() for _ in model.blocks], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, 0]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_ones_only(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """You return the new ids. The old ones belong to the answer, too."""
    start = ids.shape[1]
    caches, unread = [KVCache() for _ in model.blocks], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)
        ids = torch.cat([ids, unread], dim=1)
    return ids[:, start:]
