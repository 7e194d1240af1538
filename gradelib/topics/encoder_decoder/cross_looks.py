"""Where a translator looks in the source while it writes: read off its cross-attention.

The student's layers return no weights. So they are computed once more from what the layer got, by
the four linear layers that its constructor has made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.tokens import show_table
from gradelib.topics.encoder_decoder.pairs import Pair, Words, words_of

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Aligned", "Looks", "cross_weights", "true_places"]

Alignment = Callable[["Tensor", "Tensor"], "Tensor"]
ARTICLES = {"der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem", "einer"}
NEAR = 2  # words behind an article, among which its noun is


@contextmanager
def _watched(model: Any) -> Iterator[list[Tensor]]:
    """Keep the weights of each cross-attention that runs inside the block."""
    seen: list[Tensor] = []

    def look(layer: Any, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        given = dict(zip(("x", "source", "mask"), args, strict=False)) | named
        seen.append(_weights(layer, given["x"], given["source"], given["mask"]))

    hooks = [
        writer.cross_attention.register_forward_pre_hook(look, with_kwargs=True)
        for writer in model.writers
    ]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def _weights(layer: Any, x: Tensor, source: Tensor, mask: Tensor) -> Tensor:
    """Return the weights of one attention: (batch, heads, query, key)."""
    from gradelib.lab.masked_attention import split_heads

    queries = split_heads(layer.query(x), layer.heads)
    keys = split_heads(layer.key(source), layer.heads)
    likeness: Tensor = (queries * queries.shape[-1] ** -0.5) @ keys.mT
    return likeness.masked_fill(~mask, -math.inf).softmax(dim=-1)


def cross_weights(model: Any, source_ids: Tensor, read: Tensor) -> list[Tensor]:
    """Return the cross-attention's weights, layer by layer, while a model reads a target.

    Shapes:
        source_ids: (batch, source)
        read:       (batch, target), what the decoder reads
        returns:    for each layer (batch, heads, target, source)
    """
    import torch

    with torch.no_grad(), _watched(model) as seen:
        model.decode(read, model.encode(source_ids), source_ids)
    return seen


def true_places(pair: Pair) -> list[set[int]]:
    """Return for each German word the places of the English words that it stands for."""
    places: list[set[int]] = [set() for _ in words_of(pair["de"])]
    for english, german in pair["alignment"]:
        places[german].add(english)
    return places


@dataclass(frozen=True)
class Aligned:
    """One sentence, its translation, and for each German word the place where it looked."""

    english: list[str]
    german: list[str]
    places: list[int]
    weights: list[list[float]]  # mean over the heads: a row a German word
    truth: list[set[int]] | None = None  # None where nobody knows it


@dataclass(frozen=True)
class Looks:
    """A translator, its words, and the student's functions, to read alignments with."""

    model: Any
    words: Words
    shift_right: Callable[[Tensor, int], Tensor]
    alignment: Alignment
    layer: int = 0

    def rows(self, source_ids: Tensor, target_ids: Tensor) -> tuple[list[Tensor], Tensor]:
        """Return the weights of all layers, and which places of the source may count."""
        read = self.shift_right(target_ids, self.words.start)
        real = (source_ids != self.words.pad) & (source_ids != self.words.end)
        return cross_weights(self.model, source_ids, read), real

    def of(self, source_ids: Tensor, target_ids: Tensor, truth: list[set[int]] | None) -> Aligned:
        """Read the alignment of one sentence: (1, source) and (1, target)."""
        weights, real = self.rows(source_ids, target_ids)
        german = self.words.decode(target_ids[0])
        places = self.alignment(weights[self.layer], real)[0].tolist()[: len(german)]
        means = weights[self.layer].mean(dim=1)[0, : len(german), : int(real.sum())]
        english = self.words.decode(source_ids[0])
        return Aligned(english, german, places, means.tolist(), truth)

    def pair(self, pair: Pair) -> Aligned:
        """Read the alignment of a pair whose truth is known, with its own translation."""
        source, target = self.words.batch([pair["en"]]), self.words.batch([pair["de"]])
        return self.of(source, target, true_places(pair))

    def scores(self, some: Sequence[Pair]) -> list[tuple[float, float]]:
        """Return for each layer the share of words aligned right: of all, and of the last ones."""
        source = self.words.batch([pair["en"] for pair in some])
        target = self.words.batch([pair["de"] for pair in some])
        weights, real = self.rows(source, target)
        truth = [true_places(pair) for pair in some]
        found = []
        for layer in weights:
            places = self.alignment(layer, real).tolist()
            found.append((_right(places, truth), _right(places, truth, last=True)))
        return found

    def best(self, some: Sequence[Pair]) -> Looks:
        """Return the same with the layer in which the last word is right most often."""
        scores = [last for _, last in self.scores(some)]
        layer = scores.index(max(scores))
        return Looks(self.model, self.words, self.shift_right, self.alignment, layer)

    def show_scores(self, some: Sequence[Pair]) -> None:
        """Show how often each layer, and a guess without a model, points to the right word."""
        source = self.words.batch([pair["en"] for pair in some])
        target = self.words.batch([pair["de"] for pair in some])
        weights, real = self.rows(source, target)
        places = {
            f"layer {number + 1}": self.alignment(layer, real).tolist()
            for number, layer in enumerate(weights)
        }
        places["straight across"] = [_straight(pair) for pair in some]
        truth = [true_places(pair) for pair in some]
        german = [words_of(pair["de"]) for pair in some]
        rows = [
            (
                _right(found, truth),
                _right(found, truth, last=True),
                *_articles(found, truth, german),
            )
            for found in places.values()
        ]
        names = "all words", "the last word", "articles", "articles, at their noun instead"
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        shares = {name: [f"{share:.0%}" for share in column] for name, column in columns.items()}
        best = f"layer {self.layer + 1}"
        title = f"Looks at the right word, in {len(some)} new sentences. Used from here: {best}"
        show_table({"read off": list(places), **shares}, title)


def _straight(pair: Pair) -> list[int]:
    """Guess that both languages have one order: each place looks at the same place, or the last."""
    english, german = len(words_of(pair["en"])), len(words_of(pair["de"]))
    return [min(place, english - 1) for place in range(german)]


def _right(
    places: Sequence[Sequence[int]], truth: Sequence[list[set[int]]], last: bool = False
) -> float:
    """Return the share of words that look where they should; `last`: before the mark at the end."""
    right = count = 0
    for found, known in zip(places, truth, strict=True):
        some = [len(known) - 2] if last else range(len(known))
        asked = [place for place in some if known[place]]
        right += sum(found[place] in known[place] for place in asked)
        count += len(asked)
    return right / count


def _articles(
    places: Sequence[Sequence[int]], truth: Sequence[list[set[int]]], german: Sequence[list[str]]
) -> tuple[float, float]:
    """Return which share of articles look at their own word, and which at what they belong to.

    An article at the beginning of a sentence is left out: there, nothing was written before it.
    """
    own = noun = count = 0
    for found, known, words in zip(places, truth, german, strict=True):
        for place, word in enumerate(words):
            if place and word in ARTICLES and known[place]:
                behind = set().union(*known[place + 1 : place + 1 + NEAR])
                own += found[place] in known[place]
                noun += found[place] in behind - known[place]
                count += 1
    return own / max(1, count), noun / max(1, count)
