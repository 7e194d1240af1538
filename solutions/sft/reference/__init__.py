"""Reference answers for notebook 10: their signatures and docstrings become the stubs."""

from solutions.sft.reference.batches import label_batch, truncate_left
from solutions.sft.reference.losses import sft_loss
from solutions.sft.reference.measures import by_kind, invented, obey_rate, rate_difference
from solutions.sft.reference.packing import pack_conversations, packed_mask, packed_positions
from solutions.sft.reference.talks import answer_spans, render_chat, response_mask

__all__ = [
    "answer_spans",
    "by_kind",
    "invented",
    "label_batch",
    "obey_rate",
    "pack_conversations",
    "packed_mask",
    "packed_positions",
    "rate_difference",
    "render_chat",
    "response_mask",
    "sft_loss",
    "truncate_left",
]
