"""The sentences of notebook 7 as batches: of the village and written ones, with an emotion each.

Nothing here trains or measures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab import data

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["EMOTIONS", "Batch", "Sentences"]

EMOTIONS = ("anger", "fear", "joy", "love", "sadness", "surprise")
FILES = {"village": "emotions/grammar/{}.jsonl.gz", "written": "emotions/written/{}.jsonl"}
Batch = tuple["Tensor", "Tensor", "Tensor"]  # ids, attention mask, labels


class Sentences:
    """Sentences with an emotion each, and the tokenizer that makes ids of them."""

    def __init__(self, source: str, split: str, tokenizer: Any, most: int | None = None) -> None:
        """Read a split of `source`, "village" or "written", at most so many sentences of it."""
        import torch

        rows = [json.loads(line) for line in data.lines(FILES[source].format(split))][:most]
        self.texts: list[str] = [row["text"] for row in rows]
        self.labels = torch.tensor([EMOTIONS.index(row["label"]) for row in rows])  # (text,)
        self.tokenizer = tokenizer

    def __len__(self) -> int:
        return len(self.texts)

    def ids(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return ids and attention mask of some texts, padded on the right: (text, token)."""
        found = self.tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
        return found["input_ids"], found["attention_mask"].bool()

    def in_order(self, size: int = 50) -> list[tuple[Tensor, Tensor]]:
        """Return all texts as batches without their labels, in their order."""
        starts = range(0, len(self), size)
        return [self.ids(self.texts[start : start + size]) for start in starts]

    def drawn(self, size: int, seed: int) -> Iterator[Batch]:
        """Draw batches without end. Each text comes once before one comes again."""
        rng = np.random.default_rng(seed)
        while True:
            order = rng.permutation(len(self))
            for start in range(0, len(order) - size + 1, size):
                some = order[start : start + size]
                yield *self.ids([self.texts[place] for place in some]), self.labels[some]

    def logits(self, model: Any, size: int = 100) -> Tensor:
        """Return what a model says of all texts, in their order: (text, class)."""
        import torch

        model.eval()
        with torch.no_grad():
            return torch.cat([model(*batch) for batch in self.in_order(size)])
