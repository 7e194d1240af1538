"""Tiny models of `transformers`: the real code with random weights, and the masks that it makes.

Nothing is trained or loaded. The same call always gives the same weights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    BertConfig,
    BertForMaskedLM,
    GPT2Config,
    GPT2LMHeadModel,
    MistralConfig,
    MistralForCausalLM,
    PreTrainedConfig,
    PreTrainedModel,
)

__all__ = ["masks_of", "tiny_bart", "tiny_bert", "tiny_gpt2", "tiny_mistral"]

WORDS = 30_522  # entries of BERT's vocabulary, which all of them use
SPREAD = 0.3  # of the weights: large enough for a model to have opinions
ATTENTIONS = ("SelfAttention", "BartAttention", "GPT2Attention", "MistralAttention")

Config = TypeVar("Config", bound=PreTrainedConfig)
Model = TypeVar("Model", bound=PreTrainedModel)
Hook = Callable[[nn.Module, tuple[Any, ...], dict[str, Any]], None]


def tiny_gpt2() -> GPT2LMHeadModel:
    """Return a GPT-2 with 2 layers, 4 heads and 32 features: a decoder."""
    sizes: dict[str, Any] = {"n_positions": 64, "n_embd": 32, "n_layer": 2, "n_head": 4}
    ends: dict[str, Any] = {"bos_token_id": 101, "eos_token_id": 102}
    config = GPT2Config(vocab_size=WORDS, initializer_range=SPREAD, **sizes, **ends)
    return _seeded(GPT2LMHeadModel, config)


def tiny_bert() -> BertForMaskedLM:
    """Return a BERT with 2 layers, 4 heads and 32 features: an encoder."""
    sizes: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = BertConfig(vocab_size=WORDS, intermediate_size=64, initializer_range=SPREAD, **sizes)
    return _seeded(BertForMaskedLM, config)


def tiny_bart() -> BartForConditionalGeneration:
    """Return a BART with 2 + 2 layers, 4 heads and 32 features: an encoder and a decoder."""
    sizes: dict[str, Any] = {
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64,
    }
    heads: dict[str, Any] = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
    config = BartConfig(vocab_size=WORDS, d_model=32, init_std=SPREAD, **sizes, **heads)
    return _seeded(BartForConditionalGeneration, config)


def tiny_mistral(window: int) -> MistralForCausalLM:
    """Return a Mistral with 2 layers, 4 heads and 32 features: a decoder with a sliding window."""
    sizes: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = MistralConfig(
        vocab_size=WORDS,
        intermediate_size=64,
        num_key_value_heads=4,
        sliding_window=window,
        initializer_range=SPREAD,
        **sizes,
    )
    return _seeded(MistralForCausalLM, config)


def _seeded(make: Callable[[Config], Model], config: Config) -> Model:
    config._attn_implementation = "eager"  # plain matrix products, with the mask as numbers
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = make(config)
    model.train(False)
    return model


@torch.no_grad()
def masks_of(model: PreTrainedModel, **inputs: Tensor) -> dict[str, Tensor]:
    """Run a model, and return the mask that the first attention of each kind was given.

    The names are "encoder", "decoder" and "cross". Each mask is what is added to the scores.
    """
    masks: dict[str, Tensor] = {}

    def look(name: str) -> Hook:
        def hook(module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            mask = kwargs.get("attention_mask")
            if mask is not None:
                masks.setdefault(_kind(name, model), mask)

        return hook

    attentions = [(n, m) for n, m in model.named_modules() if _is_attention(m)]
    hooks = [m.register_forward_pre_hook(look(n), with_kwargs=True) for n, m in attentions]
    try:
        model(**inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return masks


def _is_attention(module: nn.Module) -> bool:
    return type(module).__name__.endswith(ATTENTIONS)


def _kind(name: str, model: PreTrainedModel) -> str:
    if "encoder_attn" in name:
        return "cross"
    both = model.config.is_encoder_decoder
    in_encoder = "encoder." in name.replace("decoder.", "")
    return "encoder" if in_encoder or not (both or _is_causal(model)) else "decoder"


def _is_causal(model: nn.Module) -> bool:
    return type(model).__name__ in ("GPT2LMHeadModel", "MistralForCausalLM")
