"""Section 2.3, "Attention behind a mask": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

masked_softmax__hides_afterwards = Edit("scores.masked_fill(hidden, -torch.inf)", "scores")
"""Do your rows still sum to 1? What is hidden must be gone before the sum is taken, not after."""

masked_softmax__nan_for_an_empty_row = Edit("weights.masked_fill(hidden, 0.0)", "weights")
"""What is the softmax of a row in which everything is minus infinity?"""

masked_softmax__even_in_an_empty_row = Edit(
    "-torch.inf",
    "torch.finfo(scores.dtype).min",
    "weights.masked_fill(hidden, 0.0)",
    "weights",
)
"""Look at the row with nothing to look at: if all scores are equally low, softmax shares the 1
among them."""

masked_softmax__upside_down = Edit("~mask", "mask")
"""You give weight to what is hidden. In this course True stands for "may look"."""

masked_softmax__zero_for_hidden_scores = Edit(
    "-torch.inf",
    "0.0",
    "weights.masked_fill(hidden, 0.0)",
    "weights",
)
"""You set hidden scores to 0. But 0 is a score like any other: what is exp(0)?"""


def masked_softmax__tiny_for_hidden_scores(scores: Tensor, mask: Tensor) -> Tensor:
    """1e-9 is a number close to 0, not a very low one. Which sign did you mean?"""
    return torch.softmax(scores.masked_fill(~mask, 1e-9) - 1e-3 * ~mask, dim=-1)


masked_softmax__not_low_enough = Edit("-torch.inf", "-1e9")
"""Is -1e9 lower than every score that may come? Look at the case with very low scores."""

masked_softmax__minus_a_billion = Edit(
    "-torch.inf",
    "-1e9",
    "weights.masked_fill(hidden, 0.0)",
    "weights",
)
"""A low number is not minus infinity: all else can be as low, and a row in which all are
equally low shares the 1 among what is hidden."""

masked_softmax__adds_a_penalty = Edit(
    "scores.masked_fill(hidden, -torch.inf)", "scores - 100.0 * hidden"
)
"""You take something away from the hidden scores, but they are still there. What if a hidden score
is huge, or infinite?"""


def masked_softmax__the_largest_of_all_scores(scores: Tensor, mask: Tensor) -> Tensor:
    """What if a hidden score is far above all the others? What exp leaves of them then is nothing: hide
    first."""
    weights = (scores - scores.amax(dim=-1, keepdim=True)).exp() * mask
    return (weights / weights.sum(dim=-1, keepdim=True)).nan_to_num(0.0)


def masked_softmax__overflows(scores: Tensor, mask: Tensor) -> Tensor:
    """What does exp make of a score of 200, and of -200? The softmax of notebook 0 first took something
    away from each row, so that this could not happen."""
    powers = scores.masked_fill(~mask, -torch.inf).exp()
    total = powers.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, powers / total, torch.zeros_like(powers))


masked_softmax__queries_compete = Edit("dim=-1", "dim=-2")
"""Along which axis do your weights sum to 1? The keys are on the last one."""

masked_softmax__no_softmax = Edit(
    "torch.softmax(scores.masked_fill(hidden, -torch.inf), dim=-1)", "scores"
)
"""The hidden scores are gone, but the others are scores still, not weights."""

attention__unscaled = Edit(" / math.sqrt(keys.shape[-1])", "")
"""How large do dot products get when `d_head` grows? Look at the factor before the softmax."""

attention__scaled_too_much = Edit("math.sqrt(keys.shape[-1])", "keys.shape[-1]")
"""Divided by `d_head`, or by its square root?"""

attention__scaled_by_the_keys = Edit("keys.shape[-1]", "keys.shape[-2]")
"""You divide by the square root of a size. Which axis is it the size of: the number of keys, or the
length of one?"""

attention__scaled_by_the_values = Edit("keys.shape", "values.shape")
"""You divide by the square root of the values' size. Are they in the dot product?"""

attention__multiplied = Edit("keys.mT /", "keys.mT *")
"""Do you divide by the square root, or multiply with it?"""

attention__without_the_mask = Edit("masked_softmax(scores, mask)", "torch.softmax(scores, dim=-1)")
"""Your answer is the same for every mask. Where does the mask come in?"""

attention__mask_upside_down = Edit(", mask)", ", ~mask)")
"""Each query looks at just what it may not. True stands for "may look"."""

attention__weights = Edit(" @ values", "")
"""You return the weights. What are they the weights of?"""

attention__mixes_the_keys = Edit("@ values", "@ keys")
"""You mix the keys. What are the values for?"""

attention__no_softmax = Edit("masked_softmax(scores, mask)", "scores.masked_fill(~mask, 0.0)")
"""You mix by the scores themselves. Should weights not sum to 1?"""
