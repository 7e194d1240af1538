"""Section 11.9, choose instead of train: what is asked."""

from __future__ import annotations

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import normal

best_of_n = Exercise("rlhf.best_of_n", points=1, difficulty=1)
best_of_n_kl = Exercise(
    "rlhf.best_of_n_kl", points=1, difficulty=1, tolerance=Tolerance(plain=1e-6)
)


# --- best_of_n -----------------------------------------------------------------------------------


@best_of_n.case
def the_best_of_four(rng: Rng) -> Inputs:
    """Five beginnings with seven stories each; the best of the first four."""
    return {"scores": normal(rng, 5, 7), "n": 4}


@best_of_n.case
def a_better_one_beyond(rng: Rng) -> Inputs:
    """Three beginnings; beyond the first three of six stories stand better ones."""
    scores = normal(rng, 3, 6)
    scores[:, 3:] += 9
    return {"scores": scores, "n": 3}


@best_of_n.case
def all_of_them(rng: Rng) -> Inputs:
    """Four beginnings, and n is the number of their stories."""
    return {"scores": normal(rng, 4, 5), "n": 5}


@best_of_n.case
def no_choice(rng: Rng) -> Inputs:
    """The best of one is the first."""
    return {"scores": normal(rng, 6, 4), "n": 1}


@best_of_n.case
def equally_good(rng: Rng) -> Inputs:
    """In five of six beginnings the best score stands twice: the first of the two is taken."""
    scores = normal(rng, 6, 7).clamp(max=2.0)
    pairs = rng.permutation([[0, 1], [0, 4], [1, 3], [2, 3], [3, 4]])
    for row, pair in enumerate(pairs.tolist(), start=1):
        scores[row, pair] = 3.0
    return {"scores": scores, "n": 5}


@best_of_n.case
def many_are_equally_good(rng: Rng) -> Inputs:
    """Three beginnings with thirty stories, of which many have the best score of three."""
    return {"scores": torch.from_numpy(rng.integers(0, 3, (3, 30))).float(), "n": 25}


@best_of_n.case
def a_narrow_lead(rng: Rng) -> Inputs:
    """Four beginnings whose scores differ by 0.00002: the best is the best all the same."""
    places = torch.from_numpy(rng.permutation([3, 0, 2, 1]))
    ahead = torch.arange(5) == places[:, None]
    return {"scores": 1 + normal(rng, 4, 1).abs().round() + 2.0**-16 * ahead, "n": 4}


@best_of_n.case
def one_beginning(rng: Rng) -> Inputs:
    """One beginning with one story."""
    return {"scores": normal(rng, 1, 1), "n": 1}


@best_of_n.case
def bad_stories(rng: Rng) -> Inputs:
    """All scores are far below zero."""
    return {"scores": normal(rng, 4, 6) - 50, "n": 4}


@best_of_n.case
def the_last_is_the_best(rng: Rng) -> Inputs:
    """Three beginnings; the last of the n stories is the best of them."""
    scores = normal(rng, 3, 8)
    scores[:, 5] = torch.tensor([7.0, 8.0, 9.0])
    return {"scores": scores, "n": 6}


@best_of_n.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The numbers of the columns are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


# --- best_of_n_kl --------------------------------------------------------------------------------


@best_of_n_kl.case
def one(rng: Rng) -> Inputs:
    """The best of one is a story as any other: 0."""
    return {"n": 1}


@best_of_n_kl.case
def two(rng: Rng) -> Inputs:
    """The best of two."""
    return {"n": 2}


@best_of_n_kl.case
def a_few(rng: Rng) -> Inputs:
    """The best of three to nine."""
    return {"n": int(rng.integers(3, 10))}


@best_of_n_kl.case
def some(rng: Rng) -> Inputs:
    """The best of twenty to ninety."""
    return {"n": int(rng.integers(20, 91))}


@best_of_n_kl.case
def very_many(rng: Rng) -> Inputs:
    """The best of a thousand or more: it grows with the logarithm."""
    return {"n": int(rng.integers(1000, 5000))}
