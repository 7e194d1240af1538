"""Extractive summaries for notebook 5: sentences of a page, their vectors, and ROUGE.

ROUGE asks what BLEU asks, from the other side: how many of the n-grams that a person's summary has
are in the machine's? Source: Lin (2004), section 2.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gradelib.lab import data
from gradelib.lab.text import wrapped
from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Report", "reports", "rouge", "show_rouge", "show_summary", "word_counts"]

WRITTEN = Path(__file__).with_name("summaries.json")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
Matches = Callable[[list[str], list[str], int], tuple[int, int]]
Summarize = Callable[["Tensor", int], list[int]]
Vectors = Callable[[list[str]], "Tensor"]
COUNT = 2  # sentences of a summary
DRAWS = 40  # of sentences by chance, to be averaged


@dataclass(frozen=True)
class Report:
    """A page of the course, its sentences, and a summary that a person wrote."""

    title: str
    sentences: list[str]
    written: str


def reports() -> list[Report]:
    """Return the pages of the course that have a summary written by hand."""
    written: dict[str, str] = json.loads(WRITTEN.read_text(encoding="utf-8"))
    pages = [page for page in data.course_pages() if page["id"] in written]
    return [
        Report(page["title"], SENTENCE.split(" ".join(page["text"].split())), written[page["id"]])
        for page in pages
    ]


def tokens_of(text: str) -> list[str]:
    """Cut a text as ROUGE does: small letters and digits, all else is between words."""
    return re.findall(r"[a-z0-9]+", text.lower())


def rouge(summary: str, written: str, n: int, matches: Matches) -> float:
    """Return ROUGE-n, its F-measure, by the student's `clipped_matches`. From 0 to 1."""
    said, wanted = tokens_of(summary), tokens_of(written)
    shared, of = matches(said, wanted, n)
    needed = len(wanted) - n + 1
    if not shared or needed < 1:
        return 0.0
    precision, recall = shared / of, shared / needed
    product, both = precision * recall, precision + recall
    return 2 * product / both


def word_counts(sentences: list[str]) -> Tensor:
    """Return a vector of weighted word counts for each sentence: (sentence, word).

    A word that stands on few pages weighs more. Source: Salton and Buckley (1988), tf-idf.
    """
    import torch

    pages = [set(tokens_of(page["text"])) for page in data.course_pages()]
    spread = Counter(word for page in pages for word in page)
    names = sorted({word for sentence in sentences for word in tokens_of(sentence)})
    weights = {word: math.log((1 + len(pages)) / (1 + spread[word])) for word in names}
    counts = [Counter(tokens_of(sentence)) for sentence in sentences]
    return torch.tensor([[count[word] * weights[word] for word in names] for count in counts])


def show_summary(report: Report, summarize: Summarize, vectors: Vectors = word_counts) -> None:
    """Show a page's sentences, those that were chosen, and the summary that a person wrote."""
    chosen = summarize(vectors(report.sentences), COUNT)
    print(f"{report.title}: {len(report.sentences)} sentences\n")
    for place in chosen:
        print(wrapped(f"[{place + 1}] {report.sentences[place]}", indent="  "))
    print(wrapped(f"\nby hand: {report.written}"))


def show_rouge(
    summarize: Summarize, matches: Matches, ways: Mapping[str, Vectors]
) -> dict[str, tuple[float, float]]:
    """Show ROUGE-1 and ROUGE-2 of some ways to choose two sentences, and return them."""
    pages, dice = reports(), random.Random(0)
    choosers: dict[str, Callable[[Report], list[list[int]]]] = {
        "by chance": lambda page: [
            sorted(dice.sample(range(len(page.sentences)), COUNT)) for _ in range(DRAWS)
        ],
        "the first two": lambda page: [list(range(COUNT))],
    }
    for name, vectors in ways.items():
        choosers[name] = _by_likeness(summarize, vectors)
    rows = {name: _mean_rouge(pages, choose, matches) for name, choose in choosers.items()}
    best = max(rows, key=lambda name: rows[name][0])
    show_table(
        {
            "two sentences, chosen": list(rows),
            "ROUGE-1": [f"{100 * one:.1f}" for one, _ in rows.values()],
            "ROUGE-2": [f"{100 * two:.1f}" for _, two in rows.values()],
        },
        f"{len(pages)} pages against summaries by hand; most words in common: {best}",
    )
    return rows


def _by_likeness(summarize: Summarize, vectors: Vectors) -> Callable[[Report], list[list[int]]]:
    return lambda page: [summarize(vectors(page.sentences), COUNT)]


def _mean_rouge(
    pages: Sequence[Report], choose: Callable[[Report], list[list[int]]], matches: Matches
) -> tuple[float, float]:
    """Return the means of ROUGE-1 and ROUGE-2 over pages, and over the choices for each."""
    scores = []
    for page in pages:
        texts = [" ".join(page.sentences[place] for place in some) for some in choose(page)]
        for n in (1, 2):
            found = [rouge(text, page.written, n, matches) for text in texts]
            scores.append(sum(found) / len(found))
    return sum(scores[::2]) / len(pages), sum(scores[1::2]) / len(pages)
