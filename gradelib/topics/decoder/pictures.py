"""Pictures for notebook 3: heads as slices, the model as a tower, what each head looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["draw_attention", "draw_heads", "draw_model", "numbered"]

PAPERS = ("#cfe3f5", "#f6d9a8", "#bfe6d8", "#e8cfe0", "#e3e3e3", "#f6c3a5")  # one a token
FEATURES = 100  # the number of a token is this many times its place
INK = "#1b1b1b"
LINE = "#555555"


def numbered(tokens: int, d_model: int) -> Tensor:
    """Return vectors whose numbers say where they stand: feature f of token t is 100 t + f.

    Shapes:
        returns: (1, token, d_model)
    """
    import torch

    return (FEATURES * torch.arange(tokens)[:, None] + torch.arange(d_model)).unsqueeze(0)


def draw_heads(
    panels: Sequence[tuple[str, Tensor]], words: Sequence[str], title: str
) -> list[Axes]:
    """Draw `numbered` vectors, cut or not: one panel for each (name, (token, feature)).

    A cell has the colour of the token that it came from, and the number of its feature.
    """
    import matplotlib.pyplot as plt

    figures.style()
    columns = [part.shape[-1] for _, part in panels]
    width = min(9.2, 0.9 + sum(0.3 * count + 0.35 for count in columns))
    size, ratios = (width, 1.0 + 0.3 * len(words)), {"width_ratios": columns}
    picture, axes = plt.subplots(1, len(panels), figsize=size, squeeze=False, gridspec_kw=ratios)
    picture.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    for panel, (name, part) in zip(axes[0], panels, strict=True):
        _draw_cells(panel, part)
        panel.set_title(name, fontsize=9.5, loc="left")
        panel.set_yticks(range(len(part)), list(words)[: len(part)] if panel is axes[0][0] else [])
    return list(axes[0])


def _draw_cells(panel: Axes, part: Tensor) -> None:
    from matplotlib.patches import Rectangle

    for up, row in enumerate(part.tolist()):
        for across, number in enumerate(row):
            token, feature = divmod(int(number), FEATURES)
            paper = PAPERS[token % len(PAPERS)]
            box = Rectangle((across - 0.5, up - 0.5), 1, 1, facecolor=paper, edgecolor="white")
            panel.add_patch(box)
            settings: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8.5}
            panel.text(across, up, str(feature), color=INK, **settings)
    panel.set(xlim=(-0.5, part.shape[1] - 0.5), ylim=(len(part) - 0.5, -0.5), xticks=[])
    panel.grid(False)
    panel.tick_params(length=0)
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)


def draw_model(title: str, layers: int = 3) -> list[Axes]:
    """Draw the decoder from the ids at the bottom to the logits at the top, and a block beside."""
    left, right = figures.panels(title, 2, width=8.6, height=5.2)
    for panel, name in ((left, "the model"), (right, "one block, seen closer")):
        panel.set(xlim=(0, 10), ylim=(0, 12.4), title=name)
        panel.axis("off")
    _tower(left, layers)
    _block(right)
    return [left, right]


def _tower(panel: Axes, layers: int) -> None:
    _text(panel, 4, 0.3, "ids")
    _arrow(panel, (4, 0.65), (4, 1.3))
    _box(panel, 4, 1.8, "vectors of tokens + of positions", PAPERS[1], wide=6.8)
    top = 2.3
    for number in range(layers):
        _arrow(panel, (4, top), (4, top + 0.55))
        _box(panel, 4, top + 1.05, f"block {number + 1}", PAPERS[0], wide=4.4)
        top += 1.55
    for name, shade in (("norm", PAPERS[4]), ("head: the vectors of tokens again", PAPERS[1])):
        _arrow(panel, (4, top), (4, top + 0.55))
        _box(panel, 4, top + 1.05, name, shade, wide=6.8 if "head" in name else 2.6)
        top += 1.55
    _arrow(panel, (4, top), (4, top + 0.55))
    _text(panel, 4, top + 0.9, "logits of the next token")
    tie: dict[str, Any] = {"arrowstyle": "<|-|>", "color": "#B07000", "linewidth": 1.3}
    bend = {**tie, "connectionstyle": "bar,fraction=-0.16"}
    panel.annotate("", (7.5, 1.8), (7.5, top - 0.5), arrowprops=bend)
    panel.text(9.0, (top + 1.3) / 2, "tied", color="#B07000", fontsize=9, va="center", rotation=90)


def _block(panel: Axes) -> None:
    shade = figures.colour("yours")
    stream: dict[str, Any] = {"arrowstyle": "-|>", "color": shade, "linewidth": 4, "shrinkA": 0}
    panel.annotate("", (2, 11.9), (2, 0.7), arrowprops=stream)
    _text(panel, 2, 0.3, "x")
    for bottom, name, paper in ((1.4, "attention", PAPERS[0]), (6.6, "MLP", PAPERS[2])):
        panel.plot([2, 6.4], [bottom, bottom], color=LINE, linewidth=1.3)
        _arrow(panel, (6.4, bottom), (6.4, bottom + 0.6))
        _box(panel, 6.4, bottom + 1.1, "norm", PAPERS[4], wide=2.6)
        _arrow(panel, (6.4, bottom + 1.6), (6.4, bottom + 2.2))
        _box(panel, 6.4, bottom + 2.7, name, paper, wide=3.6)
        panel.plot([6.4, 6.4], [bottom + 3.2, bottom + 3.9], color=LINE, linewidth=1.3)
        _arrow(panel, (6.4, bottom + 3.9), (2.45, bottom + 3.9))
        plus: dict[str, Any] = {"boxstyle": "circle,pad=0.15", "fc": "white", "ec": shade}
        panel.text(2, bottom + 3.9, "+", ha="center", va="center", fontsize=12, bbox=plus)
    middle: dict[str, Any] = {"va": "center", "ha": "center", "fontsize": 9, "color": shade}
    panel.text(1.35, 6.2, "x passes unchanged, and is added to", rotation=90, **middle)


def _text(panel: Axes, x: float, y: float, text: str) -> None:
    panel.text(x, y, text, ha="center", va="center", fontsize=10, color=INK)


def _arrow(panel: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "color": LINE, "linewidth": 1.3}
    panel.annotate("", end, start, arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0})


def _box(panel: Axes, x: float, y: float, text: str, paper: str, wide: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    corner, shape = (x - wide / 2 + 0.2, y - 0.3), "round,pad=0.2"
    panel.add_patch(FancyBboxPatch(corner, wide - 0.4, 0.6, boxstyle=shape, fc=paper, ec="none"))
    _text(panel, x, y, text)


def draw_attention(weights: Tensor, heads: Sequence[str], words: Sequence[str], title: str) -> Axes:
    """Draw where the heads look from one token: a row for each, (head, key), weights up to 1."""
    height = 1.0 + 0.19 * len(heads) + 0.08 * max(map(len, words))
    axes = figures.figure(title, width=min(9.2, 1.9 + 0.24 * len(words)), height=height)
    axes.imshow(weights.detach().tolist(), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(words)), list(words), rotation=90, family="monospace")
    axes.set_yticks(range(len(heads)), list(heads))
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=8)
    axes.grid(False)
    axes.set_xticks([place - 0.5 for place in range(1, len(words))], minor=True)
    axes.set_yticks([place - 0.5 for place in range(1, len(heads))], minor=True)
    axes.grid(True, which="minor", color="#f0f0f0", linewidth=0.6)
    axes.tick_params(which="minor", length=0)
    return axes
