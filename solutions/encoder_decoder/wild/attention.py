"""Wrong answers to `Attention` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from gradelib.lab.masked_attention import merge_heads, split_heads
from solutions.encoder_decoder.reference import (
    Attention as OurAttention,
)


class Attention__all_from_x(OurAttention):
    """Looks at itself, as in notebook 3.

    Hint: keys_from_the_target
    """

    def forward(self, x, source, mask):
        q, k, v = (
            split_heads(layer(x), self.heads) for layer in (self.query, self.key, self.value)
        )
        scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / q.shape[-1] ** 0.5
        scores = scores.masked_fill(mask.logical_not(), float("-inf"))
        return self.out(merge_heads(F.softmax(scores, -1) @ v))


class Attention__divides_by_the_width(OurAttention):
    """Divides by the root of d_model and not of a head.

    Hint: scaled_by_the_whole_width
    """

    def forward(self, x, source, mask):
        q, k = split_heads(self.query(x), self.heads), split_heads(self.key(source), self.heads)
        scores = q @ k.transpose(-2, -1) / math.sqrt(x.shape[-1])
        weights = torch.softmax(torch.where(mask, scores, torch.tensor(-1e30)), -1)
        return self.out(merge_heads(weights @ split_heads(self.value(source), self.heads)))


class Attention__never_divides(OurAttention):
    """Takes the dot products as they are.

    Hint: unscaled
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        return self.out(
            merge_heads(F.scaled_dot_product_attention(q, k, v, attn_mask=mask, scale=1.0))
        )


class Attention__sees_everything(OurAttention):
    """Forgets the mask.

    Hint: without_the_mask
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, v)))


class Attention__hides_what_is_real(OurAttention):
    """Takes True for "hidden".

    Hint: mask_turned_round
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        scores = (q @ k.mT) * q.shape[-1] ** -0.5
        scores = torch.where(mask, torch.full_like(scores, -1e30), scores)
        return self.out(merge_heads(scores.softmax(-1) @ v))


class Attention__one_head(OurAttention):
    """Lets one head look with all features.

    Hint: heads_not_split
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        scores = (q @ k.mT / math.sqrt(q.shape[-1] / self.heads)).unsqueeze(1)
        weights = scores.masked_fill(~mask, -torch.inf).softmax(-1)
        return self.out((weights @ v.unsqueeze(1))[:, 0])


class Attention__stops_before_the_end(OurAttention):
    """Leaves the last layer out.

    Hint: no_out
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return mixed.transpose(1, 2).reshape(x.shape)


class Attention__weights_hidden(OurAttention):
    """Sets weights to zero in place of scores to minus infinity.

    Hint: masked_after_the_softmax
    """

    def forward(self, x, source, mask):
        q, k, v = (
            split_heads(part, self.heads)
            for part in (self.query(x), self.key(source), self.value(source))
        )
        weights = F.softmax(q @ k.mT / math.sqrt(q.shape[-1]), dim=-1)
        weights = weights.masked_fill(mask.logical_not(), 0.0)
        return self.out(merge_heads(weights @ v))


class Attention__keys_are_the_values(OurAttention):
    """Mixes the keys.

    Hint: none
    """

    def forward(self, x, source, mask):
        q, k = split_heads(self.query(x), self.heads), split_heads(self.key(source), self.heads)
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, k, attn_mask=mask)))


class Attention__first_mask_for_ever(OurAttention):
    """Keeps the mask of the first batch.

    Hint: none
    """

    def forward(self, x, source, mask):
        if not hasattr(self, "mask"):
            self.mask = mask
        return super().forward(x, source, self.mask)


class Attention__mask_of_four_axes(OurAttention):
    """Takes an axis away from the mask and puts it back.

    Hint: none
    """

    def forward(self, x, source, mask):
        return super().forward(x, source, mask[:, 0][:, None])
