"""Section 9.7, warm-up and cosine: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

rate_at = Exercise("pretraining.rate_at", points=2, difficulty=2, fresh_seeds=4)


# --- rate_at -------------------------------------------------------------------------------------


def _at(rng: Rng, step: int, warmup: int, steps: int, share: float = 0.1) -> Inputs:
    peak = float(rng.uniform(0.001, 0.02))
    return {"step": step, "peak": peak, "warmup": warmup, "steps": steps, "last": share * peak}


@rate_at.case
def the_first_step(rng: Rng) -> Inputs:
    """Step 0 of a warm-up: the rate is 0."""
    return _at(rng, 0, 20, 100)


@rate_at.case
def while_it_rises(rng: Rng) -> Inputs:
    """A step in the first half of the warm-up."""
    return _at(rng, int(rng.integers(3, 14)), 30, 200)


@rate_at.case
def one_step_before_the_peak(rng: Rng) -> Inputs:
    """The last step of the warm-up."""
    return _at(rng, 24, 25, 180)


@rate_at.case
def the_peak(rng: Rng) -> Inputs:
    """The step at which the warm-up ends."""
    return _at(rng, 40, 40, 300)


@rate_at.case
def one_step_after_the_peak(rng: Rng) -> Inputs:
    """The first step of the cosine."""
    return _at(rng, 6, 5, 25)


@rate_at.case
def the_middle(rng: Rng) -> Inputs:
    """Half way from the end of the warm-up to the end."""
    return _at(rng, 60, 20, 100, share=0.2)


@rate_at.case
def while_it_falls(rng: Rng) -> Inputs:
    """Some step of the cosine."""
    return _at(rng, int(rng.integers(100, 380)), 50, 400)


@rate_at.case
def near_the_end(rng: Rng) -> Inputs:
    """One step before the end."""
    return _at(rng, 69, 10, 70, share=0.3)


@rate_at.case
def the_end(rng: Rng) -> Inputs:
    """The end."""
    return _at(rng, 90, 12, 90)


@rate_at.case
def beyond_the_end(rng: Rng) -> Inputs:
    """Some steps after the end it is as low as at the end."""
    return _at(rng, 90 + int(rng.integers(10, 50)), 12, 90)


@rate_at.case
def down_to_zero(rng: Rng) -> Inputs:
    """A rate that falls to 0."""
    return _at(rng, int(rng.integers(20, 70)), 8, 80, share=0.0)


@rate_at.case
def no_warm_up(rng: Rng) -> Inputs:
    """No warm-up: it begins at the peak."""
    return _at(rng, 0, 0, 50)


@rate_at.case
def no_warm_up_later(rng: Rng) -> Inputs:
    """No warm-up, some steps later."""
    return _at(rng, int(rng.integers(5, 45)), 0, 50)


@rate_at.case
def a_long_run(rng: Rng) -> Inputs:
    """A step of a run of a million steps."""
    return _at(rng, int(rng.integers(10_000, 900_000)), 2000, 1_000_000)
