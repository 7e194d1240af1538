"""A trigram model of words with absolute discounting: what a model without attention can do."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

DISCOUNT = 0.75
START, END = "<s>", "</s>"


def words(text: str) -> list[str]:
    """Split into words and marks."""
    return re.findall(r"[\w'-]+|[^\w\s]", text)


class NGrams:
    """Interpolated absolute discounting, from trigrams down to the uniform distribution."""

    def __init__(self, texts: Iterable[str], order: int = 3):
        self.order = order
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.totals: Counter[tuple[str, ...]] = Counter()
        self.kinds: Counter[tuple[str, ...]] = Counter()
        vocabulary = {END, "<unk>"}
        for text in texts:
            vocabulary.update(words(text))
            for context, word in self._events(text):
                self._count(context, word)
        self.vocabulary = vocabulary

    def _events(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        padded = [START] * (self.order - 1) + words(text) + [END]
        for i in range(self.order - 1, len(padded)):
            yield tuple(padded[i - self.order + 1 : i]), padded[i]

    def _count(self, context: tuple[str, ...], word: str) -> None:
        for start in range(self.order):
            history = context[start:]
            self.kinds[history] += (*history, word) not in self.counts
            self.counts[(*history, word)] += 1
            self.totals[history] += 1

    def probability(self, context: tuple[str, ...], word: str) -> float:
        """Return the probability of a word after a context."""
        probability = 1 / len(self.vocabulary)
        for start in range(self.order - 1, -1, -1):
            history = context[start:]
            if total := self.totals[history]:
                kept = max(self.counts[(*history, word)] - DISCOUNT, 0.0)
                probability = (kept + DISCOUNT * self.kinds[history] * probability) / total
        return probability

    def nats(self, text: str) -> tuple[float, int]:
        """Return the nats that a text costs, with its end, and how many words and marks it has."""
        costs = [-math.log(self.probability(*event)) for event in self._events(text)]
        return sum(costs), len(costs)
