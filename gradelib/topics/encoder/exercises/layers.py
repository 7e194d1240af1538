"""Sections 4.1 and 4.2, from ids to vectors that know their neighbours: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import Weights, layer_norm, layer_of, normal, random_ids, real_tokens
from gradelib.lab.flow import said_and_learned
from gradelib.topics.encoder.exercises.inputs import attention_weights, layer_weights

embed = Exercise("encoder.embed", points=1, difficulty=1)
SelfAttention = Exercise(
    "encoder.SelfAttention", points=3, difficulty=2, given=("__init__",), seconds=5.0
)
EncoderLayer = Exercise(
    "encoder.EncoderLayer", points=2, difficulty=2, given=("__init__",), seconds=5.0
)
Encoder = Exercise("encoder.Encoder", points=3, difficulty=2, given=("__init__",), seconds=5.0)


# --- embed ---------------------------------------------------------------------------------------


def _tables(rng: Rng, vocab: int, context: int, d_model: int) -> Inputs:
    return {
        "tokens": normal(rng, vocab, d_model),
        "positions": normal(rng, context, d_model),
        "types": normal(rng, 2, d_model),
    }


def _pair(rng: Rng, batch: int, token: int, vocab: int) -> Inputs:
    """Ids, and parts that change at another place in each row."""
    borders = torch.from_numpy(rng.permuted(range(1, token + 1))[:batch]).reshape(-1, 1)
    parts = (torch.arange(token) >= borders).long()
    return {"ids": random_ids(rng, batch, token, vocab=vocab), "parts": parts}


@embed.case
def two_pairs_of_texts(rng: Rng) -> Inputs:
    """Two rows of five ids, each with two parts; seven tokens, nine positions, four features."""
    return {**_pair(rng, 2, 5, 7), **_tables(rng, 7, 9, 4)}


@embed.case
def one_text(rng: Rng) -> Inputs:
    """Only the first part, whose type has a vector of its own too."""
    ids = random_ids(rng, 3, 4, vocab=6)
    return {"ids": ids, "parts": torch.zeros_like(ids), **_tables(rng, 6, 4, 3)}


@embed.case
def only_the_second_part(rng: Rng) -> Inputs:
    """All ids belong to the second part."""
    ids = random_ids(rng, 1, 3, vocab=5)
    return {"ids": ids, "parts": torch.ones_like(ids), **_tables(rng, 5, 6, 2)}


@embed.case
def one_id_a_row(rng: Rng) -> Inputs:
    """One id in each of four rows, and a single feature."""
    ids = random_ids(rng, 4, 1, vocab=6)
    return {"ids": ids, "parts": torch.tensor([[0], [1], [1], [0]]), **_tables(rng, 6, 3, 1)}


@embed.case
def a_single_token_in_the_tables(rng: Rng) -> Inputs:
    """There is one token and one position: three rows of one id."""
    ids = torch.zeros(3, 1, dtype=torch.int64)
    return {"ids": ids, "parts": torch.tensor([[1], [0], [1]]), **_tables(rng, 1, 1, 3)}


# --- SelfAttention -------------------------------------------------------------------------------


@SelfAttention.drive
def read_with_attention(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, attention_mask: Tensor
) -> Any:
    built = layer_of(answer, init, weights)
    return said_and_learned(lambda x: built(x, attention_mask), built, x=x)


def _attention(rng: Rng, heads: int, lengths: list[int], d_model: int, side: str) -> Inputs:
    mask = real_tokens(lengths, side)
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": attention_weights(rng, d_model),
        "x": normal(rng, *mask.shape, d_model, spread=1.5),
        "attention_mask": mask,
    }


@SelfAttention.case
def everything_is_real(rng: Rng) -> Inputs:
    """Two sentences of five real tokens, three heads, twelve features."""
    return _attention(rng, 3, [5, 5], 12, "right")


@SelfAttention.case
def padding_on_the_right(rng: Rng) -> Inputs:
    """Sentences of two, five and one real tokens, padded on the right."""
    return _attention(rng, 2, [2, 5, 1], 8, "right")


@SelfAttention.case
def padding_on_the_left(rng: Rng) -> Inputs:
    """Sentences of four and two real tokens, padded on the left."""
    return _attention(rng, 2, [4, 2], 6, "left")


@SelfAttention.case
def one_head(rng: Rng) -> Inputs:
    """A single head, and a single row with one token that is padding."""
    mask = torch.tensor([[True, True, False, True]])
    return {**_attention(rng, 1, [4], 5, "right"), "attention_mask": mask}


@SelfAttention.case
def one_token_a_row(rng: Rng) -> Inputs:
    """One token a row: it can look at itself only."""
    return _attention(rng, 4, [1, 1, 1], 8, "right")


@SelfAttention.case
def one_feature(rng: Rng) -> Inputs:
    """Vectors of one number, in one head."""
    return _attention(rng, 1, [3, 2], 1, "right")


@SelfAttention.case
def scores_of_some_thousands(rng: Rng) -> Inputs:
    """One real token in each row, at another place; scores far above and far below zero."""
    drawn = _attention(rng, 2, [4, 4, 4], 6, "right")
    mask = torch.zeros(3, 4, dtype=torch.bool)
    mask[torch.arange(3), torch.from_numpy(rng.permutation(4)[:3])] = True
    return {**drawn, "x": 80 * drawn["x"], "attention_mask": mask}


# --- EncoderLayer --------------------------------------------------------------------------------


@EncoderLayer.drive
def read_with_a_layer(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, attention_mask: Tensor
) -> Any:
    built = layer_of(answer, init, weights)
    return said_and_learned(lambda x: built(x, attention_mask), built, x=x)


def _layer(
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


@EncoderLayer.case
def a_layer_reads_a_batch(rng: Rng) -> Inputs:
    """Sentences of three and five tokens, three heads, twelve features."""
    return _layer(rng, (3, 12, 20), [3, 5])


@EncoderLayer.case
def a_layer_reads_one_token(rng: Rng) -> Inputs:
    """One token in each of three rows."""
    return _layer(rng, (2, 8, 10), [1, 1, 1])


@EncoderLayer.case
def a_layer_reads_large_numbers(rng: Rng) -> Inputs:
    """What comes in is large: after adding, a norm brings it back to size."""
    return _layer(rng, (1, 6, 9), [4], spread=20.0)


@EncoderLayer.case
def a_layer_reads_small_numbers(rng: Rng) -> Inputs:
    """What comes in is near zero, where the GELU bends."""
    return _layer(rng, (2, 4, 7), [2, 3], spread=0.1)


@EncoderLayer.invariant
def the_norm_has_the_last_word(inputs: Inputs, answer: Tensor) -> bool:
    """Before its own weight and bias, the last norm leaves each token with mean 0."""
    weight, bias = inputs["weights"]["norm_2.weight"], inputs["weights"]["norm_2.bias"]
    return bool(((answer - bias) / weight).mean(dim=-1).abs().max() < 1e-3)


# --- Encoder -------------------------------------------------------------------------------------


@Encoder.drive
def read_with_an_encoder(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Weights,
    ids: Tensor,
    attention_mask: Tensor,
    parts: Tensor | None = None,
) -> Any:
    encoder = layer_of(answer, init, weights)
    more = () if parts is None else (parts,)
    return said_and_learned(lambda: encoder(ids, attention_mask, *more), encoder)


def _encoder(rng: Rng, layers: int, lengths: list[int], side: str = "right") -> Inputs:
    vocab, context, d_model, heads, d_mlp = 11, 8, 6, 2, 9
    mask = real_tokens(lengths, side)
    tables = _tables(rng, vocab, context, d_model)
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


@Encoder.case
def two_layers(rng: Rng) -> Inputs:
    """Two layers; sentences of three and five tokens, all of the first part."""
    return _encoder(rng, 2, [3, 5])


@Encoder.case
def two_parts(rng: Rng) -> Inputs:
    """Two layers, and token type ids that change at another place in each row."""
    drawn = _encoder(rng, 2, [6, 4, 5])
    return {**drawn, "parts": (torch.arange(6) >= torch.tensor([[2], [3], [1]])).long()}


@Encoder.case
def one_layer_and_one_token(rng: Rng) -> Inputs:
    """A single layer, and a single token."""
    return _encoder(rng, 1, [1])


@Encoder.case
def one_token_of_the_second_part(rng: Rng) -> Inputs:
    """A single token, and it belongs to the second part."""
    return {**_encoder(rng, 2, [1]), "parts": torch.ones(1, 1, dtype=torch.int64)}


@Encoder.case
def three_layers_with_padding_on_the_left(rng: Rng) -> Inputs:
    """Three layers, padding on the left. Positions are counted from the first place even so."""
    return _encoder(rng, 3, [4, 2], "left")


@Encoder.invariant
def every_vector_is_a_norms(inputs: Inputs, answer: Tensor) -> bool:
    """The last layer's norm leaves each token with mean 0, before its own weight and bias."""
    last = f"layers.{inputs['init']['layers'] - 1}.norm_2"
    weight, bias = inputs["weights"][f"{last}.weight"], inputs["weights"][f"{last}.bias"]
    return bool(((answer - bias) / weight).mean(dim=-1).abs().max() < 1e-3)
