"""A decoder like GPT-2: from ids to logits, its loss, somebody else's weights, a cache, the loop.

It leaves out dropout, padding on the left, and when a text ends: that is for notebook 06.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn


def embed(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """Give each id the sum of two vectors: one for the token, one for its position.

    Row `i` of `tokens` is the vector of token `i`, and row `p` of `positions` that of position
    `p`. The ids stand at the positions `past`, `past + 1`, and so on, in each row of the batch:
    `past` tokens came before them.

    Shapes:
        ids:       (batch, token)
        tokens:    (vocab, d_model)
        positions: (context, d_model)
        returns:   (batch, token, d_model)

    Raises:
        ValueError: an id would stand at a position for which there is no vector.

    >>> tokens = torch.tensor([[0.0], [10.0], [20.0]])
    >>> positions = torch.tensor([[1.0], [2.0], [3.0]])
    >>> embed(torch.tensor([[2, 1]]), tokens, positions, past=1)
    tensor([[[22.],
             [13.]]])
    """
    end = past + ids.shape[1]
    if end > len(positions):
        raise ValueError(f"there are vectors for {len(positions)} positions, not for {end}")
    return tokens[ids] + positions[past:end]  # (batch, token, d_model)


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Cut each token's vector into equal slices, one for each head.

    The first head gets the first slice of every token, the second head the second slice, and so
    on. `d_head` is `d_model` divided by `heads`.

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
    """Put the slices of all heads back into one vector for each token: undo `split_heads`.

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

    A score is the dot product of a query and a key, divided by the square root of `d_head`. The
    softmax of the scores of those keys that a query may look at gives the weights of their values.

    The queries belong to the *last* tokens. If there are more keys than queries, then the first
    keys are those of earlier tokens, at which every query may look. So the last query may look at
    all keys, and the one before it at all but the last key.

    Source: Vaswani et al. (2017), section 3.2.

    Shapes:
        queries: (..., query, d_head)
        keys:    (..., key, d_head), with key at least query
        values:  (..., key, d_value)
        returns: (..., query, d_value)

    >>> values = torch.tensor([[2.0], [4.0], [9.0]])
    >>> causal_attention(torch.zeros(2, 4), torch.zeros(3, 4), values)  # all scores are equal
    tensor([[3.],
            [5.]])
    """
    query, key = queries.shape[-2], keys.shape[-2]
    scores = queries @ keys.mT / math.sqrt(queries.shape[-1])  # (..., query, key)
    may_look = scores.new_ones(query, key, dtype=torch.bool).tril(key - query)  # (query, key)
    weights = scores.masked_fill(~may_look, -torch.inf).softmax(dim=-1)
    return weights @ values  # (..., query, d_value)


class SelfAttention(nn.Module):
    """Let each token collect something from itself and the tokens before it, with several heads.

    Source: Vaswani et al. (2017), section 3.2.2; one layer for all three parts as in GPT-2.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        """Return what the tokens of `x` collect.

        `self.qkv` gives three vectors for each token, one behind the other: its query, its key
        and its value, in this order. Each of the three is split into `self.heads` heads. Then
        comes `causal_attention`; the heads are merged; and `self.out` has the last word.

        If there is a `cache`, tokens came before those of `x`. Then `cache.extend(keys, values)`
        is called once, with the keys and values of `x`, split into heads: (batch, heads, token,
        d_head). It returns the keys and values of all tokens so far, and attention is to work on
        these.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        parts = self.qkv(x).chunk(3, dim=-1)  # three of (batch, token, d_model)
        queries, keys, values = (split_heads(part, self.heads) for part in parts)
        if cache is not None:
            keys, values = cache.extend(keys, values)
        return self.out(merge_heads(causal_attention(queries, keys, values)))


class MLP(nn.Module):
    """Change each token's vector by itself: up to four times as many numbers, bend, down again."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return `self.down` of the GELU of `self.up` of `x`.

        The GELU is the one that GPT-2 uses, with a hyperbolic tangent. You may write the formula
        or use `nn.functional.gelu`; mind that it knows two kinds.

        Source: Hendrycks and Gimpel (2016), section 2.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        return self.down(nn.functional.gelu(self.up(x), approximate="tanh"))


class Block(nn.Module):
    """One layer of the decoder: attention and an MLP, each behind a norm and beside a bypass.

    Source: Radford et al. (2019), section 2.3; the norm first is pre-norm, of Xiong et al. (2020).
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        """Return `x`, with what attention and the MLP have to add.

        First comes attention: it reads `x` through `self.norm_1`, and its answer is added to `x`.
        Then the MLP reads this sum through `self.norm_2`, and its answer is added to the sum. The
        norms only stand before the two parts: what is added to has not been normed. The `cache`
        is handed on to attention.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_2(x))


class DecoderLM(nn.Module):
    """A language model: ids in, and at each position the logits of the token that comes next."""

    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small, since it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        """Return the logits of the next token at every position.

        The ids become vectors by `embed`, with `self.tokens.weight` and `self.positions.weight`.
        They go through all `self.blocks`, one after the other, and then through `self.norm`. The
        logit of a token is the dot product of what comes out with the vector of that token in
        `self.tokens.weight`: the table of the input is the head of the output, too.

        `caches` has one cache for each block, in the same order, which is handed on to the block.
        Then `caches[0].length`, as it is before the blocks run, says how many tokens came before
        these ids.

        Shapes:
            ids:     (batch, token)
            returns: (batch, token, vocab)
        """
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)  # (batch, token, d_model)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return self.norm(x) @ self.tokens.weight.T  # (batch, token, vocab)


