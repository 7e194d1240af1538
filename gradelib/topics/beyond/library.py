"""The course's own pages to be searched: chunks, questions, and vectors of both.

The vectors are MiniLM's. Where it is not here, those that were recorded take their place, for the
chunks that the notebook makes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gradelib.lab import data, models

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.rows import Page, Question

__all__ = ["OVERLAP", "SIZE", "VECTORS", "Library", "words_of"]

SIZE, OVERLAP = 60, 15  # words of a chunk, and how many it shares with the next
VECTORS = Path(__file__).with_name("vectors.safetensors")
OPTIONS = 4  # answers to choose from


def words_of(text: str) -> list[str]:
    """Return the words of a text for a search: small letters and digits.

    >>> words_of("BM25's k1 is 1.2.")
    ['bm25', 's', 'k1', 'is', '1', '2']
    """
    return re.findall(r"[a-z0-9]+", text.lower())


@dataclass(frozen=True)
class Library:
    """Pages cut into chunks, and the questions that they answer."""

    pages: list[Page]
    questions: list[Question]
    chunks: list[str]  # words with blanks between them
    owners: Tensor  # (chunk,), which page each is of
    right: Tensor  # (question,), the page that answers it, or -1

    @classmethod
    def of(
        cls, chunk: Callable[[list[str], int, int], list[list[str]]],
        size: int = SIZE, overlap: int = OVERLAP,
    ) -> Library:  # fmt: skip
        """Cut all pages by a student's function."""
        import torch

        pages, questions = data.course_pages(), data.course_questions()
        cut = [chunk(page["text"].split(), size, overlap) for page in pages]
        numbers = {page["id"]: place for place, page in enumerate(pages)}
        right = [-1 if row["page"] is None else numbers[row["page"]] for row in questions]
        return cls(
            pages,
            questions,
            [" ".join(words) for chunks in cut for words in chunks],
            torch.tensor([place for place, chunks in enumerate(cut) for _ in chunks]),
            torch.tensor(right),
        )

    @property
    def titled(self) -> list[str]:
        """Each chunk behind the title of its page: what is searched."""
        titles = [self.pages[page]["title"] for page in self.owners.tolist()]
        return [f"{title}: {text}" for title, text in zip(titles, self.chunks, strict=True)]

    @property
    def asked(self) -> list[str]:
        """The questions as texts."""
        return [row["question"] for row in self.questions]

    def fingerprint(self) -> str:
        """Return what tells these chunks and questions from others."""
        text = "\n".join([*self.titled, *self.asked])
        return hashlib.sha256(text.encode()).hexdigest()

    def vectors(self) -> tuple[Tensor, Tensor, str]:
        """Return vectors of questions and of chunks, and who made them.

        Raises NotHere where MiniLM is not here, and other chunks than these were recorded.

        Shapes:
            returns: (question, 384), (chunk, 384)
        """
        try:
            models.load("minilm")
        except models.NotHere:
            found = self.recorded_vectors()
            if found is None:
                raise
            return *found, "recorded vectors of MiniLM"
        return models.embed(self.asked), models.embed(self.titled), "MiniLM"

    def recorded_vectors(self) -> tuple[Tensor, Tensor] | None:
        """Return the recorded vectors, or None if they are those of other texts."""
        from safetensors import safe_open

        with safe_open(VECTORS, "pt") as kept:
            if kept.metadata()["texts"] != self.fingerprint():
                return None
            return kept.get_tensor("questions").float(), kept.get_tensor("chunks").float()

    def options(self, number: int) -> tuple[list[str], int]:
        """Return four answers to a question, and the place of the right one.

        The others are right answers to other questions of the same kind, on other pages.
        """
        rng, row = np.random.default_rng(number), self.questions[number]
        others = sorted(
            {str(other["answer"]) for other in self.questions
             if other["kind"] == row["kind"] and other["page"] != row["page"]}
        )  # fmt: skip
        picked = [others[place] for place in rng.permutation(len(others))[: OPTIONS - 1]]
        place = int(rng.integers(OPTIONS))
        return [*picked[:place], str(row["answer"]), *picked[place:]], place

    def evidence(self, number: int) -> str:
        """Return the chunk that holds most of the evidence of a question that has a page."""
        row, page = self.questions[number], int(self.right[number])
        wanted = words_of(str(row["evidence"]))
        own = [text for text, owner in zip(self.chunks, self.owners.tolist(), strict=True)
               if owner == page]  # fmt: skip
        return max(own, key=lambda text: _shared(wanted, words_of(text)))


def _shared(wanted: Sequence[str], words: Sequence[str]) -> int:
    """Return how many words of the longest beginning or end of `wanted` stand side by side."""
    text = " " + " ".join(words) + " "
    spans = ((0, end) for end in range(len(wanted), 0, -1))
    best = next((end for start, end in spans if f" {' '.join(wanted[start:end])} " in text), 0)
    ends = (start for start in range(len(wanted)) if f" {' '.join(wanted[start:])} " in text)
    return max(best, len(wanted) - next(ends, len(wanted)))
