"""The pictures and tables of notebook 12. What a title says is computed from what is drawn.

Where a slow computer has cut a run, or a model is not here, a recorded one takes its place, and the
title says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.lab.tokens import show_table
from gradelib.topics.beyond.training import Run, Step, recorded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["draw_abstaining", "draw_equal_distance", "draw_intervals", "draw_pairs", "draw_search",
           "recorded_steps", "recorded_wins", "show_ways", "whole"]  # fmt: skip

GRAMMAR, OWN = "the grammar's pairs", "its own pairs"
SHADES = {
    f"{GRAMMAR}, 5e-4": figures.COLOURS["library"],
    f"{GRAMMAR}, 1e-4": figures.COLOURS["German"],
    f"{OWN}, 2e-4": figures.COLOURS["yours"],
    f"{OWN}, 1e-4": figures.COLOURS["yours"],
    f"{OWN}, 5e-4": figures.COLOURS["English"],
    "PPO": figures.COLOURS["Greek"],
    "PPO without a price": figures.COLOURS["words"],
    "best of n": figures.COLOURS["baseline"],
}
Interval = tuple[float, float]


def recorded_steps(way: str, seed: str = "0") -> list[Step]:
    """Return the steps of a recorded run of DPO."""
    return [Step(**row) for row in recorded()["policies"][way][seed]["steps"]]


def whole(run: Run, way: str) -> tuple[list[Step], bool]:
    """Return a run's steps, or a recorded run's as far as was planned; and whether it is one."""
    if run.is_whole:
        return run.steps, False
    return [step for step in recorded_steps(way) if step.step <= run.planned], True


def draw_pairs(steps: Sequence[Step], name: str, slow: bool = False) -> list[Axes]:
    """Draw how a policy learns from pairs: who wins, and what becomes of both endings."""
    last = steps[-1]
    fell = [word for word, value in (("chosen", last.chosen), ("rejected", last.rejected))
            if value < 0]  # fmt: skip
    said = {2: "both endings have become less likely", 0: "both endings have become likelier"}
    found = said.get(len(fell)) or f"only the {fell[0]} ending has become less likely"
    start = "Slow computer, a recorded run. " if slow else ""
    panels = figures.panels(f"{start}{name}: {found}", 2, width=9.2, share=False)
    count = [step.step for step in steps]
    for label, values, shade in (
        ("won", [step.won for step in steps], "yours"),
        ("won, but the chosen one fell", [step.displaced for step in steps], "library"),
    ):
        panels[0].plot(count, values, color=figures.colour(shade), label=label)
    panels[0].legend(frameon=False)
    panels[0].set(xlabel="step", ylabel="share of unseen pairs", ylim=(0, 1))
    for label, values, shade in (
        ("chosen", [step.chosen for step in steps], "yours"),
        ("rejected", [step.rejected for step in steps], "library"),
    ):
        panels[1].plot(count, values, color=figures.colour(shade), label=label)
    panels[1].axhline(0, color=figures.colour("baseline"), linestyle="--")
    panels[1].legend(frameon=False)
    panels[1].set(xlabel="step", ylabel="change of log-probability (nats)")
    return panels


def draw_intervals(rows: Mapping[str, tuple[float, Interval, Interval | None]]) -> Axes:
    """Draw win rates against the decoder, with Wilson's interval, and the bootstrap's if any."""
    better = sum(low > 0.5 for _, (low, _), _ in rows.values())
    worse = sum(high < 0.5 for _, (_, high), _ in rows.values())
    title = f"{better} of {len(rows)} are better than the decoder, {worse} worse, beyond luck"
    axes = figures.figure(title, height=1.2 + 0.5 * len(rows))
    axes.axvline(0.5, color=figures.colour("truth"), linestyle="--")
    for place, (rate, wilson, bootstrap) in enumerate(rows.values()):
        for shift, ends, shade, name in (
            (-0.12, wilson, "yours", "Wilson"),
            (0.12, bootstrap, "library", "bootstrap"),
        ):
            if ends is not None:
                label = name if place == 0 else None
                axes.plot(ends, [place + shift] * 2, color=figures.colour(shade), label=label)
        axes.plot([rate], [place], "o", color=figures.colour("truth"))
    axes.set(xlabel="share of stories that are better than the decoder's", yticks=range(len(rows)))
    axes.set_yticklabels(list(rows))
    axes.invert_yaxis()
    axes.legend(frameon=False, loc="upper left")
    told = (f"{name}: {rate:.2f}, Wilson {wilson[0]:.2f} to {wilson[1]:.2f}"
            for name, (rate, wilson, _) in rows.items())  # fmt: skip
    axes.figure.set_label("; ".join(told))
    return axes


def recorded_wins(way: str, done: int) -> tuple[float, int]:
    """Return wins and stories of a recorded way after so many steps, over all its runs."""
    runs = recorded()["policies"][way].values()
    rows = [row for one in runs for row in one["stories"] if row["done"] == done]
    return sum(row["wins"] for row in rows), sum(row["of"] for row in rows)


def draw_equal_distance(ways: Sequence[str]) -> Axes:
    """Draw the true reward against the distance from the decoder, a line for each run."""
    runs = recorded()["policies"]
    best = max(ways, key=lambda way: max(row["true"] for row in _rows(runs[way])))
    high = max(row["true"] for row in _rows(runs[best]))
    first = runs[best]["0"]["stories"][0]["true"]
    axes = figures.figure(
        f"Recorded runs. “{best}” comes highest: from {first:.2f} to {high:.2f}", height=4.4
    )
    told = []
    for way in ways:
        shade = SHADES.get(way, figures.colour("truth"))
        for seed, one in runs[way].items():
            across = [max(0.0, row["distance"]) ** 0.5 for row in one["stories"]]
            true = [row["true"] for row in one["stories"]]
            label = way if seed == "0" else None
            axes.plot(across, true, color=shade, marker="o", markersize=4, label=label, alpha=0.85)
            told.append(f"{way}: highest {max(true):.2f}, at the end {true[-1]:.2f}")
    axes.set(xlabel="distance from the decoder: √KL, in √nats a story", xlim=(0, 6.5))
    axes.set(ylabel="true reward, mean of unseen stories", ylim=(0.3, 2.3))
    axes.legend(frameon=False, fontsize=9)
    axes.figure.set_label("; ".join(told))
    return axes


def _rows(runs: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for one in runs.values() for row in one["stories"]]


def draw_search(rates: Mapping[str, Sequence[float]], counts: Sequence[int]) -> Axes:
    """Draw how often each search finds the right page among the first k chunks."""
    first = {name: values[0] for name, values in rates.items()}
    best = max(first, key=lambda name: first[name])
    groups = {
        f"first {k}" if k > 1 else "the first": {n: 100 * v[at] for n, v in rates.items()}
        for at, k in enumerate(counts)
    }
    title = f"The first chunk is of the right page most often by {best}: {first[best]:.0%}"
    shades = {"BM25": "German", "vectors": "yours", "fused": "Greek"}
    axes = figures.figure(title, height=3.8)
    for at, (name, values) in enumerate(rates.items()):
        for place, value in enumerate(values):
            up, shade = place + (at - 1) * 0.26, figures.colour(shades.get(name, "yours"))
            axes.barh(up, 100 * value, 0.24, color=shade, label=name if place == 0 else None)
            figures.label(axes, 100 * value, up, f"{value:.0%}", shade, xytext=(4, 0))
    axes.set(yticks=range(len(counts)), yticklabels=list(groups), xlim=(0, 100))
    axes.set_xlabel("questions whose page was found (%)")
    axes.invert_yaxis()
    axes.legend(frameon=False, loc="upper right")
    axes.grid(axis="y", visible=False)
    return axes


def draw_abstaining(
    scores: Tensor, right: Tensor, abstain: Callable[..., tuple[float, float]]
) -> Axes:
    """Draw how often the first page is right, against how many questions are answered."""
    points = [abstain(scores, right, float(score)) for score in scores.sort().values]
    half = min(points, key=lambda point: abs(point[0] - 0.5))
    title = f"Who answers all is right in {points[0][1]:.0%}, who answers half in {half[1]:.0%}"
    axes = figures.figure(title)
    across, up = zip(*points, strict=True)
    axes.plot([100 * share for share in across], [100 * share for share in up],
              color=figures.colour("yours"))  # fmt: skip
    axes.set(xlabel="questions that are answered (%)", ylabel="first page right (%)", ylim=(0, 104))
    return axes


def show_ways(ways: Sequence[str]) -> None:
    """Show what became of each recorded run of DPO: at its best, and at its end."""
    heads = (
        "learned from",
        "seed",
        "highest",
        "after steps",
        "at the end",
        "KL then",
        "tokens then",
    )
    rows = []
    for way in ways:
        for seed, one in recorded()["policies"][way].items():
            best, last = max(one["stories"], key=lambda row: row["true"]), one["stories"][-1]
            rows.append((way, seed, f"{best['true']:.2f}", best["done"], f"{last['true']:.2f}",
                         f"{last['distance']:.0f}", f"{last['length']:.0f}"))  # fmt: skip
    first, last = one["stories"][0], one["stories"][-1]
    title = (
        f"True reward, recorded: the decoder has {first['true']:.2f}, {first['length']:.0f} tokens"
    )
    columns = dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))
    show_table(columns, f"{title}; {last['done']} steps")
