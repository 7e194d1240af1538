"""Things to play with in a notebook. Each has a static picture, for where widgets do not run."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gradelib.lab.text import cut, pieces
from gradelib.lab.tokens import Strip, draw_strips

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TokenExplorer"]

Merges = list[tuple[int, int]]


@dataclass(frozen=True)
class TokenExplorer:
    """See a sentence fall into tokens: byte-pair encoding merge by merge, others beside it.

    All the work is done by the functions that it is given, which are the student's own.
    """

    encode: Callable[[str, Merges], list[int]]
    merges: Merges
    beside: Mapping[str, Callable[[str], Sequence[str]]] = field(default_factory=dict)
    unknown: Sequence[str] = ("<unk>", "[UNK]")

    def strips(self, text: str, merges: int) -> list[Strip]:
        """Return `text` under byte-pair encoding with the first `merges` merges, and the rest."""
        kinds = dict.fromkeys(self.unknown, "unknown")
        others = [Strip(split(text), name, kinds) for name, split in self.beside.items()]
        return [self.bpe(text, merges), *others]

    def bpe(self, text: str, count: int, since: int | None = None, title: str = "") -> Strip:
        """Return `text` under the first `count` merges.

        Tokens of the merges after number `since` are marked as new: of the last one, unless you
        say otherwise.
        """
        merges, words, new = self.merges[:count], [], set()
        oldest = 256 + (max(count - 1, 0) if since is None else since)
        for piece in pieces(text):
            ids = self.encode(piece, merges)
            tokens = cut(piece, ids, merges)
            new |= {token for token, number in zip(tokens, ids, strict=True) if number >= oldest}
            words.append(tokens)
        return Strip(words, title or _title(count), dict.fromkeys(new, "new"))

    def draw(self, text: str, stages: Sequence[int], title: str) -> Axes:
        """Draw `text` after some numbers of merges, what is new since the last one marked."""
        before = [stages[0], *stages]
        strips = [self.bpe(text, *stage) for stage in zip(stages, before, strict=False)]
        return draw_strips(strips, title)

    def show(self, text: str, merges: int = 0) -> None:
        """Show the widget: a box for the text, a slider for the merges, and the strips."""
        from IPython.display import display
        from ipywidgets import HTML, IntSlider, Layout, Text, VBox

        wide = Layout(width="min(48rem, 95%)")
        box = Text(value=text, description="text", layout=wide)
        slider = IntSlider(merges, 0, len(self.merges), description="merges", layout=wide)
        page = HTML()

        def redraw(_: Any = None) -> None:
            page.value = self._page(box.value, slider.value)

        for control in (box, slider):
            control.observe(redraw, names="value")
        redraw()
        display(VBox([box, slider, page]))

    def _page(self, text: str, merges: int) -> str:
        try:
            return "".join(strip._repr_html_() for strip in self.strips(text, merges))
        except NotImplementedError as error:
            return f"<p>The tokens appear once all is written: {html.escape(str(error))}</p>"
        except Exception as error:  # noqa: BLE001 (an answer may raise anything)
            message = html.escape(f"{type(error).__name__}: {error}")
            return f"<p>One of the functions above stopped: {message}</p>"


def _title(count: int) -> str:
    plural = "s" * (count != 1)
    return f"BPE after {count:,} merge{plural}" if count else "bytes, before any merge"
