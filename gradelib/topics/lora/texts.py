"""The texts of notebook 8 as batches: stories, which the decoder knows, and two other sorts.

Nothing here trains or measures a model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab import data

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["SORTS", "Batch", "Texts", "decoder_texts"]

Batch = tuple["Tensor", "Tensor"]  # ids and attention mask, each (text, token)
SORTS = ("stories", "sentences", "German")


def _stories(split: str) -> list[str]:
    return [story["text"] for story in data.stories(split)]


def _sentences(split: str) -> list[str]:
    rows = data.lines(f"emotions/grammar/{split}.jsonl.gz")
    return [json.loads(row)["text"] for row in rows]


def _german(split: str) -> list[str]:
    return [json.loads(row)["de"] for row in data.lines(f"translation/{split}.jsonl.gz")]


READ: dict[str, Callable[[str], list[str]]] = {
    "stories": _stories, "sentences": _sentences, "German": _german,
}  # fmt: skip


class Texts:
    """Texts of one sort, and the tokenizer that makes ids of them, with `end` at both ends."""

    def __init__(self, texts: Sequence[str], tokenizer: Any) -> None:
        self.texts, self.tokenizer = list(texts), tokenizer
        self.end: int = tokenizer.eos_token_id

    def __len__(self) -> int:
        return len(self.texts)

    def batch(self, texts: Sequence[str]) -> Batch:
        """Return ids and attention mask of some texts, padded on the right."""
        import torch

        rows = [[self.end, *self.tokenizer(text)["input_ids"], self.end] for text in texts]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [self.end] * (longest - len(row)) for row in rows])
        lengths = torch.tensor([len(row) for row in rows])[:, None]
        return ids, torch.arange(longest) < lengths

    def in_order(self, size: int = 20) -> list[Batch]:
        """Return all texts as batches in the order of their lengths, so with little padding."""
        texts = sorted(self.texts, key=len)
        return [self.batch(texts[start : start + size]) for start in range(0, len(self), size)]

    def drawn(self, size: int, seed: int) -> Iterator[Batch]:
        """Draw batches without end. Each text comes once before one comes again."""
        rng = np.random.default_rng(seed)
        while True:
            order = rng.permutation(len(self))
            for start in range(0, len(order) - size + 1, size):
                yield self.batch([self.texts[place] for place in order[start : start + size]])


def decoder_texts(sort: str, split: str, tokenizer: Any, most: int | None = None) -> Texts:
    """Return texts of one of SORTS, of a split of it, and at most so many."""
    return Texts(READ[sort](split)[:most], tokenizer)
