"""What the sections draw beside what all notebooks do: the weights of a translator's parts."""

from gradelib.checking.exercise import Rng
from gradelib.lab.draws import Weights, layer_norm, linear, normal

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
