"""Reference answers for notebook 07: their signatures and docstrings become the stubs."""

from solutions.transfer_learning.reference.body import count_weights, freeze
from solutions.transfer_learning.reference.entities import align_labels, entities_of, entity_f1
from solutions.transfer_learning.reference.heads import Classifier, pool
from solutions.transfer_learning.reference.measures import accuracy, confusion_matrix, macro_f1
from solutions.transfer_learning.reference.rates import depth_of, layer_rates
from solutions.transfer_learning.reference.training import cache_features, train_step

__all__ = [
    "Classifier",
    "accuracy",
    "align_labels",
    "cache_features",
    "confusion_matrix",
    "count_weights",
    "depth_of",
    "entities_of",
    "entity_f1",
    "freeze",
    "layer_rates",
    "macro_f1",
    "pool",
    "train_step",
]
