"""Wrong answers to `SelfAttention` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from gradelib.lab.masked_attention import merge_heads, split_heads
from solutions.encoder.reference import (
    SelfAttention as OurAttention,
)


class _Attention(OurAttention):
    """The constructor, for the wrong answers below."""

    def parts(self, x):
        return [split_heads(f(x), self.heads) for f in (self.query, self.key, self.value)]


class SelfAttention__looks_back(_Attention):
    """Hides the future as well.

    Hint: causal
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        n = x.shape[1]
        may = attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n)).bool()
        scores = (q @ k.transpose(2, 3)) / math.sqrt(q.size(-1))
        weights = torch.softmax(scores.masked_fill(~may, -1e30), dim=-1)
        return self.out(merge_heads(weights @ v))


class SelfAttention__no_mask(_Attention):
    """Never uses the mask.

    Hint: sees_padding
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, v)))


class SelfAttention__mask_multiplies(_Attention):
    """Multiplies the scores by the mask.

    Hint: hidden_with_zero
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        scores = (q @ k.mT) / q.shape[-1] ** 0.5 * attention_mask[:, None, None].float()
        return self.out(merge_heads(scores.softmax(-1) @ v))


class SelfAttention__root_forgotten(_Attention):
    """Divides by the size of a head, not by its root.

    Hint: scaled_by_d_head
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        size = x.shape[-1] // self.heads
        scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / size
        scores = scores.masked_fill(attention_mask[:, None, None, :] == 0, float("-inf"))
        return self.out(merge_heads(scores.softmax(dim=3) @ v))


class SelfAttention__whole_width(_Attention):
    """Divides by the root of all features.

    Hint: scaled_by_d_model
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        added = torch.zeros(attention_mask.shape).masked_fill(~attention_mask, -1e9)
        scores = q @ k.mT * x.shape[2] ** -0.5 + added[:, None, None]
        return self.out(merge_heads(scores.softmax(-1) @ v))


class SelfAttention__never_mixed_again(_Attention):
    """Forgets the last layer.

    Hint: no_out
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=attention_mask[:, None, None])
        return merge_heads(mixed)


class SelfAttention__weights_cut_afterwards(_Attention):
    """Sets the weights of padding to zero after softmax, so that rows do not sum to one.

    Hint: mask_after_softmax
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        weights = (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-1)
        return self.out(merge_heads(weights * attention_mask[:, None, None] @ v))


class SelfAttention__first_mask_for_ever(_Attention):
    """Keeps the mask of the first batch.

    Hint: none
    """

    def forward(self, x, attention_mask):
        if not hasattr(self, "hidden"):
            self.hidden = ~attention_mask[:, None, None]
        q, k, v = self.parts(x)
        scores = (q @ k.mT / math.sqrt(q.shape[-1])).masked_fill(self.hidden, -torch.inf)
        return self.out(merge_heads(scores.softmax(-1) @ v))


class SelfAttention__dropout(_Attention):
    """Drops some weights out in training.

    Hint: none
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        scores = q @ k.mT / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)
        weights = F.dropout(scores.softmax(-1), 0.1, self.training)
        return self.out(merge_heads(weights @ v))
