"""Section 3.4, "The whole model": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal, random_ids
from gradelib.topics.decoder.exercises.layers import (
    StandIn,
    block_weights,
    kept_in_cache,
    layer_norm,
    layer_of,
    or_otherwise_in_training,
    unreached,
)

DecoderLM = Exercise("decoder.DecoderLM", points=3, difficulty=3, given=("__init__",), seconds=5.0)


@DecoderLM.drive
def read_with_a_model(
    answer: Callable[..., Any],
    init: Inputs,
    weights: Inputs,
    ids: Tensor,
    kept: list[Inputs] | None = None,
    learns: bool = False,
) -> Any:
    model = layer_of(answer, init, weights)
    if learns:
        return unreached(model, ids)
    with torch.no_grad():
        if kept is None:
            return or_otherwise_in_training(model(ids), model, ids)
        caches, others = ([StandIn(**cache) for cache in kept] for _ in range(2))
        logits = or_otherwise_in_training(model(ids, caches), model, ids, others)
        return {"logits": logits, "handed to each cache": [cache.handed for cache in caches]}


def _model(rng: Rng, sizes: dict[str, int], batch: int, token: int, past: int = 0) -> Inputs:
    d_model, heads, layers = sizes["d_model"], sizes["heads"], sizes["layers"]
    weights = {
        "tokens.weight": normal(rng, sizes["vocab"], d_model, spread=0.7),
        "positions.weight": normal(rng, sizes["context"], d_model, spread=0.7),
    }
    for number in range(layers):
        weights |= block_weights(rng, d_model, f"blocks.{number}.")
    weights |= layer_norm(rng, "norm", d_model)
    ids = random_ids(rng, batch, token, vocab=sizes["vocab"])
    given = {"init": sizes, "weights": weights, "ids": ids}
    if not past:
        return given
    shape = batch, heads, past, token, d_model // heads
    return given | {"kept": [kept_in_cache(rng, *shape) for _ in range(layers)]}


@DecoderLM.case
def a_model_of_two_blocks(rng: Rng) -> Inputs:
    """Two rows of five ids, eleven tokens, two blocks of three heads."""
    return _model(rng, {"vocab": 11, "context": 7, "d_model": 6, "heads": 3, "layers": 2}, 2, 5)


@DecoderLM.case
def a_model_that_learns(rng: Rng) -> Inputs:
    """A model that is to learn: the gradient of its logits must reach each of its weights."""
    sizes = {"vocab": 8, "context": 5, "d_model": 4, "heads": 2, "layers": 2}
    return {**_model(rng, sizes, 2, 3), "learns": True}


@DecoderLM.case
def a_table_at_both_ends(rng: Rng) -> Inputs:
    """A model that is to learn: its table of tokens gets gradients from the head and the input."""
    sizes = {"vocab": 5, "context": 4, "d_model": 6, "heads": 2, "layers": 1}
    given = _model(rng, sizes, 2, 3)
    for name, weight in given["weights"].items():
        weight *= 0.3 if name.startswith("blocks") else 1.0  # the table has the most to say
    return {**given, "learns": True}


@DecoderLM.case
def a_model_of_one_block(rng: Rng) -> Inputs:
    """One block, and as many ids as there are positions."""
    return _model(rng, {"vocab": 9, "context": 4, "d_model": 8, "heads": 2, "layers": 1}, 3, 4)


@DecoderLM.case
def a_model_of_three_blocks(rng: Rng) -> Inputs:
    """Three blocks, which come one after the other."""
    return _model(rng, {"vocab": 5, "context": 8, "d_model": 4, "heads": 1, "layers": 3}, 1, 6)


@DecoderLM.case
def one_id_alone(rng: Rng) -> Inputs:
    """A single id of a single row."""
    return _model(rng, {"vocab": 6, "context": 3, "d_model": 4, "heads": 2, "layers": 2}, 1, 1)


@DecoderLM.case
def one_row_and_caches(rng: Rng) -> Inputs:
    """Three new ids of a single row, and caches that have seen two others."""
    sizes = {"vocab": 7, "context": 8, "d_model": 4, "heads": 1, "layers": 2}
    return _model(rng, sizes, 1, 3, past=2)


@DecoderLM.case
def two_ids_and_caches(rng: Rng) -> Inputs:
    """Two new ids, and a cache for each of three blocks that has seen four others."""
    sizes = {"vocab": 10, "context": 9, "d_model": 6, "heads": 2, "layers": 3}
    return _model(rng, sizes, 4, 2, past=4)


@DecoderLM.case
def one_id_and_caches(rng: Rng) -> Inputs:
    """One new id at the last position, one block, and a cache that has seen all the others."""
    sizes = {"vocab": 8, "context": 6, "d_model": 4, "heads": 2, "layers": 1}
    return _model(rng, sizes, 3, 1, past=5)
