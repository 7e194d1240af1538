"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from solutions.decoder.reference import (
    MLP as OurMLP,
    Block as OurBlock,
    KVCache as OurCache,
    SelfAttention as OurAttention,
    causal_attention,
    embed,
    merge_heads,
    next_token_loss,
    split_heads,
)


def embed__always_from_zero(ids, tokens, positions, past=0):
    """Numbers the positions from zero, whatever came before.

    Hint: positions_begin_anew
    """
    n = ids.shape[-1]
    if past + n > len(positions):
        raise ValueError("too long")
    where = torch.arange(n)
    return F.embedding(ids, tokens) + F.embedding(where, positions)


def embed__no_positions(ids, tokens, positions, past=0):
    """Looks up the tokens and forgets the positions.

    Hint: no_positions
    """
    if ids.size(1) + past > positions.size(0):
        raise ValueError
    return F.embedding(ids, tokens)


def embed__last_position_refused(ids, tokens, positions, past=0):
    """Refuses the last position, for which there is a vector.

    Hint: no_room_for_the_last_position
    """
    end = past + ids.shape[1]
    if end >= positions.shape[0]:
        raise ValueError(f"{end} positions")
    return tokens[ids] + positions[past:end]


def embed__past_not_counted_in_the_check(ids, tokens, positions, past=0):
    """Checks only the length of the ids, and cuts positions modulo the table.

    Hint: past_does_not_count
    """
    if ids.shape[1] > len(positions):
        raise ValueError("too many ids")
    places = (torch.arange(ids.shape[1]) + past) % len(positions)
    return tokens[ids] + positions[places]


def embed__clamped(ids, tokens, positions, past=0):
    """Lets all ids beyond the table share its last position.

    Hint: the_last_position_again
    """
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


def embed__index_error(ids, tokens, positions, past=0):
    """Leaves the error to the indexing.

    Hint: none
    """
    return tokens[ids] + positions[torch.arange(past, past + ids.shape[1])]


def embed__positions_of_the_ids(ids, tokens, positions, past=0):
    """Takes the vector of a position by the id that stands there.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return tokens[ids] + positions[ids % len(positions)]


def embed__multiplied(ids, tokens, positions, past=0):
    """Multiplies the two vectors.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return tokens[ids] * positions[past : past + ids.shape[1]]


def embed__concatenated(ids, tokens, positions, past=0):
    """Puts the two vectors one behind the other.

    Hint: side_by_side
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    place = positions[past : past + ids.shape[1]].expand(len(ids), -1, -1)
    return torch.cat([tokens[ids], place], dim=-1)


def embed__squeezed(ids, tokens, positions, past=0):
    """Takes away all axes of size one at the end.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return (tokens[ids] + positions[past : past + ids.shape[1]]).squeeze()


