"""From logits to text: choose a token, cut the tail, search with beams, draft and verify.

No key-value cache: whatever speaks is called with all the ids so far.
"""

from solutions.sampling.reference.beams import beam_score, beam_step, sequence_log_probability
from solutions.sampling.reference.best import generate, greedy, repetition_rate
from solutions.sampling.reference.drafts import residual, speculative_block, speculative_step
from solutions.sampling.reference.draw import distinct_n, sample, temperature
from solutions.sampling.reference.repeats import no_repeat_ngram, repetition_penalty
from solutions.sampling.reference.search import (
    Pool,
    beam_search,
    keep_finished,
    keep_running,
    may_stop,
)
from solutions.sampling.reference.tail import min_p, top_k, top_p, warp

__all__ = [
    "Pool",
    "beam_score",
    "beam_search",
    "beam_step",
    "distinct_n",
    "generate",
    "greedy",
    "keep_finished",
    "keep_running",
    "may_stop",
    "min_p",
    "no_repeat_ngram",
    "repetition_penalty",
    "repetition_rate",
    "residual",
    "sample",
    "sequence_log_probability",
    "speculative_block",
    "speculative_step",
    "temperature",
    "top_k",
    "top_p",
    "warp",
]
