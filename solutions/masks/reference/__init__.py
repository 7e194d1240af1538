"""From lists of ids to a batch, and who may look at whom in it. A mask is True for "may
look".

It leaves out dropout, attention that is not softmax, and how masks are made fast on a
GPU.
"""

from solutions.masks.reference.attention import attention, masked_softmax
from solutions.masks.reference.batches import attention_mask, pad_batch, truncate
from solutions.masks.reference.causal import causal_mask, decoder_mask, position_ids
from solutions.masks.reference.encoder import additive_mask, encoder_mask
from solutions.masks.reference.leaky import leaks, sees
from solutions.masks.reference.packed import pack_documents, packed_mask, sliding_window_mask
from solutions.masks.reference.pairs import cross_attention_mask

__all__ = [
    "additive_mask",
    "attention",
    "attention_mask",
    "causal_mask",
    "cross_attention_mask",
    "decoder_mask",
    "encoder_mask",
    "leaks",
    "masked_softmax",
    "pack_documents",
    "packed_mask",
    "pad_batch",
    "position_ids",
    "sees",
    "sliding_window_mask",
    "truncate",
]