def convert_weights(weights: dict[str, Tensor], names: dict[str, str]) -> dict[str, Tensor]:
    """Rename the weights of a GPT-2 of `transformers` so that our decoder can load them.

    The name of a weight is the name of its module, a dot, and what it is: "h.0.ln_1.bias" is the
    "bias" of the module "h.0.ln_1". `names` says for a module of theirs how ours is called. What
    belongs to a module that is not in `names` is left out.

    Where the last part of their module's name begins with "c_", the module is a `Conv1D`. That is
    a linear layer, but its "weight" has the shape (in, out), and ours has (out, in).

    >>> weight, bias = torch.tensor([[1, 2, 3]]), torch.tensor([4, 5, 6])
    >>> convert_weights({"h.c_fc.weight": weight, "h.c_fc.bias": bias}, {"h.c_fc": "mlp.up"})
    {'mlp.up.weight': tensor([[1],
            [2],
            [3]]), 'mlp.up.bias': tensor([4, 5, 6])}
    """
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
            converted[f"{names[module]}.{kind}"] = weight.T if turned else weight
    return converted


@torch.no_grad()
def generate(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """Write `max_new` more tokens for each row of `ids`, and return the old and the new ids.

    In each round the model reads all ids so far. Its logits at the last position go to `choose`,
    which makes one token a row of them, and that is added at the end.

    Shapes:
        model:   maps ids (batch, length) to logits (batch, length, vocab)
        choose:  maps logits (batch, vocab) to ids (batch,)
        ids:     (batch, token)
        returns: (batch, token + max_new)

    >>> count_up = lambda ids: nn.functional.one_hot(ids + 1, 9).float()
    >>> generate(count_up, torch.tensor([[1, 2], [5, 3]]), 3, lambda logits: logits.argmax(-1))
    tensor([[1, 2, 3, 4, 5],
            [5, 3, 4, 5, 6]])
    """
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])  # (batch,)
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)  # (batch, token + 1)
    return ids


def next_token_loss(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """Return how surprised a model is on average by the next token, over all positions at once.

    The logits at a position are the model's guess of the id at the *next* position. The surprisal
    of that id is minus the natural logarithm of its probability, and the loss is the mean over all
    ids that are predicted. Nothing predicts the first id of a row, and the guess at the last
    position has nothing to be held against: both do not count.

    `real` says which ids are real, as an attention mask does. An id that is padding is not
    predicted: its surprisal does not count. Without `real` all are.

    Shapes:
        logits:  (batch, token, vocab)
        ids:     (batch, token)
        real:    (batch, token), booleans, False for padding, which stands on the right
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.5], [0.25, 0.75], [0.1, 0.9]]]).log()
    >>> next_token_loss(logits, torch.tensor([[1, 0, 0]])).exp()  # 1 / sqrt(0.5 * 0.25)
    tensor(2.8284)
    """
    labels = ids if real is None else ids.masked_fill(~real, -100)  # cross_entropy skips -100
    guesses = logits[:, :-1].flatten(0, 1)  # (batch * (token - 1), vocab)
    return nn.functional.cross_entropy(guesses, labels[:, 1:].flatten())


def perplexity(losses: list[float], counts: list[int]) -> float:
    """Return the perplexity of a whole text that was read in several batches.

    It is e to the power of the mean surprisal of a token, where every token of all batches counts
    the same. `losses` has the mean surprisal in each batch, in nats, and `counts` how many tokens
    were predicted there.

    Raises:
        ValueError: there are not as many counts as losses.

    >>> round(perplexity([math.log(2), math.log(8)], [2, 1]), 4)  # the third root of 2 * 2 * 8
    3.1748
    """
    nats = sum(loss * count for loss, count in zip(losses, counts, strict=True))
    return math.exp(nats / sum(counts))


class KVCache:
    """Keep the keys and values of all tokens that one layer has seen, so that none is made twice.

    Source: Shazeer (2019), section 2.4.

    >>> cache = KVCache()
    >>> keys, values = cache.extend(torch.ones(1, 2, 3, 4), torch.ones(1, 2, 3, 4))
    >>> keys, values = cache.extend(torch.ones(1, 2, 1, 4), torch.ones(1, 2, 1, 4))
    >>> keys.shape, cache.length
    (torch.Size([1, 2, 4, 4]), 4)
    """

    def __init__(self) -> None:
        self.keys: Tensor | None = None  # (batch, heads, token, d_head), once there are any
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        """How many tokens are kept: 0 at first."""
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Keep the keys and values of new tokens, and return those of all tokens so far.

        The new tokens come after those that are kept already. What is handed in stays unchanged.

        Shapes:
            keys:    (batch, heads, token, d_head)
            values:  (batch, heads, token, d_value)
            returns: (batch, heads, length, d_head) and (batch, heads, length, d_value)
        """
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)  # (batch, heads, length, d_head)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


@torch.no_grad()
def generate_cached(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """Write `max_new` more tokens for each row of `ids`, and let the model read each id once.

    It returns what `generate` returns. But there is a new `KVCache` for each of `model.blocks`,
    and the model is called with ids *and* caches: `model(unread, caches)`. In the first round it
    reads all of `ids`, and in each later round only the tokens that were chosen in the round
    before. It is called `max_new` times.

    Shapes:
        model:   maps ids (batch, length) and caches to logits (batch, length, vocab)
        choose:  maps logits (batch, vocab) to ids (batch,)
        ids:     (batch, token)
        returns: (batch, token + max_new)
    """
    caches, unread = [KVCache() for _ in model.blocks], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)  # (batch, 1)
        ids = torch.cat([ids, unread], dim=1)
    return ids
