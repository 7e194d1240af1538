"""A figure in words, for readers who cannot see it: its claim, and the numbers that it rests on.

Written from what is drawn, so that no figure goes without and none says something else. A notebook
shows a figure as an HTML image with these words, since Jupyter gives a plain PNG no description.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["as_html", "describe"]

MANY = 12  # bars or labels that are read out one by one; of more, the first and the last


def describe(figure: Figure) -> str:
    """Return what a figure says, in words: its title, then panel by panel what is drawn.

    What the author set by `figure.set_label(...)` takes the place of the panels.
    """
    title = figure.get_suptitle()
    own = figure.get_label()
    if isinstance(own, str) and own:
        return _sentences([title, own])
    return _sentences([title, *(part for axes in figure.axes for part in _panel(axes))])


def as_html(figure: Figure) -> str:
    """Return a figure as an HTML image, sharp on any screen, with its description."""
    from IPython.core.pylabtools import retina_figure

    drawn = retina_figure(figure)
    if drawn is None:  # there is nothing in it
        return ""
    png, size = drawn
    data, said = base64.b64encode(png).decode("ascii"), html.escape(describe(figure))
    style = "max-width: 100%; height: auto; background: white"
    return (
        f'<img alt="{said}" src="data:image/png;base64,{data}" width="{size["width"]}" '
        f'style="{style}">'
    )


def _panel(axes: Axes) -> Iterator[str]:
    labels = {"across": _plain(axes.get_xlabel()), "up": _plain(axes.get_ylabel())}
    axis = [f"{side}: {text}" for side, text in labels.items() if text]
    yield ", ".join(filter(None, [_plain(axes.get_title(loc="left") or axes.get_title()), *axis]))
    for line in axes.lines:
        yield _line(line)
    bars = [patch for box in axes.containers for patch in getattr(box, "patches", [])]
    if bars:
        yield _bars(axes, bars)
    for image in axes.images:
        rows, columns = np.asarray(image.get_array()).shape[:2]
        yield f"a grid of {rows} rows ({_ticks(axes.yaxis)}) and {columns} columns" + (
            f" ({_ticks(axes.xaxis)})" if _ticks(axes.xaxis) else ""
        )
    texts = [_plain(text.get_text()) for text in axes.texts if text.get_text().strip()]
    if texts:
        yield "labels: " + _listed(texts)


def _line(line: Any) -> str:
    name = line.get_label()
    named = "" if str(name).startswith("_") else f" {_plain(str(name))}"
    across = [float(value) for value in line.get_xdata(orig=False)]
    up = [float(value) for value in line.get_ydata(orig=False)]
    if not across:
        return ""
    if len(across) == 1:
        return f"a point{named} at {across[0]:.3g}, {up[0]:.3g}"
    if len(set(up)) == 1:
        return f"a level line{named} at {up[0]:.3g}"
    ends = f"from {up[0]:.3g} at {across[0]:.3g} to {up[-1]:.3g} at {across[-1]:.3g}"
    return f"a line{named} {ends}, between {min(up):.3g} and {max(up):.3g}"


def _bars(axes: Axes, patches: list[Any]) -> str:
    lengths = [(float(patch.get_width()), float(patch.get_height())) for patch in patches]
    lies = len({round(height, 6) for _, height in lengths}) == 1  # bars of one thickness
    numbers = [width if lies else height for width, height in lengths]
    names = _tick_names(axes.yaxis if lies else axes.xaxis)
    if len(names) == len(numbers):
        return "bars: " + _listed([f"{n} {v:.3g}" for n, v in zip(names, numbers, strict=True)])
    among = f" ({_listed(names)})" if names else ""
    return f"{len(numbers)} bars{among} between {min(numbers):.3g} and {max(numbers):.3g}"


def _tick_names(axis: Any) -> list[str]:
    return [_plain(label.get_text()) for label in axis.get_ticklabels() if label.get_text()]


def _ticks(axis: Any) -> str:
    return _listed(_tick_names(axis))


def _listed(parts: list[str]) -> str:
    return ", ".join(parts if len(parts) <= MANY else [*parts[: MANY - 2], "…", parts[-1]])


def _plain(text: str) -> str:
    return " ".join(text.replace("$", "").split())


def _sentences(parts: list[str]) -> str:
    whole = [part.strip().rstrip(".") for part in parts if part.strip()]
    return ". ".join(whole) + "." if whole else ""
