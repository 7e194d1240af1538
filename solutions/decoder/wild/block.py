"""Wrong answers to `Block` in other words, with the hint due."""

import torch
from solutions.decoder.reference import (
    MLP as OurMLP,
)
from solutions.decoder.reference import (
    SelfAttention as OurAttention,
)
from torch import nn


class Block__norm_after(nn.Module):
    """Norms the sums, as the first transformer did.

    Hint: post_norm
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        y = self.norm_1(x + self.attention(x, cache))
        return self.norm_2(y + self.mlp(y))


class Block__side_by_side(nn.Module):
    """Lets the MLP read x instead of the sum.

    Hint: side_by_side
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        a = self.attention(self.norm_1(x), cache)
        m = self.mlp(self.norm_2(x))
        return x + a + m


class Block__no_bypass(nn.Module):
    """Runs the parts one after the other and adds nothing.

    Hint: no_bypass
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = self.attention(self.norm_1(x), cache)
        x = self.mlp(self.norm_2(x))
        return x


class Block__added_to_the_normed(nn.Module):
    """Adds to what has been normed.

    Hint: adds_to_what_is_normed
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = self.norm_1(x)
        x = x + self.attention(x, cache)
        x = self.norm_2(x)
        return x + self.mlp(x)


class Block__one_norm_for_both(nn.Module):
    """Uses the first norm twice.

    Hint: one_norm_for_both
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_1(x))


class Block__cache_not_handed_on(nn.Module):
    """Calls attention without the cache.

    Hint: cache_left_behind
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        y = self.attention(self.norm_1(x)) + x
        return self.mlp(self.norm_2(y)) + y


class Block__mlp_first(nn.Module):
    """Takes the MLP before attention.

    Hint: mlp_first
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = x + self.mlp(self.norm_2(x))
        return x + self.attention(self.norm_1(x), cache)


class Block__changes_x(nn.Module):
    """Adds into x itself.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    @torch.no_grad()
    def forward(self, x, cache=None):
        x += self.attention(self.norm_1(x), cache)
        x += self.mlp(self.norm_2(x))
        return x


class Block__drops_out(nn.Module):
    """Adds dropout, for which nobody asked.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        found = self.attention(self.norm_1(x), cache)
        x = x + nn.functional.dropout(found, 0.1, self.training)
        return x + nn.functional.dropout(self.mlp(self.norm_2(x)), 0.1, self.training)


class Block__no_cache_in_training(nn.Module):
    """Hands the cache on after `.eval()` only.

    Hint: none
    """

    def __init__(self, d_model, heads):
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = OurAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = OurMLP(d_model)

    def forward(self, x, cache=None):
        x = x + self.attention(self.norm_1(x), None if self.training else cache)
        return x + self.mlp(self.norm_2(x))
