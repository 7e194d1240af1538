"""Reference answers for notebook 12: what they ask for stands in the stubs."""

from solutions.beyond.reference.answers import abstain, build_prompt
from solutions.beyond.reference.choices import (
    answer_log_prob,
    displaced,
    dpo_loss,
    implicit_reward,
)
from solutions.beyond.reference.intervals import bootstrap, wilson, win_rate
from solutions.beyond.reference.retrieval import bm25, chunk, fuse, hit_rate, top_k

__all__ = [
    "abstain",
    "answer_log_prob",
    "bm25",
    "bootstrap",
    "build_prompt",
    "chunk",
    "displaced",
    "dpo_loss",
    "fuse",
    "hit_rate",
    "implicit_reward",
    "top_k",
    "wilson",
    "win_rate",
]
