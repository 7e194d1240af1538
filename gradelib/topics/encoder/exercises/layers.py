"""Sections 4.1 and 4.2, from ids to vectors that know their neighbours: what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import Weights, layer_of, random_ids
from gradelib.lab.flow import cut_off
from gradelib.lab.layer_drivers import asked_after
from gradelib.topics.encoder.exercises.inputs import (
    draw_attention,
    draw_encoder,
    draw_layer,
    draw_tables,
)

embed = Exercise("encoder.embed", points=1, difficulty=1)
SelfAttention = Exercise(
    "encoder.SelfAttention", points=3, difficulty=2, given=("__init__",), seconds=5.0
)
EncoderLayer = Exercise(
    "encoder.EncoderLayer", points=2, difficulty=2, given=("__init__",), seconds=5.0
)
Encoder = Exercise("encoder.Encoder", points=3, difficulty=2, given=("__init__",), seconds=5.0)


# --- embed ---------------------------------------------------------------------------------------


@embed.drive
def look_up(
    answer: Callable[..., Any], ids: Tensor, parts: Tensor, learns: bool = False, **tables: Tensor
) -> Any:
    """Return the vectors; where the tables are to learn, which of them no gradient reaches."""
    if not learns:
        return answer(ids, parts, **tables)
    held = {name: one.clone().requires_grad_() for name, one in tables.items()}
    return {"tables that no gradient reaches": cut_off(lambda: answer(ids, parts, **held), held)}


def _pair(rng: Rng, batch: int, token: int, vocab: int) -> Inputs:
    """Ids, and parts that change at another place in each row."""
    borders = torch.from_numpy(rng.permuted(range(1, token + 1))[:batch]).reshape(-1, 1)
    parts = (torch.arange(token) >= borders).long()
    return {"ids": random_ids(rng, batch, token, vocab=vocab), "parts": parts}


@embed.case
def two_pairs_of_texts(rng: Rng) -> Inputs:
    """Two rows of five ids, each with two parts; seven tokens, nine positions, four features."""
    return {**_pair(rng, 2, 5, 7), **draw_tables(rng, 7, 9, 4)}


@embed.case
def tables_that_learn(rng: Rng) -> Inputs:
    """In training: the gradient of the vectors must reach all three tables."""
    return {**_pair(rng, 2, 4, 6), **draw_tables(rng, 6, 5, 3), "learns": True}


@embed.case
def one_text(rng: Rng) -> Inputs:
    """Only the first part, whose type has a vector of its own too."""
    ids = random_ids(rng, 3, 4, vocab=6)
    return {"ids": ids, "parts": torch.zeros_like(ids), **draw_tables(rng, 6, 4, 3)}


@embed.case
def only_the_second_part(rng: Rng) -> Inputs:
    """All ids belong to the second part."""
    ids = random_ids(rng, 1, 3, vocab=5)
    return {"ids": ids, "parts": torch.ones_like(ids), **draw_tables(rng, 5, 6, 2)}


@embed.case
def one_id_a_row(rng: Rng) -> Inputs:
    """One id in each of four rows, and a single feature."""
    ids = random_ids(rng, 4, 1, vocab=6)
    return {"ids": ids, "parts": torch.tensor([[0], [1], [1], [0]]), **draw_tables(rng, 6, 3, 1)}


@embed.case
def a_single_token_in_the_tables(rng: Rng) -> Inputs:
    """There is one token and one position: three rows of one id."""
    ids = torch.zeros(3, 1, dtype=torch.int64)
    return {"ids": ids, "parts": torch.tensor([[1], [0], [1]]), **draw_tables(rng, 1, 1, 3)}


# --- SelfAttention -------------------------------------------------------------------------------


@SelfAttention.drive
def read_with_attention(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, attention_mask: Tensor,
    earlier: Inputs | None = None,
) -> Any:  # fmt: skip
    built = layer_of(answer, init, weights)
    return asked_after(built, lambda x: built(x, attention_mask), earlier, x=x)


@SelfAttention.case
def everything_is_real(rng: Rng) -> Inputs:
    """Two sentences of five real tokens, three heads, twelve features."""
    return draw_attention(rng, 3, [5, 5], 12, "right")


@SelfAttention.case
def padding_on_the_right(rng: Rng) -> Inputs:
    """Sentences of two, five and one real tokens, padded on the right."""
    return draw_attention(rng, 2, [2, 5, 1], 8, "right")


@SelfAttention.case
def padding_on_the_left(rng: Rng) -> Inputs:
    """Sentences of four and two real tokens, padded on the left."""
    return draw_attention(rng, 2, [4, 2], 6, "left")


@SelfAttention.case
def one_head(rng: Rng) -> Inputs:
    """A single head, and a single row with one token that is padding."""
    mask = torch.tensor([[True, True, False, True]])
    return {**draw_attention(rng, 1, [4], 5, "right"), "attention_mask": mask}


@SelfAttention.case
def one_token_a_row(rng: Rng) -> Inputs:
    """One token a row: it can look at itself only."""
    return draw_attention(rng, 4, [1, 1, 1], 8, "right")


@SelfAttention.case
def one_feature(rng: Rng) -> Inputs:
    """Vectors of one number, in one head."""
    return draw_attention(rng, 1, [3, 2], 1, "right")


@SelfAttention.case
def scores_of_some_thousands(rng: Rng) -> Inputs:
    """One real token in each row, at another place; scores far above and far below zero."""
    drawn = draw_attention(rng, 2, [4, 4, 4], 6, "right")
    mask = torch.zeros(3, 4, dtype=torch.bool)
    mask[torch.arange(3), torch.from_numpy(rng.permutation(4)[:3])] = True
    return {**drawn, "x": 80 * drawn["x"], "attention_mask": mask}


@SelfAttention.case
def a_second_batch(rng: Rng) -> Inputs:
    """Two batches, one after the other: the second has padding at other places."""
    drawn, earlier = (draw_attention(rng, 2, lengths, 6, "right") for lengths in ([2, 4], [4, 3]))
    return {**drawn, "earlier": {name: earlier[name] for name in ("x", "attention_mask")}}


# --- EncoderLayer --------------------------------------------------------------------------------


@EncoderLayer.drive
def read_with_a_layer(
    answer: Callable[..., Any], init: Inputs, weights: Weights, x: Tensor, attention_mask: Tensor,
    earlier: Inputs | None = None,
) -> Any:  # fmt: skip
    built = layer_of(answer, init, weights)
    return asked_after(built, lambda x: built(x, attention_mask), earlier, x=x)


@EncoderLayer.case
def a_layer_reads_a_batch(rng: Rng) -> Inputs:
    """Sentences of three and five tokens, three heads, twelve features."""
    return draw_layer(rng, (3, 12, 20), [3, 5])


@EncoderLayer.case
def a_layer_reads_one_token(rng: Rng) -> Inputs:
    """One token in each of three rows."""
    return draw_layer(rng, (2, 8, 10), [1, 1, 1])


@EncoderLayer.case
def a_layer_reads_large_numbers(rng: Rng) -> Inputs:
    """What comes in is large: after adding, a norm brings it back to size."""
    return draw_layer(rng, (1, 6, 9), [4], spread=20.0)


@EncoderLayer.case
def a_layer_reads_small_numbers(rng: Rng) -> Inputs:
    """What comes in is near zero, where the GELU bends."""
    return draw_layer(rng, (2, 4, 7), [2, 3], spread=0.1)


@EncoderLayer.case
def a_layer_of_tiny_weights(rng: Rng) -> Inputs:
    """Numbers of a few thousandths, beside which the `eps` of a norm is not nothing."""
    drawn = draw_layer(rng, (2, 6, 8), [4, 2], spread=0.003)
    tiny = {name: 0.003 * one for name, one in drawn["weights"].items() if "norm_2" not in name}
    return {**drawn, "weights": {**drawn["weights"], **tiny}}


@EncoderLayer.case
def a_layer_reads_a_second_batch(rng: Rng) -> Inputs:
    """Two batches, one after the other: the second has padding at other places."""
    drawn, earlier = (draw_layer(rng, (2, 6, 8), lengths) for lengths in ([2, 4], [4, 1]))
    return {**drawn, "earlier": {name: earlier[name] for name in ("x", "attention_mask")}}


@EncoderLayer.invariant
def the_norm_has_the_last_word(inputs: Inputs, answer: Any) -> bool:
    """Before its own weight and bias, the last norm leaves each token with mean 0."""
    weight, bias = inputs["weights"]["norm_2.weight"], inputs["weights"]["norm_2.bias"]
    said = answer[-1] if isinstance(answer, list) else answer
    return bool(((said - bias) / weight).mean(dim=-1).abs().max() < 1e-3)


# --- Encoder -------------------------------------------------------------------------------------


@Encoder.drive
def read_with_an_encoder(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Weights,
    ids: Tensor,
    attention_mask: Tensor,
    parts: Tensor | None = None,
    earlier: Inputs | None = None,
) -> Any:
    encoder = layer_of(answer, init, weights)
    more = () if parts is None else (parts,)
    return asked_after(encoder, lambda: encoder(ids, attention_mask, *more), earlier)


@Encoder.case
def two_layers(rng: Rng) -> Inputs:
    """Two layers; sentences of three and five tokens, all of the first part."""
    return draw_encoder(rng, 2, [3, 5])


@Encoder.case
def two_parts(rng: Rng) -> Inputs:
    """Two layers, and token type ids that change at another place in each row."""
    drawn = draw_encoder(rng, 2, [6, 4, 5])
    return {**drawn, "parts": (torch.arange(6) >= torch.tensor([[2], [3], [1]])).long()}


@Encoder.case
def one_layer_and_one_token(rng: Rng) -> Inputs:
    """A single layer, and a single token."""
    return draw_encoder(rng, 1, [1])


@Encoder.case
def one_token_of_the_second_part(rng: Rng) -> Inputs:
    """A single token, and it belongs to the second part."""
    return {**draw_encoder(rng, 2, [1]), "parts": torch.ones(1, 1, dtype=torch.int64)}


@Encoder.case
def three_layers_with_padding_on_the_left(rng: Rng) -> Inputs:
    """Three layers, padding on the left. Positions are counted from the first place even so."""
    return draw_encoder(rng, 3, [4, 2], "left")


@Encoder.case
def tables_of_tiny_numbers(rng: Rng) -> Inputs:
    """Vectors of a few thousandths, beside which the `eps` of a norm is not nothing."""
    drawn = draw_encoder(rng, 1, [4, 3])
    tables = [f"{name}.weight" for name in ("tokens", "positions", "types")]
    tiny = {name: 0.003 * drawn["weights"][name] for name in tables}
    return {**drawn, "weights": {**drawn["weights"], **tiny}}


@Encoder.case
def a_second_batch_for_the_encoder(rng: Rng) -> Inputs:
    """Two batches, one after the other. The second has other padding, and no `parts`."""
    drawn, earlier = draw_encoder(rng, 2, [3, 5]), draw_encoder(rng, 1, [5, 4])
    parts = (torch.arange(5) >= torch.tensor([[2], [1]])).long()
    before = {**{name: earlier[name] for name in ("ids", "attention_mask")}, "parts": parts}
    return {**drawn, "earlier": before}


@Encoder.invariant
def every_vector_is_a_norms(inputs: Inputs, answer: Any) -> bool:
    """The last layer's norm leaves each token with mean 0, before its own weight and bias."""
    last = f"layers.{inputs['init']['layers'] - 1}.norm_2"
    weight, bias = inputs["weights"][f"{last}.weight"], inputs["weights"][f"{last}.bias"]
    said = answer[-1] if isinstance(answer, list) else answer
    return bool(((said - bias) / weight).mean(dim=-1).abs().max() < 1e-3)
