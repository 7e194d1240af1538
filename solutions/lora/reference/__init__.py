"""Reference answers for notebook 08: their signatures and docstrings become the stubs."""

from solutions.lora.reference.bits import (
    QLoRALinear,
    bits_per_weight,
    double_quantize,
    pack_nibbles,
    unpack_nibbles,
)
from solutions.lora.reference.files import adapter_state, load_adapter, merge
from solutions.lora.reference.prompts import Adapter, PromptEncoder, prefix_pairs, prepend_prompt
from solutions.lora.reference.tables import dequantize, normal_table, quantize
from solutions.lora.reference.updates import LoRALinear, inject

__all__ = [
    "Adapter",
    "LoRALinear",
    "PromptEncoder",
    "QLoRALinear",
    "adapter_state",
    "bits_per_weight",
    "dequantize",
    "double_quantize",
    "inject",
    "load_adapter",
    "merge",
    "normal_table",
    "pack_nibbles",
    "prefix_pairs",
    "prepend_prompt",
    "quantize",
    "unpack_nibbles",
]
