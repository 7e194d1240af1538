"""Models of `transformers` behind the interface of notebook 3: ids and caches in, logits out.

The caches are the student's: the library's layers hand keys and values to them.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from transformers.cache_utils import Cache, CacheLayerMixin

from gradelib.lab.models.interfaces import PretrainedModel
from gradelib.topics.decoder.interfaces import (
    CausalAttention,
    Decoder,
    KeyValueCache,
    SplitHeads,
)

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Library", "head_weights", "shortened"]


class _Layer(CacheLayerMixin):
    """A layer of the library's cache that keeps nothing itself: `kept` does."""

    def __init__(self, kept: KeyValueCache) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # transformers gives it no types
        self.kept = kept

    def lazy_initialization(self, key_states: Tensor, value_states: Tensor) -> None:
        """Do nothing: there is nothing to prepare."""

    def update(
        self, key_states: Tensor, value_states: Tensor, *args: Any, **more: Any
    ) -> tuple[Tensor, Tensor]:
        return self.kept.extend(key_states, value_states)

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        return self.kept.length + query_length, 0

    def get_seq_length(self) -> int:
        return self.kept.length

    def get_max_length(self) -> int:
        return -1  # as long as there is memory


class Library:
    """A causal language model of `transformers`, to be called like a `DecoderLM`."""

    def __init__(self, model: PretrainedModel) -> None:
        self.model = model
        self.blocks = range(model.config.num_hidden_layers)

    def __call__(self, ids: Tensor, caches: Sequence[KeyValueCache] | None = None) -> Tensor:
        """Return the logits at the positions of `ids`: (batch, token, vocab)."""
        seen = ids.shape[1] if not caches else caches[0].length + ids.shape[1]
        every = torch.ones(len(ids), seen, dtype=torch.long, device=ids.device)
        cache = Cache(layers=[_Layer(kept) for kept in caches]) if caches else None
        output = self.model(
            ids, attention_mask=every, past_key_values=cache, use_cache=cache is not None
        )
        logits: Tensor = output.logits.float()
        return logits


def shortened(model: Any, blocks: int) -> Decoder:
    """Return the same model, a `DecoderLM`, with its first blocks only. They are not copied."""
    short = copy.copy(model)
    short._modules = dict(model._modules)  # so that the model itself keeps its blocks
    short.blocks = model.blocks[:blocks]
    shorter: Decoder = short
    return shorter


@torch.no_grad()
def head_weights(
    model: Decoder,
    ids: Tensor,
    number: int,
    split_heads: SplitHeads,
    causal_attention: CausalAttention,
) -> Tensor:
    """Return how much each head of block `number` looks where: (head, query, key), for one row.

    With the identity for values, what attention mixes are the weights themselves.
    """
    outputs: list[Tensor] = []
    layer = model.blocks[number].attention
    hook = layer.qkv.register_forward_hook(lambda module, inputs, output: outputs.append(output))
    try:
        model(ids[:1])
    finally:
        hook.remove()
    parts = split_heads(outputs[0], 3 * layer.heads)[0]  # (3 * heads, token, d_head)
    queries, keys = parts[: layer.heads], parts[layer.heads : 2 * layer.heads]
    return causal_attention(queries, keys, torch.eye(parts.shape[1], device=parts.device))
