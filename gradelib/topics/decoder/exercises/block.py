"""Section 3.3, "A block": what is asked."""

from collections.abc import Callable
from typing import Any

from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal
from gradelib.topics.decoder.exercises.layers import (
    block_weights,
    kept_in_cache,
    mlp_weights,
    read_by,
)

MLP = Exercise("decoder.MLP", points=1, difficulty=1, given=("__init__",), seconds=5.0)
Block = Exercise("decoder.Block", points=2, difficulty=2, given=("__init__",), seconds=5.0)


# --- MLP -----------------------------------------------------------------------------------------


@MLP.drive
def read_with_mlp(
    answer: Callable[..., Any], init: Inputs, weights: Inputs, x: Tensor, **more: Any
) -> Any:
    return read_by(answer, init, weights, x, **more)


def _mlp(rng: Rng, batch: int, token: int, d_model: int, spread: float = 1.0) -> Inputs:
    return {
        "init": {"d_model": d_model},
        "weights": mlp_weights(rng, d_model),
        "x": normal(rng, batch, token, d_model, spread=spread),
    }


@MLP.case
def some_tokens(rng: Rng) -> Inputs:
    """Two sentences of five tokens with three features."""
    return _mlp(rng, 2, 5, 3)


@MLP.case
def an_mlp_that_learns(rng: Rng) -> Inputs:
    """An MLP that is to learn: the gradient of its answer must reach each of its weights."""
    return {**_mlp(rng, 2, 3, 4), "learns": True}


@MLP.case
def a_single_token(rng: Rng) -> Inputs:
    """One token with six features."""
    return _mlp(rng, 1, 1, 6)


@MLP.case
def single_numbers(rng: Rng) -> Inputs:
    """Four sentences of two tokens, whose vectors have one number."""
    return _mlp(rng, 4, 2, 1)


@MLP.case
def large_numbers(rng: Rng) -> Inputs:
    """Features that are far from zero, on both sides."""
    return _mlp(rng, 3, 2, 4, spread=4.0)


@MLP.case
def numbers_near_zero(rng: Rng) -> Inputs:
    """Features near zero, where the GELU bends."""
    return _mlp(rng, 2, 3, 5, spread=0.2)


# --- Block ---------------------------------------------------------------------------------------


@Block.drive
def read_with_a_block(
    answer: Callable[..., Any], init: Inputs, weights: Inputs, x: Tensor, **more: Any
) -> Any:
    return read_by(answer, init, weights, x, **more)


def _block(
    rng: Rng, heads: int, batch: int, token: int, d_model: int, spread: float = 1.0
) -> Inputs:
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": block_weights(rng, d_model),
        "x": normal(rng, batch, token, d_model, spread=spread),
    }


@Block.case
def a_block_reads_a_batch(rng: Rng) -> Inputs:
    """Two sentences of five tokens, three heads, twelve features."""
    return _block(rng, 3, 2, 5, 12)


@Block.case
def a_block_that_learns(rng: Rng) -> Inputs:
    """A block that is to learn: the gradient of its answer must reach each of its weights."""
    return {**_block(rng, 2, 2, 3, 4), "learns": True}


@Block.case
def a_block_reads_one_token(rng: Rng) -> Inputs:
    """One token in each of three rows."""
    return _block(rng, 2, 3, 1, 8)


@Block.case
def a_block_reads_large_numbers(rng: Rng) -> Inputs:
    """What comes in is large, as it is after many blocks."""
    return _block(rng, 2, 1, 3, 4, spread=20.0)


@Block.case
def a_block_of_one_head(rng: Rng) -> Inputs:
    """One sentence of two tokens with two features, one head."""
    return _block(rng, 1, 1, 2, 2)


@Block.case
def one_token_and_a_cache(rng: Rng) -> Inputs:
    """One new token of one sentence, after three others."""
    return {**_block(rng, 2, 1, 1, 6), "kept": kept_in_cache(rng, 1, 2, 3, 1, 3)}


@Block.case
def a_block_with_a_cache(rng: Rng) -> Inputs:
    """Two new tokens after four others."""
    return {**_block(rng, 2, 3, 2, 10), "kept": kept_in_cache(rng, 3, 2, 4, 2, 5)}
