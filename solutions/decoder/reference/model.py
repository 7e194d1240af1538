"""Section 3.4, "The whole model": reference answers."""

from typing import TYPE_CHECKING

from torch import Tensor, nn

from solutions.decoder.reference.block import Block
from solutions.decoder.reference.embedding import embed

if TYPE_CHECKING:
    from solutions.decoder.reference.cache import KVCache


class DecoderLM(nn.Module):
    """A language model: ids in, and at each position the logits of the next token."""

    def __init__(
        self,
        vocab: int,
        context: int,
        d_model: int,
        heads: int,
        layers: int,
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)  # small: it is the head as well

    def forward(self, ids: Tensor, caches: "list[KVCache] | None" = None) -> Tensor:
        """Return the logits of the next token at every position.

        The ids become vectors by `embed`, with `self.tokens.weight` and
        `self.positions.weight`. They go through all `self.blocks`, one after the other,
        and then through `self.norm`. The logit of a token is the dot product of what
        comes out with the vector of that token in `self.tokens.weight`: the table of
        the input is the head of the output, too.

        `caches` has one cache for each block, in the same order, which is handed on to
        the block. Then `caches[0].length`, as it is before the blocks run, says how
        many tokens came before these ids.

        Shapes:
            ids:     (batch, token)
            returns: (batch, token, vocab)
        """
        past = caches[0].length if caches else 0
        x = embed(ids, self.tokens.weight, self.positions.weight, past)  # (batch, token, d_model)
        for number, block in enumerate(self.blocks):
            x = block(x, caches[number] if caches else None)
        return self.norm(x) @ self.tokens.weight.T  # (batch, token, vocab)
