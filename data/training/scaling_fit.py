"""Fit power laws to the scaling runs: `python -m data.training.scaling_fit`.

At one budget, the gap to the known entropy is a line in the logarithms of weights and gap (Kaplan
and others, 2020). Over all budgets it may be A / weights^a + B / tokens^b (Hoffmann and others,
2022, approach 3, with the floor not fitted, since it is known). Each fit sees all sizes but the
largest, and is held against that one. docs/decisions/0023 says what came of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from data.training.scaling import OUT, runs

Record = dict[str, Any]
LEAST = 200_000  # weights: smaller models do not yet get to where the line begins
HUBER = 0.03  # in the logarithm: what lies farther off counts less


@dataclass(frozen=True)
class PowerLaw:
    """gap = factor / weights ** by_weights + token_factor / tokens ** by_tokens."""

    factor: float
    by_weights: float
    token_factor: float
    by_tokens: float

    def gap(self, weights: float | NDArray[Any], tokens: float | NDArray[Any]) -> Any:
        """Return the gap to the entropy, in nats a token."""
        a = self.factor / np.asarray(weights, float) ** self.by_weights
        return a + self.token_factor / np.asarray(tokens, float) ** self.by_tokens


def best_of(records: Iterable[Record]) -> list[Record]:
    """Return for each size and budget the run with the best learning rate."""
    found: dict[tuple[int, int], Record] = {}
    for record in records:
        key = record["weights"], record["budget"]
        if key not in found or record["loss"] < found[key]["loss"]:
            found[key] = record
    return [found[key] for key in sorted(found)]


def columns(records: list[Record]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return weights, tokens and gaps, each (run,)."""
    weights, tokens = (np.array([r[n] for r in records], float) for n in ("weights", "tokens"))
    return weights, tokens, np.array([r["loss"] - r["floor"] for r in records])


def fit(records: list[Record]) -> PowerLaw:
    """Return the law that is nearest in the logarithm of the gap, from several starts."""
    weights, tokens, gaps = columns(records)
    n, d, wanted = np.log(weights), np.log(tokens), np.log(gaps)

    def cost(x: NDArray[Any]) -> float:
        off = np.abs(np.logaddexp(x[0] - x[1] * n, x[2] - x[3] * d) - wanted)
        return float(np.where(off < HUBER, off**2 / 2, HUBER * (off - HUBER / 2)).sum())

    starts = product((0.0, 5.0, 10.0), (0.2, 0.6), (0.0, 5.0, 10.0), (0.2, 0.6))
    tries = [minimize(cost, start, method="Nelder-Mead", options=TRIES) for start in starts]
    a, alpha, b, beta = min(tries, key=lambda found: found.fun).x
    return PowerLaw(float(np.exp(a)), float(alpha), float(np.exp(b)), float(beta))


TRIES = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-5, "fatol": 1e-9}


def held_against_the_largest(records: Iterable[Record]) -> tuple[PowerLaw, dict[int, float]]:
    """Fit all sizes but the largest; return how far off its gaps are, by budget, as shares."""
    best = best_of(records)
    largest = max(record["weights"] for record in best)
    law = fit([record for record in best if record["weights"] < largest])
    unseen = [record for record in best if record["weights"] == largest]
    said = {r["budget"]: law.gap(r["weights"], r["tokens"]) for r in unseen}
    return law, {
        r["budget"]: float(said[r["budget"]] / (r["loss"] - r["floor"]) - 1) for r in unseen
    }


def at_budget(records: Iterable[Record], budget: int) -> tuple[float, float]:
    """Return the slope of the line at a budget, and how far off the largest's gap is, as a share.

    The line goes through the sizes of at least LEAST weights, but for the largest.
    """
    same = [record for record in best_of(records) if record["budget"] == budget]
    *smaller, largest = [record for record in same if record["weights"] >= LEAST]
    weights, _, gaps = columns(smaller)
    slope, start = np.polyfit(np.log(weights), np.log(gaps), 1)
    said = np.exp(start + slope * np.log(largest["weights"]))
    return float(slope), float(said / (largest["loss"] - largest["floor"]) - 1)


def main() -> None:
    for budget in sorted({record["budget"] for record in runs(OUT)}):
        slope, share = at_budget(runs(OUT), budget)
        print(f"{budget:,} tokens: gap ~ weights^{slope:.2f}; the largest is off by {share:+.1%}")
    law, off = held_against_the_largest(runs(OUT))
    print(law)
    for budget, share in off.items():
        print(f"largest size, {budget:,} tokens: predicted gap off by {share:+.1%}")


if __name__ == "__main__":
    sys.exit(main())
