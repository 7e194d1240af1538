"""What the sections draw beside what all notebooks do: the weights of BERT's layers."""

from gradelib.checking.exercise import Rng
from gradelib.lab.draws import Weights, layer_norm, linear

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
