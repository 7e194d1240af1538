"""Section 3.3, "A block": reference answers."""

from typing import TYPE_CHECKING

from torch import Tensor, nn

from solutions.decoder.reference.attention import SelfAttention

if TYPE_CHECKING:
    from solutions.decoder.reference.cache import KVCache


class MLP(nn.Module):
    """Change each token's vector by itself: more numbers, bend, down again."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return `self.down` of the GELU of `self.up` of `x`.

        The GELU is the one that GPT-2 uses, with a hyperbolic tangent. You may write
        the formula or use `nn.functional.gelu`; mind that it knows two kinds.

        Source: Hendrycks and Gimpel (2016), section 2.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        return self.down(nn.functional.gelu(self.up(x), approximate="tanh"))


class Block(nn.Module):
    """One layer of the decoder: attention and an MLP, each after a norm, with a bypass.

    Source: Radford et al. (2019), section 2.3; the norm first is pre-norm, of Xiong et
    al. (2020).
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor, cache: "KVCache | None" = None) -> Tensor:
        """Return `x`, with what attention and the MLP have to add.

        First comes attention: it reads `x` through `self.norm_1`, and its answer is
        added to `x`. Then the MLP reads this sum through `self.norm_2`, and its answer
        is added to the sum. The norms only stand before the two parts: what is added to
        has not been normed. The `cache` is handed on to attention.

        Shapes:
            x:       (batch, token, d_model)
            returns: (batch, token, d_model)
        """
        x = x + self.attention(self.norm_1(x), cache)
        return x + self.mlp(self.norm_2(x))
