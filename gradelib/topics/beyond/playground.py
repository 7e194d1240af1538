"""A question to type: what the student's search finds, and the prompt that is made of it."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab import models
from gradelib.topics.beyond.library import Library, words_of
from gradelib.topics.beyond.reading import INSTRUCTION

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["SearchPlayground"]

LONGEST = 200  # letters that are read


@dataclass(frozen=True)
class SearchPlayground:
    """The library, its vectors, and the functions that search it."""

    library: Library
    vectors: Tensor  # of chunks
    bm25: Callable[..., list[float]]
    top_k: Callable[..., tuple[Tensor, Tensor]]
    fuse: Callable[..., list[int]]
    build_prompt: Callable[..., str]

    def ranking(self, text: str) -> tuple[list[int], str]:
        """Return the ten best chunks for a question, and how they were found."""
        import torch

        scores = torch.tensor(self.bm25(words_of(text), [words_of(t) for t in self.library.titled]))
        worded = scores.topk(10)
        by_words = [n for n, s in zip(worded.indices.tolist(), worded.values.tolist(), strict=True)
                    if s > 0]  # fmt: skip
        query, how = self._vector(text)
        if query is None:
            return by_words, how
        near = self.top_k(query, self.vectors, 10)[1][0].tolist()
        return self.fuse([near, by_words])[:10], how

    def _vector(self, text: str) -> tuple[Tensor | None, str]:
        if text in self.library.asked:
            recorded = self.library.recorded_vectors()
            if recorded is not None:
                place = self.library.asked.index(text)
                return recorded[0][place : place + 1], "by words and by vectors"
        try:
            models.load("minilm")
        except models.NotHere:
            return None, "by words alone, since MiniLM is not here"
        return models.embed([text]), "by words and by vectors"

    def page(self, text: str, count: int) -> str:
        """Return what is found for a question, and the prompt, in HTML."""
        asked = text[:LONGEST].strip() or "What is a mask?"
        found, how = self.ranking(asked)
        rows = ["<tr><th></th><th>page</th><th>chunk</th></tr>"]
        for place, number in enumerate(found[:count], start=1):
            title = self.library.pages[int(self.library.owners[number])]["title"]
            cells = f"<td>{place}</td><td>{html.escape(title)}</td>"
            chunk = html.escape(self.library.chunks[number])
            rows.append(f"<tr>{cells}<td style='text-align:left'>{chunk}</td></tr>")
        passages = [self.library.titled[number] for number in found[:count]]
        prompt = html.escape(self.build_prompt(INSTRUCTION, asked, passages, 190))
        cut = "" if len(text) <= LONGEST else f"<p>Only the first {LONGEST} letters are read.</p>"
        head = f"<p>Found {how}.</p>" if found else "<p>No chunk has any of these words.</p>"
        boxed = f"<pre style='white-space:pre-wrap;word-break:break-word'>{prompt}</pre>"
        return f"{cut}{head}<table>{''.join(rows)}</table><p>The prompt:</p>{boxed}"

    def show(self, text: str) -> None:
        """Show the widget: a box for the question, and how many chunks are shown."""
        from IPython.display import display
        from ipywidgets import HTML, IntSlider, Layout, Text, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(text, description="question", layout=wide, continuous_update=False)
        count = IntSlider(3, min=1, max=8, description="chunks", continuous_update=False)
        page = HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value, count.value)
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the functions above stopped: {message}</p>"

        for part in (box, count):
            part.observe(redraw, names="value")
        redraw()
        display(VBox([box, count, page]))
