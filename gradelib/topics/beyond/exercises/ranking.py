"""Section 12.6, find by meaning, join rankings, and measure: what is asked."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids

top_k = Exercise("beyond.top_k", points=2, difficulty=2)
fuse = Exercise("beyond.fuse", points=2, difficulty=2)
hit_rate = Exercise("beyond.hit_rate", points=2, difficulty=2)


# --- top_k ---------------------------------------------------------------------------------------


def _vectors(rng: Rng, queries: int, passages: int, d_model: int, k: int) -> Inputs:
    return {
        "queries": normal(rng, queries, d_model),
        "passages": normal(rng, passages, d_model),
        "k": k,
    }


@top_k.case
def three_queries(rng: Rng) -> Inputs:
    """Three queries, eight passages, vectors of five numbers."""
    return _vectors(rng, 3, 8, 5, 4)


@top_k.case
def of_all_lengths(rng: Rng) -> Inputs:
    """Some passages have vectors a hundred times as long as others."""
    drawn = _vectors(rng, 4, 7, 6, 3)
    drawn["passages"] *= torch.tensor([1.0, 100.0, 0.1, 30.0, 1.0, 0.5, 100.0])[:, None]
    return drawn


@top_k.case
def long_queries(rng: Rng) -> Inputs:
    """The queries have vectors of different lengths: their cosines do not."""
    drawn = _vectors(rng, 3, 6, 4, 2)
    drawn["queries"] *= torch.tensor([0.2, 5.0, 40.0])[:, None]
    return drawn


@top_k.case
def very_short_vectors(rng: Rng) -> Inputs:
    """All vectors are about a thousandth long: their cosines do not hang on that."""
    drawn = _vectors(rng, 3, 6, 5, 4)
    return {"queries": drawn["queries"] / 2000, "passages": drawn["passages"] / 3000, "k": 4}


@top_k.case
def on_the_other_side(rng: Rng) -> Inputs:
    """All passages but one lie on the other side of the second query: cosines are negative."""
    drawn = _vectors(rng, 2, 5, 6, 5)
    drawn["passages"][[0, 1, 3, 4]] = normal(rng, 4, 6, spread=0.3) - 2 * drawn["queries"][1]
    return drawn


@top_k.case
def all_passages(rng: Rng) -> Inputs:
    """As many as there are: a whole order."""
    return _vectors(rng, 5, 4, 3, 4)


@top_k.case
def one_of_one(rng: Rng) -> Inputs:
    """One query and one passage."""
    return _vectors(rng, 1, 1, 7, 1)


@top_k.case
def a_single_number(rng: Rng) -> Inputs:
    """Vectors of one number, and one passage: its cosine is 1 or -1."""
    return _vectors(rng, 4, 1, 1, 1)


@top_k.invariant
def numbers_of_64_bits(inputs: Inputs, answer: tuple[Tensor, Tensor]) -> bool | str:
    """The numbers of the passages are whole numbers of 64 bits, int64."""
    return answer[1].dtype == torch.int64 or f"they are {answer[1].dtype}"


# --- fuse ----------------------------------------------------------------------------------------


def _sums(rankings: list[list[int]], k: int) -> list[float]:
    below = [{passage: place for place, passage in enumerate(one)} for one in rankings]
    named = {passage for one in rankings for passage in one}
    return sorted(sum(1 / (k + 1 + one[p]) for one in below if p in one) for p in named)


def _rankings(rng: Rng, lengths: list[int], among: int, k: int) -> list[list[int]]:
    """Draw rankings in which no two sums are the same or nearly so."""
    while True:
        drawn = [rng.permutation(among)[:length].tolist() for length in lengths]
        if all(high - low > 1e-9 for low, high in itertools.pairwise(_sums(drawn, k))):
            return drawn


@fuse.case
def two_rankings(rng: Rng) -> Inputs:
    """Two rankings of five and of four of nine passages, k of 60."""
    return {"rankings": _rankings(rng, [5, 4], 9, 60)}


@fuse.case
def three_rankings(rng: Rng) -> Inputs:
    """Three rankings of the same eight passages."""
    return {"rankings": _rankings(rng, [8, 8, 8], 8, 7), "k": 7}


@fuse.case
def a_small_k(rng: Rng) -> Inputs:
    """With k of 1 the first places count for much more than the others."""
    return {"rankings": _rankings(rng, [7, 5, 6], 12, 1), "k": 1}


@fuse.case
def ranks_begin_with_one(rng: Rng) -> Inputs:
    """With k of 1: first in one ranking is less than second in one and third in another."""
    once, twice, *others = rng.permutation(40)[:5].tolist()
    return {"rankings": [[once, twice], [*others[:2], twice], [others[2]]], "k": 1}


@fuse.case
def k_is_what_it_says(rng: Rng) -> Inputs:
    """With k of 1: first in one ranking is more than fourth in one and fifth in another."""
    once, twice, *others = rng.permutation(40)[:9].tolist()
    first, second = others[:3], others[3:7]
    return {"rankings": [[*first, twice], [*second, twice], [once]], "k": 1}


@fuse.case
def the_usual_k(rng: Rng) -> Inputs:
    """k is not handed in, so 60 is meant: first once is just as much as 62nd twice."""
    numbers = rng.permutation(900)[:250].tolist()
    low, high = sorted(numbers[:2]), sorted(numbers[2:4])
    others = [numbers[4 + 61 * n : 4 + 61 * (n + 1)] for n in range(4)]
    twice = [low[1], low[1], high[0], high[0]]
    long = [[*some, last] for some, last in zip(others, twice, strict=True)]
    return {"rankings": [[low[0]], [high[1]], *long]}


@fuse.case
def a_large_k(rng: Rng) -> Inputs:
    """With k of 500 it is nearly the number of rankings that counts."""
    return {"rankings": _rankings(rng, [6, 9, 4], 11, 500), "k": 500}


@fuse.case
def sums_that_hardly_differ(rng: Rng) -> Inputs:
    """With k of 5000 two sums differ by 0.00000004 only: that is enough for an order."""
    return {"rankings": [[], rng.permutation(300)[:9].tolist()], "k": 5000}


@fuse.case
def equal_sums(rng: Rng) -> Inputs:
    """Two rankings, one the other turned round: the smaller number comes first."""
    one = rng.permutation(20)[:6].tolist()
    return {"rankings": [one, one[::-1]], "k": 60}


@fuse.case
def nothing_in_common(rng: Rng) -> Inputs:
    """Two rankings without a common passage: they are taken in turns."""
    drawn = rng.permutation(30)[:8].tolist()
    return {"rankings": [drawn[:4], drawn[4:]], "k": 10}


@fuse.case
def an_empty_ranking(rng: Rng) -> Inputs:
    """The second of three rankings is empty."""
    first, third = _rankings(rng, [4, 3], 10, 60)
    return {"rankings": [first, [], third], "k": 60}


@fuse.case
def one_ranking(rng: Rng) -> Inputs:
    """One ranking stays as it is."""
    return {"rankings": [rng.permutation(300)[:5].tolist()], "k": 60}


@fuse.case
def no_ranking(rng: Rng) -> Inputs:
    """No ranking at all: nothing."""
    return {"rankings": [], "k": 60}


# --- hit_rate ------------------------------------------------------------------------------------


def _found(rng: Rng, questions: int, places: int, pages: int, k: int) -> Inputs:
    return {
        "found": random_ids(rng, questions, places, vocab=pages),
        "right": random_ids(rng, questions, vocab=pages),
        "k": k,
    }


@hit_rate.case
def eleven_questions(rng: Rng) -> Inputs:
    """Eleven questions, six places, of which the first three count."""
    return _found(rng, 11, 6, 7, 3)


@hit_rate.case
def the_first_place(rng: Rng) -> Inputs:
    """Nine questions; the right page stands first, second or last."""
    drawn = _found(rng, 9, 5, 30, 1)
    for row, place in enumerate(rng.permutation([0, 0, 0, 0, 1, 1, 4, 4, 4])):
        drawn["found"][row] = torch.arange(31, 36)
        drawn["found"][row, place] = drawn["right"][row]
    return drawn


@hit_rate.case
def questions_without_a_page(rng: Rng) -> Inputs:
    """Ten questions, three of them without a page: these do not count."""
    drawn = _found(rng, 10, 4, 5, 2)
    drawn["right"][[1, 4, 9]] = -1
    return drawn


@hit_rate.case
def a_page_again_and_again(rng: Rng) -> Inputs:
    """Seven questions; pages stand twice before the right one comes: places count, not pages."""
    shift = int(rng.integers(10, 50))
    rows = [[2, 2, 4, 1], [4, 2, 2, 4], [3, 3, 3, 1], [5, 5, 1, 1], [1, 6, 1, 6], [2, 2, 7, 7],
            [8, 8, 8, 8]]  # fmt: skip
    right = [4, 2, 1, 5, 6, 7, 8]
    return {"found": torch.tensor(rows) + shift, "right": torch.tensor(right) + shift, "k": 2}


@hit_rate.case
def hits_at_some_places(rng: Rng) -> Inputs:
    """Five questions; the right page stands first, second, fourth, fifth and last of six places."""
    right = torch.from_numpy(rng.permutation(40)[:5])
    found = torch.arange(50, 56).repeat(5, 1)
    found[torch.arange(5), torch.tensor([0, 1, 3, 4, 5])] = right
    return {"found": found, "right": right, "k": 4}


@hit_rate.case
def all_places(rng: Rng) -> Inputs:
    """All four places count, of seven questions, one of them without a page."""
    drawn = _found(rng, 7, 4, 9, 4)
    drawn["right"][5] = -1
    return drawn


@hit_rate.case
def one_question(rng: Rng) -> Inputs:
    """One question, one place, and a hit."""
    page = random_ids(rng, 1, vocab=50)
    return {"found": page[:, None], "right": page.clone(), "k": 1}


@hit_rate.case
def just_missed(rng: Rng) -> Inputs:
    """Six questions whose right page stands one place too late, but for the fourth."""
    drawn = _found(rng, 6, 5, 20, 3)
    drawn["found"] = torch.arange(21, 26).repeat(6, 1)
    drawn["found"][:, 3] = drawn["right"]
    drawn["found"][3, 2] = drawn["right"][3]
    return drawn
