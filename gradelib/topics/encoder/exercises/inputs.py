"""What the sections draw beside what all notebooks do."""

from gradelib.checking.exercise import Inputs, Rng
from gradelib.lab.draws import Weights, layer_norm, linear, normal, random_ids, real_tokens

PARTS = ("query", "key", "value", "out")


def attention_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    parts = [linear(rng, f"{name}{part}", d_model, d_model) for part in PARTS]
    return {key: value for part in parts for key, value in part.items()}


def layer_weights(rng: Rng, d_model: int, d_mlp: int, name: str = "") -> Weights:
    return {
        **attention_weights(rng, d_model, f"{name}attention."),
        **layer_norm(rng, f"{name}norm_1", d_model),
        **linear(rng, f"{name}up", d_model, d_mlp),
        **linear(rng, f"{name}down", d_mlp, d_model),
        **layer_norm(rng, f"{name}norm_2", d_model),
    }


def draw_tables(rng: Rng, vocab: int, context: int, d_model: int) -> Inputs:
    return {
        "tokens": normal(rng, vocab, d_model),
        "positions": normal(rng, context, d_model),
        "types": normal(rng, 2, d_model),
    }


def draw_attention(rng: Rng, heads: int, lengths: list[int], d_model: int, side: str) -> Inputs:
    mask = real_tokens(lengths, side)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": attention_weights(rng, d_model),
        "x": normal(rng, *mask.shape, d_model, spread=1.5),
        "attention_mask": mask,
    }


def draw_layer(
    rng: Rng, sizes: tuple[int, int, int], lengths: list[int], spread: float = 1.0
) -> Inputs:
    heads, d_model, d_mlp = sizes
    mask = real_tokens(lengths)
    return {
        "init": {"d_model": d_model, "heads": heads, "d_mlp": d_mlp},
        "weights": layer_weights(rng, d_model, d_mlp),
        "x": normal(rng, *mask.shape, d_model, spread=spread),
        "attention_mask": mask,
    }


def draw_encoder(rng: Rng, layers: int, lengths: list[int], side: str = "right") -> Inputs:
    vocab, context, d_model, heads, d_mlp = 11, 8, 6, 2, 9
    mask = real_tokens(lengths, side)
    tables = draw_tables(rng, vocab, context, d_model)
    weights = {f"{name}.weight": table for name, table in tables.items()}
    weights |= layer_norm(rng, "norm", d_model)
    for number in range(layers):
        weights |= layer_weights(rng, d_model, d_mlp, f"layers.{number}.")
    return {
        "init": {
            "vocab": vocab, "context": context, "d_model": d_model,
            "heads": heads, "d_mlp": d_mlp, "layers": layers,
        },
        "weights": weights,
        "ids": random_ids(rng, *mask.shape, vocab=vocab),
        "attention_mask": mask,
    }  # fmt: skip
