"""Section 3.4, "The whole model": other right answers. They must pass."""

import torch
from torch import nn

from solutions.decoder.reference import Block, embed


class DecoderLM__linear_head(nn.Module):
    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = 0 if caches is None else caches[0].length
        caches = [None] * len(self.blocks) if caches is None else caches
        hidden = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches, strict=True):
            hidden = block(hidden, cache)
        return nn.functional.linear(self.norm(hidden), self.tokens.weight)


class DecoderLM__layers_called(nn.Module):
    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        start = caches[0].length if caches else 0
        places = torch.arange(start, start + ids.shape[1])
        x = self.tokens(ids) + self.positions(places)
        for number, block in enumerate(self.blocks):
            x = block(x) if not caches else block(x, caches[number])
        return torch.einsum("btd,vd->btv", self.norm(x), self.tokens.weight)
