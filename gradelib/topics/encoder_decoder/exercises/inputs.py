"""What the sections draw beside what all notebooks do."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Inputs, Rng
from gradelib.lab.draws import Weights, layer_norm, linear, normal, random_ids, real_tokens

PARTS = ("query", "key", "value", "out")


def attention_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    parts = [linear(rng, f"{name}{part}", d_model, d_model) for part in PARTS]
    return {key: value for part in parts for key, value in part.items()}


def mlp_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    return {
        **linear(rng, f"{name}up", d_model, 4 * d_model),
        **linear(rng, f"{name}down", 4 * d_model, d_model),
    }


def encoder_layer_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    return {
        **layer_norm(rng, f"{name}norm_1", d_model),
        **attention_weights(rng, d_model, f"{name}attention."),
        **layer_norm(rng, f"{name}norm_2", d_model),
        **mlp_weights(rng, d_model, name),
    }


def decoder_layer_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    return {
        **layer_norm(rng, f"{name}norm_1", d_model),
        **attention_weights(rng, d_model, f"{name}self_attention."),
        **layer_norm(rng, f"{name}norm_2", d_model),
        **attention_weights(rng, d_model, f"{name}cross_attention."),
        **layer_norm(rng, f"{name}norm_3", d_model),
        **mlp_weights(rng, d_model, name),
    }


def translator_weights(rng: Rng, vocab: int, context: int, d_model: int, layers: int) -> Weights:
    weights = {
        "tokens.weight": normal(rng, vocab, d_model),
        "positions.weight": normal(rng, context, d_model),
        **layer_norm(rng, "read_norm", d_model),
        **layer_norm(rng, "write_norm", d_model),
    }
    for number in range(layers):
        weights |= encoder_layer_weights(rng, d_model, f"readers.{number}.")
        weights |= decoder_layer_weights(rng, d_model, f"writers.{number}.")
    return weights


def back(target: int) -> Tensor:
    """A target that looks at itself and back: (1, 1, target, target)."""
    return torch.ones(1, 1, target, target, dtype=torch.bool).tril()


def draw_looks(rng: Rng, heads: int, d_model: int, target: int, lengths: list[int]) -> Inputs:
    real = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": attention_weights(rng, d_model),
        "x": normal(rng, len(lengths), target, d_model, spread=1.5),
        "source": normal(rng, *real.shape, d_model, spread=1.5),
        "mask": real[:, None, None],
    }


def draw_writes(
    rng: Rng, heads: int, d_model: int, target: int, lengths: list[int], spread: float = 1.0
) -> Inputs:
    real = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": decoder_layer_weights(rng, d_model),
        "x": normal(rng, len(lengths), target, d_model, spread=spread),
        "source": normal(rng, *real.shape, d_model),
        "self_mask": back(target),
        "cross_mask": real[:, None, None],
    }


def draw_translator(rng: Rng, layers: int, target: int, lengths: list[int], pad: int) -> Inputs:
    vocab, context, d_model, heads = 11, 9, 6, 2
    real = real_tokens(lengths)
    ids = random_ids(rng, *real.shape, vocab=vocab - 1)
    ids = ids + (ids >= pad)  # no real token is padding
    targets = random_ids(rng, len(lengths), target, vocab=vocab)
    return {
        "init": {
            "vocab": vocab, "context": context, "d_model": d_model,
            "heads": heads, "layers": layers, "pad": pad,
        },
        "weights": translator_weights(rng, vocab, context, d_model, layers),
        "source_ids": ids.masked_fill(~real, pad),
        "target_ids": targets,
        "source": normal(rng, *real.shape, d_model),
    }  # fmt: skip
