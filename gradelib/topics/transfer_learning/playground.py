"""A sentence to type: the emotion that each model hears in it, and how it fills its gap."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.topics.transfer_learning.texts import EMOTIONS

if TYPE_CHECKING:
    from gradelib.topics.transfer_learning.bodies import Encoder
    from gradelib.topics.transfer_learning.training import Run

__all__ = ["SentencePlayground"]

LONGEST = 300  # letters that are read
MASK = "[MASK]"
FILLED = 3  # words that are shown for a gap


@dataclass(frozen=True)
class SentencePlayground:
    """Runs whose models are asked about a sentence, and the encoder that they began as."""

    encoder: Encoder
    runs: Sequence[Run]

    def emotions(self, text: str) -> dict[str, list[float]]:
        """Return the probabilities that each model gives to the emotions of a text."""
        import torch

        ids, mask = self._read(text)
        with torch.no_grad():
            return {
                run.name: run.model.eval()(ids, mask)[0].softmax(dim=-1).tolist()
                for run in self.runs
            }

    def fillings(self, text: str) -> dict[str, list[str]]:
        """Return the likeliest words for the first gap: as it was before, and by each model."""
        bodies = {"before": self.encoder.body().eval()}
        bodies |= {run.name: run.model.body.eval() for run in self.runs}
        return {name: self._filled(body, text) for name, body in bodies.items()}

    def _read(self, text: str) -> tuple[Any, Any]:
        more: dict[str, Any] = {"return_tensors": "pt", "truncation": True}
        found = self.encoder.tokenizer([text[:LONGEST]], **more)
        return found["input_ids"], found["attention_mask"].bool()

    def _filled(self, body: Any, text: str) -> list[str]:
        import torch

        ids, mask = self._read(text)
        own: Any = self.encoder.tokenizer
        gaps = (ids[0] == own.mask_token_id).nonzero()
        if not len(gaps):
            return []
        with torch.no_grad():
            vectors = body(ids, mask)[0, int(gaps[0])]
            logits = self.encoder.words_of(body, vectors)
        return [own.decode([number]) for number in logits.topk(FILLED).indices.tolist()]

    def page(self, text: str) -> str:
        """Return the table for a sentence, in HTML."""
        told = self.emotions(text)
        words = self.fillings(text) if MASK in text else {}
        heads = "".join(f"<th>{name}</th>" for name in EMOTIONS)
        rows = [f"<tr><th>what trained</th>{heads}<th>fills the gap with</th></tr>"]
        for name, shares in told.items():
            best = max(shares)
            cells = "".join(f"<td>{_shown(share, share == best)}</td>" for share in shares)
            gap = html.escape(", ".join(words.get(name, [])))
            rows.append(f"<tr><td>{html.escape(name)}</td>{cells}<td>{gap}</td></tr>")
        if words:
            gap = html.escape(", ".join(words["before"]))
            empty = f"<td colspan={len(EMOTIONS)}></td>"
            rows.append(f"<tr><td>nothing yet</td>{empty}<td>{gap}</td></tr>")
        cut = "" if len(text) <= LONGEST else f"<p>Only the first {LONGEST} letters are read.</p>"
        return f"<table>{''.join(rows)}</table>{cut}"

    def show(self, text: str) -> None:
        """Show the widget: a box for the sentence, and the table below it."""
        from IPython.display import display
        from ipywidgets import HTML, Layout, Text, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(text, description="sentence", layout=wide, continuous_update=False)
        page = HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value)
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the functions above stopped: {message}</p>"

        box.observe(redraw, names="value")
        redraw()
        display(VBox([box, page]))


def _shown(share: float, best: bool) -> str:
    return f"<b>{share:.0%}</b>" if best else f"{share:.0%}"
