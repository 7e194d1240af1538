"""QLoRA for a model of transformers: NF4 codes in place of weights, and an update beside them.

The parts are those of notebook 8. Memory is saved only for the weights of linear layers; what is
computed with is made again of the codes at each step, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["BLOCK", "NF4", "QLoRALinear", "inject", "merged", "size_of"]

BLOCK = 64  # weights that share a scale


def _nf4() -> Tensor:
    """Return the 16 values of NF4. Source: Dettmers and others (2023), section 3."""
    grids = [torch.linspace(0.9677083, 0.5, n, dtype=torch.float64)[:-1] for n in (9, 8)]
    above, below = (torch.special.ndtri(grid) for grid in grids)
    table: Tensor = torch.cat([-below, above.new_zeros(1), above.flip(0)]) / above[0]
    return table.float()


NF4 = _nf4()
MIDDLES = (NF4[1:] + NF4[:-1]) / 2


class QLoRALinear(nn.Module):
    """A linear layer as four-bit codes, which rest, and a low-rank update, which learns."""

    def __init__(self, layer: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        d_out, d_in = layer.weight.shape
        blocks = layer.weight.detach().reshape(-1, BLOCK)
        scales = blocks.abs().amax(dim=1)
        shares = blocks / scales.where(scales > 0, 1)[:, None]
        codes = torch.bucketize(shares, MIDDLES.to(shares.device)).to(torch.uint8).view(-1, 2)
        self.register_buffer("codes", codes[:, 0] * 16 + codes[:, 1])  # two in a byte
        self.register_buffer("scales", scales)
        self.shape, self.bias = (d_out, d_in), layer.bias
        self.down = nn.Parameter(torch.randn(rank, d_in).to(scales) * d_in**-0.5)
        self.up = nn.Parameter(torch.zeros(d_out, rank).to(scales))
        self.factor = alpha / rank

    def weight(self) -> Tensor:
        """Return the weights that the codes stand for."""
        codes: Tensor = self.get_buffer("codes")
        values = NF4.to(codes.device)[torch.stack([codes // 16, codes % 16], dim=1).long()].view(
            -1, BLOCK
        )
        return (values * self.get_buffer("scales")[:, None]).view(self.shape)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the layer makes of x, and what the update adds."""
        out = nn.functional.linear(x, self.weight(), self.bias)
        return out + self.factor * (x @ self.down.T) @ self.up.T


def _linears(model: nn.Module, inside: str) -> Iterator[tuple[nn.Module, str, nn.Module]]:
    for name, part in list(model.named_modules()):
        for short, layer in list(part.named_children()):
            if inside in f"{name}.{short}" and _is_linear(layer):
                yield part, short, layer


def _is_linear(layer: nn.Module) -> bool:
    return isinstance(layer, nn.Linear | QLoRALinear) or type(layer).__name__ == "Conv1D"


def _plain(layer: Any) -> nn.Linear:
    """Return a linear layer as it is; GPT-2's, which are called Conv1D, lie on their side."""
    if isinstance(layer, nn.Linear):
        return layer
    d_in, d_out = layer.weight.shape
    turned = nn.Linear(d_in, d_out)
    turned.weight, turned.bias = nn.Parameter(layer.weight.T.contiguous()), layer.bias
    return turned


def inject(model: Any, rank: int, alpha: float, inside: str = ".layers.") -> list[nn.Parameter]:
    """Put codes and an update in the place of each linear layer, and return what learns.

    Only layers in whose name `inside` stands are changed. All other weights rest.
    """
    model.requires_grad_(False)
    found = []
    for part, short, layer in _linears(model, inside):
        if not isinstance(layer, QLoRALinear):
            new = QLoRALinear(_plain(layer), rank, alpha)
            setattr(part, short, new)
            found += [new.down, new.up]
    return found


def merged(model: Any, inside: str = ".layers.") -> Any:
    """Make plain linear layers again, with the update inside, in the model itself."""
    for part, short, layer in _linears(model, inside):
        if isinstance(layer, QLoRALinear):
            d_out, d_in = layer.shape
            plain = nn.Linear(d_in, d_out, bias=layer.bias is not None, device=layer.down.device)
            with torch.no_grad():
                plain.weight.copy_(layer.weight() + layer.factor * layer.up @ layer.down)
            if layer.bias is not None:
                plain.bias = layer.bias
            setattr(part, short, plain)
    return model


def size_of(model: Any) -> tuple[int, int]:
    """Return the bytes of all weights and codes, and how many weights learn."""
    tensors = [*model.parameters(), *model.buffers()]
    held = {one.untyped_storage().data_ptr(): one.untyped_storage().nbytes() for one in tensors}
    return sum(held.values()), sum(p.numel() for p in model.parameters() if p.requires_grad)
