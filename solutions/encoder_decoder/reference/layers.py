"""Sections 5.1 to 5.3: reference answers."""

import math

import torch
from torch import Tensor, nn

from gradelib.lab.masked_attention import merge_heads, split_heads


def shift_right(ids: Tensor, start: int) -> Tensor:
    """Return what the decoder reads while it learns to write `ids`: one place behind.

    Place 0 of each row gets `start`, and every other place the id that stood before it.
    The last id of a row is read by nobody: it is only predicted. `ids` is not changed.

    Shapes:
        ids:     (batch, target), int64
        returns: (batch, target), int64

    >>> shift_right(torch.tensor([[5, 6, 7]]), start=2)
    tensor([[2, 5, 6]])
    """
    first = torch.full_like(ids[:, :1], start)
    return torch.cat([first, ids[:, :-1]], dim=1)


class Attention(nn.Module):
    """Let one text look at another, or at itself, with several heads.

    Source: Vaswani et al. (2017), sections 3.2.2 and 3.2.3.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, source: Tensor, mask: Tensor) -> Tensor:
        """Return what the tokens of `x` collect from those of `source`.

        The queries are made of `x`, the keys and values of `source`. `split_heads` cuts
        each into `self.heads` heads. A score is the dot product of a query and a key,
        divided by the square root of `d_head`, and what the mask hides gets no weight
        in the softmax. The values are mixed by the weights, `merge_heads` puts the
        heads together, and `self.out` has the last word. For a text that looks at
        itself, `source` is `x`. Each query may look at something.

        Shapes:
            x:       (batch, query, d_model)
            source:  (batch, key, d_model)
            mask:    booleans, True for "may look"; broadcasts to (batch, 1, query, key)
            returns: (batch, query, d_model)
        """
        queries = split_heads(self.query(x), self.heads)
        keys = split_heads(self.key(source), self.heads)
        values = split_heads(self.value(source), self.heads)
        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
        weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)
        return self.out(merge_heads(weights @ values))


class EncoderLayer(nn.Module):
    """One layer of the part that reads: attention to itself, and an MLP. It is
    given."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = Attention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return `x` with what attention and the MLP add: (batch, source, d_model)."""
        before = self.norm_1(x)
        x = x + self.attention(before, before, mask)
        wide = self.up(self.norm_2(x))
        return x + self.down(nn.functional.gelu(wide))


class DecoderLayer(nn.Module):
    """One layer of the part that writes: it looks back, then into the source.

    Source: Vaswani et al. (2017), section 3.1; the norms stand first, as in GPT-2.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.self_attention = Attention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.cross_attention = Attention(d_model, heads)
        self.norm_3 = nn.LayerNorm(d_model)
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(
        self,
        x: Tensor,
        source: Tensor,
        self_mask: Tensor,
        cross_mask: Tensor,
    ) -> Tensor:
        """Return `x`, with what three parts have to add.

        First the target looks at itself: `self.self_attention` reads `x` through
        `self.norm_1`, as queries and as source, behind `self_mask`. Then it looks into
        the source: `self.cross_attention` reads the sum through `self.norm_2` for its
        queries, and `source` as it is, behind `cross_mask`. Then the MLP reads the sum
        through `self.norm_3`: up, the exact GELU, down. What each of the three says is
        added.

        Shapes:
            x:          (batch, target, d_model)
            source:     (batch, source, d_model), what the encoder made of the source
            self_mask:  (1, 1, target, target), booleans, True for "may look"
            cross_mask: (batch, 1, 1, source), booleans
            returns:    (batch, target, d_model)
        """
        normed = self.norm_1(x)
        x = x + self.self_attention(normed, normed, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(nn.functional.gelu(self.up(self.norm_3(x))))


class Translator(nn.Module):
    """An encoder and a decoder with one table of tokens for both languages."""

    def __init__(
        self, vocab: int, context: int, d_model: int, heads: int, layers: int, pad: int
    ) -> None:
        super().__init__()
        self.pad = pad
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        readers = (EncoderLayer(d_model, heads) for _ in range(layers))
        self.readers = nn.ModuleList(readers)
        self.read_norm = nn.LayerNorm(d_model)
        writers = (DecoderLayer(d_model, heads) for _ in range(layers))
        self.writers = nn.ModuleList(writers)
        self.write_norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def embed(self, ids: Tensor) -> Tensor:
        """Return the sum of the vectors for token and place.

        Shapes:
            ids:     (batch, token)
            returns: (batch, token, d_model)
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        return self.tokens(ids) + self.positions(places)

    def encode(self, source_ids: Tensor) -> Tensor:
        """Read the source: make one vector of each of its tokens.

        The ids go through `self.embed`, then through all of `self.readers` in turn, and
        then through `self.read_norm`. Each token may look at every token of its row
        that is not `self.pad`, before it and after it.

        Shapes:
            source_ids: (batch, source), padded with `self.pad`
            returns:    (batch, source, d_model)
        """
        mask = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)
        x = self.embed(source_ids)
        for reader in self.readers:
            x = reader(x, mask)
        return self.read_norm(x)

    def decode(self, target_ids: Tensor, source: Tensor, source_ids: Tensor) -> Tensor:
        """Return, at each place of the target, the logits of the token that comes next.

        `target_ids` are what the decoder has read so far. They go through `self.embed`,
        then through all of `self.writers` in turn, then through `self.write_norm`. A
        token of the target may look at itself and back, and at every token of the
        source that is not `self.pad`. The logit of a token is the dot product with its
        vector in `self.tokens.weight`.

        Padding of the target stands on the right, so that no real token sees it.

        Shapes:
            target_ids: (batch, target)
            source:     (batch, source, d_model), from `encode`
            source_ids: (batch, source), padded with `self.pad`
            returns:    (batch, target, vocab)
        """
        target = target_ids.shape[1]
        back = source.new_ones(target, target, dtype=torch.bool).tril()
        across = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)
        x = self.embed(target_ids)
        for writer in self.writers:
            x = writer(x, source, back[None, None], across)
        return self.write_norm(x) @ self.tokens.weight.T  # (batch, target, vocab)
