"""A translator: an encoder that reads, a decoder that writes and looks into it.

It leaves out beams, which are in notebook 6, and a cache, which is in notebook 3.
"""

from solutions.encoder_decoder.reference.layers import (
    Attention,
    DecoderLayer,
    EncoderLayer,
    Translator,
    shift_right,
)
from solutions.encoder_decoder.reference.measures import (
    bleu,
    brevity_penalty,
    chrf,
    clipped_matches,
    ngram_counts,
)
from solutions.encoder_decoder.reference.summary import summarize
from solutions.encoder_decoder.reference.writing import alignment, sequence_loss, translate

__all__ = [
    "Attention",
    "DecoderLayer",
    "EncoderLayer",
    "Translator",
    "alignment",
    "bleu",
    "brevity_penalty",
    "chrf",
    "clipped_matches",
    "ngram_counts",
    "sequence_loss",
    "shift_right",
    "summarize",
    "translate",
]
