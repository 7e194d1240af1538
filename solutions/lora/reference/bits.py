"""Sections 8.5 and 8.6: reference answers."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference.tables import dequantize, quantize
from solutions.lora.reference.updates import LoRALinear


def pack_nibbles(codes: Tensor) -> Tensor:
    """Pack two codes of four bits into each byte.

    The codes are read row by row, however they lie in memory. Of two neighbours the
    first becomes the four high bits, the second the four low ones. So a byte is 16
    times the first, plus the second.

    Shapes:
        codes:   (...), whole numbers from 0 to 15; their count is even
        returns: (byte,), uint8, half as many

    >>> pack_nibbles(torch.tensor([[1, 2], [15, 0]]))
    tensor([ 18, 240], dtype=torch.uint8)
    """
    pairs = codes.reshape(-1, 2)
    return (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)


def unpack_nibbles(packed: Tensor) -> Tensor:
    """Undo `pack_nibbles`: return two codes for each byte, in one row.

    Shapes:
        packed:  (byte,), uint8
        returns: (2 * byte,), int64

    >>> unpack_nibbles(torch.tensor([18, 240], dtype=torch.uint8))
    tensor([ 1,  2, 15,  0])
    """
    both = torch.stack([packed >> 4, packed & 15], dim=-1)  # (byte, 2)
    return both.flatten().long()


def bits_per_weight(bits: int, block: int, group: int | None = None) -> float:
    """Return how many bits a quantized weight takes, with its share of the scales.

    Each weight has a code of so many `bits`. Each `block` of weights shares a scale,
    which is a float of 32 bits. With double quantization, where `group` is given, the
    scales are quantized too: then each has 8 bits, and each `group` of *scales* shares
    one float of 32 bits.

    >>> bits_per_weight(4, block=64)
    4.5
    >>> bits_per_weight(4, block=64, group=256)
    4.126953125
    """
    scale = 32 if group is None else 8 + 32 / group
    return bits + scale / block


def double_quantize(scales: Tensor, table: Tensor, group: int) -> Tensor:
    """Quantize the scales too, and return them as they come back.

    Scales are all positive. So their mean is subtracted first; what is left is
    quantized by `quantize`, in blocks of `group`, and made again by `dequantize`. Then
    the mean is added.

    Source: Dettmers et al. (2023), section 3, under *Double Quantization*.

    Raises:
        ValueError: the number of scales cannot be divided by `group`.

    Shapes:
        scales:  (blocks,)
        table:   (value,), in rising order
        returns: (blocks,)
    """
    mean = scales.mean()
    codes, groups = quantize(scales - mean, table, group)
    return dequantize(codes, groups, table, scales.shape) + mean


class QLoRALinear(nn.Module):
    """A `LoRALinear` whose base takes four bits a weight. Its update stays as it is.

    Source: Dettmers et al. (2023), section 3.
    """

    def __init__(self, layer: LoRALinear, table: Tensor, block: int) -> None:
        super().__init__()
        base = layer.base
        weight = base.weight.T if isinstance(base, Conv1D) else base.weight
        codes, scales = quantize(weight.detach(), table, block)
        self.shape, self.block = tuple(weight.shape), block  # (d_out, d_in)
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scales", scales)
        self.register_buffer("table", table)
        self.register_buffer("bias", None if base.bias is None else base.bias.detach())
        self.lora_A, self.lora_B = layer.lora_A, layer.lora_B
        self.scale, self.on = layer.scale, layer.on

    def forward(self, x: Tensor) -> Tensor:
        """Return what the base and, if `self.on`, the update make of `x`.

        The weight of the base, of the shape `self.shape`, is made anew in each call and
        not kept: `unpack_nibbles` gives the codes in one row, to be laid in rows of
        `self.block`, and `dequantize` the weight. It maps `x` as a linear layer does,
        with `self.bias`, which may be None. Then comes the update, as in `LoRALinear`.
        Gradients flow back to `x`, through the base too.

        Shapes:
            x:       (..., d_in)
            returns: (..., d_out)
        """
        codes = unpack_nibbles(self.packed).view(-1, self.block)
        weight = dequantize(codes, self.scales, self.table, self.shape)  # (d_out, d_in)
        y = nn.functional.linear(x, weight, self.bias)  # (..., d_out)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y
