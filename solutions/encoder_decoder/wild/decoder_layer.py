"""Wrong answers to `DecoderLayer` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from solutions.encoder_decoder.reference import (
    DecoderLayer as OurLayer,
)
from torch import nn


class DecoderLayer__like_gpt2(OurLayer):
    """Is a block of notebook 3.

    Hint: no_cross_attention
    """

    def forward(self, x, source, self_mask, cross_mask):
        y = self.norm_1(x)
        x = self.self_attention(y, y, self_mask) + x
        return x + self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__only_across(OurLayer):
    """Never looks back.

    Hint: no_self_attention
    """

    def forward(self, x, source, self_mask, cross_mask):
        y = self.cross_attention(self.norm_2(x), source, cross_mask)
        x = x + y
        return x + self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__source_first(OurLayer):
    """Looks at the source before it looks back.

    Hint: cross_first
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = self.cross_attention(self.norm_2(x), source, cross_mask) + x
        y = self.norm_1(x)
        x = self.self_attention(y, y, self_mask) + x
        return self.down(F.gelu(self.up(self.norm_3(x)))) + x


class DecoderLayer__as_in_2017(OurLayer):
    """Norms after adding.

    Hint: post_norm
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = self.norm_1(self.self_attention(x, x, self_mask) + x)
        x = self.norm_2(self.cross_attention(x, source, cross_mask) + x)
        return self.norm_3(self.down(F.gelu(self.up(x))) + x)


class DecoderLayer__no_residual(OurLayer):
    """Puts what the source says in the place of what was known.

    Hint: replaced
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        seen = self.cross_attention(self.norm_2(x), source, cross_mask)
        return seen + self.down(F.gelu(self.up(self.norm_3(seen))))


class DecoderLayer__last_not_added(OurLayer):
    """Returns only what the MLP says.

    Hint: mlp_not_added
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__norms_once(OurLayer):
    """Uses the first norm everywhere.

    Hint: one_norm_for_all
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = self.self_attention(n, n, self_mask) + x
        x = self.cross_attention(self.norm_1(x), source, cross_mask) + x
        return self.down(F.gelu(self.up(self.norm_1(x)))) + x


class DecoderLayer__without_norms(OurLayer):
    """Forgets all three norms.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = x + self.self_attention(x, x, self_mask)
        x = x + self.cross_attention(x, source, cross_mask)
        return x + self.down(F.gelu(self.up(x)))


class DecoderLayer__relu(OurLayer):
    """Bends with a ReLU, as the paper did.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(torch.relu(self.up(self.norm_3(x))))


class DecoderLayer__fast_gelu(OurLayer):
    """Takes GPT-2's GELU.

    Hint: tanh_gelu
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(nn.GELU("tanh")(self.up(self.norm_3(x))))


class DecoderLayer__triangle_of_its_own(OurLayer):
    """Makes the triangle itself, and does not look at `self_mask`.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        count, y = x.shape[1], self.norm_1(x)
        x = x + self.self_attention(y, y, torch.ones(1, 1, count, count).tril().bool())
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__dropout(OurLayer):
    """Drops something out in training.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        y = self.norm_1(x)
        x = x + F.dropout(self.self_attention(y, y, self_mask), 0.1, self.training)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(F.gelu(self.up(self.norm_3(x))))
