"""The scaling runs of notebook 09, and the pictures of what small runs say of a larger one.

The fit and the prediction are the student's: they come in as arguments.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gradelib.lab import data, figures
from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BUDGETS", "T80", "T95", "Runs", "draw_budgets", "draw_floor", "draw_prediction",
           "runs_at", "show_predictions"]  # fmt: skip

Fit = Callable[[list[float], list[float], float], tuple[float, float]]
Predict = Callable[[list[float], list[float], float, float, float], tuple[float, float, float]]
BUDGETS = (1_000_000, 2_000_000, 4_000_000, 8_000_000)  # tokens
LEAST = 200_000  # weights: smaller models are not on the line yet
T80, T95 = 1.886, 4.303  # Student's t for 4 runs and a line: 2 degrees of freedom, two-sided
NEAR = 0.05  # of the gap: nearer than this a prediction is said to land


@dataclass(frozen=True)
class Runs:
    """The best run of each size at one budget of tokens."""

    budget: int
    sizes: list[float]  # weights
    losses: list[float]  # nats a token
    floor: float

    @property
    def small(self) -> tuple[list[float], list[float], float]:
        """Sizes and losses that a line is fitted to, and the floor: not the largest."""
        kept = [place for place, size in enumerate(self.sizes[:-1]) if size >= LEAST]
        return [self.sizes[k] for k in kept], [self.losses[k] for k in kept], self.floor

    @property
    def largest(self) -> tuple[float, float]:
        """The size and the loss that are to be predicted."""
        return self.sizes[-1], self.losses[-1]

    def off(self, loss: float) -> float:
        """Say how far a predicted loss is from that of the largest, as a share of its gap."""
        return (loss - self.floor) / (self.largest[1] - self.floor) - 1


@cache
def runs_at(budget: int) -> Runs:
    """Return the runs at a budget: for each size that with the best learning rate."""
    records: list[dict[str, Any]] = [json.loads(one) for one in data.lines("scaling/runs.jsonl")]
    best: dict[int, dict[str, Any]] = {}
    for one in (one for one in records if one["budget"] == budget):
        if one["weights"] not in best or one["loss"] < best[one["weights"]]["loss"]:
            best[one["weights"]] = one
    sizes = sorted(best)
    losses = [best[size]["loss"] for size in sizes]
    return Runs(budget, [float(size) for size in sizes], losses, records[0]["floor"])


def draw_floor(budgets: Sequence[int], fit: Fit) -> list[Axes]:
    """Draw losses, and the laws that are fitted with the known floor and with a floor of 0."""
    panels = figures.panels(_floor_title(budgets[-1], fit), len(budgets), width=9.2, height=3.6)
    for panel, budget in zip(panels, budgets, strict=True):
        runs = runs_at(budget)
        sizes, losses, floor = runs.small
        across = [sizes[0] * 1.1**step for step in range(60)]
        for known, shade in ((floor, "yours"), (0.0, "baseline")):
            factor, exponent = fit(sizes, losses, known)
            curve = [known + factor * size**-exponent for size in across]
            name = f"fitted with a floor of {known:.2f}"
            panel.plot(across, curve, color=figures.colour(shade), linewidth=1.6, label=name)
        panel.plot(sizes, losses, "o", color=figures.colour("yours"))
        panel.axhline(floor, color=figures.colour("truth"), linestyle="--", linewidth=1)
        place: dict[str, Any] = {"xytext": (0, -9)}
        text = f"entropy {floor:.2f}"
        figures.label(panel, sizes[0], floor, text, figures.colour("truth"), **place)
        panel.set(title=f"{budget // 1_000_000} million tokens", xlabel="weights")
        panel.set(xscale="log", ylim=(0, 2.6))
        panel.legend(frameon=False, fontsize=8)
    panels[0].set_ylabel("loss (nats a token)")
    return panels


def _floor_title(budget: int, fit: Fit) -> str:
    runs = runs_at(budget)
    sizes, losses, floor = runs.small
    factor, exponent = fit(sizes, losses, 0.0)
    said = factor * runs.largest[0] ** -exponent
    where = "below" if said < floor else "above"
    return (
        f"With a floor of 0 the next size would come to {said:.2f} at "
        f"{budget // 1_000_000} million: {where} the entropy"
    )


def draw_prediction(budgets: Sequence[int], fit: Fit, predict: Predict) -> list[Axes]:
    """Draw small runs, their line, the interval at the largest size, and that run."""
    panels = figures.panels(_title(budgets, predict), len(budgets), width=9.2, height=3.6)
    for panel, budget in zip(panels, budgets, strict=True):
        _draw_runs(panel, runs_at(budget), fit, predict)
        panel.set(title=f"{budget // 1_000_000} million tokens", xlabel="weights")
    panels[0].set_ylabel("loss above the entropy\n(nats a token)")
    panels[0].legend(frameon=False, fontsize=8, loc="lower left")
    return panels


def _title(budgets: Sequence[int], predict: Predict) -> str:
    off = [
        runs_at(b).off(predict(*runs_at(b).small, runs_at(b).largest[0], T95)[1]) for b in budgets
    ]
    landed = sum(abs(share) < NEAR for share in off)
    said = ", ".join(f"{share:+.0%}" for share in off)
    return f"{landed} of {len(off)} lines land within {NEAR:.0%} of the larger run's gap: {said}"


def _draw_runs(panel: Axes, runs: Runs, fit: Fit, predict: Predict) -> None:
    sizes, losses, floor = runs.small
    size, loss = runs.largest
    factor, exponent = fit(sizes, losses, floor)
    low, middle, high = (one - floor for one in predict(sizes, losses, floor, size, T95))
    shades = {name: figures.colour(name) for name in ("yours", "baseline", "library")}
    line = [factor * one**-exponent for one in (sizes[0], size)]
    panel.plot([sizes[0], size], line, "--", color=shades["baseline"], label="the fitted line")
    small = [place for place, one in enumerate(runs.sizes[:-1]) if one < LEAST]
    gaps = [runs.losses[place] - floor for place in small]
    style: dict[str, Any] = {"markerfacecolor": "white", "color": shades["baseline"]}
    panel.plot([runs.sizes[place] for place in small], gaps, "o", label="too small", **style)
    gaps = [one - floor for one in losses]
    panel.plot(sizes, gaps, "o", color=shades["yours"], label="small runs")
    style = {"fmt": "_", "capsize": 4, "color": shades["yours"], "label": "predicted, 95%"}
    panel.errorbar([size], [middle], [[middle - low], [high - middle]], **style)
    style = {"markersize": 11, "color": shades["library"], "label": "the larger run"}
    panel.plot([size], [loss - floor], "*", **style)
    panel.set_xscale("log")
    panel.set_yscale("log")


def show_predictions(fit: Fit, predict: Predict) -> None:
    """Show prediction and truth of the largest run's gap at each budget."""
    rows: list[tuple[object, ...]] = []
    for runs in map(runs_at, BUDGETS):
        size, loss = runs.largest
        gap = loss - runs.floor
        small = runs.small
        within = []
        for t in (T80, T95):
            low, middle, high = (one - runs.floor for one in predict(*small, size, t))
            within.append(f"{low:.3f} to {high:.3f}: {'in' if low <= gap <= high else 'not in'} it")
        said = f"{-fit(*small)[1]:.2f}", f"{middle:.3f}", f"{gap:.3f}"
        off = f"{runs.off(middle + runs.floor):+.0%}"
        rows.append((f"{runs.budget // 1_000_000} million", *said, off, *within))
    heads = ("tokens", "slope", "predicted gap", "true gap", "off by", "80%", "95%")
    columns: dict[str, Sequence[object]] = dict(zip(heads, zip(*rows, strict=True), strict=True))
    show_table(columns, "The gap of the largest size, in nats a token, and two intervals")


