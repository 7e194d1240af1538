"""Token strips: a text as a row of coloured tokens, in HTML and as a matplotlib drawing.

A token carries its own paper and ink, so that a strip reads the same in light and dark themes.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gradelib.lab.text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KINDS", "Strip", "draw_strips", "show_strips", "show_table"]

INK = "#1b1b1b"
WORDS = ("#cfe3f5", "#e9f1f9")  # one word after the other
KINDS = {  # kind of token -> paper, a tint of one of figures.COLOURS
    "unknown": "#f6c3a5",
    "special": "#e8cfe0",
    "new": "#f5d58a",
}
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
CHIP = (
    f"display:inline-block;color:{INK};background:{{paper}};border-radius:4px;"
    f"padding:1px 5px;margin:2px 1px 2px {{gap}}px;text-align:center;font:13px/1.5 {MONO};"
    "white-space:pre"
)
UNDER = "display:block;font-size:10px;line-height:1.2;opacity:.7"
TITLE = "font-weight:600;margin:10px 0 2px"
NOTE = "opacity:.75;font-weight:400"


class Chip(NamedTuple):
    """One token as it is drawn."""

    text: str
    paper: str  # colour
    below: str
    apart: bool  # begins a word, so that it stands a little apart


@dataclass(frozen=True)
class Strip:
    """One text cut into tokens.

    `tokens` is a list of tokens, or a list of words that are lists of tokens; each next word has
    another shade, so that one sees how many tokens a word costs. `kinds` says for a token's text
    what it is: a key of KINDS. `under` are numbers to write below the tokens, such as ids.
    """

    tokens: Sequence[str] | Sequence[Sequence[str]]
    title: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    under: Sequence[object] = ()
    note: str | None = None  # beside the title; the number of tokens unless you say otherwise

    def chips(self) -> list[Chip]:
        """Return the tokens as they are drawn."""
        chips: list[Chip] = []
        for position, word in enumerate(self.tokens):
            for place, token in enumerate([word] if isinstance(word, str) else word):
                kind = self.kinds.get(token)
                paper = KINDS[kind] if kind else WORDS[position % 2]
                below = str(self.under[len(chips)]) if len(chips) < len(self.under) else ""
                apart = bool(chips) and place == 0 and not isinstance(word, str)
                chips.append(Chip(visible(token), paper, below, apart))
        return chips

    @property
    def heading(self) -> str:
        """What is written beside the title."""
        count = len(self.chips())
        return f"{count} token{'s' * (count != 1)}" if self.note is None else self.note

    def _repr_html_(self) -> str:
        title = f"{html.escape(self.title)} <span style='{NOTE}'>{html.escape(self.heading)}</span>"
        chips = "".join(_chip(chip) for chip in self.chips())
        return f"<div style='{TITLE}'>{title}</div><div style='line-height:1.9'>{chips}</div>"

    def __str__(self) -> str:
        return f"{self.title} ({self.heading}): " + "|".join(chip.text for chip in self.chips())


def _chip(chip: Chip) -> str:
    under = f"<span style='{UNDER}'>{html.escape(chip.below)}</span>" if chip.below else ""
    style = CHIP.format(paper=chip.paper, gap=6 if chip.apart else 1)
    return f'<span style="{style}">{html.escape(chip.text)}{under}</span>'


def show_strips(*strips: Strip) -> None:
    """Show strips one below the other."""
    from IPython.display import HTML, display

    text = "\n".join(str(strip) for strip in strips)
    page = "".join(strip._repr_html_() for strip in strips)
    display({"text/html": HTML(page).data, "text/plain": text}, raw=True)


def show_table(columns: Mapping[str, Sequence[object]], caption: str = "") -> None:
    """Show columns of equal length as a table. Numbers stand to the right, text to the left."""
    from IPython.display import display

    rows = list(zip(*columns.values(), strict=True))
    head = "".join(f"<th style='text-align:left'>{html.escape(name)}</th>" for name in columns)
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    above = f"<div style='{TITLE}'>{html.escape(caption)}</div>" if caption else ""
    page = f"{above}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    text = "\n".join("  ".join(map(str, row)) for row in [tuple(columns), *rows])
    display({"text/html": page, "text/plain": text}, raw=True)


def _cell(value: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    side = "right" if number else "left"
    text = f"{value:,}" if isinstance(value, int) and number else str(value)
    return f"<td style='text-align:{side};white-space:pre-wrap'>{html.escape(text)}</td>"


def draw_strips(strips: Sequence[Strip], title: str, *, width: float = 9.2) -> Axes:
    """Draw strips as a picture, for where HTML is not shown. `width` is in inches."""
    from gradelib.lab import figures

    letters = width / 0.086  # a letter of 10 pt DejaVu Sans Mono is 0.0836 inches wide
    rows, line = [], 0.0
    for strip in strips:
        placed, last = _placed(strip.chips(), letters)
        rows.append((line, strip, placed))
        line += 2.35 + 1.15 * last
    axes = figures.figure(title, width=width, height=0.27 * line + 0.4)
    axes.set(xlim=(0, letters), ylim=(line - 1.0, -0.6))
    axes.axis("off")
    for top, strip, placed in rows:
        name = axes.text(0, top + 0.2, strip.title, fontsize=9, fontweight="bold")
        beside: dict[str, Any] = {"xytext": (6, 0), "textcoords": "offset points"}
        beside |= {"xycoords": (name, "data"), "fontsize": 9, "color": "#555555"}
        axes.annotate(strip.heading, (1, top + 0.2), **beside)
        for left, down, chip in placed:
            _draw_chip(axes, left, top + 0.95 + 1.15 * down, chip)
    return axes


def _placed(chips: Sequence[Chip], letters: float) -> tuple[list[tuple[float, int, Chip]], int]:
    """Return (left, line, chip) for chips in lines of `letters` letters, and the last line."""
    left, line, placed = 0.0, 0, []
    for chip in chips:
        left += 0.6 * chip.apart
        size = len(chip.text) + 1.2
        if left and left + size > letters:
            left, line = 0.0, line + 1
        placed.append((left, line, chip))
        left += size + 0.35
    return placed, line


def _draw_chip(axes: Axes, left: float, line: float, chip: Chip) -> None:
    from matplotlib.patches import FancyBboxPatch

    size = len(chip.text) + 1.2
    corner, shape = (left + 0.2, line - 0.4), "round,pad=0.12"
    box = FancyBboxPatch(corner, size - 0.4, 0.72, boxstyle=shape, fc=chip.paper, ec="none")
    axes.add_patch(box)
    words: dict[str, Any] = {"ha": "center", "family": "monospace", "fontsize": 10, "color": INK}
    axes.text(left + size / 2, line + 0.18, chip.text, parse_math=False, **words)
