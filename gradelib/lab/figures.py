"""The course's figures: one palette, a title that says what to see, labelled axes.

The colours are those of Okabe and Ito (2008), which colour-blind readers can tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab.alt_text import as_html

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "COLOURS",
    "bars",
    "colour",
    "figure",
    "heatmap",
    "label",
    "lines",
    "losses",
    "next_words",
    "panels",
]

COLOURS = {
    # who says so
    "yours": "#0072B2",
    "library": "#D55E00",
    "truth": "#000000",
    "baseline": "#8C8C8C",
    # what a model has seen, and what it has not
    "seen": "#0072B2",
    "unseen": "#D55E00",
    # languages
    "English": "#56B4E9",
    "German": "#E69F00",
    "Greek": "#009E73",
    # ways to cut a text
    "words": "#CC79A7",
    "characters": "#8C8C8C",
    "BPE": "#0072B2",
    "WordPiece": "#D55E00",
}
INK = "#2b2b2b"


def colour(thing: str) -> str:
    """Return the colour that `thing` has in every notebook."""
    if thing not in COLOURS:
        raise KeyError(f"no colour is kept for {thing!r}; there are: {', '.join(COLOURS)}")
    return COLOURS[thing]


def style() -> None:
    """Set the house style for every figure that follows: sharp, and described in words."""
    import matplotlib as mpl

    mpl.rcParams.update(
        {
            "figure.facecolor": "white",
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": "#999999",
            "axes.labelcolor": INK,
            "axes.titlelocation": "left",
            "axes.titlesize": 11,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#e8e8e8",
            "xtick.color": "#555555",
            "ytick.color": "#555555",
            "text.color": INK,
            "lines.linewidth": 2.2,
            "font.size": 10,
            "font.family": ["DejaVu Sans"],
        }
    )
    _described()


def _described() -> None:
    from IPython import get_ipython

    if (shell := get_ipython()) is not None:
        from matplotlib.figure import Figure

        formatters = shell.display_formatter.formatters
        for formatter in formatters.values():
            formatter.pop(Figure, None)
        formatters["text/html"].for_type(Figure, as_html)


def panels(
    title: str, columns: int, *, width: float = 8.0, height: float = 3.2, share: bool = True
) -> list[Axes]:
    """Open a figure of several panels side by side. Sizes are in inches.

    The panels have one vertical axis, unless `share` is False.
    """
    import matplotlib.pyplot as plt

    style()
    picture, axes = plt.subplots(1, columns, figsize=(width, height), squeeze=False, sharey=share)
    _described()  # again: a notebook's first figure chooses its format only when it is opened
    picture.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    return list(axes[0])


def figure(title: str, *, width: float = 8.0, height: float = 3.4) -> Axes:
    """Open a figure with one panel. The title says what to see. Sizes are in inches."""
    return panels(title, 1, width=width, height=height)[0]


def label(axes: Axes, x: float, y: float, text: str, shade: str, **options: Any) -> None:
    """Write `text` beside the point (x, y), in a readable dark version of `shade`.

    `options` go to matplotlib's `annotate`.
    """
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(shade)
    dark = to_hex((0.62 * red, 0.62 * green, 0.62 * blue))
    settings = {"xytext": (6, 0), "textcoords": "offset points", "va": "center"} | options
    axes.annotate(text, (x, y), color=dark, fontweight="bold", fontsize=9, **settings)


def lines(
    series: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    title: str,
    *,
    x: str,
    y: str,
    colours: Mapping[str, str] | None = None,
    height: float = 3.4,
) -> Axes:
    """Draw a line for each name in `series`, with the name written at its end."""
    axes = figure(title, height=height)
    axes.set(xlabel=x, ylabel=y)
    for name, (across, up) in series.items():
        shade = (colours or {}).get(name) or COLOURS.get(name) or colour("yours")
        axes.plot(across, up, color=shade, marker="o", markersize=4, label=name)
        label(axes, across[-1], up[-1], name, shade)
    axes.margins(x=0.02, y=0.08)
    return axes


def bars(
    groups: Mapping[str, Mapping[str, float]],
    title: str,
    *,
    x: str,
    digits: int = 1,
    height: float | None = None,
) -> Axes:
    """Draw horizontal bars: `groups[row][name]` is the length of the bar `name` in that row.

    If there are several names, they are written beside the bars of the first row.
    """
    names = list(dict.fromkeys(name for row in groups.values() for name in row))
    thick = 0.8 / len(names)
    axes = figure(title, height=height or 0.9 + 0.28 * len(groups) * (len(names) + 0.6))
    axes.set(xlabel=x, yticks=range(len(groups)), yticklabels=list(groups))
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    for row, values in enumerate(groups.values()):
        for name, value in values.items():
            at = row + (names.index(name) - (len(names) - 1) / 2) * thick
            shade = COLOURS.get(name, colour("yours"))
            axes.barh(at, value, 0.9 * thick, color=shade)
            named = f"  {name}" if len(names) > 1 and row == 0 else ""
            label(axes, value, at, f"{value:.{digits}f}{named}", shade, xytext=(4, 0))
    axes.margins(x=0.12)
    return axes


def next_words(
    words: Sequence[str], rows: Mapping[str, Sequence[float]], title: str, *, x: str = ""
) -> list[Axes]:
    """Draw the probabilities of the next word, one panel for each name in `rows`."""
    height = 1.3 + 0.3 * len(words)
    axes = panels(title, len(rows), width=min(9.2, 3.2 + 2.2 * len(rows)), height=height)
    for panel, (name, probabilities) in zip(axes, rows.items(), strict=True):
        values = [float(value) for value in probabilities]
        panel.barh(range(len(words)), values, 0.7, color=colour("yours"))
        for at, value in enumerate(values):
            label(panel, value, at, f"{value:.2f}", colour("yours"), xytext=(3, 0))
        panel.set(title=name, xlim=(0, 1.18), xticks=[0, 0.5, 1], xlabel=x or "probability")
        panel.set(yticks=range(len(words)), yticklabels=list(words))
        panel.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    return axes


def heatmap(
    values: Sequence[Sequence[float]],
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
    *,
    x: str,
    y: str,
) -> Axes:
    """Draw weights between 0 and 1, such as attention, with a token at each row and column."""
    size = 0.9 + 0.34 * len(rows)
    axes = figure(title, width=min(9.2, 1.8 + 0.42 * len(columns)), height=size + 0.6)
    axes.imshow([[float(v) for v in row] for row in values], cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel=x, ylabel=y, xticks=range(len(columns)), yticks=range(len(rows)))
    axes.set_xticklabels(list(columns), rotation=60, ha="right", rotation_mode="anchor")
    axes.set_yticklabels(list(rows))
    axes.grid(visible=False)
    return axes


def losses(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    title: str,
    *,
    floor: float | None = None,
    x: str = "step",
    y: str = "loss (nats a token)",
) -> Axes:
    """Draw loss curves, and below them the entropy that no model can beat, where it is known."""
    axes = lines(curves, title, x=x, y=y)
    if floor is not None:
        axes.axhline(floor, color=colour("truth"), linestyle="--")
        start = min(steps[0] for steps, _ in curves.values())
        text = f"entropy {floor:.2f}: no model is lower"
        label(axes, start, floor, text, colour("truth"), xytext=(0, -9))
        axes.set_ylim(bottom=0)
    return axes