def draw_budgets() -> Axes:
    """Draw the loss of all runs against their operations, a line for each size."""
    found = {budget: runs_at(budget) for budget in BUDGETS}
    sizes = found[BUDGETS[0]].sizes
    axes = figures.figure(_best_sizes(found), height=3.8)
    for place, size in enumerate(sizes):
        flops = [6 * size * budget for budget in BUDGETS]
        gaps = [runs.losses[place] - runs.floor for runs in found.values()]
        shade = figures.colour("yours") if place % 2 else figures.colour("library")
        axes.plot(flops, gaps, "o-", color=shade, markersize=4, linewidth=1.4)
        style: dict[str, Any] = {"xytext": (-4, 6), "ha": "right"}
        figures.label(axes, flops[0], gaps[0], f"{size / 1e6:.2f}M", shade, **style)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set(xlabel="floating-point operations, 6ND", ylabel="loss above the entropy")
    axes.margins(x=0.12)
    return axes


def _best_sizes(found: dict[int, Runs]) -> str:
    """Say which sizes are the best for a small and for a large budget of operations."""
    every = [
        (6 * size * budget, loss, size)
        for budget, runs in found.items()
        for size, loss in zip(runs.sizes, runs.losses, strict=True)
    ]
    said = []
    for most in (4e12, 3e13):
        _, _, size = min((one for one in every if one[0] <= most), key=lambda one: one[1])
        said.append(f"{size / 1e6:.2f} million weights with {most:.0e} operations")
    return f"Best are {', '.join(said)}".replace("e+", "e")
