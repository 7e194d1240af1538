"""A decoder like GPT-2: ids to logits, loss, weights, a cache, the loop, a step.

It leaves out dropout, padding on the left, and when a text ends: that is for notebook
06.
"""

from solutions.decoder.reference.attention import (
    SelfAttention,
    causal_attention,
    merge_heads,
    split_heads,
)
from solutions.decoder.reference.block import MLP, Block
from solutions.decoder.reference.cache import KVCache, generate_cached
from solutions.decoder.reference.embedding import embed
from solutions.decoder.reference.loss import next_token_loss, perplexity
from solutions.decoder.reference.model import DecoderLM
from solutions.decoder.reference.training import train_step
from solutions.decoder.reference.weights import convert_weights, generate

__all__ = [
    "MLP",
    "Block",
    "DecoderLM",
    "KVCache",
    "SelfAttention",
    "causal_attention",
    "convert_weights",
    "embed",
    "generate",
    "generate_cached",
    "merge_heads",
    "next_token_loss",
    "perplexity",
    "split_heads",
    "train_step",
]