def split_heads__viewed_at_once(x, heads):
    """Views into the shape wanted, which mixes tokens and heads.

    Hint: view_alone
    """
    b, t, d = x.shape
    if d % heads != 0:
        raise ValueError
    return x.reshape(b, heads, t, d // heads)


def split_heads__not_swapped(x, heads):
    """Leaves the heads behind the tokens.

    Hint: heads_behind_tokens
    """
    b, t, d = x.size()
    if d % heads:
        raise ValueError
    return x.reshape(b, t, heads, -1)


def split_heads__every_nth(x, heads):
    """Gives a head every n-th number instead of a slice.

    Hint: in_turns
    """
    if x.shape[-1] % heads:
        raise ValueError
    return torch.stack([x[..., h::heads] for h in range(heads)], dim=1)


def split_heads__rest_dropped(x, heads):
    """Drops the numbers that are left over instead of refusing.

    Hint: drops_the_rest
    """
    size = x.shape[-1] // heads
    return torch.stack([x[..., h * size : (h + 1) * size] for h in range(heads)], dim=1)


def split_heads__chunked(x, heads):
    """Lets chunk make slices of unequal size.

    Hint: none
    """
    return torch.stack(x.chunk(heads, dim=-1), dim=1)


def split_heads__heads_first(x, heads):
    """Puts the heads before the batch.

    Hint: none
    """
    if x.shape[2] % heads:
        raise ValueError
    return torch.stack(x.chunk(heads, -1))


def split_heads__slices_of_size_heads(x, heads):
    """Takes the number of heads for the size of a slice.

    Hint: number_and_size_swapped
    """
    b, t, d = x.shape
    if d % heads:
        raise ValueError
    return x.view(b, t, d // heads, heads).transpose(1, 2)


def split_heads__asserts(x, heads):
    """Asserts instead of raising what was asked for.

    Hint: another_error
    """
    assert x.shape[-1] % heads == 0
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def merge_heads__viewed_at_once(x):
    """Forgets to swap tokens and heads first.

    Hint: no_way_back
    """
    b, h, t, d = x.shape
    return x.reshape(b, t, h * d)


def merge_heads__added(x):
    """Adds the heads up.

    Hint: sum
    """
    return x.sum(1)


def merge_heads__mean(x):
    """Takes the mean of the heads.

    Hint: mean
    """
    return x.mean(dim=1)


def merge_heads__interleaved(x):
    """Takes a number of each head in turn.

    Hint: in_turns
    """
    return x.permute(0, 2, 3, 1).flatten(2)


def merge_heads__view_of_a_transpose(x):
    """Views a transposed tensor, whose numbers do not lie one behind the other.

    Hint: none
    """
    b, h, t, d = x.size()
    return x.transpose(1, 2).view(b, t, h * d)


def merge_heads__not_merged(x):
    """Swaps the axes and merges nothing.

    Hint: still_four_axes
    """
    return x.transpose(1, 2)


def merge_heads__heads_backwards(x):
    """Puts the last head first.

    Hint: last_head_first
    """
    return x.flip(1).transpose(1, 2).flatten(2)


def merge_heads__only_the_first(x):
    """Returns the first head only.

    Hint: first_head_only
    """
    return x[:, 0]


def causal_attention__unscaled(queries, keys, values):
    """Forgets the root of d_head.

    Hint: unscaled
    """
    q, k = queries.shape[-2], keys.shape[-2]
    hidden = torch.ones(q, k).triu(k - q + 1).bool()
    scores = queries @ keys.mT
    return scores.masked_fill(hidden, -math.inf).softmax(-1) @ values


def causal_attention__queries_first(queries, keys, values):
    """Takes the queries for those of the first tokens.

    Hint: upper_left
    """
    q, k = queries.size(-2), keys.size(-2)
    past = torch.arange(k)[None, :] <= torch.arange(q)[:, None]
    scores = queries @ keys.transpose(-1, -2) / math.sqrt(keys.size(-1))
    weights = torch.softmax(torch.where(past, scores, -torch.inf), dim=-1)
    return weights @ values


def causal_attention__torchs_own(queries, keys, values):
    """Lets torch make the mask, which it lays at the top left.

    Hint: upper_left
    """
    return F.scaled_dot_product_attention(queries, keys, values, is_causal=True)


def causal_attention__no_mask(queries, keys, values):
    """Lets every query look at all keys.

    Hint: sees_the_future
    """
    return F.scaled_dot_product_attention(queries, keys, values)


def causal_attention__minus_hundred(queries, keys, values):
    """Hides with -100, which is little only beside small scores.

    Hint: not_low_enough
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k, dtype=torch.bool).tril(k - q)
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -100.0).softmax(dim=-1) @ values


def causal_attention__hidden_after_softmax(queries, keys, values):
    """Hides after the softmax, so that the weights do not sum to one.

    Hint: masked_after_the_softmax
    """
    q, k = queries.shape[-2], keys.shape[-2]
    weights = (queries @ keys.mT / queries.shape[-1] ** 0.5).softmax(-1)
    return (weights * torch.tril(torch.ones(q, k), k - q)) @ values


def causal_attention__scores_times_mask(queries, keys, values):
    """Multiplies the scores by the mask, so that hidden ones become zero.

    Hint: hidden_scores_are_zero
    """
    q, k = queries.shape[-2], keys.shape[-2]
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    return (scores * torch.tril(torch.ones(q, k), k - q)).softmax(-1) @ values


def causal_attention__softmax_over_queries(queries, keys, values):
    """Takes the softmax over the queries.

    Hint: softmax_over_queries
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = (queries @ keys.mT / queries.shape[-1] ** 0.5).masked_fill(~seen, -torch.inf)
    return torch.softmax(scores, -2).nan_to_num() @ values


def causal_attention__root_of_d_value(queries, keys, values):
    """Takes the root of the size of the values.

    Hint: none
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = queries @ keys.mT / values.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -torch.inf).softmax(-1) @ values


def causal_attention__t(queries, keys, values):
    """Turns a batch round with T.

    Hint: none
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = queries @ keys.T / queries.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -torch.inf).softmax(-1) @ values


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


class MLP__exact(nn.Module):
    """Uses the other kind of GELU, without the tangent.

    Hint: exact_gelu
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        return self.down(nn.GELU()(self.up(x)))


class MLP__relu(nn.Module):
    """Bends with ReLU.

    Hint: relu
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        hidden = self.up(x)
        return self.down(torch.maximum(hidden, torch.zeros_like(hidden)))


class MLP__straight(nn.Module):
    """Does not bend at all.

    Hint: no_bend
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        return self.down(h)


class MLP__bypassed(nn.Module):
    """Adds the input, which is the block's business.

    Hint: adds_x
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        y = F.gelu(self.up(x), approximate="tanh")
        y = self.down(y)
        return y + x


class MLP__sigmoid(nn.Module):
    """Bends with x times a sigmoid of 1.702 x, another approximation.

    Hint: none
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        return self.down(h * torch.sigmoid(1.702 * h))


class MLP__bent_at_the_end(nn.Module):
    """Bends after the second layer.

    Hint: bend_at_the_end
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        return F.gelu(self.down(self.up(x)), approximate="tanh")


class MLP__wrong_constant(nn.Module):
    """Writes the formula with 0.44715.

    Hint: none
    """

    def __init__(self, d_model):
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        h = self.up(x)
        bent = torch.tanh(math.sqrt(2 / math.pi) * (h + 0.44715 * h**3))
        return self.down(0.5 * h * (1 + bent))


class Block__norm_after(nn.Module):
    """Norms the sums, as the first transformer did.

    Hint: post_norm
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        y = self.norm_1(x + self.attention(x, cache))
        return self.norm_2(y + self.mlp(y))


class Block__side_by_side(nn.Module):
    """Lets the MLP read x instead of the sum.

    Hint: side_by_side
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        a = self.attention(self.norm_1(x), cache)
        m = self.mlp(self.norm_2(x))
        return x + a + m


class Block__no_bypass(nn.Module):
    """Runs the parts one after the other and adds nothing.

    Hint: no_bypass
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = self.attention(self.norm_1(x), cache)
        x = self.mlp(self.norm_2(x))
        return x


class Block__added_to_the_normed(nn.Module):
    """Adds to what has been normed.

    Hint: adds_to_what_is_normed
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = self.norm_1(x)
        x = x + self.attention(x, cache)
        x = self.norm_2(x)
        return x + self.mlp(x)


class Block__one_norm_for_both(nn.Module):
    """Uses the first norm twice.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_1(x))


class Block__cache_not_handed_on(nn.Module):
    """Calls attention without the cache.

    Hint: cache_left_behind
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        y = self.attention(self.norm_1(x)) + x
        return self.mlp(self.norm_2(y)) + y


class Block__mlp_first(nn.Module):
    """Takes the MLP before attention.

    Hint: mlp_first
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = x + self.mlp(self.norm_2(x))
        return x + self.attention(self.norm_1(x), cache)


class Block__changes_x(nn.Module):
    """Adds into x itself.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    @torch.no_grad()
    def forward(self, x, cache=None):
        x += self.attention(self.norm_1(x), cache)
        x += self.mlp(self.norm_2(x))
        return x


class DecoderLM__no_norm(nn.Module):
    """Forgets the last norm.

    Hint: no_last_norm
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for i, block in enumerate(self.blocks):
            x = block(x, caches[i] if caches else None)
        return F.linear(x, self.tokens.weight)


class DecoderLM__past_read_too_late(nn.Module):
    """Asks the cache how long it is after the blocks have run.

    Hint: none
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        x = self.tokens(ids)
        for i, block in enumerate(self.blocks):
            x = block(x, caches[i] if caches else None)
        past = caches[0].length if caches else 0
        x = x + self.positions.weight[past : past + ids.shape[1]]
        return F.linear(self.norm(x), self.tokens.weight)


class DecoderLM__past_forgotten(nn.Module):
    """Embeds every chunk as if nothing came before.

    Hint: positions_restart
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        x = self.tokens(ids) + self.positions(torch.arange(ids.size(1)))
        for i in range(len(self.blocks)):
            x = self.blocks[i](x, caches[i] if caches is not None else None)
        return self.norm(x) @ self.tokens.weight.mT


class DecoderLM__one_cache_for_all(nn.Module):
    """Hands the first cache to every block.

    Hint: one_cache_for_all
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        cache = caches[0] if caches else None
        past = cache.length if cache is not None else 0
        h = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block in self.blocks:
            h = block(h, cache)
        return self.norm(h) @ self.tokens.weight.T


class DecoderLM__only_the_first_block(nn.Module):
    """Goes through one block only.

    Hint: first_block_only
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for i, block in enumerate(self.blocks):
            x = block(x, caches[i] if caches else None)
            return self.norm(x) @ self.tokens.weight.T


class DecoderLM__probabilities(nn.Module):
    """Returns probabilities.

    Hint: probabilities
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = 0 if caches is None else caches[0].length
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = block(x, cache)
        logits = self.norm(x) @ self.tokens.weight.T
        return logits.softmax(dim=-1)


class DecoderLM__last_position_only(nn.Module):
    """Returns the logits of the last position alone.

    Hint: last_position_only
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = 0 if caches is None else caches[0].length
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = block(x, cache)
        return self.norm(x[:, -1]) @ self.tokens.weight.T


class DecoderLM__normed_in_every_round(nn.Module):
    """Norms after each block.

    Hint: none
    """

    def __init__(self, vocab, context, d_model, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(OurBlock(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = 0 if caches is None else caches[0].length
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = self.norm(block(x, cache))
        return x @ self.tokens.weight.T


def convert_weights__nothing_turned(weights, names):
    """Renames and never transposes.

    Hint: nothing_turned
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module in names:
            new[names[module] + "." + kind] = value
    return new


def convert_weights__every_matrix_turned(weights, names):
    """Transposes whatever has two axes, embeddings too.

    Hint: all_tables_turned
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        if module in names:
            new[f"{names[module]}.{kind}"] = value.T if value.dim() == 2 else value
    return new


def convert_weights__unknown_kept(weights, names):
    """Keeps what is not in the names under its old name.

    Hint: keeps_what_has_no_name
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        conv = module.split(".")[-1].startswith("c_") and kind == "weight"
        new[f"{names.get(module, module)}.{kind}"] = value.T if conv else value
    return new


def convert_weights__cut_at_the_first_dot(weights, names):
    """Cuts the name at the first dot.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.partition(".")
        if module in names:
            conv = module.startswith("c_") and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if conv else value
    return new


def convert_weights__c_anywhere(weights, names):
    """Looks for "c_" anywhere in the name.

    Hint: c_anywhere
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module not in names:
            continue
        if "c_" in key and kind == "weight":
            value = value.t()
        new[names[module] + "." + kind] = value
    return new


def convert_weights__key_error(weights, names):
    """Looks every module up, known or not.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        conv = module.split(".")[-1].startswith("c_") and kind == "weight"
        new[names[module] + "." + kind] = value.T if conv else value
    return new


def convert_weights__by_their_new_name(weights, names):
    """Asks our name whether it begins with "c_".

    Hint: nothing_turned
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module in names:
            ours = names[module]
            conv = ours.split(".")[-1].startswith("c_") and kind == "weight"
            new[f"{ours}.{kind}"] = value.T if conv else value
    return new


def convert_weights__emptied(weights, names):
    """Takes the weights out of the dictionary that was handed in.

    Hint: none
    """
    new = {}
    for key in list(weights):
        module, kind = key.rsplit(".", 1)
        value = weights.pop(key)
        if module in names:
            conv = module.split(".")[-1].startswith("c_") and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if conv else value
    return new


@torch.no_grad()
def generate__new_ones_only(model, ids, max_new, choose):
    """Returns what was written and leaves the beginning out.

    Hint: new_ones_only
    """
    n = ids.shape[1]
    for _ in range(max_new):
        nxt = choose(model(ids)[:, -1])
        ids = torch.cat([ids, nxt.unsqueeze(1)], dim=1)
    return ids[:, n:]


@torch.no_grad()
def generate__first_position(model, ids, max_new, choose):
    """Reads the logits of the first position.

    Hint: guess_of_the_first_position
    """
    for _ in range(max_new):
        logits = model(ids)
        ids = torch.cat((ids, choose(logits[:, 0, :])[:, None]), dim=-1)
    return ids


@torch.no_grad()
def generate__always_the_likeliest(model, ids, max_new, choose):
    """Takes the likeliest token and never asks choose.

    Hint: always_the_likeliest
    """
    for _ in range(max_new):
        logits = model(ids)[:, -1, :]
        ids = torch.cat([ids, logits.argmax(-1, keepdim=True)], dim=1)
    return ids


@torch.no_grad()
def generate__one_too_few(model, ids, max_new, choose):
    """Stops one round too early.

    Hint: none
    """
    for _ in range(1, max_new):
        ids = torch.cat([ids, choose(model(ids)[:, -1])[:, None]], 1)
    return ids


@torch.no_grad()
def generate__last_token_only(model, ids, max_new, choose):
    """Lets the model read nothing but the last token.

    Hint: reads_the_last_token_only
    """
    new = ids[:, -1:]
    for _ in range(max_new):
        new = choose(model(new)[:, -1]).unsqueeze(-1)
        ids = torch.cat([ids, new], dim=1)
    return ids


@torch.no_grad()
def generate__probabilities(model, ids, max_new, choose):
    """Hands probabilities to choose.

    Hint: hands_over_probabilities
    """
    for _ in range(max_new):
        probabilities = model(ids)[:, -1].softmax(dim=-1)
        ids = torch.cat([ids, choose(probabilities)[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate__cooler(model, ids, max_new, choose):
    """Divides the logits by a temperature that nobody asked for.

    Hint: cools_down
    """
    for _ in range(max_new):
        logits = model(ids)[:, -1] / 0.7
        ids = torch.cat([ids, choose(logits)[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate__all_positions(model, ids, max_new, choose):
    """Hands the logits of all positions to choose and takes the last choice.

    Hint: hands_over_all_positions
    """
    for _ in range(max_new):
        chosen = choose(model(ids))
        ids = torch.cat([ids, chosen[:, -1:]], dim=1)
    return ids


@torch.no_grad()
def generate__read_once(model, ids, max_new, choose):
    """Reads the ids once, and adds the same token in each round.

    Hint: all_from_one_reading
    """
    token = choose(model(ids)[:, -1])[:, None]
    return torch.cat([ids] + [token] * max_new, dim=1)


def next_token_loss__not_shifted(logits, ids, real=None):
    """Holds each guess against the id at its own place.

    Hint: not_shifted
    """
    losses = F.cross_entropy(logits.flatten(0, 1), ids.flatten(), reduction="none")
    if real is not None:
        losses = losses[real.flatten()]
    return losses.mean()


def next_token_loss__shifted_the_wrong_way(logits, ids, real=None):
    """Holds each guess against the id before it.

    Hint: shifted_the_wrong_way
    """
    log_probs = logits[:, 1:].log_softmax(-1)
    losses = -log_probs.gather(2, ids[:, :-1, None]).squeeze(2)
    if real is not None:
        losses = losses[real[:, 1:]]
    return losses.mean()


def next_token_loss__summed(logits, ids, real=None):
    """Adds the surprisals up.

    Hint: sum
    """
    reduction = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        reduction = reduction * real[:, 1:]
    return reduction.sum()


def next_token_loss__mean_of_rows(logits, ids, real=None):
    """Takes the mean of each row first.

    Hint: mean_of_rows
    """
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none")
    if real is None:
        return losses.mean(dim=1).mean()
    real = real[:, 1:].float()
    return ((losses * real).sum(1) / real.sum(1)).mean()


def next_token_loss__padding_counts(logits, ids, real=None):
    """Ignores which ids are real.

    Hint: padding_counts
    """
    guesses, wanted = logits[:, :-1], ids[:, 1:]
    return F.cross_entropy(guesses.reshape(-1, guesses.shape[-1]), wanted.reshape(-1))


def next_token_loss__padding_counts_below(logits, ids, real=None):
    """Sets padding to zero, and divides by all positions.

    Hint: none
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses.masked_fill(~real[:, 1:], 0.0)
    return losses.mean()


def next_token_loss__mask_not_shifted(logits, ids, real=None):
    """Takes the mask at the place of the guess instead of the id.

    Hint: asks_the_guesser
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses[real[:, :-1]]
    return losses.mean()


def next_token_loss__log_of_softmax(logits, ids, real=None):
    """Takes the logarithm of a softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None]).squeeze(-1)
    losses = -p.log()
    return losses.mean() if real is None else losses[real[:, 1:]].mean()


def next_token_loss__no_graph(logits, ids, real=None):
    """Returns a new tensor, whose gradient cannot be taken.

    Hint: a_number
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses[real[:, 1:]]
    return torch.tensor(losses.mean().item())


def next_token_loss__bits(logits, ids, real=None):
    """Measures in bits.

    Hint: bits
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none") / math.log(2)
    return losses.mean() if real is None else losses[real[:, 1:]].mean()


def perplexity__mean_of_means(losses, counts):
    """Counts every batch the same.

    Hint: batches_count_the_same
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    return math.exp(sum(losses) / len(losses))


def perplexity__mean_of_perplexities(losses, counts):
    """Takes the mean of the batches' perplexities.

    Hint: mean_of_perplexities
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    total = 0.0
    for loss, count in zip(losses, counts):
        total += count * math.exp(loss)
    return total / sum(counts)


def perplexity__base_two(losses, counts):
    """Takes two to the power of nats.

    Hint: two_to_the_power
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    mean = sum(a * b for a, b in zip(losses, counts)) / sum(counts)
    return pow(2, mean)


def perplexity__no_power(losses, counts):
    """Returns the mean surprisal itself.

    Hint: no_exponential
    """
    if len(losses) != len(counts):
        raise ValueError
    return sum(loss * n for loss, n in zip(losses, counts)) / sum(counts)


def perplexity__zipped(losses, counts):
    """Cuts the longer list off instead of refusing.

    Hint: zip_stops_early
    """
    pairs = list(zip(losses, counts))
    return math.exp(sum(loss * n for loss, n in pairs) / sum(n for _, n in pairs))


def perplexity__rounded(losses, counts):
    """Rounds to four digits, as the example does.

    Hint: none
    """
    if len(losses) != len(counts):
        raise ValueError
    mean = sum(loss * n for loss, n in zip(losses, counts)) / sum(counts)
    return round(math.exp(mean), 4)


def perplexity__tensor(losses, counts):
    """Returns a tensor.

    Hint: none
    """
    if len(losses) != len(counts):
        raise ValueError
    losses, counts = torch.tensor(losses), torch.tensor(counts)
    return ((losses * counts).sum() / counts.sum()).exp()


class KVCache__only_the_new(object):
    """Returns the new keys and values alone.

    Hint: returns_the_new_ones
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.size(-2)

    def extend(self, keys, values):
        if self.keys is None:
            self.keys, self.values = keys, values
        else:
            self.keys = torch.cat([self.keys, keys], -2)
            self.values = torch.cat([self.values, values], -2)
        return keys, values


class KVCache__overwritten(object):
    """Keeps the last ones only.

    Hint: overwrites
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2] if self.keys is not None else 0

    def extend(self, keys, values):
        self.keys = keys
        self.values = values
        return self.keys, self.values


class KVCache__new_in_front(object):
    """Puts the new ones before the old ones.

    Hint: new_ones_first
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2] if self.keys is not None else 0

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((keys, self.keys), dim=2)
            values = torch.cat((values, self.values), dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__calls_counted(object):
    """Counts how often it was extended.

    Hint: calls_counted
    """

    def __init__(self):
        self.keys = None
        self.values = None
        self.times = 0

    @property
    def length(self):
        return self.times

    def extend(self, keys, values):
        self.times += 1
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return keys, values


class KVCache__along_the_heads(object):
    """Joins along the axis of the heads.

    Hint: more_heads_not_more_tokens
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[1]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=1)
            values = torch.cat((self.values, values), dim=1)
        self.keys, self.values = keys, values
        return self.keys, self.values


class KVCache__values_first(object):
    """Returns the values before the keys.

    Hint: swapped
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return self.values, self.keys


class KVCache__length_of_nothing(object):
    """Asks None how long it is.

    Hint: none
    """

    def __init__(self):
        self.keys = None
        self.values = None

    @property
    def length(self):
        return self.keys.shape[2]

    def extend(self, keys, values):
        if self.keys is not None:
            keys = torch.cat((self.keys, keys), dim=2)
            values = torch.cat((self.values, values), dim=2)
        self.keys, self.values = keys, values
        return self.keys, self.values


@torch.no_grad()
def generate_cached__reads_all_again(model, ids, max_new, choose):
    """Hands all ids to the model in each round, although the cache has them.

    Hint: reads_everything_again
    """
    caches = [OurCache() for _ in model.blocks]
    for _ in range(max_new):
        logits = model(ids, caches)
        ids = torch.cat([ids, choose(logits[:, -1])[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate_cached__no_caches(model, ids, max_new, choose):
    """Never makes a cache.

    Hint: without_caches
    """
    for _ in range(max_new):
        logits = model(ids)
        ids = torch.cat([ids, choose(logits[:, -1])[:, None]], dim=1)
    return ids


@torch.no_grad()
def generate_cached__shared(model, ids, max_new, choose):
    """Multiplies a list, so that all blocks share a cache.

    Hint: one_cache_many_times
    """
    caches = [OurCache()] * len(model.blocks)
    unread = ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1])[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_caches_in_each_round(model, ids, max_new, choose):
    """Makes new caches in each round, so that everything is forgotten.

    Hint: new_caches_each_time
    """
    unread = ids
    for _ in range(max_new):
        caches = [OurCache() for _ in model.blocks]
        unread = choose(model(unread, caches)[:, -1])[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__one_call_too_many(model, ids, max_new, choose):
    """Reads the last token too, which nobody needs.

    Hint: one_call_too_many
    """
    caches = [OurCache() for _ in model.blocks]
    logits = model(ids, caches)
    for _ in range(max_new):
        token = choose(logits[:, -1])[:, None]
        ids = torch.cat([ids, token], dim=1)
        logits = model(token, caches)
    return ids


@torch.no_grad()
def generate_cached__probabilities(model, ids, max_new, choose):
    """Hands probabilities to choose.

    Hint: hands_over_probabilities
    """
    caches = [OurCache() for _ in model.blocks]
    unread = ids
    for _ in range(max_new):
        unread = choose(torch.softmax(model(unread, caches)[:, -1], -1))[:, None]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__all_positions(model, ids, max_new, choose):
    """Hands the logits of all positions to choose.

    Hint: hands_over_all_positions
    """
    caches = [OurCache() for _ in model.blocks]
    unread = ids
    for _ in range(max_new):
        unread = choose(model(unread, caches))[:, -1:]
        ids = torch.cat([ids, unread], dim=1)
    return ids


@torch.no_grad()
def generate_cached__new_ones_only(model, ids, max_new, choose):
    """Returns the new tokens alone.

    Hint: new_ones_only
    """
    caches = [OurCache() for _ in model.blocks]
    new, unread = [], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1])[:, None]
        new.append(unread)
    return torch.cat(new, dim=1)


def train_step__forgets_to_clear(model, ids, optimizer):
    """Never clears the gradients.

    Hint: gradients_pile_up
    """
    guesses = model(ids)
    loss = next_token_loss(guesses, ids)
    loss.backward()
    optimizer.step()
    return float(loss)


def train_step__never_moves(model, ids, optimizer):
    """Finds the gradients, and leaves the weights where they are.

    Hint: nothing_changes
    """
    for weight in model.parameters():
        weight.grad = None
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    return loss.item()


def train_step__asks_again_at_the_end(model, ids, optimizer):
    """Returns what the loss is after the step.

    Hint: loss_afterwards
    """
    optimizer.zero_grad()
    next_token_loss(model(ids), ids).backward()
    optimizer.step()
    with torch.no_grad():
        return float(next_token_loss(model(ids), ids))


def train_step__climbs(model, ids, optimizer):
    """Turns the loss round.

    Hint: uphill
    """
    optimizer.zero_grad(set_to_none=True)
    loss = -1 * next_token_loss(model(ids), ids)
    loss.backward()
    optimizer.step()
    return -loss.item()


def train_step__twice(model, ids, optimizer):
    """Steps two times with the same gradients.

    Hint: two_steps
    """
    optimizer.zero_grad()
    loss = next_token_loss(model(ids), ids)
    loss.backward()
    for _ in range(2):
        optimizer.step()
    return loss.item()
