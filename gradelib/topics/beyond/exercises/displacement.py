"""Section 12.2, pairs that are won and yet less likely: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal

displaced = Exercise("beyond.displaced", points=1, difficulty=1)


def _rewards(rng: Rng, count: int, ahead: float = 0.0, up: float = 0.0) -> Inputs:
    rejected = normal(rng, count, spread=1.5) + up
    return {"chosen": rejected + normal(rng, count, spread=1.5) + ahead, "rejected": rejected}


@displaced.case
def both_have_fallen(rng: Rng) -> Inputs:
    """Nine pairs; both rewards are below 0 in most."""
    return _rewards(rng, 9, ahead=0.5, up=-3.0)


@displaced.case
def of_both_signs(rng: Rng) -> Inputs:
    """Twelve pairs with rewards on both sides of 0."""
    return _rewards(rng, 12, ahead=0.5)


@displaced.case
def all_have_risen(rng: Rng) -> Inputs:
    """Five pairs, all rewards are above 0: none is displaced."""
    drawn = _rewards(rng, 5)
    return {name: values.abs() + 0.2 for name, values in drawn.items()}


@displaced.case
def one_that_is_displaced(rng: Rng) -> Inputs:
    """One pair: both have fallen, and the rejected one further."""
    fallen = -normal(rng, 1).abs() - 1
    return {"chosen": fallen, "rejected": fallen - 2}


@displaced.case
def lost_pairs(rng: Rng) -> Inputs:
    """Seven pairs; both have fallen, and in most the chosen one further: these are not won."""
    return _rewards(rng, 7, ahead=-1.0, up=-4.0)


@displaced.case
def exact_ties(rng: Rng) -> Inputs:
    """Eight pairs; in three both rewards are the same and below 0, in two the chosen is at 0."""
    drawn = _rewards(rng, 8, ahead=1.0, up=-3.0)
    for place in (1, 4, 7):
        drawn["chosen"][place] = drawn["rejected"][place]
    drawn["chosen"][[2, 5]] = 0.0
    return drawn
