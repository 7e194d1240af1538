"""Wrong answers to `DecoderLM` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from solutions.decoder.reference import (
    Block as OurBlock,
)
from solutions.decoder.reference import (
    embed,
)
from torch import nn


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


class DecoderLM__drops_out(nn.Module):
    """Adds dropout, for which nobody asked.

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
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        x = nn.functional.dropout(x, 0.1, self.training)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = block(x, cache)
        return self.norm(x) @ self.tokens.weight.T


class DecoderLM__head_learns_nothing(nn.Module):
    """Cuts the table off where it is the head.

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
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = block(x, cache)
        return self.norm(x) @ self.tokens.weight.detach().T


class DecoderLM__input_learns_nothing(nn.Module):
    """Cuts the table off where ids become vectors.

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
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight.data, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches or [None] * len(self.blocks)):
            x = block(x, cache)
        return self.norm(x) @ self.tokens.weight.T
