"""The pictures of notebook 09 on copies, the schedule and pretraining.

What a title says is computed. Where a slow computer has cut a run, the recorded one takes its
place, and the title says so.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import data, figures
from gradelib.topics.pretraining.training import Curve, RateAt, Recipe, recorded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_bands", "draw_copies", "draw_estimates", "draw_pretraining", "draw_rate",
           "mean_and_error", "shares_of_copies", "smooth"]  # fmt: skip

SHADES = {
    "with copies": "library",
    "copies removed": "yours",
    "others in their place": "baseline",
}
LETTER_STEP = 0.02


def draw_estimates(true: Sequence[float], estimates: dict[int, Sequence[float]]) -> list[Axes]:
    """Draw estimated against true similarity of pairs, a panel for each number of hashes."""
    off = {n: _mean(abs(e - t) for e, t in zip(s, true, strict=True)) for n, s in estimates.items()}
    few, many = min(off), max(off)
    said = f"{few} hashes are off by {off[few]:.2f} on average, {many} by {off[many]:.2f}"
    panels = figures.panels(said, len(estimates), width=9.2)
    for panel, (hashes, values) in zip(panels, estimates.items(), strict=True):
        panel.plot(true, values, ".", color=figures.colour("yours"), alpha=0.5)
        panel.plot([0, 1], [0, 1], color=figures.colour("truth"), linewidth=1, linestyle="--")
        panel.set(title=f"{hashes} hashes", xlabel="Jaccard similarity", xlim=(0, 1), ylim=(0, 1))
    panels[0].set_ylabel("share of equal numbers")
    return panels


def draw_bands(shares: Sequence[tuple[float, float]], bands: int, rows: int) -> Axes:
    """Draw which pairs become candidates, by their similarity: the formula, and what was found."""
    half = next(s for s, share in shares if share > 0.5) if shares[-1][1] > 0.5 else math.nan
    axes = figures.figure(
        f"{bands} bands of {rows}: from about {half:.2f} on most copies are found"
    )
    across = [step * LETTER_STEP for step in range(51)]
    for b, r in ((bands, rows), (bands * rows // 2, 2), (bands // 4, rows * 4)):
        shade = "truth" if b == bands else "baseline"
        up = [1 - (1 - s**r) ** b for s in across]
        axes.plot(across, up, color=figures.colour(shade), linewidth=1.4, linestyle="--")
        place = next(k for k, value in enumerate(up) if value > 0.5)
        figures.label(axes, across[place], up[place], f"{b} × {r}", figures.colour(shade))
    axes.plot(*zip(*shares, strict=True), "o", color=figures.colour("yours"), label="found here")
    axes.set(xlabel="Jaccard similarity", ylabel="share that share a band")
    axes.legend(frameon=False, loc="lower right")
    return axes


def shares_of_copies(kept: dict[str, Any], arm: str) -> dict[int, float]:
    """Return which share of the watched stories was continued word for word, by their times."""
    own = [one for one in kept["copies"] if one["arm"] == arm]
    times = list(own[0]["runs"])
    pooled = {n: [run for one in own for run in one["runs"][n]] for n in times}
    return {int(n): _mean(run >= kept["continued"] for run in runs) for n, runs in pooled.items()}


def mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """Return a mean and its standard error."""
    mean = _mean(values)
    spread = sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)
    return mean, math.sqrt(spread / len(values))


def draw_copies() -> list[Axes]:
    """Draw what copies in the text do, from the recorded runs: verbatim continuation, and loss."""
    kept = recorded()
    often = {arm: shares_of_copies(kept, arm) for arm in SHADES}
    most = max(often["with copies"])
    share, without = often["with copies"][most], often["copies removed"][most]
    panels = figures.panels(
        f"{most} times in the text: {share:.0%} come back word for word; "
        f"with the copies removed, {without:.0%}",
        2,
        width=9.2,
        share=False,
    )
    for arm, shares in often.items():
        shade = figures.colour(SHADES[arm])
        hollow: dict[str, Any] = {"markersize": 10, "markerfacecolor": "none"}
        style = hollow if arm == "copies removed" else {}
        panels[0].plot(list(shares), list(shares.values()), "o-", color=shade, label=arm, **style)
    panels[0].set_xscale("log", base=4)
    panels[0].set(xlabel="how often the story stood in the text with copies", ylim=(-0.03, 1.03))
    panels[0].set(ylabel=f"share: next {kept['continued']} tokens verbatim", xticks=list(shares))
    panels[0].set_xticklabels([str(n) for n in shares])
    panels[0].legend(frameon=False)
    for row, arm in enumerate(SHADES):
        losses = [one["unseen"] for one in kept["copies"] if one["arm"] == arm]
        shade = figures.colour(SHADES[arm])
        panels[1].plot(losses, [row] * len(losses), "o", color=shade, alpha=0.6)
        mean = _mean(losses)
        offset = {"xytext": (0, 10), "ha": "center"}
        figures.label(panels[1], mean, row, f"{mean:.3f}", shade, **offset)
    panels[1].set(yticks=range(len(SHADES)), yticklabels=list(SHADES), ylim=(-0.5, 2.7))
    panels[1].set_xlabel("loss on unseen stories (nats a token), a dot a seed")
    return panels


def draw_rate(rate_at: RateAt, recipe: Recipe) -> Axes:
    """Draw the learning rate of each step of a recipe."""
    rates = [
        rate_at(step, recipe.peak, recipe.warmup, recipe.steps, recipe.last)
        for step in range(recipe.steps + 1)
    ]
    top = max(range(len(rates)), key=rates.__getitem__)
    axes = figures.figure(f"The rate rises for {top} steps, then falls for {len(rates) - 1 - top}")
    axes.plot(rates, color=figures.colour("yours"))
    axes.set(xlabel="step", ylabel="learning rate")
    return axes


def smooth(values: Sequence[float], wide: int) -> list[float]:
    """Return means over what came last, `wide` values at most.

    >>> smooth([1.0, 3.0, 5.0], 2)
    [1.0, 2.0, 4.0]
    """
    spans = [values[max(0, at + 1 - wide) : at + 1] for at in range(len(values))]
    return [_mean(span) for span in spans]


def draw_pretraining(yours: Curve, floor: float) -> Axes:
    """Draw a run's loss beside the recorded runs', the decoder's, and the entropy."""
    shipped = recorded()["curves"]
    name, run = "yours", yours
    slow = ""
    if not yours.is_whole:
        name, run = "a minute, recorded", shipped["a minute"]
        slow = f"Slow computer ({len(yours.losses)} of {yours.planned} steps), a recorded run: "
    longer = shipped["longer"]
    end = smooth(run.losses, 20)[-1]
    said = f"{slow}{end:.2f} nats after {len(run.losses)} steps"
    axes = figures.figure(f"{said}; entropy {floor:.2f}")
    curves = {name: (run, "yours"), "the same for longer, recorded": (longer, "library")}
    for label, (one, shade) in curves.items():
        across = [(step + 1) * one.tokens_a_step for step in range(len(one.losses))]
        order = 3 if one is run else 2
        style: dict[str, Any] = {"color": figures.colour(shade), "zorder": order, "label": label}
        axes.plot(across, smooth(one.losses, 20), **style)
    seen, losses = _decoder()
    axes.plot(seen, losses, color=figures.colour("baseline"), label="the course's decoder")
    axes.axhline(floor, color=figures.colour("truth"), linestyle="--", linewidth=1)
    axes.set_xscale("log")
    axes.set(xlabel="tokens seen", ylabel="loss (nats a token)", ylim=(0, 8))
    axes.legend(frameon=False)
    return axes


def _decoder() -> tuple[list[float], list[float]]:
    """Return tokens and losses of the decoder's own training: 64 stories a step, of 105 tokens."""
    rows = csv.DictReader(io.StringIO(data.read("models/decoder/log.csv")))
    pairs = [(int(row["step"]) * 64 * 105.0, float(row["loss"])) for row in rows]
    return [seen for seen, _ in pairs], [loss for _, loss in pairs]


def _mean(values: Any) -> float:
    found = [float(value) for value in values]
    return sum(found) / len(found)
