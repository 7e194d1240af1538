"""Section 2.3, "Attention behind a mask": what is asked."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import normal, truths

masked_softmax = Exercise("masks.masked_softmax", points=3, difficulty=3)
attention = Exercise(
    "masks.attention",
    points=3,
    difficulty=2,
    without=(
        "torch.nn.functional.scaled_dot_product_attention",
        "torch.nn.functional.multi_head_attention_forward",
        "torch.nn.MultiheadAttention",
    ),
)


# --- masked_softmax ------------------------------------------------------------------------------


@masked_softmax.case
def a_mask_of_the_same_shape(rng: Rng) -> Inputs:
    """Scores and mask of shape (2, 3, 4)."""
    return {"scores": normal(rng, 2, 3, 4), "mask": truths(rng, 2, 3, 4)}


@masked_softmax.case
def one_mask_for_all_heads(rng: Rng) -> Inputs:
    """Scores of shape (2, 3, 4, 5), a mask of shape (2, 1, 4, 5)."""
    return {"scores": normal(rng, 2, 3, 4, 5), "mask": truths(rng, 2, 1, 4, 5)}


@masked_softmax.case
def one_mask_for_everything(rng: Rng) -> Inputs:
    """Scores of shape (2, 3, 4), a mask of shape (3, 4)."""
    return {"scores": normal(rng, 2, 3, 4), "mask": truths(rng, 3, 4)}


@masked_softmax.case
def one_mask_for_all_queries(rng: Rng) -> Inputs:
    """Scores of shape (2, 3, 4, 5), a mask of shape (2, 1, 1, 5)."""
    return {"scores": normal(rng, 2, 3, 4, 5), "mask": truths(rng, 2, 1, 1, 5)}


@masked_softmax.case
def a_row_with_nothing_to_look_at(rng: Rng) -> Inputs:
    """In one of four rows everything is hidden: its weights are 0."""
    mask = truths(rng, 4, 3)
    mask[int(rng.integers(1, 4))] = False
    return {"scores": normal(rng, 4, 3), "mask": mask}


@masked_softmax.case
def nothing_is_hidden(rng: Rng) -> Inputs:
    """A mask that is True everywhere: the plain softmax."""
    return {"scores": normal(rng, 3, 6), "mask": torch.ones(3, 6, dtype=torch.bool)}


@masked_softmax.case
def high_scores_are_hidden(rng: Rng) -> Inputs:
    """The hidden scores are far above the others."""
    scores, mask = normal(rng, 3, 5), truths(rng, 3, 5)
    return {"scores": torch.where(mask, scores, 300 + scores), "mask": mask}


@masked_softmax.case
def infinite_scores_are_hidden(rng: Rng) -> Inputs:
    """The hidden scores are infinite."""
    scores, mask = normal(rng, 2, 6), truths(rng, 2, 6)
    return {"scores": scores.masked_fill(~mask, torch.inf), "mask": mask}


@masked_softmax.case
def rows_on_different_levels(rng: Rng) -> Inputs:
    """The scores of one row are close to 0, of one close to 200 and of one close to -200."""
    levels = torch.tensor([[0.0], [200.0], [-200.0]])
    return {"scores": levels + normal(rng, 3, 6), "mask": truths(rng, 3, 6)}


@masked_softmax.case
def scores_that_are_close(rng: Rng) -> Inputs:
    """Scores and mask of shape (1, 1, 3, 2)."""
    return {"scores": normal(rng, 1, 1, 3, 2), "mask": truths(rng, 1, 1, 3, 2)}


@masked_softmax.case
def one_query(rng: Rng) -> Inputs:
    """One query that looks at some of five keys: scores of shape (2, 1, 5)."""
    return {"scores": normal(rng, 2, 1, 5), "mask": truths(rng, 2, 1, 5)}


@masked_softmax.case
def one_key(rng: Rng) -> Inputs:
    """A single key: the weight is 1 where it may be looked at, and 0 where not."""
    mask = torch.from_numpy(rng.permutation([[True], [True], [False], [False]]))
    return {"scores": normal(rng, 4, 1), "mask": mask}


@masked_softmax.case
def all_scores_are_very_low(rng: Rng) -> Inputs:
    """All scores lie around -2,000,000,000, hidden or not."""
    steps = torch.from_numpy(rng.random((4, 5)).argsort(axis=-1)).float()
    return {"scores": 256 * steps - 2e9, "mask": truths(rng, 4, 5)}


@masked_softmax.invariant
def weights_sum_to_one_or_zero(inputs: Inputs, answer: Tensor) -> bool | str:
    """A row sums to 1 if there is something to look at, and to 0 if not."""
    rows = inputs["mask"].any(-1).expand(answer.shape[:-1])
    off = (answer.sum(-1) - rows.float()).abs().max().item()
    return off < 1e-4 or f"one sum is off by {off:.4g}"


@masked_softmax.invariant
def hidden_weights_are_zero(inputs: Inputs, answer: Tensor) -> bool:
    """What is hidden has a weight of exactly 0."""
    return not answer[~inputs["mask"].expand(answer.shape)].any()


# --- attention -----------------------------------------------------------------------------------


def _attention_inputs(rng: Rng, lead: tuple[int, ...], sizes: str, mask: Tensor) -> Inputs:
    query, key, d_head, d_value = map(int, sizes)
    return {
        "queries": normal(rng, *lead, query, d_head),
        "keys": normal(rng, *lead, key, d_head),
        "values": normal(rng, *lead, key, d_value),
        "mask": mask,
    }


@attention.case
def several_heads(rng: Rng) -> Inputs:
    """Two sentences, three heads, four queries, five keys; one mask for all heads."""
    return _attention_inputs(rng, (2, 3), "4567", truths(rng, 2, 1, 4, 5))


@attention.case
def one_mask_for_all_queries_and_heads(rng: Rng) -> Inputs:
    """Two sentences, three heads, four queries, six keys; a mask of shape (2, 1, 1, 6)."""
    return _attention_inputs(rng, (2, 3), "4657", truths(rng, 2, 1, 1, 6))


@attention.case
def no_axis_for_heads(rng: Rng) -> Inputs:
    """Queries of shape (3, 6), keys of shape (5, 6), values of shape (5, 4)."""
    return _attention_inputs(rng, (), "3564", truths(rng, 3, 5))


@attention.case
def a_single_query(rng: Rng) -> Inputs:
    """One query that looks at some of six keys."""
    return _attention_inputs(rng, (2, 4), "1635", truths(rng, 2, 1, 1, 6))


@attention.case
def a_query_with_nothing_to_look_at(rng: Rng) -> Inputs:
    """One of three queries may look at nothing: it gets zeros."""
    mask = truths(rng, 3, 4)
    mask[1] = False
    return _attention_inputs(rng, (2,), "3465", mask)


@attention.case
def a_single_key(rng: Rng) -> Inputs:
    """One key that some of five queries may look at; vectors of one number."""
    return _attention_inputs(rng, (1, 1), "5111", truths(rng, 1, 1, 1, 5).mT)


@attention.case
def everything_may_be_seen(rng: Rng) -> Inputs:
    """A mask that is True everywhere."""
    return _attention_inputs(rng, (3,), "5274", torch.ones(5, 2, dtype=torch.bool))


@attention.case
def large_scores(rng: Rng) -> Inputs:
    """Queries and keys that are five times as long as usual, so that scores are large."""
    given = _attention_inputs(rng, (2,), "4365", truths(rng, 4, 3))
    return given | {"queries": 5 * given["queries"], "keys": 5 * given["keys"]}
