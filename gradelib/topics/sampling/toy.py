"""A language of eight words, small enough to work every text out by hand: beams begin with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["ToyLanguage"]

FOLLOWS = {  # word -> what may follow it, with its probability
    "the": {"a": 0.5, "b": 0.4, "c": 0.1},
    "a": {"x": 0.4, "y": 0.3, "z": 0.3},
    "b": {"x": 0.9, "z": 0.1},
    "c": {"y": 1.0},
    "x": {".": 1.0},
    "y": {".": 1.0},
    "z": {".": 1.0},
}
ALMOST_NEVER = 1e-6  # the probability of what should not follow, so that it has a logarithm


@dataclass(frozen=True)
class ToyLanguage:
    """A language in which what follows a word depends on that word alone."""

    words: tuple[str, ...] = field(default=(*FOLLOWS, "."))

    @property
    def end(self) -> int:
        return self.words.index(".")

    @property
    def start(self) -> Tensor:
        """The ids of *the*, (1, 1)."""
        import torch

        return torch.tensor([[self.words.index("the")]])

    def token(self, number: int) -> str:
        return self.words[number]

    @cached_property
    def _table(self) -> Tensor:
        import torch

        table = torch.full((len(self.words), len(self.words)), ALMOST_NEVER)
        for word, following in FOLLOWS.items():
            for other, probability in following.items():
                table[self.words.index(word), self.words.index(other)] = probability
        return table.log()

    def next_logits(self, ids: Tensor) -> Tensor:
        """Return log probabilities: (row, position) -> (row, token)."""
        return self._table[ids[:, -1]]

    def show(self) -> None:
        """Show every text of the language with its probability."""
        texts = list(self._texts("the"))
        chances = [" · ".join(map(str, factors)) for _, factors in texts]
        worth = [
            f"{each} = {prod(factors):.2f}"
            for each, (_, factors) in zip(chances, texts, strict=True)
        ]
        show_table({"text": [" ".join(words) for words, _ in texts], "probability": worth})

    def _texts(self, word: str) -> Iterator[tuple[list[str], list[float]]]:
        """Yield each text from a word on, without its end, and the factors of its probability."""
        for other, probability in FOLLOWS[word].items():
            if other == ".":
                yield [word], []
                continue
            for words, factors in self._texts(other):
                yield [word, *words], [probability, *factors]
