"""Sections 9.8 and 9.9, scaling laws: what is asked."""

from __future__ import annotations

import numpy as np

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance

NEAR = Tolerance(plain=1e-4)  # who fits with torch has logarithms in float32
fit_power_law = Exercise("pretraining.fit_power_law", points=2, difficulty=2, tolerance=NEAR)
predict_loss = Exercise("pretraining.predict_loss", points=3, difficulty=3, tolerance=NEAR)
compute_optimal = Exercise("pretraining.compute_optimal", points=1, difficulty=1, tolerance=NEAR)


def _runs(
    rng: Rng, count: int, noise: float, exponent: float, floor: float, first: float = 1e4
) -> Inputs:
    """Return sizes that grow, and losses near a power law above a floor."""
    sizes = first * np.cumprod(rng.uniform(1.6, 3.0, size=count))
    factor = rng.uniform(0.5, 3.0) * sizes[0] ** exponent
    gaps = factor * sizes**-exponent * np.exp(noise * rng.normal(size=count))
    return {"sizes": sizes.tolist(), "losses": (floor + gaps).tolist(), "floor": floor}


# --- fit_power_law -------------------------------------------------------------------------------


@fit_power_law.case
def on_a_line(rng: Rng) -> Inputs:
    """Five sizes whose gaps lie on a law."""
    return _runs(rng, 5, 0.0, 0.5, floor=0.4)


@fit_power_law.case
def beside_a_line(rng: Rng) -> Inputs:
    """Seven sizes whose gaps lie beside a law."""
    return _runs(rng, 7, 0.2, 0.3, floor=0.2)


@fit_power_law.case
def far_from_a_line(rng: Rng) -> Inputs:
    """Four sizes whose gaps lie far from any law."""
    return _runs(rng, 4, 0.8, 0.6, floor=1.0)


@fit_power_law.case
def two_runs(rng: Rng) -> Inputs:
    """Two sizes: the line goes through both."""
    return _runs(rng, 2, 0.3, 0.4, floor=0.17)


@fit_power_law.case
def no_floor(rng: Rng) -> Inputs:
    """Six sizes, and the floor is 0."""
    return _runs(rng, 6, 0.1, 0.2, floor=0.0)


@fit_power_law.case
def it_gets_worse(rng: Rng) -> Inputs:
    """The loss grows with the size: the exponent is negative."""
    return _runs(rng, 5, 0.1, -0.3, floor=0.3)


@fit_power_law.case
def in_no_order(rng: Rng) -> Inputs:
    """Six sizes that do not come in order."""
    drawn = _runs(rng, 6, 0.2, 0.7, floor=0.5)
    order = rng.permutation(6)
    both = {name: [drawn[name][place] for place in order] for name in ("sizes", "losses")}
    return {**drawn, **both}


@fit_power_law.case
def a_size_twice(rng: Rng) -> Inputs:
    """Six runs, of which two have the same size and not the same loss: both count."""
    drawn = _runs(rng, 6, 0.3, 0.5, floor=0.3)
    drawn["sizes"][3] = drawn["sizes"][2]
    return drawn


@fit_power_law.case
def billions(rng: Rng) -> Inputs:
    """Five models of billions of weights; the gap is large beside the floor."""
    return _runs(rng, 5, 0.05, 0.34, floor=1.7, first=1e9)


# --- predict_loss --------------------------------------------------------------------------------


def _beyond(rng: Rng, drawn: Inputs, times: float, t: float) -> Inputs:
    return {**drawn, "size": max(drawn["sizes"]) * times * float(rng.uniform(1, 1.2)), "t": t}


@predict_loss.case
def twice_as_large(rng: Rng) -> Inputs:
    """Four runs, and a size about twice the largest."""
    return _beyond(rng, _runs(rng, 4, 0.1, 0.5, floor=0.2), 2.0, t=4.3)


