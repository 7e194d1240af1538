"""Masks and attention weights with their tokens: as a picture, in HTML, and to play with.

True is "may look": blue. Nothing here makes a mask; the student's own functions do.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["PAD", "MaskExplorer", "MaskPicture", "draw_masks", "of_batch", "padded"]

PAD = "[PAD]"
MAY_LOOK = (0, 114, 178)  # the blue of plots.COLOURS
HIDDEN = (233, 233, 233)
KINDS = ("encoder", "decoder", "encoder–decoder")
NO_WINDOW = "none"
LONGEST = 12  # tokens of a sentence that the widget shows
MORE = 2  # tokens by which the other pair of an encoder–decoder's batch is longer
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
CELL = f"width:26px;height:22px;padding:0;text-align:center;font:10px {MONO};border:1px solid white"
NAME = f"font:12px {MONO};padding:0 6px 0 2px;border:none;background:none;white-space:nowrap"
OVER = "writing-mode:vertical-rl;transform:rotate(180deg);padding:4px 0"
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

    def rows(self) -> list[list[float]]:
        """Return the values, each at least 0 and at most 1."""
        return self.values.detach().float().nan_to_num(0.0).clamp(0, 1).tolist()

    def _repr_html_(self) -> str:
        head = "".join(f"<td style='{NAME};{OVER}'>{_name(key)}</td>" for key in self.keys)
        body = "".join(
            f"<tr style='background:none'><td style='{NAME};text-align:right'>{_name(query)}</td>"
            + "".join(_cell(value, self.numbers) for value in row)
            + "</tr>"
            for query, row in zip(self.queries, self.rows(), strict=True)
        )
        top = f"<tr style='background:none;vertical-align:bottom'><td></td>{head}</tr>"
        table = f"<table style='border-collapse:collapse;margin:0'>{top}{body}</table>"
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
    said = html.escape(token)
    return f"<span style='opacity:.45'>{said}</span>" if token == PAD else said


def _cell(value: float, number: bool) -> str:
    ink = "white" if value > 0.5 else "#444444"
    said = f"{value:.2f}" if number else ""
    paper = "rgb({}, {}, {})".format(*_shade(value))
    return f"<td style='{CELL};background:{paper};color:{ink}'>{said}</td>"


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
    return [MaskPicture(one[0], who, whom, name) for one, who, whom, name in parts]


def draw_masks(pictures: Sequence[MaskPicture], title: str, *, cell: float = 0.34) -> list[Axes]:
    """Draw masks side by side. `title` says what to see; `cell` is the side of a cell in inches."""
    import matplotlib.pyplot as plt

    from gradelib.lab import plots

    plots.style()
    widths = [len(one.keys) + 0.25 * max(map(len, one.queries)) + 1.2 for one in pictures]
    tallest = max(len(one.queries) + 0.17 * max(map(len, one.keys)) for one in pictures)
    width = max(4.6, min(9.4, cell * sum(widths) + 0.4))
    figure, axes = plt.subplots(
        1, len(pictures), figsize=(width, cell * tallest + 1.25), squeeze=False, width_ratios=widths
    )
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    for place, (panel, one) in enumerate(zip(axes[0], pictures, strict=True)):
        _draw_mask(panel, one, first=place == 0)
    return list(axes[0])


def _draw_mask(panel: Axes, one: MaskPicture, first: bool) -> None:
    rows = one.rows()
    panel.imshow([[_shade(value) for value in row] for row in rows], aspect="equal")
    panel.set(xticks=range(len(one.keys)), yticks=range(len(one.queries)))
    names = {"fontsize": 9, "family": "monospace"}
    panel.set_xticklabels(
        one.keys, rotation=55, ha="left", va="bottom", rotation_mode="anchor", **names
    )
    panel.set_yticklabels(one.queries, **names)
    panel.xaxis.tick_top()
    panel.tick_params(length=0, pad=3)
    for tick in [*panel.get_xticklabels(), *panel.get_yticklabels()]:
        tick.set_color("#a8a8a8" if tick.get_text() == PAD else "#2b2b2b")
    for side in ("top", "right", "left", "bottom"):
        panel.spines[side].set_visible(False)
    panel.grid(False)
    panel.set_xticks([place - 0.5 for place in range(1, len(one.keys))], minor=True)
    panel.set_yticks([place - 0.5 for place in range(1, len(one.queries))], minor=True)
    panel.grid(True, which="minor", color="white", linewidth=1.4)
    panel.tick_params(which="minor", length=0)
    panel.set_title(one.title, fontsize=10, loc="left", pad=8)
    panel.set_xlabel("key: is looked at", fontsize=9, color="#555555")
    panel.set_ylabel("query: looks" if first else "", fontsize=9, color="#555555")
    for up, row in enumerate(rows if one.numbers else ()):
        for across, value in enumerate(row):
            ink = "white" if value > 0.5 else "#444444"
            panel.text(across, up, f"{value:.2f}"[-3:], ha="center", va="center", fontsize=7, color=ink)


@dataclass(frozen=True)
class MaskExplorer:
    """Two sentences, a side for the padding, a kind of model, a window: and the masks they get.

    All the work is done by the functions that it is given, which are the student's own.
    """

    attention_mask: Callable[..., Tensor]
    encoder_mask: Callable[[Tensor], Tensor]
    decoder_mask: Callable[[Tensor], Tensor]
    cross_attention_mask: Callable[[Tensor, int], Tensor]
    sliding_window_mask: Callable[[int, int], Tensor] | None = None

    def pictures(
        self, first: str, second: str, kind: str, side: str = "right", window: int | None = None
    ) -> list[MaskPicture]:
        """Return the masks: one a sentence, or the three of an encoder–decoder."""
        sentences = [text.split()[:LONGEST] or [PAD] for text in (first, second)]
        if kind == "encoder–decoder":
            return self._three(*sentences, side, window)
        real = self.attention_mask([len(tokens) for tokens in sentences], side)
        mask = self.encoder_mask(real) if kind == "encoder" else self._back(real, window)
        return of_batch(mask, padded(sentences, side))

    def _back(self, real: Tensor, window: int | None) -> Tensor:
        mask = self.decoder_mask(real)
        if window is None or self.sliding_window_mask is None:
            return mask
        return mask & self.sliding_window_mask(real.shape[1], window)

    def _three(
        self, source: list[str], target: list[str], side: str, window: int | None
    ) -> list[MaskPicture]:
        """Return the masks of a pair that is padded, since the batch has a longer pair too."""
        from_real = self.attention_mask([len(source), len(source) + MORE], side)
        to_real = self.attention_mask([len(target), len(target) + MORE], side)
        asks = padded([target, target + [PAD] * MORE], side)[0]
        told = padded([source, source + [PAD] * MORE], side)[0]
        masks = {
            "source looks at source": (self.encoder_mask(from_real), told, told),
            "target looks at target": (self._back(to_real, window), asks, asks),
            "target looks at source": (self.cross_attention_mask(from_real, len(asks)), asks, told),
        }
        return [
            MaskPicture(mask[0, 0], who, whom, name) for name, (mask, who, whom) in masks.items()
        ]

    def draw(self, title: str, first: str, second: str, kind: str, **options: Any) -> list[Axes]:
        """Draw the masks, for where widgets do not run."""
        return draw_masks(self.pictures(first, second, kind, **options), title, cell=0.3)

    def show(self, first: str, second: str, kind: str = "decoder", side: str = "right") -> None:
        """Show the widget: two boxes for the sentences, three controls, and the masks."""
        from IPython.display import display
        from ipywidgets import HTML, HBox, Layout, SelectionSlider, Text, ToggleButtons, VBox

        wide, narrow = Layout(width="min(38rem, 95%)"), {"button_width": "9.5rem"}
        boxes = [Text(first, description="first", layout=wide)]
        boxes.append(Text(second, description="second", layout=wide))
        kinds = ToggleButtons(options=KINDS, value=kind, description="model", style=narrow)
        sides = ToggleButtons(
            options=["left", "right"], value=side, description="padding", style=narrow
        )
        sizes = [str(size) for size in range(1, LONGEST)]
        window = SelectionSlider(
            options=[*sizes, NO_WINDOW], value=NO_WINDOW, description="window", layout=wide
        )
        page = HTML()

        def redraw(_: Any = None) -> None:
            size = None if window.value == NO_WINDOW else int(window.value)
            window.disabled = kinds.value == "encoder"  # an encoder has no window here
            texts = [box.value for box in boxes]
            page.value = self._page(*texts, kinds.value, sides.value, size)

        controls = [*boxes, kinds, sides, window]
        for control in controls:
            control.observe(redraw, names="value")
        redraw()
        display(VBox([*controls[:2], kinds, HBox([sides]), window, page]))

    def _page(self, *choice: Any) -> str:
        try:
            drawn = "".join(one._repr_html_() for one in self.pictures(*choice))
            return f"<div style='display:flex;flex-wrap:wrap;align-items:flex-end'>{drawn}</div>"
        except NotImplementedError as error:
            return f"<p>The masks appear once all is written: {html.escape(str(error))}</p>"
        except Exception as error:  # noqa: BLE001 (an answer may raise anything)
            said = html.escape(f"{type(error).__name__}: {error}")
            return f"<p>One of the functions above stopped: {said}</p>"
