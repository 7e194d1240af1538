"""The masks of two sentences to play with. It has a static picture, where widgets do not run."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.mask_pictures import PAD, MaskPicture, draw_masks, of_batch, padded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["MaskExplorer"]

MODELS = ("encoder", "decoder", "encoder–decoder")
NO_WINDOW = "none"
LONGEST = 12  # tokens of a sentence that the widget shows
MORE = 2  # tokens by which the other pair of an encoder–decoder's batch is longer


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
            return self._three(sentences[0], sentences[1], side, window)
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
        source = padded([source, source + [PAD] * MORE], side)[0]
        target = padded([target, target + [PAD] * MORE], side)[0]
        across = self.cross_attention_mask(from_real, len(target))
        masks = {
            "source looks at source": (self.encoder_mask(from_real), source, source),
            "target looks at target": (self._back(to_real, window), target, target),
            "target looks at source": (across, target, source),
        }
        return [
            MaskPicture(mask[0, 0], queries, keys, name)
            for name, (mask, queries, keys) in masks.items()
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
        kinds = ToggleButtons(options=MODELS, value=kind, description="model", style=narrow)
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
            drawn = "".join(picture._repr_html_() for picture in self.pictures(*choice))
            return f"<div style='display:flex;flex-wrap:wrap;align-items:flex-start'>{drawn}</div>"
        except NotImplementedError as error:
            return f"<p>The masks appear once all is written: {html.escape(str(error))}</p>"
        except NameError as error:
            return f"<p>This needs {html.escape(str(error.name))}, which comes in a later cell.</p>"
        except Exception as error:  # noqa: BLE001 (an answer may raise anything)
            message = html.escape(f"{type(error).__name__}: {error}")
            return f"<p>One of the functions above stopped: {message}</p>"
