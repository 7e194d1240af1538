"""A playground for notebook 6: sliders over the live next-token bars, and a story that grows.

It has a static picture beside it (`draw`), for where widgets do not run.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.topics.sampling.pictures import next_tokens

if TYPE_CHECKING:
    import torch
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel

__all__ = ["Playground"]

BARS = 14
LONGEST = 220  # ids that the story may have
BAR = (
    "<div style='display:grid;grid-template-columns:9em 22em auto;gap:8px;line-height:1.5'>"
    "<span style='text-align:right;white-space:pre;overflow:hidden'>{name}</span>"
    "<span style='position:relative'>"
    "<span style='position:absolute;top:20%;height:60%;width:{before:.2f}%;"
    "border:1px solid #8C8C8C;box-sizing:border-box;border-radius:2px'></span>"
    "<span style='position:absolute;top:20%;height:60%;width:{now:.2f}%;background:{shade};"
    "opacity:.85;border-radius:2px'></span></span><span>{text}</span></div>"
)
STORY = "<p style='line-height:1.6;font-size:15px'>{before}{new}{end}</p>"
NEW = "<mark style='background:#f5d58a;color:#1b1b1b;border-radius:3px'>{}</mark>"


@dataclass
class Playground:
    """Play with temperature, top-k, top-p and min-p on a real model.

    `warp` and `sample` are the student's own functions.
    """

    model: LanguageModel
    warp: Callable[..., Tensor]
    sample: Callable[[Tensor, torch.Generator], Tensor]

    def probabilities(self, text: str, **how: Any) -> Tensor:
        """Return the distribution of the next token after a text, (token,), under some numbers."""
        logits = self.model.next_logits(self.model.encode(text))
        return self._left(logits, how)

    def _left(self, logits: Tensor, how: Mapping[str, Any]) -> Tensor:
        left = self.warp(logits, **how).softmax(dim=1)[0]
        if left.isnan().any():
            raise ValueError("warp left no token: a row of its logits is all -inf, or has a nan")
        return left

    def draw(self, text: str, settings: Mapping[str, Mapping[str, Any]], title: str) -> list[Axes]:
        """Draw the next-token bars under several settings side by side."""
        rows = {name: self.probabilities(text, **how) for name, how in settings.items()}
        return next_tokens(rows, self.model.token, title)

    def bars(self, ids: Tensor, **how: Any) -> str:
        """Return the live bars as HTML: outlined what the model says, filled what is left.

        Their scale fits the tokens. Where all others together have more, their bar is cut short.
        """
        logits = self.model.next_logits(ids)
        before, now = logits.softmax(dim=1)[0], self._left(logits, how)
        numbers = before.topk(min(BARS, len(before))).indices.tolist()
        most = max(float(before[numbers].max()), float(now[numbers].max()))
        rows = [
            (self.model.token(number), float(before[number]), float(now[number]), "#0072B2")
            for number in numbers
        ]
        rest = 1 - float(before[numbers].sum()), 1 - float(now[numbers].sum())
        rows.append(("all others", max(0.0, rest[0]), max(0.0, rest[1]), "#8C8C8C"))
        page = "".join(
            BAR.format(
                name=html.escape(name),
                before=min(100.0, 100 * old / most),
                now=min(100.0, 100 * new / most),
                shade=shade,
                text=_share(old, new, most),
            )
            for name, old, new, shade in rows
        )
        left = int((now > 0).sum())
        count = f"<b>{left:,}</b> of {len(now):,} tokens are left"
        return f"<div style='font-size:13px'>{page}<div style='margin-top:6px'>{count}</div></div>"

    def show(self, text: str, seed: int = 0) -> None:
        """Show the widget: four sliders, the bars, buttons to draw, and the story underneath."""
        from IPython.display import display

        display(_Widget(self, text, seed).page)


def _share(old: float, new: float, most: float) -> str:
    if new <= 1e-7:
        return "cut off" if old > 1e-7 else ""
    return f"{new:.1%}" + (" (the bar is cut short)" if new > most else "")


class _Widget:
    """The widget of a playground: its controls, and the story as it is by now."""

    def __init__(self, ground: Playground, text: str, seed: int) -> None:
        import torch
        from ipywidgets import HTML, Button, FloatSlider, HBox, IntSlider, Layout, Text, VBox

        self.ground, self.dice = ground, torch.Generator().manual_seed(seed)
        wide = Layout(width="min(46rem, 95%)")
        self.box = Text(value=text, description="begin", layout=wide)
        self.sliders: dict[str, Any] = {
            "T": FloatSlider(value=1.0, min=0.1, max=3.0, step=0.1, description="T"),
            "k": IntSlider(value=0, min=0, max=50, description="top-k"),
            "p": FloatSlider(value=1.0, min=0.05, max=1.0, step=0.05, description="top-p"),
            "m": FloatSlider(value=0.0, min=0.0, max=0.5, step=0.01, description="min-p"),
        }
        self.bars, self.story = HTML(), HTML(layout=wide)
        names = "draw a token", "draw ten", "begin again"
        buttons = [Button(description=name) for name in names]
        for slider in self.sliders.values():
            slider.layout = wide
            slider.observe(self.redraw, names="value")
        self.box.observe(self.restart, names="value")
        buttons[0].on_click(lambda _: self.advance(1))
        buttons[1].on_click(lambda _: self.advance(10))
        buttons[2].on_click(self.restart)
        parts = [self.box, *self.sliders.values(), self.bars, HBox(buttons), self.story]
        self.page = VBox(parts)
        self.restart()

    @property
    def numbers(self) -> dict[str, Any]:
        """What the sliders say; k = 0 stands for no top-k."""
        values = {name: slider.value for name, slider in self.sliders.items()}
        return values | {"k": values["k"] or None}

    @property
    def over(self) -> bool:
        """Whether the story has ended, or is as long as it may be."""
        ended = len(self.ids[0]) > 1 and int(self.ids[0, -1]) == self.ground.model.end
        return ended or len(self.ids[0]) >= LONGEST

    def restart(self, _: Any = None) -> None:
        self.ids = self.ground.model.encode(self.box.value)
        self.drawn = 0  # how many of the ids the last click drew
        self.redraw()

    def advance(self, count: int) -> None:
        """Draw so many tokens. What goes wrong on the way, `redraw` says."""
        import torch

        self.drawn = 0
        with suppress(Exception):
            for _ in range(count):
                if self.over:
                    break
                logits = self.ground.warp(self.ground.model.next_logits(self.ids), **self.numbers)
                token = self.ground.sample(logits, self.dice)
                self.ids = torch.cat([self.ids, token.unsqueeze(1)], dim=1)
                self.drawn += 1
        self.redraw()

    def redraw(self, _: Any = None) -> None:
        try:
            self.bars.value = self.ground.bars(self.ids, **self.numbers)
        except NotImplementedError as error:
            self.bars.value = (
                f"<p>The bars appear once all is written: {html.escape(str(error))}</p>"
            )
        except Exception as error:  # noqa: BLE001 (an answer may raise anything)
            message = html.escape(f"{type(error).__name__}: {error}")
            self.bars.value = f"<p>One of the functions above stopped: {message}</p>"
        ids = self.ids[0].tolist()
        text = self.ground.model.decode(ids)
        old = len(self.ground.model.decode(ids[: len(ids) - self.drawn]))
        before, new = html.escape(text[:old]), html.escape(text[old:])
        end = " <b>The end.</b>" if self.over else ""
        self.story.value = STORY.format(before=before, new=NEW.format(new) if new else "", end=end)
