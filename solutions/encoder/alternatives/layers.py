"""Sections 4.1 and 4.2: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit


def embed__lookups(
    ids: Tensor, parts: Tensor, tokens: Tensor, positions: Tensor, types: Tensor
) -> Tensor:
    places = torch.arange(ids.shape[1])
    found = nn.functional.embedding(ids, tokens) + nn.functional.embedding(parts, types)
    return found + nn.functional.embedding(places, positions)


def embed__one_hot(
    ids: Tensor, parts: Tensor, tokens: Tensor, positions: Tensor, types: Tensor
) -> Tensor:
    which = nn.functional.one_hot(ids, len(tokens)).float() @ tokens
    side = torch.where(parts.bool()[..., None], types[1], types[0])
    return which + side + positions[None, : ids.size(1)]


SelfAttention__torch = Edit(
    "        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])"
    "  # (batch, heads, query, key)\n"
    """        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)
        return self.out(merge_heads(scores.softmax(dim=-1) @ values))""",
    """        mask = attention_mask[:, None, None, :]
        mixed = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        return self.out(mixed.transpose(1, 2).reshape(x.shape))""",
)

SelfAttention__additive = Edit(
    "scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)",
    "scores = scores + (1.0 - attention_mask.float())[:, None, None] * torch.finfo(x.dtype).min",
)

SelfAttention__split_by_hand = Edit(
    "(split_heads(layer(x), self.heads) for layer in layers)",
    "(layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for layer in layers)",
)

EncoderLayer__step_by_step = Edit(
    """        x = self.norm_1(x + self.attention(x, attention_mask))
        return self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))""",
    """        said = self.attention(x, attention_mask)
        middle = nn.functional.layer_norm(
            x + said, x.shape[-1:], self.norm_1.weight, self.norm_1.bias, 1e-12
        )
        wide = self.up(middle)
        bent = wide * 0.5 * (1.0 + torch.erf(wide / 2**0.5))
        return self.norm_2(self.down(bent) + middle)""",
)

Encoder__by_the_modules = Edit(
    """        tables = self.tokens.weight, self.positions.weight, self.types.weight
        x = self.norm(embed(ids, parts, *tables))  # (batch, token, d_model)""",
    """        x = self.tokens(ids) + self.types(parts)
        x = self.norm(x + self.positions(torch.arange(ids.shape[1])))""",
)
