"""A playground for notebook 5: type a sentence, and see its translation and where each word looked.

Beside it, `Playground.draw` draws the same as a plain figure, for where widgets do not run.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.topics.encoder_decoder.cross_looks import Aligned, Looks
from gradelib.topics.encoder_decoder.pairs import MARKS, Pair, text_of, words_of
from gradelib.topics.encoder_decoder.pictures import draw_alignments

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["EXAMPLES", "Playground"]

LONGEST = 24  # words and marks of a sentence
WRITTEN = 30  # words that a translation may have
EXAMPLES = (
    "Who picked up three friendly girls?",
    "Nora knows that Tom lost the key.",
    "When Mia comes back, Tom laughs.",
    "Every morning the doctor opens the door.",
    "Tom forgot to lock the shop.",
)


@dataclass
class Playground:
    """A translator with its looks, and the student's `translate`."""

    looks: Looks
    translate: Callable[..., Tensor]
    known: Sequence[Pair] = ()  # sentences whose truth is known

    def read(self, text: str) -> tuple[Aligned, list[str]]:
        """Translate a sentence; return where its words looked, and what had to be said about it."""
        notes, cut = [], words_of(text)
        if not cut:
            cut, notes = words_of(EXAMPLES[0]), ["An empty sentence says nothing: an example."]
        if len(cut) > LONGEST:
            cut = cut[:LONGEST]
            notes.append(f"Cut after {LONGEST} words: there are no longer ones in the training.")
        cut[0] = cut[0][0].upper() + cut[0][1:]  # as every sentence of the training begins
        if cut[-1] not in MARKS:
            cut.append(".")
        words = self.looks.words
        new = [word for word in cut if words.id(word) == words.unknown]
        if new:
            notes.append(f"Not in the vocabulary: {', '.join(new)}.")
        source = words.batch([" ".join(cut)])
        written = self.translate(self.looks.model, source, words.start, words.end, WRITTEN)
        same = [p for p in self.known if words_of(p["en"]) == cut]
        if same and words.decode(written[0]) == words_of(same[0]["de"]):
            return self.looks.pair(same[0]), notes
        if same:
            notes.append(f"The right translation is: {same[0]['de']}")
        return self.looks.of(source, written, None), notes

    def draw(self, *texts: str, title: str = "") -> list[Axes]:
        """Draw the alignment of some sentences below one another."""
        return draw_alignments([self.read(text)[0] for text in texts], title)

    def page(self, text: str) -> str:
        """Return a sentence, its translation and its picture, in HTML."""
        import matplotlib.pyplot as plt

        from gradelib.lab.alt_text import as_html

        aligned, notes = self.read(text)
        if not aligned.german:
            return "<p>It says the end at once: there is no translation.</p>"
        draw_alignments([aligned])
        drawn = plt.gcf()
        picture = as_html(drawn)
        plt.close(drawn)
        said = "".join(f"<div style='opacity:.8'>{html.escape(note)}</div>" for note in notes)
        return f"<p><b>{html.escape(text_of(aligned.german))}</b></p>{said}{picture}"

    def show(self) -> None:
        """Show the widget: a line to type in, examples to choose, and the picture."""
        from IPython.display import display
        from ipywidgets import HTML, Dropdown, Layout, Text, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(EXAMPLES[0], description="English", layout=wide, continuous_update=False)
        choice = Dropdown(options=EXAMPLES, description="examples", layout=wide)
        page = HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value)
            except NotImplementedError as error:
                page.value = f"<p>It appears once all is written: {html.escape(str(error))}</p>"
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                said = f"{type(error).__name__}: {error}"
                page.value = f"<p>It cannot be shown yet: {html.escape(said)}</p>"

        def take(_: Any) -> None:
            box.value = choice.value

        box.observe(redraw, names="value")
        choice.observe(take, names="value")
        redraw()
        display(VBox([box, choice, page]))
