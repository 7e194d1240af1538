"""Wrong answers to `QLoRALinear` in other words, with the hint due."""

import torch
import torch.nn.functional as F
from torch import nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import (
    dequantize,
    pack_nibbles,
    quantize,
    unpack_nibbles,
)


class Four(nn.Module):
    """What is given of the layer."""

    def __init__(self, layer, table, block):
        super().__init__()
        base = layer.base
        weight = base.weight.T if isinstance(base, Conv1D) else base.weight
        codes, scales = quantize(weight.detach(), table, block)
        self.shape, self.block = tuple(weight.shape), block
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scales", scales)
        self.register_buffer("table", table)
        self.register_buffer("bias", None if base.bias is None else base.bias.detach())
        self.lora_A, self.lora_B = layer.lora_A, layer.lora_B
        self.scale, self.on = layer.scale, layer.on

    def weight(self):
        codes = unpack_nibbles(self.packed).view(-1, self.block)
        return dequantize(codes, self.scales, self.table, self.shape)


class QLoRALinear__unbiased(Four):
    """Without the bias.

    Hint: no_bias
    """

    def forward(self, x):
        y = x @ self.weight().T
        if self.on:
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


class QLoRALinear__frozen_only(Four):
    """The base alone.

    Hint: no_update
    """

    def forward(self, x):
        return F.linear(x, self.weight(), self.bias)


class QLoRALinear__switchless(Four):
    """Forgets the switch.

    Hint: always_on
    """

    def forward(self, x):
        return F.linear(x, self.weight(), self.bias) + self.lora_B(self.lora_A(x)) * self.scale


class QLoRALinear__scale_one(Four):
    """Forgets the scale.

    Hint: not_scaled
    """

    def forward(self, x):
        y = F.linear(x, self.weight(), self.bias)
        return y + self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__table_values(Four):
    """Looks codes up and never scales them.

    Hint: scales_forgotten
    """

    def forward(self, x):
        w = self.table[unpack_nibbles(self.packed)].view(self.shape)
        y = F.linear(x, w, self.bias)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__no_grad(Four):
    """Everything without gradients.

    Hint: cannot_learn
    """

    def forward(self, x):
        with torch.no_grad():
            y = F.linear(x, self.weight(), self.bias)
            return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__while_training(Four):
    """Off under eval.

    Hint: in_training_only
    """

    def forward(self, x):
        y = F.linear(x, self.weight(), self.bias)
        if self.on and self.training:
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


class QLoRALinear__skip_if_zero(Four):
    """Saves the time of an update that is zero.

    Hint: skips_zeros
    """

    def forward(self, x):
        y = F.linear(x, self.weight(), self.bias)
        if self.on and self.lora_B.weight.any():
            y = y + self.scale * self.lora_B(self.lora_A(x))
        return y


class QLoRALinear__keeps_weight(Four):
    """Leaves the weight in the layer.

    Hint: weight_left_behind
    """

    def forward(self, x):
        self.w = self.weight()
        y = F.linear(x, self.w, self.bias)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__a_block_a_row(Four):
    """Takes rows for blocks.

    Hint: rows_for_blocks
    """

    def forward(self, x):
        codes = unpack_nibbles(self.packed).view(self.shape[0], -1)
        y = F.linear(x, dequantize(codes, self.scales, self.table, self.shape), self.bias)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y


class QLoRALinear__blocks_of_four(Four):
    """Knows one length of blocks.

    Hint: blocks_of_four
    """

    def forward(self, x):
        codes = unpack_nibbles(self.packed).view(-1, 4)
        y = F.linear(x, dequantize(codes, self.scales, self.table, self.shape), self.bias)
        return y + self.scale * self.lora_B(self.lora_A(x)) if self.on else y
