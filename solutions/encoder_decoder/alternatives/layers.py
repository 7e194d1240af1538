"""Sections 5.1 to 5.3: other right answers. They must pass."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit


def shift_right__new_zeros(ids: Tensor, start: int) -> Tensor:
    read = ids.new_zeros(ids.shape)  # as transformers does it in shift_tokens_right
    read[:, 1:] = ids[:, :-1].clone()
    read[:, 0] = start
    return read


def shift_right__pad(ids: Tensor, start: int) -> Tensor:
    return nn.functional.pad(ids, (1, 0), value=start)[:, : ids.shape[1]]


def shift_right__roll(ids: Tensor, start: int) -> Tensor:
    read = torch.roll(ids, 1, dims=1)
    read[:, 0] = start
    return read


Attention__torch = Edit(
    """        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
        weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)
        return self.out(merge_heads(weights @ values))""",
    """        look = nn.functional.scaled_dot_product_attention
        mixed = look(queries, keys, values, attn_mask=mask)
        return self.out(mixed.transpose(1, 2).flatten(2))""",
)

Attention__additive = Edit(
    "weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)",
    "hidden = torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(x.dtype).min)\n"
    "        weights = torch.softmax(scores + hidden, dim=-1)",
)

DecoderLayer__step_by_step = Edit(
    """        normed = self.norm_1(x)
        x = x + self.self_attention(normed, normed, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(nn.functional.gelu(self.up(self.norm_3(x))))""",
    """        before = self.norm_1(x)
        back = self.self_attention(x=before, source=before, mask=self_mask) + x
        seen = self.cross_attention(x=self.norm_2(back), source=source, mask=cross_mask) + back
        wide = self.up(self.norm_3(seen))
        return seen + self.down(wide * 0.5 * (1 + torch.erf(wide / 2**0.5)))""",
)

Translator__linear_head = Edit(
    "return self.write_norm(x) @ self.tokens.weight.T",
    "return nn.functional.linear(self.write_norm(x), self.tokens.weight)",
)

Translator__four_axes = Edit(
    "mask = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)",
    "real = source_ids.ne(self.pad)\n"
    "        mask = real[:, None, None].expand(-1, 1, source_ids.shape[1], -1)",
)
