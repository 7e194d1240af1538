"""The crawl of notebook 09: what a filter keeps of it, and which copies a search finds.

The filter, the similarity and the search are the student's: they come in as arguments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gradelib.lab import data
from gradelib.lab.rows import Document
from gradelib.lab.tokens import show_table
from gradelib.topics.pretraining.words import PRIME

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Copies", "copies_of", "documents", "hash_functions", "is_good", "show_examples",
           "show_kinds", "show_rules"]  # fmt: skip

Pair = tuple[int, int]
Rules = Callable[[str, int], list[str]]
Rate = Callable[[list[bool], list[bool]], tuple[float, float]]
LEAST = 20  # words of a text: the crawl's documents are short
SHORT = 110  # letters of an example


def documents(split: str = "train") -> list[Document]:
    """Return the documents of a split of the crawl, with the truth about each."""
    return data.crawl(split)


def is_good(document: Document) -> bool:
    """Say whether a model should learn from it: good English, be it a copy or not."""
    return document["quality"] == "good" and document["language"] == "en"


def show_examples(some: Sequence[Document], kinds: Sequence[str]) -> None:
    """Show the beginning of one document of each kind."""
    first = {kind: next(one for one in some if one["kind"] == kind) for kind in kinds}
    texts = [" ".join(one["text"].split()) for one in first.values()]
    columns: dict[str, Sequence[object]] = {
        "kind": list(first),
        "it begins": [text if len(text) <= SHORT else f"{text[:SHORT]}…" for text in texts],
        "good": ["yes" if is_good(one) else "no" for one in first.values()],
    }
    show_table(columns, f"{len(kinds)} of {len({one['kind'] for one in some})} kinds")


def show_rules(some: Sequence[Document], broken_rules: Rules, precision_recall: Rate) -> None:
    """Show what each rule alone, and all together, keep of the documents."""
    broken = [broken_rules(one["text"], LEAST) for one in some]
    good = [is_good(one) for one in some]
    names = list(dict.fromkeys(rule for rules in broken for rule in rules))
    ways = {"no rule": [True] * len(some)}
    ways |= {f"“{name}” alone": [name not in rules for rules in broken] for name in names}
    ways["all rules"] = [not rules for rules in broken]
    rates = [precision_recall(kept, good) for kept in ways.values()]
    columns: dict[str, Sequence[object]] = {
        "filter": list(ways),
        "kept": [sum(kept) for kept in ways.values()],
        "precision": [f"{precision:.2f}" for precision, _ in rates],
        "recall": [f"{recall:.2f}" for _, recall in rates],
    }
    show_table(columns, f"What the filter keeps of {len(some):,} documents")


def show_kinds(some: Sequence[Document], broken_rules: Rules, most: int = 6) -> None:
    """Show which kinds get through most, though they are poor, and which good ones are lost."""
    count, kept = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for one in some:
        kind = one["kind"], is_good(one)
        count[kind] += 1
        kept[kind] += not broken_rules(one["text"], LEAST)
    poor = sorted((k for k in count if not k[1]), key=lambda k: -kept[k])[:most]
    lost = sorted((k for k in count if k[1]), key=lambda k: kept[k] - count[k])[:most]
    columns: dict[str, Sequence[object]] = {
        "poor, and kept": [f"{k[0]}: {kept[k]} of {count[k]}" for k in poor],
        "good, and lost": [f"{k[0]}: {count[k] - kept[k]} of {count[k]}" for k in lost],
    }
    show_table(columns, "Where the rules are wrong")


def hash_functions(count: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return a and b of some hash functions: (hash,) each, int64."""
    import torch

    rng = np.random.default_rng(seed)
    a, b = rng.integers(1, PRIME, size=count), rng.integers(0, PRIME, size=count)
    return torch.from_numpy(a), torch.from_numpy(b)


@dataclass(frozen=True)
class Copies:
    """The copies that are known, as pairs of places: a copy and its original."""

    pairs: list[Pair]
    similarity: list[float]  # of each pair
    roots: list[str]  # of each document: the id of what it is a copy of, or its own

    def found(self, candidates: Iterable[Pair]) -> list[bool]:
        """Say of each known pair whether it is among the candidates."""
        seen = {frozenset(pair) for pair in candidates}
        return [frozenset(pair) in seen for pair in self.pairs]

    def right(self, candidates: Iterable[Pair]) -> list[bool]:
        """Say of each candidate whether both are copies of the same, or one of the other."""
        return [self.roots[one] == self.roots[other] for one, other in candidates]

    def shares(self, candidates: Iterable[Pair], wide: float = 0.1) -> list[tuple[float, float]]:
        """Return how many of the known pairs were found, by similarity: (middle, share)."""
        found, rows = self.found(candidates), list[tuple[float, float]]()
        for low in np.arange(0.3, 1.0 - wide / 2, wide):
            own = [f for f, s in zip(found, self.similarity, strict=True) if low <= s < low + wide]
            if own:
                rows.append((float(low + wide / 2), sum(own) / len(own)))
        return rows

    def left(self, first: Sequence[int]) -> tuple[int, int]:
        """Say what is left if only the first document of each cluster stays.

        Returns how many documents stay beside another one of the same origin, and how many went
        though nothing of the same origin stayed.
        """
        stays = Counter(self.roots[place] for place, kept in enumerate(first) if place == kept)
        gone = {self.roots[place] for place, kept in enumerate(first) if place != kept}
        return sum(stays.values()) - len(stays), sum(root not in stays for root in gone)


def copies_of(some: Sequence[Document]) -> Copies:
    """Return the known copies among documents, exact ones too."""
    places = {one["id"]: place for place, one in enumerate(some)}
    copies = [one for one in some if one["copy_of"] in places]
    pairs = [(places[one["id"]], places[str(one["copy_of"])]) for one in copies]
    similarity = [1.0 if one["similarity"] is None else one["similarity"] for one in copies]
    return Copies(pairs, similarity, [one["copy_of"] or one["id"] for one in some])
