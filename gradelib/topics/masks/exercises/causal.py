"""Section 2.4, "Not looking ahead": what is asked."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import (
    not_padded,
    one_token_a_row,
    padded_left,
    padded_right,
    real_tokens,
    with_a_hole,
    with_an_empty_row,
)

causal_mask = Exercise("masks.causal_mask", points=2, difficulty=2)
decoder_mask = Exercise("masks.decoder_mask", points=2, difficulty=2)
position_ids = Exercise("masks.position_ids", points=2, difficulty=2)


# --- causal_mask ---------------------------------------------------------------------------------


@causal_mask.case
def a_few_tokens(rng: Rng) -> Inputs:
    """Three to six tokens, and none before them."""
    return {"tokens": int(rng.integers(3, 7))}


@causal_mask.case
def one_token(rng: Rng) -> Inputs:
    """A single token may look at itself."""
    return {"tokens": 1}


@causal_mask.case
def more_past_than_tokens(rng: Rng) -> Inputs:
    """Three queries, with four or more tokens before them."""
    return {"tokens": 3, "past": int(rng.integers(4, 7))}


@causal_mask.case
def more_tokens_than_past(rng: Rng) -> Inputs:
    """Four queries or more, with two tokens before them."""
    return {"tokens": int(rng.integers(4, 7)), "past": 2}


@causal_mask.case
def a_long_past(rng: Rng) -> Inputs:
    """Two queries, with some hundred tokens before them."""
    return {"tokens": 2, "past": int(rng.integers(290, 320))}


@causal_mask.case
def the_next_token_of_a_text(rng: Rng) -> Inputs:
    """One query that comes after several tokens: it may look at all."""
    return {"tokens": 1, "past": int(rng.integers(2, 6))}


# --- decoder_mask --------------------------------------------------------------------------------


@decoder_mask.case
def a_batch_with_padding_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return padded_right(rng)


@decoder_mask.case
def a_batch_with_padding_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left: the first queries may look at nothing."""
    return padded_left(rng)


@decoder_mask.case
def a_sentence_alone(rng: Rng) -> Inputs:
    """One sentence without padding: only what comes later is hidden."""
    return not_padded(rng)


@decoder_mask.case
def rows_of_one_token(rng: Rng) -> Inputs:
    """Three rows of one token, one of which is padding."""
    return one_token_a_row(rng)


@decoder_mask.case
def gaps_in_the_middle(rng: Rng) -> Inputs:
    """Some tokens in the middle are not to be looked at either."""
    return with_a_hole(rng)


@decoder_mask.case
def a_row_of_padding(rng: Rng) -> Inputs:
    """Four rows; the second is all padding."""
    return with_an_empty_row(rng)


@decoder_mask.invariant
def nobody_sees_what_comes_later(inputs: Inputs, answer: Tensor) -> bool:
    """No query may look at a key that stands after it."""
    return not answer.triu(1).any()


@decoder_mask.invariant
def a_real_token_sees_itself(inputs: Inputs, answer: Tensor) -> bool:
    """Each real token may look at itself."""
    return bool(answer.diagonal(dim1=-2, dim2=-1)[:, 0][inputs["attention_mask"]].all())


# --- position_ids --------------------------------------------------------------------------------


@position_ids.case
def padding_stands_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left to four tokens."""
    return padded_left(rng)


@position_ids.case
def padding_stands_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return padded_right(rng)


@position_ids.case
def nothing_is_padded(rng: Rng) -> Inputs:
    """One sentence without padding."""
    return not_padded(rng)


@position_ids.case
def a_token_a_row(rng: Rng) -> Inputs:
    """Three rows of one token, one of which is padding."""
    return one_token_a_row(rng)


@position_ids.case
def hundreds_of_tokens(rng: Rng) -> Inputs:
    """Two rows of some hundred tokens, the second of which is padded on the left."""
    long = int(rng.integers(290, 320))
    return {"attention_mask": real_tokens(long, long - 10, left=True)}


@position_ids.case
def padding_between_tokens(rng: Rng) -> Inputs:
    """Padding in the middle: it takes no number away."""
    return with_a_hole(rng)


@position_ids.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The numbers are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


@position_ids.case
def only_padding_in_a_row(rng: Rng) -> Inputs:
    """Four rows; the second is all padding, and gets zeros."""
    return with_an_empty_row(rng)
