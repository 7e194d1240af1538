"""Section 12.3, how sure one may be: what is asked."""

from __future__ import annotations

import torch

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import normal, random_ids

win_rate = Exercise("beyond.win_rate", points=1, difficulty=1)
wilson = Exercise("beyond.wilson", points=2, difficulty=2)
bootstrap = Exercise("beyond.bootstrap", points=2, difficulty=2, tolerance=Tolerance(plain=1e-4))


# --- win_rate ------------------------------------------------------------------------------------


def _halves(rng: Rng, count: int, ahead: float = 0.0) -> Inputs:
    """Return rewards in quarters, as sums of parts are: ties are common, and exact."""
    first, second = (torch.from_numpy(rng.integers(-8, 9, count)).float() / 4 for _ in range(2))
    return {"first": first + ahead, "second": second}


@win_rate.case
def nine_stories(rng: Rng) -> Inputs:
    """Nine stories of each writer; the third and the last are equally good."""
    drawn = {"first": normal(rng, 9), "second": normal(rng, 9)}
    drawn["second"][[2, 8]] = drawn["first"][[2, 8]]
    return drawn


@win_rate.case
def a_better_writer(rng: Rng) -> Inputs:
    """Twelve stories; the first writer is better in most."""
    return _halves(rng, 12, ahead=1.0) | {"margin": 0.0}


@win_rate.case
def a_worse_writer(rng: Rng) -> Inputs:
    """Seven stories; the first writer is worse in most."""
    return _halves(rng, 7, ahead=-1.25) | {"margin": 0.0}


@win_rate.case
def more_than_a_margin(rng: Rng) -> Inputs:
    """Ten stories; a win must be by more than 0.5. Four differ by that or less: ties."""
    drawn = _halves(rng, 10)
    apart = torch.tensor([1.0, 0.5, -2.0, 0.25, 0.5, -1.0, 0.25, 0.75, -0.5, 2.5])
    return {**drawn, "first": drawn["second"] + apart, "margin": 0.5}


@win_rate.case
def a_wide_margin(rng: Rng) -> Inputs:
    """Eight stories; a win must be by more than 1.25: there are two, and a loss."""
    drawn = _halves(rng, 8)
    apart = torch.tensor([-0.5, 1.5, -1.25, -1.0, 1.25, -0.75, -3.0, 2.0])
    second = drawn["second"] + 6
    return {"first": second + apart, "second": second, "margin": 1.25}


@win_rate.case
def near_and_not_the_same(rng: Rng) -> Inputs:
    """Six stories with rewards around 10 that differ by 0.25: with no margin these are no ties."""
    drawn = _halves(rng, 6)
    apart = torch.tensor([0.25, 0.25, -0.25, 0.25, 0.0, 0.25])
    return {"first": drawn["second"] + 10 + apart, "second": drawn["second"] + 10}


@win_rate.case
def nearly_the_same(rng: Rng) -> Inputs:
    """Seven stories with rewards around 10 that differ by 0.00003: all but one are no ties."""
    drawn = _halves(rng, 7)
    apart = 2.0**-15 * torch.tensor([1.0, 1.0, -1.0, 1.0, 0.0, 1.0, -1.0])
    return {"first": drawn["second"] + 12 + apart, "second": drawn["second"] + 12}


@win_rate.case
def all_the_same(rng: Rng) -> Inputs:
    """Five stories, all ties: a half."""
    same = _halves(rng, 5)["first"]
    return {"first": same, "second": same.clone(), "margin": 0.25}


@win_rate.case
def one_win(rng: Rng) -> Inputs:
    """One story of each, and the first wins."""
    second = normal(rng, 1)
    return {"first": second + 1, "second": second, "margin": 0.5}


# --- wilson --------------------------------------------------------------------------------------


@wilson.case
def a_few(rng: Rng) -> Inputs:
    """Some wins of 11 to 19."""
    count = int(rng.integers(11, 20))
    return {"wins": float(rng.integers(2, count - 1)), "count": count, "z": 1.96}


