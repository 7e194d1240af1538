"""Section 4.5, a vector for a text: what is asked."""

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, real_tokens

mean_pool = Exercise("encoder.mean_pool", points=2, difficulty=2)
retrieve = Exercise("encoder.retrieve", points=2, difficulty=2)


# --- mean_pool -----------------------------------------------------------------------------------


def _hidden(rng: Rng, lengths: list[int], d_model: int, side: str = "right") -> Inputs:
    mask = real_tokens(lengths, side)
    return {"hidden": normal(rng, *mask.shape, d_model) + 2.0, "attention_mask": mask}


@mean_pool.case
def texts_of_different_length(rng: Rng) -> Inputs:
    """Texts of two, five and three real tokens; four features."""
    return _hidden(rng, [2, 5, 3], 4)


@mean_pool.case
def padding_before_the_text(rng: Rng) -> Inputs:
    """The padding is on the left."""
    return _hidden(rng, [4, 1], 3, "left")


@mean_pool.case
def no_padding(rng: Rng) -> Inputs:
    """Both texts have three tokens."""
    return _hidden(rng, [3, 3], 5)


@mean_pool.case
def one_text_of_one_token(rng: Rng) -> Inputs:
    """One text, one token: the mean is its vector."""
    return _hidden(rng, [1], 6)


@mean_pool.case
def one_feature(rng: Rng) -> Inputs:
    """Vectors of one number."""
    return _hidden(rng, [3, 1, 4, 2], 1)


@mean_pool.case
def padding_with_large_numbers(rng: Rng) -> Inputs:
    """What a model says of padding may be anything, here it is very large."""
    drawn = _hidden(rng, [2, 4, 1], 3)
    padding = ~drawn["attention_mask"][..., None]
    return {**drawn, "hidden": drawn["hidden"].masked_fill(padding, 3e4)}


@mean_pool.case
def padding_that_is_not_a_number(rng: Rng) -> Inputs:
    """At the places of padding stands NaN, which times 0 is NaN."""
    drawn = _hidden(rng, [3, 2], 4)
    padding = ~drawn["attention_mask"][..., None]
    return {**drawn, "hidden": drawn["hidden"].masked_fill(padding, torch.nan)}


@mean_pool.case
def padding_that_is_infinite(rng: Rng) -> Inputs:
    """At the places of padding stands infinity, above or below zero, or NaN."""
    drawn = _hidden(rng, [3, 1, 4], 3, "left")
    wild = torch.tensor([torch.inf, -torch.inf, torch.nan])
    hidden = torch.where(drawn["attention_mask"][..., None], drawn["hidden"], wild)
    return {**drawn, "hidden": hidden}


@mean_pool.case
def tokens_with_zeros(rng: Rng) -> Inputs:
    """A real token whose vector is zero, and others with a zero in it: they count."""
    drawn = _hidden(rng, [3, 5], 4)
    hidden = drawn["hidden"]
    hidden[0, int(rng.integers(3))], hidden[1, int(rng.integers(5))] = 0.0, 0.0
    hidden[1, int(rng.integers(5)), int(rng.integers(4))] = 0.0
    return drawn


@mean_pool.invariant
def between_the_smallest_and_the_largest(inputs: Inputs, answer: Tensor) -> bool:
    """A mean lies between the smallest and the largest of what it is the mean of."""
    hidden, real = inputs["hidden"], inputs["attention_mask"][..., None]
    low = hidden.masked_fill(~real, torch.inf).amin(dim=1)
    high = hidden.masked_fill(~real, -torch.inf).amax(dim=1)
    return bool(((answer >= low - 1e-4) & (answer <= high + 1e-4)).all())


# --- retrieve ------------------------------------------------------------------------------------


def _search(rng: Rng, query: int, page: int, d_model: int, k: int, lengths: bool = True) -> Inputs:
    """Queries and pages that point in many directions, pages of very different length."""
    pages = normal(rng, page, d_model)
    if lengths:
        pages = pages * torch.from_numpy(rng.uniform(0.1, 30, size=(page, 1))).float()
    return {"queries": normal(rng, query, d_model), "pages": pages, "k": k}


@retrieve.case
def long_and_short_pages(rng: Rng) -> Inputs:
    """Three queries, eight pages whose vectors are long and short; the two nearest of each."""
    return _search(rng, 3, 8, 5, 2)


@retrieve.case
def all_pages_in_order(rng: Rng) -> Inputs:
    """All six pages, the nearest first."""
    return _search(rng, 2, 6, 4, 6)


@retrieve.case
def one_query(rng: Rng) -> Inputs:
    """A single query, and a long one."""
    drawn = _search(rng, 1, 7, 3, 3)
    return {**drawn, "queries": 100 * drawn["queries"]}


@retrieve.case
def pages_of_the_same_length(rng: Rng) -> Inputs:
    """Pages of about the same length, which differ in direction only."""
    return _search(rng, 4, 5, 6, 1, lengths=False)


@retrieve.case
def very_short_vectors(rng: Rng) -> Inputs:
    """Vectors as short as a millionth of others: how long one is makes no difference."""
    drawn = _search(rng, 3, 7, 4, 7)
    lengths = torch.from_numpy(10.0 ** rng.uniform(-6, 0, size=(7, 1))).float()
    return {**drawn, "queries": 1e-4 * drawn["queries"], "pages": lengths * drawn["pages"]}


@retrieve.case
def one_page(rng: Rng) -> Inputs:
    """There is one page only."""
    return _search(rng, 2, 1, 4, 1)


@retrieve.case
def pages_that_point_away(rng: Rng) -> Inputs:
    """All pages point away from the query: the least bad is the nearest."""
    pages = normal(rng, 6, 4).abs() + 0.1
    return {"queries": -normal(rng, 2, 4).abs() - 0.1, "pages": pages, "k": 3}


@retrieve.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The numbers of the pages are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


@retrieve.invariant
def no_page_twice(inputs: Inputs, answer: Tensor) -> bool:
    """No page is found twice for the same query."""
    return all(len(set(row)) == len(row) for row in answer.tolist())