@predict_loss.case
def a_hundred_times_as_large(rng: Rng) -> Inputs:
    """Six runs, and a size far beyond them: the interval is wide."""
    return _beyond(rng, _runs(rng, 6, 0.2, 0.3, floor=1.1), 100.0, t=2.78)


@predict_loss.case
def in_between(rng: Rng) -> Inputs:
    """Five runs, and a size between them."""
    drawn = _runs(rng, 5, 0.3, 0.4, floor=0.3)
    return {**drawn, "size": drawn["sizes"][1] * 1.3, "t": 3.18}


@predict_loss.case
def smaller_than_all(rng: Rng) -> Inputs:
    """Five runs in no order, one size twice, and a size below all of them."""
    drawn = _runs(rng, 5, 0.3, 0.4, floor=0.3)
    drawn["sizes"][4] = drawn["sizes"][2]
    both = {name: drawn[name][::-1] for name in ("sizes", "losses")}
    return {**drawn, **both, "size": min(drawn["sizes"]) * 0.4, "t": 3.18}


@predict_loss.case
def three_runs(rng: Rng) -> Inputs:
    """Three runs, the fewest that there may be."""
    return _beyond(rng, _runs(rng, 3, 0.1, 0.6, floor=0.17), 3.0, t=2.0)


@predict_loss.case
def on_a_line_exactly(rng: Rng) -> Inputs:
    """Five runs on a law: the interval has no width."""
    return _beyond(rng, _runs(rng, 5, 0.0, 0.5, floor=0.4), 4.0, t=3.0)


@predict_loss.case
def no_floor_at_all(rng: Rng) -> Inputs:
    """Seven runs, and the floor is 0."""
    return _beyond(rng, _runs(rng, 7, 0.15, 0.2, floor=0.0), 8.0, t=1.0)


@predict_loss.case
def many_runs(rng: Rng) -> Inputs:
    """Thirty runs."""
    return _beyond(rng, _runs(rng, 30, 0.2, 0.1, floor=0.6), 10.0, t=2.05)


# --- compute_optimal -----------------------------------------------------------------------------


def _law(rng: Rng, flops: float, alpha: float, beta: float) -> Inputs:
    a, b = (float(x) for x in rng.uniform(200, 900, size=2))
    return {"flops": flops, "a": a, "alpha": alpha, "b": b, "beta": beta}


@compute_optimal.case
def a_large_budget(rng: Rng) -> Inputs:
    """About what a model of the year 2022 was trained with."""
    return _law(rng, float(rng.uniform(1, 9)) * 1e23, 0.34, 0.28)


@compute_optimal.case
def a_small_budget(rng: Rng) -> Inputs:
    """A minute on a laptop."""
    return _law(rng, float(rng.uniform(1, 9)) * 1e12, 0.35, 0.37)


@compute_optimal.case
def a_hundred_operations(rng: Rng) -> Inputs:
    """Some tens of operations: neither number is a whole one."""
    return {**_law(rng, float(rng.uniform(20, 99)), 0.4, 0.5), "a": 2.0, "b": 3.0}


@compute_optimal.case
def weights_matter_more(rng: Rng) -> Inputs:
    """The gap falls fast with weights, and slowly with tokens."""
    return _law(rng, 1e20, float(rng.uniform(0.6, 0.9)), 0.2)


@compute_optimal.case
def tokens_matter_more(rng: Rng) -> Inputs:
    """The gap falls slowly with weights, and fast with tokens."""
    return _law(rng, 1e20, 0.25, float(rng.uniform(0.6, 0.9)))


@compute_optimal.case
def both_alike(rng: Rng) -> Inputs:
    """Both exponents are the same; only the factors differ."""
    return _law(rng, float(rng.uniform(1, 9)) * 1e21, 0.5, 0.5)


@compute_optimal.invariant
def the_budget_is_spent(inputs: Inputs, answer: tuple[float, float]) -> bool | str:
    """6 N D is the budget."""
    spent = 6 * answer[0] * answer[1]
    return abs(spent / inputs["flops"] - 1) < 1e-6 or f"6 N D is {spent:.3g}"
