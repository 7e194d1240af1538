"""Sections 8.5 and 8.6: other right answers. They must pass."""

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

from solutions.lora.reference import (
    LoRALinear,
    dequantize,
    pack_nibbles,
    quantize,
    unpack_nibbles,
)


def pack_nibbles__by_shifts(codes: Tensor) -> Tensor:
    flat = codes.flatten()
    return ((flat[::2] << 4) | flat[1::2]).byte()


def pack_nibbles__bytes(codes: Tensor) -> Tensor:
    flat = codes.flatten().tolist()
    numbers = [int(f"{a:x}{b:x}", 16) for a, b in zip(flat[::2], flat[1::2], strict=True)]
    return torch.tensor(numbers, dtype=torch.uint8)


def bits_per_weight__plainly(bits: int, block: int, group: int | None = None) -> float:
    if group is None:
        return bits + 32 / block
    return bits + 8 / block + 32 / (block * group)


def bits_per_weight__of_many(bits: int, block: int, group: int | None = None) -> float:
    weights = block * (group or 1)
    total = bits * weights
    total += 32 if group is None else 8 * group + 32
    return total / weights


def double_quantize__in_steps(scales: Tensor, table: Tensor, group: int) -> Tensor:
    centre = scales.sum() / scales.numel()
    codes, outer = quantize(scales.sub(centre), table, group)
    back = dequantize(codes, outer, table, tuple(scales.shape))
    return back.add(centre)


def double_quantize__by_hand(scales: Tensor, table: Tensor, group: int) -> Tensor:
    codes, outer = quantize(scales - scales.mean(), table, group)
    return scales.mean() + (outer.unsqueeze(1) * table[codes]).flatten()


class QLoRALinear__by_product(nn.Module):
    def __init__(self, layer: LoRALinear, table: Tensor, block: int) -> None:
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

    def forward(self, x: Tensor) -> Tensor:
        rows = unpack_nibbles(self.packed).unflatten(0, (-1, self.block))
        y = x @ dequantize(rows, self.scales, self.table, self.shape).mT
        if self.bias is not None:
            y = y + self.bias
        if self.on:
            y = y + self.lora_B(self.lora_A(x)) * self.scale
        return y


class QLoRALinear__one_weight(nn.Module):
    def __init__(self, layer: LoRALinear, table: Tensor, block: int) -> None:
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

    def forward(self, x: Tensor) -> Tensor:
        codes = unpack_nibbles(self.packed).reshape(len(self.scales), self.block)
        weight = dequantize(codes, self.scales, self.table, self.shape)
        if self.on:
            weight = weight + self.scale * (self.lora_B.weight @ self.lora_A.weight)
        return nn.functional.linear(x, weight, self.bias)


class QLoRALinear__times_on(nn.Module):
    def __init__(self, layer: LoRALinear, table: Tensor, block: int) -> None:
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

    def forward(self, x: Tensor) -> Tensor:
        codes = unpack_nibbles(self.packed).view(-1, self.block)
        weight = dequantize(codes, self.scales, self.table, self.shape)
        y = nn.functional.linear(x, weight, self.bias)
        return y + self.on * self.scale * self.lora_B(self.lora_A(x))
