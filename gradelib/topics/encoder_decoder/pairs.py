"""The sentences of notebook 5, English and German, as words and as ids.

A token is a word or a mark: there are few words in the village, and the known alignment counts
words. What no training sentence has is `<unk>`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["MARKS", "WORD", "Pair", "Words", "batches", "pairs", "text_of", "words_of"]

WORD = re.compile(r"\w+|[^\w\s]")
MARKS = ".?!"  # one of them ends each sentence
SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
POOL = 16  # batches that are cut out of one pool of pairs, sorted by length


class Pair(TypedDict):
    """A sentence in both languages: data/translation/README.md."""

    en: str
    de: str
    alignment: list[tuple[int, int]]  # places of words that mean the same, English first
    kind: str


def pairs(split: str = "train") -> list[Pair]:
    """Return the pairs of a split: train, validation or test."""
    from gradelib.lab import data

    return [json.loads(line) for line in data.lines(f"translation/{split}.jsonl.gz")]


def words_of(text: str) -> list[str]:
    """Cut a text into words and marks.

    >>> words_of("Tom, go!")
    ['Tom', ',', 'go', '!']
    """
    return WORD.findall(text)


class Words:
    """One vocabulary for both languages: all words and marks of some texts."""

    pad, unknown, start, end = range(len(SPECIAL))

    def __init__(self, texts: Sequence[str]) -> None:
        self.names = [*SPECIAL, *sorted({word for text in texts for word in words_of(text)})]
        self.ids = {name: number for number, name in enumerate(self.names)}

    @classmethod
    def of(cls, some: Sequence[Pair]) -> Words:
        """Take the words of both sides of some pairs."""
        return cls([text for pair in some for text in (pair["en"], pair["de"])])

    def __len__(self) -> int:
        return len(self.names)

    def id(self, word: str) -> int:
        """Return the id of a word, small or capital; `unknown` if no training sentence has it."""
        ways = word, word.lower(), word.capitalize()
        return next((self.ids[way] for way in ways if way in self.ids), self.unknown)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text, with the end."""
        return [*map(self.id, words_of(text)), self.end]

    def batch(self, texts: Sequence[str]) -> Tensor:
        """Return texts as one batch of ids, padded on the right: (text, token)."""
        import torch

        rows = [torch.tensor(self.encode(text)) for text in texts]
        return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=self.pad)

    def decode(self, ids: Tensor | Sequence[int]) -> list[str]:
        """Return the words of one row up to its end."""
        row = [int(number) for number in ids]
        stop = row.index(self.end) if self.end in row else len(row)
        return [self.names[number] for number in row[:stop] if number != self.pad]


def text_of(words: Sequence[str]) -> str:
    """Put words together as one writes them: no space before a mark."""
    return re.sub(r" ([^\w\s<])", r"\1", " ".join(words))


def batches(
    words: Words, some: Sequence[Pair], count: int, seed: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield source and target of `count` pairs of about the same length, without end.

    Sentences of one length need hardly any padding, and so a step takes less time.
    """
    dice = random.Random(seed)
    while True:
        drawn = dice.sample(some, min(POOL * count, len(some)))
        drawn.sort(key=lambda pair: (len(words_of(pair["de"])), len(words_of(pair["en"]))))
        cuts = [drawn[start : start + count] for start in range(0, len(drawn), count)]
        dice.shuffle(cuts)
        for cut in cuts:
            yield words.batch([p["en"] for p in cut]), words.batch([p["de"] for p in cut])