@wilson.case
def several_hundred(rng: Rng) -> Inputs:
    """More than half of some hundred stories, with a tie among them."""
    count = int(rng.integers(300, 500))
    return {"wins": float(rng.integers(count // 2, count)) - 0.5, "count": count}


@wilson.case
def no_win_at_all(rng: Rng) -> Inputs:
    """No win in 8 to 29 stories: the lower end is 0, and the interval still has a width."""
    return {"wins": 0.0, "count": int(rng.integers(8, 30)), "z": 1.96}


@wilson.case
def only_wins(rng: Rng) -> Inputs:
    """A win in each of 5 to 24 stories: the upper end is 1."""
    count = int(rng.integers(5, 25))
    return {"wins": float(count), "count": count, "z": 1.96}


@wilson.case
def another_certainty(rng: Rng) -> Inputs:
    """An interval of 99%, z = 2.576."""
    return {"wins": float(rng.integers(20, 60)), "count": 80, "z": 2.576}


@wilson.case
def a_narrow_one(rng: Rng) -> Inputs:
    """An interval of about 68%, z = 1."""
    return {"wins": float(rng.integers(3, 40)) + 0.5, "count": 43, "z": 1.0}


@wilson.case
def one_story(rng: Rng) -> Inputs:
    """One story, and it is won, lost or a tie: nearly nothing is known."""
    return {"wins": float(rng.integers(0, 3)) / 2, "count": 1, "z": 1.96}


# --- bootstrap -----------------------------------------------------------------------------------


def _samples(rng: Rng, stories: int, samples: int, level: float, places: int = 0) -> Inputs:
    return {
        "values": normal(rng, stories, spread=2.0) + 0.7,
        "drawn": random_ids(rng, samples, places or stories, vocab=stories),
        "level": level,
    }


@bootstrap.case
def two_hundred_samples(rng: Rng) -> Inputs:
    """Nine stories, 200 samples of them, 95%."""
    return _samples(rng, 9, 200, 0.95)


@bootstrap.case
def unless_told(rng: Rng) -> Inputs:
    """Twelve stories, 100 samples, and nothing is said of a level."""
    drawn = _samples(rng, 12, 100, 0.95)
    return {"values": drawn["values"], "drawn": drawn["drawn"]}


@bootstrap.case
def the_middle_half(rng: Rng) -> Inputs:
    """Seven stories, 30 samples, an interval of 50%."""
    return _samples(rng, 7, 30, 0.5)


@bootstrap.case
def eighty_percent(rng: Rng) -> Inputs:
    """Fifteen stories, 64 samples, an interval of 80%."""
    return _samples(rng, 15, 64, 0.8)


@bootstrap.case
def small_samples(rng: Rng) -> Inputs:
    """Nine stories, 60 samples of five of them: each mean is that of its five."""
    return _samples(rng, 9, 60, 0.9, places=5)


@bootstrap.case
def points_of_wins(rng: Rng) -> Inputs:
    """Twenty wins, ties and losses: 1, a half and 0."""
    drawn = _samples(rng, 20, 150, 0.9)
    return {**drawn, "values": torch.from_numpy(rng.integers(0, 3, 20) / 2).float()}


@bootstrap.case
def one_sample(rng: Rng) -> Inputs:
    """One sample: both ends are its mean."""
    return _samples(rng, 6, 1, 0.9)


@bootstrap.case
def one_value(rng: Rng) -> Inputs:
    """One story, drawn again and again: the interval has no width."""
    return _samples(rng, 1, 5, 0.6)


@bootstrap.case
def far_from_zero(rng: Rng) -> Inputs:
    """Eight values around -300, with a story far below the others."""
    drawn = _samples(rng, 8, 120, 0.9)
    values = drawn["values"] - 300
    values[int(rng.integers(1, 8))] -= 64
    return {**drawn, "values": values.round()}
