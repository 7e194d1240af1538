"""Section 3.2, "Several heads": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.flow import cut_off
from gradelib.topics.decoder.exercises.inputs import normal
from gradelib.topics.decoder.exercises.layers import (
    attention_weights,
    kept_in_cache,
    read_by,
)

split_heads = Exercise("decoder.split_heads", points=2, difficulty=1)
merge_heads = Exercise("decoder.merge_heads", points=1, difficulty=1)
causal_attention = Exercise("decoder.causal_attention", points=3, difficulty=2)
SelfAttention = Exercise(
    "decoder.SelfAttention", points=3, difficulty=2, given=("__init__",), seconds=5.0
)


# --- split_heads ---------------------------------------------------------------------------------


@split_heads.case
def three_heads(rng: Rng) -> Inputs:
    """Two sentences of five tokens, twelve features, three heads."""
    return {"x": normal(rng, 2, 5, 12), "heads": 3}


@split_heads.case
def a_single_head(rng: Rng) -> Inputs:
    """One head gets everything; there is still an axis for it."""
    return {"x": normal(rng, 3, 2, 5), "heads": 1}


@split_heads.case
def as_many_heads_as_features(rng: Rng) -> Inputs:
    """Each of four heads gets one number."""
    return {"x": normal(rng, 2, 3, 4), "heads": 4}


@split_heads.case
def more_heads_than_numbers_in_each(rng: Rng) -> Inputs:
    """Five heads with two numbers each."""
    return {"x": normal(rng, 1, 4, 10), "heads": 5}


@split_heads.case
def one_token_a_row(rng: Rng) -> Inputs:
    """One token in each of three rows, with two heads."""
    return {"x": normal(rng, 3, 1, 6), "heads": 2}


@split_heads.case
def vectors_of_one_number(rng: Rng) -> Inputs:
    """One head, and vectors of one number."""
    return {"x": normal(rng, 2, 3, 1), "heads": 1}


@split_heads.case
def heads_that_do_not_fit(rng: Rng) -> Inputs:
    """Ten features cannot be shared by four heads: a ValueError."""
    return {"x": normal(rng, 2, 3, 10), "heads": 4}


# --- merge_heads ---------------------------------------------------------------------------------


@merge_heads.case
def heads_are_put_together(rng: Rng) -> Inputs:
    """Two sentences, three heads, five tokens, four numbers in each head."""
    return {"x": normal(rng, 2, 3, 5, 4)}


@merge_heads.case
def one_head_is_put_back(rng: Rng) -> Inputs:
    """A single head: the axis goes."""
    return {"x": normal(rng, 3, 1, 2, 5)}


@merge_heads.case
def one_token(rng: Rng) -> Inputs:
    """One token, whose heads become one vector."""
    return {"x": normal(rng, 2, 4, 1, 3)}


@merge_heads.case
def one_head_of_one_number(rng: Rng) -> Inputs:
    """One head with one number."""
    return {"x": normal(rng, 2, 1, 3, 1)}


@merge_heads.case
def one_sentence(rng: Rng) -> Inputs:
    """One sentence of four tokens."""
    return {"x": normal(rng, 1, 2, 4, 3)}


@merge_heads.case
def heads_of_one_number(rng: Rng) -> Inputs:
    """Six heads with one number each."""
    return {"x": normal(rng, 2, 6, 3, 1)}


# --- causal_attention ----------------------------------------------------------------------------


@causal_attention.drive
def attend(
    answer: Callable[..., Any], queries: Tensor, keys: Tensor, values: Tensor, learns: bool = False
) -> Any:
    """Return the mixed values; where they are to teach, whom no gradient reaches."""
    if not learns:
        return answer(queries, keys, values)
    held = {"queries": queries, "keys": keys, "values": values}
    held = {name: one.clone().requires_grad_() for name, one in held.items()}

    def read() -> Any:
        return answer(*[one.clone() for one in held.values()])

    return {"vectors that no gradient reaches": cut_off(read, held)}


def _attention(rng: Rng, lead: tuple[int, ...], sizes: str, spread: float = 1.0) -> Inputs:
    query, key, d_head, d_value = map(int, sizes)
    return {
        "queries": normal(rng, *lead, query, d_head, spread=spread),
        "keys": normal(rng, *lead, key, d_head, spread=spread),
        "values": normal(rng, *lead, key, d_value),
    }


@causal_attention.case
def a_text_that_is_read_at_once(rng: Rng) -> Inputs:
    """Two sentences, three heads, four tokens: as many queries as keys."""
    return _attention(rng, (2, 3), "4456")


@causal_attention.case
def attention_in_training(rng: Rng) -> Inputs:
    """In training: the gradient of the answer must reach queries, keys and values."""
    return {**_attention(rng, (2, 2), "3354"), "learns": True}


@causal_attention.case
def one_new_token(rng: Rng) -> Inputs:
    """One query after five earlier tokens: it may look at all six."""
    return _attention(rng, (2, 3), "1645")


@causal_attention.case
def two_new_tokens(rng: Rng) -> Inputs:
    """Two queries after three earlier tokens. The first may look at four keys, the last at five."""
    return _attention(rng, (3, 2), "2546")


@causal_attention.case
def no_axis_for_the_heads(rng: Rng) -> Inputs:
    """Queries and keys of shape (3, 5), values of shape (3, 4)."""
    return _attention(rng, (), "3354")


@causal_attention.case
def one_token_alone(rng: Rng) -> Inputs:
    """A single token looks at itself: it gets its own value."""
    return _attention(rng, (2,), "1143")


@causal_attention.case
def vectors_that_are_long(rng: Rng) -> Inputs:
    """Queries and keys three times as long as usual, so that scores are large."""
    return _attention(rng, (2,), "4465", spread=3.0)


@causal_attention.case
def scores_far_below_zero(rng: Rng) -> Inputs:
    """All scores lie below -10,000: what is hidden must get nothing all the same."""
    given = _attention(rng, (2,), "3514")
    steps = torch.from_numpy(rng.random((2, 5, 1)).argsort(axis=1)).float()
    queries = torch.tensor([[1.0], [2.0], [1.0]]).expand(2, 3, 1).clone()
    return given | {
        "queries": queries,
        "keys": -12_800 - steps,
    }  # whole numbers: the scores are exact


@causal_attention.case
def hidden_scores_far_above(rng: Rng) -> Inputs:
    """What is hidden has scores that are higher by hundreds. It counts for nothing all the same."""
    given = _attention(rng, (2,), "3514")
    steps = torch.from_numpy(rng.random((2, 3, 1)).argsort(axis=1)).float()
    later = torch.tensor([[400.0], [800.0]]).expand(2, 2, 1)
    return given | {"queries": torch.ones(2, 3, 1), "keys": torch.cat([steps, later], dim=1)}


@causal_attention.case
def numbers_of_size_one(rng: Rng) -> Inputs:
    """One sentence and one head; keys and values are single numbers."""
    return _attention(rng, (1, 1), "2311")


@causal_attention.invariant
def each_answer_lies_between_the_values(inputs: Inputs, answer: Tensor) -> bool:
    """A mean lies between the smallest and the largest value."""
    if inputs.get("learns"):
        return True
    low, high = inputs["values"].aminmax(dim=-2, keepdim=True)
    return bool(((answer >= low - 1e-4) & (answer <= high + 1e-4)).all())


# --- SelfAttention -------------------------------------------------------------------------------


@SelfAttention.drive
def read_with_attention(
    answer: Callable[..., Any], init: Inputs, weights: Inputs, x: Tensor, **more: Any
) -> Any:
    return read_by(answer, init, weights, x, **more)


def _self_attention(rng: Rng, heads: int, batch: int, token: int, d_model: int) -> Inputs:
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": attention_weights(rng, d_model),
        "x": normal(rng, batch, token, d_model),
    }


@SelfAttention.case
def two_sentences(rng: Rng) -> Inputs:
    """Two sentences of five tokens, three heads, twelve features."""
    return _self_attention(rng, 3, 2, 5, 12)


@SelfAttention.case
def attention_that_learns(rng: Rng) -> Inputs:
    """A layer that is to learn: the gradient of its answer must reach each of its weights."""
    return {**_self_attention(rng, 2, 3, 4, 6), "learns": True}


@SelfAttention.case
def attention_with_one_head(rng: Rng) -> Inputs:
    """A single head, with three tokens."""
    return _self_attention(rng, 1, 2, 3, 4)


@SelfAttention.case
def attention_to_oneself(rng: Rng) -> Inputs:
    """One token a row: it can look at itself only."""
    return _self_attention(rng, 2, 3, 1, 8)


@SelfAttention.case
def two_tokens_and_a_cache(rng: Rng) -> Inputs:
    """Two new tokens. The cache gives back the keys and values of all six tokens so far."""
    kept = kept_in_cache(rng, 3, 2, 4, 2, 5)
    return {**_self_attention(rng, 2, 3, 2, 10), "kept": kept}


@SelfAttention.case
def one_token_and_a_cache(rng: Rng) -> Inputs:
    """One new token, and a cache that has seen five others."""
    return {**_self_attention(rng, 3, 2, 1, 12), "kept": kept_in_cache(rng, 2, 3, 5, 1, 4)}


@SelfAttention.case
def attention_of_single_numbers(rng: Rng) -> Inputs:
    """One sentence of four tokens, whose vectors have one number."""
    return _self_attention(rng, 1, 1, 4, 1)


@SelfAttention.case
def a_cache_that_was_empty(rng: Rng) -> Inputs:
    """Three tokens, and a cache that has seen none before: its `length` is 0."""
    return {**_self_attention(rng, 1, 1, 3, 1), "kept": kept_in_cache(rng, 1, 1, 0, 3, 1)}
