"""The pictures and tables of notebook 7. What a title says is computed from the runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    import torch
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.topics.transfer_learning.training import Run

__all__ = ["claim", "draw_confusion", "draw_forgetting", "draw_rates", "show_costs", "worst_pair"]

SHADES = {
    "only the head": figures.COLOURS["baseline"],
    "all weights": figures.COLOURS["library"],
    "layer-wise rates": figures.COLOURS["yours"],
    "from nothing": figures.COLOURS["truth"],
}


def draw_forgetting(runs: Sequence[Run], before: float) -> Axes:
    """Draw what each run has won against what it has kept, with a point at each look.

    The measures of a run are its accuracy and the share of masks that it fills right; `before` is
    that share when no weight had moved.
    """
    axes = figures.figure(claim(runs, before), height=4.2)
    axes.set(xlabel="masks still filled right, in stories", ylabel="emotions found")
    for run in runs:
        won, kept = zip(*run.measures, strict=True)
        shade = SHADES.get(run.name, figures.colour("yours"))
        axes.plot(kept, won, color=shade, marker="o", markersize=4)
        aside = {"xytext": (0, 9), "ha": "center"} if kept[-1] > before - 0.05 else {}
        figures.label(axes, kept[-1], won[-1], run.name, shade, **aside)
    axes.axvline(before, color=figures.colour("baseline"), linestyle="--")
    low, _ = axes.get_ylim()
    said = {"xytext": (-6, 6), "ha": "right"}
    figures.label(axes, before, low, f"before: {before:.0%}", figures.colour("baseline"), **said)
    axes.margins(x=0.14, y=0.1)
    axes.figure.set_label("; ".join(_told(run) for run in runs))
    return axes


def _told(run: Run) -> str:
    won, kept = run.measures[-1]
    return f"{run.name}: {won:.0%} of emotions found, {kept:.0%} of masks filled right"


def claim(runs: Sequence[Run], before: float) -> str:
    """Say in a title what the runs have won and lost, or that there was no time for them."""
    slow = [run for run in runs if not run.is_whole]
    if slow:
        return f"Slow computer: {slow[0].steps[-1]} of {slow[0].planned} steps of “{slow[0].name}”"
    lost = {run.name: before - run.measures[-1][1] for run in runs}
    if {"all weights", "layer-wise rates"} <= {*lost}:
        every, gentle = lost["all weights"], lost["layer-wise rates"]
        if gentle < every:
            masks = f"{100 * every:.0f} points of its masks"
            return f"All weights lose {masks}, layer-wise rates {100 * gentle:.0f}"
    return "What is won, and what is forgotten on the way"


def draw_confusion(matrix: Tensor, names: Sequence[str], title: str) -> Axes:
    """Draw the share of each row that went into each column, with the counts in the cells."""
    shares = matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)
    how = {"x": "guessed", "y": "true"}
    axes = figures.heatmap(shares.tolist(), names, names, title, **how)
    for row, counts in enumerate(matrix.tolist()):
        for column, count in enumerate(counts):
            shade = "white" if shares[row, column] > 0.5 else figures.INK
            axes.text(column, row, str(count), ha="center", va="center", color=shade, fontsize=9)
    picture: Any = axes.figure
    picture.set_size_inches(5.4, 4.2)
    return axes


def worst_pair(matrix: Tensor, names: Sequence[str]) -> str:
    """Say which class was most often taken for which other one."""
    wrong = matrix - matrix.diagonal().diag()
    row, column = divmod(int(wrong.argmax()), len(names))
    return f"“{names[row]}” is taken for “{names[column]}” most often: {int(wrong.max())} times"


def show_costs(runs: Sequence[Run], title: str) -> None:
    """Show for each run what it has won and what it has cost."""
    columns: dict[str, list[object]] = {
        "what trains": [run.name for run in runs],
        "accuracy": [f"{run.accuracy:.0%}" for run in runs],
        "weights that train": [f"{run.trained:,}" for run in runs],
        "seconds": [f"{run.seconds:.0f}" for run in runs],
        "MB to train": [f"{run.megabytes:.1f}" for run in runs],
    }
    if all(len(run.measures[-1]) > 1 for run in runs):
        columns["masks right after"] = [f"{run.measures[-1][1]:.0%}" for run in runs]
    show_table(columns, title)


def draw_rates(
    model: torch.nn.Module,
    ways: Mapping[str, tuple[float, float]],
    layer_rates: Callable[..., list[dict[str, Any]]],
    depth_of: Callable[[str, int], int],
    layers: int,
) -> Axes:
    """Draw the learning rate at each depth below the head. A way is a rate and its decay."""
    names = {id(weight): name for name, weight in model.named_parameters()}
    lines, ends = {}, {}
    for way, (rate, decay) in ways.items():
        rates = {
            depth_of(names[id(weight)], layers): group["lr"]
            for group in layer_rates(model, layers, rate, decay)
            for weight in group["params"]
        }
        depths = sorted(rates)
        lines[way] = depths, [rates[depth] for depth in depths]
        ends[way] = rates[depths[0]] / rates[depths[-1]]
    often = f"{max(ends.values()):.0f} times"
    shades = dict(zip(ways, (figures.colour("library"), figures.colour("yours")), strict=False))
    axes = figures.lines(
        lines, f"The head learns at up to {often} the rate of the embeddings",
        x="steps below the head", y="learning rate", colours=shades, height=2.8,
    )  # fmt: skip
    axes.set_yscale("log")
    axes.margins(x=0.16, y=0.2)
    return axes
