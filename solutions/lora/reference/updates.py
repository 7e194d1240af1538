"""Section 8.1: reference answers."""

from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D


class LoRALinear(nn.Module):
    """A linear layer that stays as it is, and a small update beside it that learns.

    Source: Hu et al. (2021), section 4.1.
    """

    def __init__(
        self,
        base: nn.Module,
        d_in: int,
        d_out: int,
        rank: int,
        alpha: float,
    ) -> None:
        """Freeze `base`, which maps `d_in` numbers to `d_out`, and make the update.

        `self.base` is the layer itself, and none of its weights trains any more.
        `self.lora_A` and `self.lora_B` are linear layers without a bias: A maps `d_in`
        numbers to `rank`, and B maps these to `d_out`. A begins as `nn.Linear` does, B
        with zeros. `self.scale` is `alpha` divided by `rank`. `self.on` is True.
        """
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(d_in, rank, bias=False)
        self.lora_B = nn.Linear(rank, d_out, bias=False)
        nn.init.zeros_(self.lora_B.weight)
        self.scale = alpha / rank
        self.on = True

    def forward(self, x: Tensor) -> Tensor:
        """Return what `self.base` makes of `x`, and, if `self.on`, the update's share.

        Its share is what `self.lora_B` makes of what `self.lora_A` makes of `x`, times
        `self.scale`. The base is frozen, but gradients flow through it, back to `x`.
        Between two calls somebody may set `self.on` or `self.scale` to something else,
        or change the base, as `merge` will.

        Shapes:
            x:       (..., d_in)
            returns: (..., d_out)
        """
        y = self.base(x)  # (..., d_out)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


def inject(
    model: nn.Module,
    names: list[str],
    rank: int,
    alpha: float,
) -> dict[str, int]:
    """Freeze a model, and put a `LoRALinear` in the place of the layers that are named.

    Replaced is each module that is an `nn.Linear` or a `Conv1D` and whose full name is
    one of `names`, or ends with a dot and one of them: "c_proj" stands for
    "h.0.attn.c_proj" and "h.0.mlp.c_proj", "mlp.c_proj" for the second alone. A layer
    that several names stand for is replaced once. All other modules stay what they are,
    and no old weight trains any more, of whatever module it is.

    The weight of an `nn.Linear` has the shape (d_out, d_in), that of a `Conv1D`
    (d_in, d_out).

    Returned is a dictionary: for the full name of each layer that was replaced, how
    many numbers its update has, which are those of A and B together.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    >>> inject(model, ["2"], rank=4, alpha=8.0)  # A has 4 · 3 numbers, B has 1 · 4
    {'2': 16}
    >>> type(model[0]).__name__, type(model[2]).__name__
    ('Linear', 'LoRALinear')
    """
    model.requires_grad_(False)
    found = [
        (name, layer)
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear | Conv1D)
        and any(f".{name}".endswith(f".{one}") for one in names)
    ]
    counts = {}
    for name, layer in found:
        d_out, d_in = layer.weight.T.shape if isinstance(layer, Conv1D) else layer.weight.shape
        parent, _, last = name.rpartition(".")
        setattr(model.get_submodule(parent), last, LoRALinear(layer, d_in, d_out, rank, alpha))
        counts[name] = rank * (d_in + d_out)
    return counts
