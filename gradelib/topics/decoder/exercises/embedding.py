"""Section 3.1, "Ids become vectors": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.flow import cut_off
from gradelib.topics.decoder.exercises.inputs import normal, random_ids

embed = Exercise("decoder.embed", points=2, difficulty=1)


@embed.drive
def look_up(
    answer: Callable[..., Any], ids: Tensor, tokens: Tensor, positions: Tensor, **more: Any
) -> Any:
    """Return the vectors; where the tables are to learn, which of them no gradient reaches."""
    if not more.pop("learns", False):
        return answer(ids, tokens, positions, **more)
    held = {"tokens": tokens.clone(), "positions": positions.clone()}
    held = {name: one.requires_grad_() for name, one in held.items()}
    reached = cut_off(lambda: answer(ids, *held.values(), **more), held)
    return {"tables that no gradient reaches": reached}


def _tables(rng: Rng, vocab: int, context: int, d_model: int) -> Inputs:
    return {
        "tokens": normal(rng, vocab, d_model, spread=2.0),
        "positions": normal(rng, context, d_model),
    }


@embed.case
def a_batch_of_ids(rng: Rng) -> Inputs:
    """Two rows of four ids, with vectors for nine tokens and six positions."""
    return {"ids": random_ids(rng, 2, 4, vocab=9), **_tables(rng, 9, 6, 3)}


@embed.case
def tables_that_learn(rng: Rng) -> Inputs:
    """In training: the gradient of the vectors must reach both tables."""
    ids = random_ids(rng, 2, 3, vocab=6)
    ids[1, 2] = ids[0, 1] = 0  # id 0 is a token as others are, and one comes twice
    return {"ids": ids, **_tables(rng, 6, 5, 4), "learns": True}


@embed.case
def ids_that_come_later(rng: Rng) -> Inputs:
    """Three ids that come after some others: their positions go on from there."""
    return {
        "ids": random_ids(rng, 2, 3, vocab=7),
        **_tables(rng, 7, 8, 5),
        "past": int(rng.integers(1, 5)),
    }


@embed.case
def the_same_token_everywhere(rng: Rng) -> Inputs:
    """One token, four times: its vectors differ, since its positions do."""
    return {"ids": torch.full((1, 4), int(rng.integers(5))), **_tables(rng, 5, 6, 3)}


@embed.case
def all_the_positions_that_there_are(rng: Rng) -> Inputs:
    """As many ids as there are vectors for positions."""
    return {"ids": random_ids(rng, 3, 5, vocab=8), **_tables(rng, 8, 5, 2)}


@embed.case
def the_last_position(rng: Rng) -> Inputs:
    """One id at the last position that has a vector."""
    return {"ids": random_ids(rng, 2, 1, vocab=4), **_tables(rng, 4, 7, 3), "past": 6}


@embed.case
def vectors_of_one_number(rng: Rng) -> Inputs:
    """Three rows of two ids, with vectors of one number."""
    return {"ids": random_ids(rng, 3, 2, vocab=5), **_tables(rng, 5, 4, 1), "past": 2}


@embed.case
def one_token_and_one_position(rng: Rng) -> Inputs:
    """There is one token and one position, and each row has one id."""
    return {"ids": random_ids(rng, 2, 1, vocab=1), **_tables(rng, 1, 1, 4)}


@embed.case
def a_text_that_is_too_long(rng: Rng) -> Inputs:
    """Six ids, and vectors for five positions: a ValueError."""
    return {"ids": random_ids(rng, 2, 6, vocab=9), **_tables(rng, 9, 5, 3)}


@embed.case
def an_id_behind_the_last_position(rng: Rng) -> Inputs:
    """One id at the place after the last vector: a ValueError."""
    return {"ids": random_ids(rng, 2, 1, vocab=9), **_tables(rng, 9, 5, 3), "past": 5}
