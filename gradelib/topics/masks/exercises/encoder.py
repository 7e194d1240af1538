"""Section 2.2, "Who may look at whom": what is asked."""

import torch

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.topics.masks.exercises.inputs import (
    not_padded,
    padded_left,
    padded_right,
    truths,
    with_a_hole,
    with_an_empty_row,
)

encoder_mask = Exercise("masks.encoder_mask", points=1, difficulty=1)
additive_mask = Exercise(
    "masks.additive_mask",
    points=1,
    difficulty=1,
    tolerance=Tolerance(relative=0, absolute=0),  # beside the lowest number all else is nothing
)


# --- encoder_mask --------------------------------------------------------------------------------


@encoder_mask.case
def a_batch_padded_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return padded_right(rng)


@encoder_mask.case
def a_batch_padded_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left to four tokens."""
    return padded_left(rng)


@encoder_mask.case
def a_sentence_without_padding(rng: Rng) -> Inputs:
    """One sentence: everybody may look at everybody."""
    return not_padded(rng)


@encoder_mask.case
def tokens_missing_in_the_middle(rng: Rng) -> Inputs:
    """Some tokens in the middle are not to be looked at either."""
    return with_a_hole(rng)


@encoder_mask.case
def a_row_that_is_all_padding(rng: Rng) -> Inputs:
    """Four rows; the second is all padding, so nobody looks at anything there."""
    return with_an_empty_row(rng)


# --- additive_mask -------------------------------------------------------------------------------


@additive_mask.case
def two_axes(rng: Rng) -> Inputs:
    """A mask of shape (3, 4)."""
    return {"mask": truths(rng, 3, 4)}


@additive_mask.case
def four_axes(rng: Rng) -> Inputs:
    """A mask of shape (2, 1, 3, 5)."""
    return {"mask": truths(rng, 2, 1, 3, 5)}


@additive_mask.case
def all_may_be_seen(rng: Rng) -> Inputs:
    """A mask that is True everywhere: nothing is added."""
    return {"mask": torch.ones(2, int(rng.integers(3, 6)), dtype=torch.bool)}


@additive_mask.case
def all_is_hidden(rng: Rng) -> Inputs:
    """A mask that is False everywhere."""
    return {"mask": torch.zeros(int(rng.integers(3, 6)), dtype=torch.bool)}
