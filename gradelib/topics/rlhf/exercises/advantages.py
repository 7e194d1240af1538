"""Section 11.5, better than what was to be expected: what is asked."""

from __future__ import annotations

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal
from gradelib.topics.rlhf.exercises.inputs import written

whiten = Exercise("rlhf.whiten", points=2, difficulty=2)
group_advantages = Exercise("rlhf.group_advantages", points=2, difficulty=2)


def _around_1000(rng: Rng) -> Tensor:
    """Return eight numbers whose sum and mean are exact, in any order of adding."""
    side = rng.permutation([1.0, -1.0] * 4)
    return torch.from_numpy(1000 + side * (1 + rng.integers(0, 8, 8) / 8)).float()


# --- whiten --------------------------------------------------------------------------------------


def _values(
    rng: Rng, spans: list[tuple[int, int]], tokens: int, mean: float = 2.0, spread: float = 3.0
) -> Inputs:
    values = mean + normal(rng, len(spans), tokens, spread=spread)
    return {"values": values, "mask": written(spans, tokens)}


@whiten.case
def rows_of_unequal_length(rng: Rng) -> Inputs:
    """Three rows of two to five values that count."""
    return _values(rng, [(0, 5), (1, 3), (2, 5)], 5)


@whiten.case
def all_values_count(rng: Rng) -> Inputs:
    """Two rows of four values, all of which count."""
    return _values(rng, [(0, 4), (0, 4)], 4, mean=-1.0, spread=0.5)


@whiten.case
def one_long_row(rng: Rng) -> Inputs:
    """One row with seven values that count."""
    return _values(rng, [(2, 9)], 10)


@whiten.case
def large_values_outside(rng: Rng) -> Inputs:
    """Outside stand values of thousands: they do not count."""
    drawn = _values(rng, [(1, 4), (0, 3)], 6)
    far = normal(rng, 2, 6, spread=4000.0)
    return {**drawn, "values": torch.where(drawn["mask"], drawn["values"], far)}


@whiten.case
def no_number_outside(rng: Rng) -> Inputs:
    """Outside stands NaN, which times 0 is NaN."""
    drawn = _values(rng, [(0, 3), (2, 4), (1, 5)], 5)
    return {**drawn, "values": drawn["values"].masked_fill(~drawn["mask"], torch.nan)}


@whiten.case
def a_single_value(rng: Rng) -> Inputs:
    """One value alone is the mean."""
    return _values(rng, [(0, 1)], 1)


@whiten.case
def very_small_values(rng: Rng) -> Inputs:
    """Values of about 0.0001: what is added to the variance can be seen."""
    return _values(rng, [(0, 3), (1, 4)], 4, mean=0.0, spread=1e-4)


@whiten.case
def all_the_same(rng: Rng) -> Inputs:
    """Four values that are all the same: 0, and no division by 0."""
    drawn = _values(rng, [(0, 2), (1, 3)], 3)
    return {**drawn, "values": torch.full_like(drawn["values"], float(rng.integers(2, 9)))}


@whiten.case
def one_far_above_all_others(rng: Rng) -> Inputs:
    """Two rows of forty values; one lies far above all others, beyond five deviations."""
    drawn = _values(rng, [(0, 40), (2, 38)], 40, spread=0.5)
    drawn["values"][1, 20] += 60
    return drawn


@whiten.case
def far_from_zero(rng: Rng) -> Inputs:
    """Eight values near 1000: four 1 to 2 above it, four 1 to 2 below."""
    mask = written([(0, 3), (1, 6)], 6)
    values = torch.zeros(2, 6).masked_scatter(mask, _around_1000(rng))
    return {"values": values, "mask": mask}


# --- group_advantages ----------------------------------------------------------------------------


@group_advantages.case
def four_groups(rng: Rng) -> Inputs:
    """Four groups of six stories; some beginnings are easier than others."""
    easier = normal(rng, 4, 1, spread=4.0)
    return {"scores": easier + normal(rng, 4, 6)}


@group_advantages.case
def one_group(rng: Rng) -> Inputs:
    """A single group of five stories."""
    return {"scores": normal(rng, 1, 5, spread=2.0) + 1.0}


@group_advantages.case
def one_story_in_each(rng: Rng) -> Inputs:
    """Three groups of one story: no story is better than itself."""
    return {"scores": normal(rng, 3, 1)}


@group_advantages.case
def groups_that_agree(rng: Rng) -> Inputs:
    """Four groups; in the second and the last all stories have the same score."""
    scores = normal(rng, 4, 3)
    scores[[1, 3]] = float(rng.integers(1, 5))
    return {"scores": scores}


@group_advantages.case
def scores_that_hardly_differ(rng: Rng) -> Inputs:
    """Two groups whose scores differ by about 0.001: what is added to the deviation shows."""
    return {"scores": normal(rng, 2, 4, spread=1e-3)}


@group_advantages.case
def one_that_stands_out(rng: Rng) -> Inputs:
    """Three groups of seven; in the third, one story is far better than the others."""
    scores = normal(rng, 3, 7, spread=0.3)
    scores[2, 4] += 20
    return {"scores": scores}


@group_advantages.case
def one_far_below_forty(rng: Rng) -> Inputs:
    """Two groups of forty; in the second one story is far worse, beyond five deviations."""
    scores = normal(rng, 2, 40, spread=0.3)
    scores[1, 17] -= 20
    return {"scores": scores}


@group_advantages.case
def high_scores(rng: Rng) -> Inputs:
    """Three groups of eight with scores near 1000: half are 1 to 2 above it, half below."""
    return {"scores": torch.stack([_around_1000(rng) for _ in range(3)])}
