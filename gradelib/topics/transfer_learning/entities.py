"""Sentences in which names are to be found, and a table that looks up words and no context."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab import data

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.transfer_learning.texts import Batch

__all__ = ["TAGS", "Tagged", "WordLookup"]

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-THG", "I-THG")
Align = Callable[[list["int | None"], list[int]], list[int]]


class Tagged:
    """Sentences, each a list of words with a tag for each word."""

    def __init__(self, split: str, tokenizer: Any, align: Align) -> None:
        rows = [json.loads(line) for line in data.lines(f"entities/{split}.jsonl.gz")]
        self.words: list[list[str]] = [row["tokens"] for row in rows]
        self.tags: list[list[str]] = [row["tags"] for row in rows]
        self.new: list[bool] = [row["new_name"] for row in rows]
        self.tokenizer, self.align = tokenizer, align

    def __len__(self) -> int:
        return len(self.words)

    def cut(self, number: int) -> tuple[list[str], list[int | None]]:
        """Return the tokens of a sentence, and the number of the word that each belongs to."""
        found = self.tokenizer(self.words[number], is_split_into_words=True)
        return self.tokenizer.convert_ids_to_tokens(found["input_ids"]), found.word_ids()

    def batch(self, places: Sequence[int]) -> Batch:
        """Return ids, attention mask and labels of some sentences, each (text, token)."""
        import torch

        words = [self.words[place] for place in places]
        found = self.tokenizer(words, is_split_into_words=True, padding=True, return_tensors="pt")
        labels = [
            self.align(found.word_ids(row), [TAGS.index(tag) for tag in self.tags[place]])
            for row, place in enumerate(places)
        ]
        return found["input_ids"], found["attention_mask"].bool(), torch.tensor(labels)

    def drawn(self, size: int, seed: int) -> Iterator[Batch]:
        """Draw batches without end."""
        rng = np.random.default_rng(seed)
        while True:
            order = rng.permutation(len(self))
            for start in range(0, len(order) - size + 1, size):
                yield self.batch(order[start : start + size].tolist())

    def guessed(self, model: Any, size: int = 100) -> list[list[str]]:
        """Return the tags that a model guesses for the words of each sentence."""
        import torch

        model.eval()
        guesses: list[list[str]] = []
        with torch.no_grad():
            for start in range(0, len(self), size):
                places = range(start, min(start + size, len(self)))
                ids, mask, labels = self.batch(places)
                best = model(ids, mask).argmax(dim=-1)
                guesses += [_tags_of(row, asked) for row, asked in zip(best, labels, strict=True)]
        return guesses

    def only(self, guessed: Sequence[list[str]], new: bool) -> tuple[list[list[str]], ...]:
        """Return truth and guesses of the sentences with a name that is new, or of the others."""
        kept = [place for place, one in enumerate(self.new) if one == new]
        return [self.tags[place] for place in kept], [guessed[place] for place in kept]


def _tags_of(best: Tensor, asked: Tensor) -> list[str]:
    """Return the tags at the first token of each word."""
    return [TAGS[tag] for tag in best[asked != -100].tolist()]


class WordLookup:
    """Gives each word the tag that it had most often in training, and "O" to a new one."""

    def __init__(self, words: Sequence[Sequence[str]], tags: Sequence[Sequence[str]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence, marked in zip(words, tags, strict=True):
            for word, tag in zip(sentence, marked, strict=True):
                counts[word][tag] += 1
        self.table = {word: tags.most_common(1)[0][0] for word, tags in counts.items()}

    def guessed(self, words: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return a tag for each word of each sentence."""
        return [[self.table.get(word, "O") for word in sentence] for sentence in words]
