"""QLoRA for a model of transformers: weights rounded to NF4, and peft's update beside them.

What is computed with stays in float32: no memory is saved here. `size_of` says what codes of four
bits and their scales would take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn

__all__ = ["BLOCK", "NF4", "inject", "merged", "rounded", "size_of"]

BLOCK = 64  # weights that share a scale
# Source: Dettmers and others (2023), appendix E.
NF4 = torch.tensor([
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
    -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
    0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941,
    0.7229568362236023, 1.0,
])  # fmt: skip
FOUR_BITS = "is_of_four_bits"  # said of a layer


def rounded(weight: Tensor) -> Tensor:
    """Return weights of which each is one of the 16 values, times the scale of its block."""
    rows = weight.detach().reshape(-1, BLOCK)
    largest = torch.linalg.vector_norm(rows, ord=float("inf"), dim=1, keepdim=True).clamp(min=1e-12)
    nearest = torch.bucketize(rows / largest, (NF4[1:] + NF4[:-1]) / 2)
    result: Tensor = (NF4[nearest] * largest).reshape(weight.shape)
    return result


def _linears(model: nn.Module, inside: str) -> Iterator[tuple[str, Any]]:
    """Yield linear layers by name; GPT-2's are called Conv1D and lie on their side."""
    for name, layer in list(model.named_modules()):
        if inside in f".{name}" and type(layer).__name__ in ("Linear", "Conv1D"):
            yield name, layer


def inject(model: Any, rank: int, alpha: int, inside: str = ".layers.") -> list[nn.Parameter]:
    """Round each linear layer, put an update beside it, and return what learns.

    Only layers in whose name `inside` stands are changed. All other weights rest.
    """
    found = dict(_linears(model, inside))
    for layer in found.values():
        layer.weight.data.copy_(rounded(layer.weight))
        setattr(layer, FOUR_BITS, True)
    turned = any(type(layer).__name__ == "Conv1D" for layer in found.values())
    config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=list(found), fan_in_fan_out=turned)
    inject_adapter_in_model(config, model)
    return [weight for weight in model.parameters() if weight.requires_grad]


def merged(model: Any) -> Any:
    """Make plain linear layers again, with the update inside, in the model itself."""
    for name, layer in list(model.named_modules()):
        if isinstance(layer, LoraLayer):
            layer.merge()
            plain = layer.get_base_layer()
            setattr(plain, FOUR_BITS, False)
            parent, _, own = name.rpartition(".")
            setattr(model.get_submodule(parent), own, plain)
    return model


def size_of(model: Any) -> tuple[int, int]:
    """Return the bytes of all weights, four-bit ones with their scales, and how many learn."""
    small = {id(layer.weight) for layer in model.modules() if getattr(layer, FOUR_BITS, False)}
    held = sum(
        p.numel() // 2 + p.numel() // BLOCK * 4 if id(p) in small else p.numel() * p.element_size()
        for p in model.parameters()
    )
    return held, sum(p.numel() for p in model.parameters() if p.requires_grad)
