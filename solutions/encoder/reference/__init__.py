"""An encoder like BERT: from ids to vectors that know their neighbours, and what they
are for.

It leaves out dropout, training BERT from nothing, and everything that makes attention
fast.
"""

from solutions.encoder.reference.distilling import distillation_loss, every_other, soft_loss
from solutions.encoder.reference.layers import Encoder, EncoderLayer, SelfAttention, embed
from solutions.encoder.reference.masking import choose_masked, corrupt, fill_mask, mlm_loss
from solutions.encoder.reference.pairs import nsp_pairs
from solutions.encoder.reference.sentences import mean_pool, recall_at_k, retrieve

__all__ = [
    "Encoder",
    "EncoderLayer",
    "SelfAttention",
    "choose_masked",
    "corrupt",
    "distillation_loss",
    "embed",
    "every_other",
    "fill_mask",
    "mean_pool",
    "mlm_loss",
    "nsp_pairs",
    "recall_at_k",
    "retrieve",
    "soft_loss",
]
