"""Reference answers for notebook 09: their signatures and docstrings become the stubs."""

from solutions.pretraining.reference.blocks import pack
from solutions.pretraining.reference.copies import clusters, jaccard, lsh_pairs, minhash, shingles
from solutions.pretraining.reference.corpus import broken_rules, precision_recall
from solutions.pretraining.reference.costs import count_parameters, training_cost, training_memory
from solutions.pretraining.reference.laws import compute_optimal, fit_power_law, predict_loss
from solutions.pretraining.reference.schedule import rate_at

__all__ = [
    "broken_rules",
    "clusters",
    "compute_optimal",
    "count_parameters",
    "fit_power_law",
    "jaccard",
    "lsh_pairs",
    "minhash",
    "pack",
    "precision_recall",
    "predict_loss",
    "rate_at",
    "shingles",
    "training_cost",
    "training_memory",
]
