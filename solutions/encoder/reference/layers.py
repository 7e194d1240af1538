"""Sections 4.1 and 4.2: reference answers."""

import math

import torch
from torch import Tensor, nn

from gradelib.lab.masked_attention import merge_heads, split_heads


def embed(
    ids: Tensor,
    parts: Tensor,
    tokens: Tensor,
    positions: Tensor,
    types: Tensor,
) -> Tensor:
    """Give each id the sum of three vectors: for its token, its position, and its part.

    Row `i` of `tokens` is the vector of token `i`. The first id of each row of the
    batch stands at position 0, the next at position 1, and so on. `parts` holds the
    token type ids: 0 for the first text of a pair and 1 for the second; row 0 and row 1
    of `types` are their vectors. All three tables learn: gradients come back to them.

    Source: Devlin et al. (2018), section 3, figure 2.

    Shapes:
        ids:       (batch, token)
        parts:     (batch, token)
        tokens:    (vocab, d_model)
        positions: (context, d_model), with context at least token
        types:     (2, d_model)
        returns:   (batch, token, d_model)

    >>> tokens = torch.tensor([[0.0], [10.0], [20.0]])
    >>> positions, types = torch.tensor([[1.0], [2.0]]), torch.tensor([[0.0], [0.5]])
    >>> embed(torch.tensor([[2, 1]]), torch.tensor([[0, 1]]), tokens, positions, types)
    tensor([[[21.0000],
             [12.5000]]])
    """
    return tokens[ids] + positions[: ids.shape[1]] + types[parts]  # (batch, token, d_model)


class SelfAttention(nn.Module):
    """Let each token collect something from all real tokens, before it and after it.

    Source: Vaswani et al. (2017), section 3.2.2; three layers for three parts as in
    BERT.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, attention_mask: Tensor) -> Tensor:
        """Return what the tokens of `x` collect.

        `self.query`, `self.key` and `self.value` give each token its three vectors, and
        `split_heads` cuts each of these into `self.heads` heads. A score is the dot
        product of a query and a key, divided by the square root of `d_head`. Each query
        may look at every real token of its row, and none at padding: what is hidden
        gets no weight in the softmax. The values are mixed by these weights,
        `merge_heads` puts the heads together, and `self.out` has the last word. Each
        row has at least one real token.

        Shapes:
            x:              (batch, token, d_model)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch, token, d_model)
        """
        layers = self.query, self.key, self.value
        queries, keys, values = (split_heads(layer(x), self.heads) for layer in layers)
        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])  # (batch, heads, query, key)
        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)
        return self.out(merge_heads(scores.softmax(dim=-1) @ values))


class EncoderLayer(nn.Module):
    """One layer of the encoder: attention and an MLP, each followed by a norm.

    Source: Vaswani et al. (2017), section 3.1; the bend is BERT's, Hendrycks and Gimpel
    (2016).
    """

    def __init__(self, d_model: int, heads: int, d_mlp: int) -> None:
        super().__init__()
        self.attention = SelfAttention(d_model, heads)
        self.norm_1 = nn.LayerNorm(d_model, eps=1e-12)
        self.up = nn.Linear(d_model, d_mlp)
        self.down = nn.Linear(d_mlp, d_model)
        self.norm_2 = nn.LayerNorm(d_model, eps=1e-12)

    def forward(self, x: Tensor, attention_mask: Tensor) -> Tensor:
        """Return `x` after attention and after the MLP, each added and then normed.

        What attention says of `x` is added to `x`, and the sum goes through
        `self.norm_1`. The MLP reads *that*: up, the exact GELU (BERT does not use the
        one with the hyperbolic tangent), and down. What it says is added to what it
        read, and the sum goes through `self.norm_2`. So the norms stand after adding:
        this is called post-norm.

        Shapes:
            x:              (batch, token, d_model)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch, token, d_model)
        """
        x = self.norm_1(x + self.attention(x, attention_mask))
        return self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """The body of BERT: ids in, and a vector for each token that knows the others."""

    def __init__(
        self,
        vocab: int,
        context: int,
        d_model: int,
        heads: int,
        d_mlp: int,
        layers: int,
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.types = nn.Embedding(2, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        each = (EncoderLayer(d_model, heads, d_mlp) for _ in range(layers))
        self.layers = nn.ModuleList(each)

    def forward(
        self,
        ids: Tensor,
        attention_mask: Tensor,
        parts: Tensor | None = None,
    ) -> Tensor:
        """Return the vector of each token after the last layer.

        The ids become vectors by `embed`, with `self.tokens.weight`,
        `self.positions.weight` and `self.types.weight`, and these go through
        `self.norm` once. Then they go through all `self.layers`, one after the other.
        Without `parts` all tokens belong to the first part.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            parts:          (batch, token), 0 or 1
            returns:        (batch, token, d_model)
        """
        parts = torch.zeros_like(ids) if parts is None else parts
        tables = self.tokens.weight, self.positions.weight, self.types.weight
        x = self.norm(embed(ids, parts, *tables))  # (batch, token, d_model)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x
