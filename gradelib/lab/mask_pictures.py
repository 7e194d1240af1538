"""Masks and attention weights with their tokens, as a picture and in HTML.

True is "may look": blue. Nothing here makes a mask; the student's own functions do.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.tokens import INK, KINDS, WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["PAD", "MaskPicture", "draw_masks", "of_batch", "padded", "show_batch"]

PAD = "[PAD]"
MAY_LOOK = (0, 114, 178)  # the blue of figures.COLOURS
HIDDEN = (233, 233, 233)
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
CELL = f"width:26px;height:22px;padding:0;text-align:center;font:10px {MONO};border:1px solid white"
NAME = f"font:12px {MONO};padding:0 6px 0 2px;border:none;background:none;white-space:nowrap"
OVER = f"font:12px {MONO};padding:4px 0;border:none;vertical-align:bottom;text-align:center"
UPRIGHT = "writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block"
CORNER = f"font:10px {MONO};padding:0 6px 4px 0;border:none;vertical-align:bottom;opacity:.6"
CHIP = f"font:13px/1.4 {MONO};color:{INK};border-radius:4px;padding:1px 7px;text-align:center"
LETTER = 0.0753  # inches: the width of a letter of 9 pt DejaVu Sans Mono
RISE = 0.82  # sine of the slant of the names above the columns
WIDEST = 9.2  # inches of a figure
CAPTION = "font-weight:600;margin:8px 0 2px"


@dataclass(frozen=True)
class MaskPicture:
    """One mask, or one table of weights between 0 and 1, of shape (query, key)."""

    values: Tensor
    queries: Sequence[str]  # who looks
    keys: Sequence[str]  # who is looked at
    title: str = ""

    def __post_init__(self) -> None:
        wanted = len(self.queries), len(self.keys)
        if tuple(self.values.shape) != wanted:
            raise ValueError(f"expected a mask of shape {wanted}, got {tuple(self.values.shape)}")

    @property
    def numbers(self) -> bool:
        """Say whether the values are weights, to be written into the cells."""
        return self.values.is_floating_point()

    @classmethod
    def of_signs(
        cls, rows: str, queries: Sequence[str], keys: Sequence[str] = (), title: str = ""
    ) -> MaskPicture:
        """Return a mask as it is written: a word for each query, ■ for "may look", · for not.

        >>> print(MaskPicture.of_signs("■· ■■", ["sea", "air"]))
        <BLANKLINE>
        sea ■ ·
        air ■ ■
        """
        import torch

        values = torch.tensor([[sign == "■" for sign in row] for row in rows.split()])
        return cls(values, queries, keys or queries, title)

    def rows(self) -> list[list[float]]:
        """Return the values, each at least 0 and at most 1."""
        rows: list[list[float]] = self.values.detach().float().nan_to_num(0.0).clamp(0, 1).tolist()
        return rows

    def _repr_html_(self) -> str:
        head = "".join(
            f"<td style='{OVER}'><span style='{UPRIGHT}'>{_name(key)}</span></td>"
            for key in self.keys
        )
        body = "".join(
            f"<tr style='background:none'><td style='{NAME};text-align:right'>{_name(query)}</td>"
            + "".join(_cell(value, self.numbers) for value in row)
            + "</tr>"
            for query, row in zip(self.queries, self.rows(), strict=True)
        )
        top = f"<tr style='background:none'><td style='{CORNER}'>query ↓ key →</td>{head}</tr>"
        table = (
            f"<table style='border-collapse:collapse;margin:0;color:inherit'>{top}{body}</table>"
        )
        return (
            f"<div style='margin-right:28px'><div style='{CAPTION}'>{html.escape(self.title)}</div>"
            f"{table}</div>"
        )

    def __str__(self) -> str:
        wide = max(map(len, self.queries))
        lines = [self.title]
        for query, row in zip(self.queries, self.rows(), strict=True):
            signs = " ".join(f"{v:.2f}" if self.numbers else "·■"[v > 0.5] for v in row)
            lines.append(f"{query:>{wide}} {signs}")
        return "\n".join(lines)


def _name(token: str) -> str:
    escaped = html.escape(token)
    return f"<span style='opacity:.45'>{escaped}</span>" if token == PAD else escaped


def _cell(value: float, number: bool) -> str:
    ink = "white" if value > 0.5 else "#444444"
    text = f"{value:.2f}" if number else ""
    paper = "rgb({}, {}, {})".format(*_shade(value))
    return f"<td style='{CELL};background:{paper};color:{ink}'>{text}</td>"


def _shade(value: float) -> tuple[int, ...]:
    pairs = zip(HIDDEN, MAY_LOOK, strict=True)
    return tuple(round(low + value * (high - low)) for low, high in pairs)


def padded(sentences: Sequence[Sequence[str]], side: str = "right") -> list[list[str]]:
    """Return the tokens of each sentence with `PAD` up to the longest, to label a picture with."""
    longest = max(map(len, sentences))
    filling = [[PAD] * (longest - len(tokens)) for tokens in sentences]
    pairs = zip(sentences, filling, strict=True)
    return [[*more, *tokens] if side == "left" else [*tokens, *more] for tokens, more in pairs]


def of_batch(
    values: Tensor,
    queries: Sequence[Sequence[str]],
    keys: Sequence[Sequence[str]] | None = None,
    titles: Sequence[str] = (),
) -> list[MaskPicture]:
    """Return one picture for each row of a batch: `values` has the shape (batch, 1, query, key)."""
    names = list(titles) or [f"sentence {number + 1}" for number in range(len(queries))]
    parts = zip(values, queries, keys or queries, names, strict=True)
    return [MaskPicture(mask[0], who, whom, name) for mask, who, whom, name in parts]


def show_batch(
    rows: Sequence[Sequence[str]], title: str, under: Sequence[Sequence[Any]] | None = None
) -> None:
    """Show the tokens of a batch as a rectangle, padding marked, with numbers below them."""
    from IPython.display import display

    below = under or [[""] * len(row) for row in rows]
    page = "".join(
        "<tr style='background:none'>" + "".join(map(_chip, row, numbers)) + "</tr>"
        for row, numbers in zip(rows, below, strict=True)
    )
    table = f"<table style='border-collapse:separate;border-spacing:2px;margin:0'>{page}</table>"
    text = "\n".join([title, *("  ".join(f"{token:10}" for token in row) for row in rows)])
    head = f"<div style='{CAPTION}'>{html.escape(title)}</div>"
    display({"text/html": head + table, "text/plain": text}, raw=True)


def _chip(token: str, number: Any) -> str:
    paper = KINDS["special"] if token == PAD else WORDS[0]
    small = f"<div style='font-size:10px;line-height:1.2;opacity:.7'>{number}</div>"
    return (
        f"<td style='{CHIP};background:{paper}'>{html.escape(token)}{small * (number != '')}</td>"
    )


def draw_masks(pictures: Sequence[MaskPicture], title: str, *, cell: float = 0.34) -> list[Axes]:
    """Draw masks side by side. `title` says what to see; `cell` is the side of a cell in inches.

    Everything is placed by hand, so that cells are squares of one size and all tops align.
    """
    import matplotlib.pyplot as plt

    from gradelib.lab import figures

    figures.style()
    lefts = [0.16 + LETTER * max(map(len, picture.queries)) for picture in pictures]
    lefts[0] += 0.24  # for the name of the axis
    rights = [_overhang(picture, cell) for picture in pictures]
    columns = sum(len(picture.keys) for picture in pictures)
    cell = min(cell, (WIDEST - sum(lefts) - sum(rights)) / columns)
    above = 0.72 if any(picture.title for picture in pictures) else 0.5
    top = above + RISE * LETTER * max(len(key) for picture in pictures for key in picture.keys)
    height = top + cell * max(len(picture.queries) for picture in pictures) + 0.3
    width = max(sum(lefts) + sum(rights) + cell * columns, 0.1 * len(title) + 0.2)
    figure = plt.figure(figsize=(width, height), layout="none")
    figure.text(0.05 / width, 1 - 0.05 / height, title, va="top", fontsize=12, fontweight="bold")
    axes, across = [], 0.0
    for picture, left, right in zip(pictures, lefts, rights, strict=True):
        wide, high = cell * len(picture.keys), cell * len(picture.queries)
        place = (across + left) / width, 1 - (top + high) / height, wide / width, high / height
        axes.append(figure.add_axes(place))
        _draw_mask(axes[-1], picture, first=len(axes) == 1)
        across += left + wide + right
        over: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
        axes[-1].annotate(picture.title, (0, 1), (0, 72 * (top - above + 0.2)), fontsize=10, **over)
    return axes


def _overhang(picture: MaskPicture, cell: float) -> float:
    """Return how far the slanted names and the title reach beyond the last column, in inches."""
    names = max(
        0.62 * LETTER * len(key) - cell * (len(picture.keys) - place - 0.5)
        for place, key in enumerate(picture.keys)
    )
    return max(0.12, names, 0.082 * len(picture.title) - cell * len(picture.keys))


def _draw_mask(panel: Axes, picture: MaskPicture, first: bool) -> None:
    rows, queries, keys = picture.rows(), picture.queries, picture.keys
    panel.imshow([[_shade(value) for value in row] for row in rows], aspect="auto")
    panel.set(xticks=range(len(keys)), yticks=range(len(queries)))
    names: dict[str, Any] = {"fontsize": 9, "family": "monospace"}
    slanted: dict[str, Any] = {
        "rotation": 55,
        "ha": "left",
        "va": "center",
        "rotation_mode": "anchor",
    }
    short = max(map(len, keys)) <= 2  # then there is room for upright names
    panel.set_xticklabels(keys, **({} if short else slanted), **names)
    panel.set_yticklabels(queries, **names)
    panel.xaxis.tick_top()
    panel.tick_params(length=0, pad=4)
    for tick in [*panel.get_xticklabels(), *panel.get_yticklabels()]:
        tick.set_color("#a8a8a8" if tick.get_text() == PAD else "#2b2b2b")
    for side in ("top", "right", "left", "bottom"):
        panel.spines[side].set_visible(False)
    panel.grid(False)
    panel.set_xticks([place - 0.5 for place in range(1, len(keys))], minor=True)
    panel.set_yticks([place - 0.5 for place in range(1, len(queries))], minor=True)
    panel.grid(True, which="minor", color="white", linewidth=1.4)
    panel.tick_params(which="minor", length=0)
    panel.set_xlabel("key: is looked at", fontsize=9, color="#555555")
    panel.set_ylabel("query: looks" if first else "", fontsize=9, color="#555555")
    for up, row in enumerate(rows if picture.numbers else ()):
        for across, value in enumerate(row):
            ink = "white" if value > 0.5 else "#444444"
            text = "0" if value == 0 else f"{value:.2f}"
            panel.text(across, up, text, ha="center", va="center", fontsize=7.5, color=ink)
