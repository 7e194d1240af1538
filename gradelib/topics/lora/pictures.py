"""The pictures and tables of notebook 8. What a title says is computed from the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.tokens import show_table
from gradelib.topics.lora.formats import distance

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.topics.lora.formats import Found
    from gradelib.topics.lora.training import Run

__all__ = ["claim", "draw_first_steps", "draw_formats", "draw_methods", "draw_ranks",
           "draw_values", "show_runs", "spread_out"]  # fmt: skip

FULL = "all weights"
HIGH = 200  # points from 0 to the highest value in the picture of all methods
LEFT = 5e4  # weights: with more than that, the name stands to the left of the point
SHADES = {"LoRA": "yours", FULL: "library", "adapter": "truth"}


def shade_of(name: str) -> str:
    """Return the colour of a method by its name."""
    for start, thing in SHADES.items():
        if name.startswith(start):
            return figures.colour(thing)
    return figures.colour("baseline")


def slow(runs: Sequence[Run]) -> str | None:
    """Say in a title that there was no time for a run, or return None."""
    short = [run for run in runs if not run.is_whole]
    if not short:
        return None
    return f"Slow computer: {short[0].done} of {short[0].planned} steps of “{short[0].name}”"


def claim(runs: Sequence[Run]) -> str:
    """Say in a title how much the best cheap way trains, and how near it comes to all weights."""
    if said := slow(runs):
        return said
    every = next((run for run in runs if run.name == FULL), None)
    cheap = [run for run in runs if run.name != FULL]
    if every is None or not cheap:
        return "The loss on new texts, against the weights that train"
    best = min(cheap, key=lambda run: run.new)
    share, gap = best.trained / every.trained, best.new - every.new
    if gap <= 0:
        return f"{best.name}: {share:.0%} of the weights, and no worse than all of them"
    return f"{best.name} trains {share:.0%} of the weights, and stays {gap:.1f} nats above all"


def span(runs: Sequence[Run], part: str) -> str:
    """Say which run has the lowest of a loss, "new" or "old", and which the highest."""
    ends = [end(runs, key=lambda run: getattr(run, part)) for end in (min, max)]
    return " to ".join(f"{getattr(run, part):.1f} ({run.name})" for run in ends)


def draw_methods(runs: Sequence[Run], before: tuple[float, float]) -> list[Axes]:
    """Draw for each run the loss on new texts and on stories against the weights that it trained.

    `before` are the two losses of the model that nobody has adapted.
    """
    axes = figures.panels(claim(runs), 2, width=9.6, height=4.4, share=False)
    parts = (("new texts, after the training", "new"), ("stories, with what was added on", "old"))
    for panel, (what, part), level in zip(axes, parts, before, strict=True):
        title = f"{what}:\n{span(runs, part)}"
        panel.set(title=title, xlabel="weights that train", ylabel="loss (nats a token)")
        panel.set_xscale("log")
        top = max(getattr(run, part) for run in runs)
        heights = [HIGH * getattr(run, part) / top for run in runs]
        for run, height, free in zip(runs, heights, spread_out(heights), strict=True):
            value = getattr(run, part)
            panel.plot(run.trained, value, "o", color=shade_of(run.name), markersize=8)
            way, side = (-1, "right") if run.trained > LEFT else (1, "left")
            beside = {"xytext": (8 * way, free - height), "ha": side}
            figures.label(panel, run.trained, value, run.name, shade_of(run.name), **beside)
        if level <= 1.5 * top:  # else it would press all points together
            panel.axhline(level, color=figures.colour("baseline"), linestyle="--")
            left = min(run.trained for run in runs)
            word = "off: the old model"
            figures.label(panel, left, level, word, figures.colour("baseline"), xytext=(0, 7))
        panel.margins(x=0.2, y=0.12)
        panel.set_ylim(bottom=0)
    axes[0].figure.set_label(_told(runs, before))
    return axes


def spread_out(heights: Sequence[float], least: float = 11.0) -> list[float]:
    """Return heights of labels, in points: near those given, and none nearer to another.

    >>> spread_out([5.0, 5.0, 50.0], least=10)
    [0.0, 10.0, 50.0]
    """
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    found = list(heights)
    for _ in range(100):  # where there are many, they push each other on
        for low, high in pairwise(order):
            push = (least - (found[high] - found[low])) / 2
            if push > 0:
                found[low], found[high] = found[low] - push, found[high] + push
    return found


def _told(runs: Sequence[Run], before: tuple[float, float]) -> str:
    said = [
        f"{run.name}: {run.trained:,} weights, {run.new:.2f} on new texts, {run.old:.2f} on stories"
        for run in runs
    ]
    return "; ".join([*said, f"before: {before[0]:.2f} on new texts, {before[1]:.2f} on stories"])


def show_runs(runs: Sequence[Run], before: tuple[float, float], title: str) -> None:
    """Show each run as a row: what it trained, and its losses; off, an added part does nothing."""
    every = max(run.trained for run in runs)
    rows: list[tuple[str, ...]] = [
        ("nothing", "0", "0%", f"{before[0]:.2f}", f"{before[1]:.2f}", "")
    ]
    for run in runs:
        off = "gone" if run.name == FULL else f"{before[1]:.2f}"
        share = f"{run.trained / every:.1%}"
        rows.append((run.name, f"{run.trained:,}", share, f"{run.new:.2f}", f"{run.old:.2f}", off))
    heads = ("what trains", "weights", "share", "new texts", "stories, on", "stories, off")
    show_table(dict(zip(heads, zip(*rows, strict=True), strict=True)), title)


def draw_ranks(runs: Mapping[int, Run], floor: float) -> Axes:
    """Draw the loss on new texts against the rank; `floor` is that of all weights."""
    ranks = sorted(runs)
    values = [runs[rank].new for rank in ranks]
    title = slow(list(runs.values())) or _ordered(ranks, values)
    lines = {"LoRA": (ranks, values)}
    how = {"x": "rank", "y": "loss on new texts (nats)", "colours": {"LoRA": shade_of("LoRA")}}
    axes = figures.lines(lines, title, height=3.0, **how)  # type: ignore[arg-type]
    axes.set_xscale("log", base=2)
    axes.set_xticks(ranks, [str(rank) for rank in ranks])
    axes.axhline(floor, color=figures.colour("library"), linestyle="--")
    said = f"all weights: {floor:.2f}"
    figures.label(axes, ranks[0], floor, said, figures.colour("library"), xytext=(0, 8))
    axes.margins(x=0.12, y=0.2)
    return axes


def _ordered(ranks: Sequence[int], values: Sequence[float]) -> str:
    if list(values) == sorted(values, reverse=True):
        return f"Each higher rank comes further: {', '.join(f'{value:.2f}' for value in values)}"
    best = min(zip(values, ranks, strict=True))[1]
    return f"Of these ranks {best} has the lowest loss"


def draw_first_steps(ranks: Sequence[int], lengths: Mapping[str, Sequence[float]]) -> Axes:
    """Draw how long the update is after one step, for each rank and each way to scale it."""
    grown = {name: values[-1] / values[0] for name, values in lengths.items()}
    times = ", ".join(f"{times:.2g} by {name}" for name, times in grown.items())
    title = f"The first step at rank {ranks[-1]}, as a multiple of rank {ranks[0]}: {times}"
    things = ("library", "baseline", "yours")
    shades = {name: figures.colour(thing) for name, thing in zip(lengths, things, strict=True)}
    lines = {name: (list(ranks), list(values)) for name, values in lengths.items()}
    y = "length of the update"
    axes = figures.lines(lines, title, x="rank", y=y, colours=shades, height=3.0)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xticks(ranks, [str(rank) for rank in ranks])
    axes.margins(x=0.12, y=0.15)
    return axes


def draw_values(shares: Tensor, tables: Mapping[str, Tensor]) -> Axes:
    """Draw how weights are distributed within their blocks, and below it the values of tables."""
    off = ", ".join(f"{distance(shares, table):.3f} ({name})" for name, table in tables.items())
    axes = figures.figure(f"From a weight to the nearest value, on average: {off}", height=3.6)
    axes.hist(shares.numpy(), bins=120, color=figures.colour("baseline"), density=True, alpha=0.6)
    axes.set(
        xlabel="weight, as a share of the largest of its block", ylabel="density", xlim=(-1.05, 1.3)
    )
    top = axes.get_ylim()[1]
    shades = (figures.colour("yours"), figures.colour("library"), figures.colour("truth"))
    for number, ((name, table), shade) in enumerate(zip(tables.items(), shades, strict=False)):
        height = -0.09 * top * (number + 1)
        axes.plot(table.tolist(), [height] * len(table), "|", color=shade, markersize=13, mew=2)
        figures.label(axes, 1.0, height, name, shade)
    axes.set_ylim(bottom=-0.09 * top * (len(tables) + 0.8))
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    told = [
        f"{name}: {', '.join(f'{v:.2f}' for v in table.tolist())}" for name, table in tables.items()
    ]
    axes.figure.set_label("a bell of weights; values of " + "; ".join(told))
    return axes


def draw_formats(found: Sequence[Found], before: float) -> Axes:
    """Draw the error of each format against the bits that it takes; its loss is written beside."""
    four = [one for one in found if one.format.bits == 4]
    best = min(four, key=lambda one: one.error)
    title = f"Of the formats with four bits, {best.format.name} is nearest to the weights"
    axes = figures.figure(title, height=3.8)
    axes.set(
        xlabel="bits a weight, with its share of the scales",
        ylabel="error, as a share of the weights",
    )
    low = min(one.error for one in found)
    four.sort(key=lambda one: one.error)
    for one in found:
        shade = figures.colour("yours" if one.format.name.startswith("NF") else "library")
        axes.plot(one.bits, one.error, "o", color=shade, markersize=8)
        rise = 14 * (four.index(one) - 1) if one in four else 0  # else they lie on one another
        text = f"{one.format.name}: loss {one.loss:.3f}"
        figures.label(axes, one.bits, one.error, text, shade, xytext=(9, rise))
    axes.set_yscale("log")
    axes.set_ylim(bottom=0.6 * low)
    axes.margins(x=0.25)
    axes.figure.set_label(
        f"before: loss {before:.3f}; "
        + "; ".join(f"{o.format.name}: {o.bits:.2f} bits, error {o.error:.1%}" for o in found)
    )
    return axes
