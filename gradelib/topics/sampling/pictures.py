"""Pictures for notebook 6: next-token bars, what a draft is worth, good against different."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["balance", "next_tokens", "overlap", "share_told"]

GONE = "#8C8C8C"
DRAWN_AGAIN = "#D55E00"
INSIDE: dict[str, Any] = {"va": "center", "fontweight": "bold", "fontsize": 9}


def share_told(text: str) -> float:
    """Return how much of a story the village could tell: its words before the first impossible one.

    It is a share of all words, and 1.0 for a story without a fault.
    """
    from gradelib.lab import village

    words = text.split(" ")
    right, wrong = 0, len(words) + 1
    while wrong - right > 1:  # a beginning of what can be told can be told
        half = (right + wrong) // 2
        possible = bool(village.next_words(" ".join(words[:half])))
        right, wrong = (half, wrong) if possible else (right, half)
    return right / len(words)


def next_tokens(
    rows: Mapping[str, Tensor], token: Callable[[int], str], title: str, shown: int = 10
) -> list[Axes]:
    """Draw the probabilities of the next token, one panel for each (token,) tensor in `rows`.

    All panels show the likeliest tokens of the first one, and what is left for all others. The
    axis fits the tokens; a bar of all others that is longer is cut off, and says so.
    """
    first = next(iter(rows.values()))
    numbers = first.topk(min(shown, len(first))).indices.tolist()
    names = [token(number) for number in numbers] + ["all others"]
    height, width = 1.2 + 0.27 * len(names), min(9.4, 3.0 + 2.1 * len(rows))
    axes = figures.panels(title, len(rows), width=width, height=height)
    most = max(float(row[numbers].max()) for row in rows.values())
    wide = 1.35 * most
    for panel, (name, row) in zip(axes, rows.items(), strict=True):
        values = row[numbers].tolist()
        values.append(max(0.0, 1 - sum(values)))
        shades = [figures.colour("yours")] * len(numbers) + [GONE]
        panel.barh(range(len(values)), [min(value, wide) for value in values], 0.72, color=shades)
        for at, (value, shade) in enumerate(zip(values, shades, strict=True)):
            text = f"{value:.2f}" if value >= 0.005 else "0" if value < 1e-7 else "<0.01"
            if value > wide:
                panel.text(0.03 * wide, at, f"{text}, cut short", color="white", **INSIDE)
            else:
                shade = shade if value > 1e-7 else GONE
                figures.label(panel, value, at, text, shade, xytext=(3, 0))
        panel.set(title=name, xlim=(0, wide), xlabel="probability")
        if most > 0.7:
            panel.set_xticks([0, 0.5, 1])
        panel.set(yticks=range(len(names)), yticklabels=names)
        panel.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    return axes


def overlap(
    draft: Sequence[float], target: Sequence[float], names: Sequence[str], title: str
) -> Axes:
    """Draw two distributions on top of each other: what they share, and what the target lacks."""
    axes = figures.figure(title, height=3.5)
    for at, (d, t) in enumerate(zip(draft, target, strict=True)):
        shared = min(d, t)
        axes.bar(at, shared, 0.64, color=figures.colour("yours"))
        axes.bar(at, t - shared, 0.64, bottom=shared, color=DRAWN_AGAIN)
        axes.bar(at, d - shared, 0.64, bottom=shared, color="white", edgecolor=GONE, hatch="///")
    axes.set(xticks=range(len(names)), xticklabels=names, ylabel="probability")
    axes.grid(axis="x", visible=False)
    for shade, hatch, text in (
        (figures.colour("yours"), "", "in both: accepted"),
        (DRAWN_AGAIN, "", "only in the target: drawn instead"),
        ("white", "///", "only in the draft: rejected"),
    ):
        axes.bar(0, 0, color=shade, hatch=hatch, edgecolor=GONE if hatch else "none", label=text)
    axes.legend(frameon=False, fontsize=9)
    return axes


def balance(
    curves: Mapping[str, Sequence[tuple[str, float, float]]], title: str, *, x: str, y: str
) -> Axes:
    """Draw a line for each name through points (what is written beside, x, y).

    What belongs to the first line is written to the left of it, the rest to the right.
    """
    axes = figures.figure(title, height=4.2)
    palette = ("yours", "library", "Greek", "words", "baseline")
    for (name, points), thing in zip(curves.items(), palette, strict=False):
        shade = figures.colour(thing)
        across, up = [point[1] for point in points], [point[2] for point in points]
        axes.plot(across, up, color=shade, marker="o", markersize=5, label=name)
        for text, at, value in points:
            first = thing == palette[0]
            side = {"xytext": (-7, -7), "ha": "right"} if first else {"xytext": (7, 5)}
            figures.label(axes, at, value, text, shade, **side)
    axes.set(xlabel=x, ylabel=y)
    axes.margins(x=0.1, y=0.12)
    axes.legend(frameon=False, fontsize=9, loc="lower left")
    return axes
