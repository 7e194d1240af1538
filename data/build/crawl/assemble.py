"""Put the crawl together: how many of each kind, none near another, copies, leaks, order.

No document is near another unless it is marked as its copy: every draft that shares too many
shingles with an earlier one is drawn again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import numpy as np

from data.build.crawl import code, good, lists, noise, pages, spam, tongues
from data.build.crawl.addresses import addresses
from data.build.crawl.copies import copy, edited
from data.build.crawl.draft import Draft
from data.build.crawl.shingles import Index
from data.build.crawl.texts import SPLITS, Writer, dealt

STRANGERS = 0.3  # documents that are no copies of each other share less than this
BANDS = [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.97)]
PARTS = {"train": 2, "test": 1}  # how many thirds of a kind
Maker = Callable[[Writer], Draft]
DRAWN: dict[str, list[tuple[int, Maker]]] = {  # how many thirds-of-a-kind each maker draws
    "story": [(236, good.story)],
    "collection": [(4, good.collection)],
    "wrapped": [(50, good.wrapped)],
    "menu": [(30, pages.menu)],
    "cookie": [(25, pages.cookie)],
    "stub": [(25, pages.stub)],
    "teaser": [(20, pages.teaser)],
    "filler": [(20, pages.filler)],
    "list": [(24, lists.listing), (1, lists.long_listing)],
    "table": [(25, lists.table)],
    "code": [(15, code.code), (1, code.long_log)],
    "keywords": [(25, spam.keywords)],
    "advert": [(19, spam.advert)],
    "repetition": [(25, noise.repetition)],
    "scrambled": [(20, noise.scrambled)],
    "mojibake": [(36, noise.mojibake)],
    "mixed": [(10, tongues.exercise)],
}
NEAR, EXACT, LAID_OUT, LEAKED = 134, 40, 10, 24  # thirds
COPIED = ("story", "recipe", "letter", "news", "howto", "review", "entry", "tale", "forum")
COPIED_EXACTLY = (*COPIED, "poem", "tutorial", "notice", "wrapped", "menu", "cookie", "advert")


class Crawl:
    """The documents so far, and who is near whom."""

    def __init__(self, seed: int, stories: dict[str, list[dict[str, Any]]]):
        self.seed = seed
        self.index = Index()
        self.drafts: dict[str, list[Draft]] = {split: [] for split in SPLITS}
        self.groups = 0
        self.tested = [Draft("story", record["text"], good=True) for record in stories["test"]]
        self.told = {record["text"] for records in stories.values() for record in records}
        for story in self.tested:
            story.group = self._new_group()
            self.index.add(story.shingles, story.group)

    def _new_group(self) -> int:
        self.groups += 1
        return self.groups

    def writer(self, split: str, purpose: str) -> Writer:
        """Return a source of chance of its own for each purpose, so that changes stay local."""
        number = int.from_bytes(purpose.encode(), "big")
        return Writer(np.random.default_rng([self.seed, SPLITS.index(split), number]), split)

    def take(self, split: str, draft: Draft) -> bool:
        """Take in a draft unless it is near a document that it is no copy of."""
        group = draft.original.group if draft.original else self._new_group()
        if draft.text in self.told and draft.leak is None:
            return False
        if self.index.nearest(draft.shingles, group) >= STRANGERS:
            return False
        draft.group = group
        self.index.add(draft.shingles, group)
        self.drafts[split].append(draft)
        return True

    def take_all(self, split: str, drafts: Collection[Draft]) -> None:
        """Take in what was written by hand; raises ValueError if a text is near another."""
        for draft in drafts:
            if not self.take(split, draft):
                raise ValueError(f"near another document: {draft.text[:80]!r}")

    def draw(self, split: str, count: int, propose: Callable[[], Draft | None]) -> None:
        """Take in `count` of the drafts that are proposed; raises RuntimeError if few fit."""
        for _ in range(400 * count):
            draft = propose() if count else None
            count -= bool(draft and self.take(split, draft))
            if not count:
                return
        raise RuntimeError(f"too few different documents for {split}: {propose()}")


def crawl(
    seed: int, stories: dict[str, list[dict[str, Any]]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the documents and, in the same order, the truth about them.

    `stories` are the splits of data/stories: those of "test" leak into the crawl, marked.
    """
    made = Crawl(seed, stories)
    for split, thirds in PARTS.items():
        _write(made, split)
        for kind, makers in DRAWN.items():
            writer = made.writer(split, kind)
            for count, maker in makers:
                made.draw(split, count * thirds, partial(maker, writer))
        _copy(made, split, thirds)
        _leak(made, split, thirds)
    return _records(made)


def _write(made: Crawl, split: str) -> None:
    """Take in the texts that were written by hand."""
    for kind in good.WRITTEN:
        made.take_all(split, good.written(kind, split))
    made.take_all(split, list(good.personal(made.writer(split, "personal"))))
    made.take_all(split, tongues.foreign(split))
    made.take_all(split, list(tongues.half_translated(split)))
    made.take_all(split, list(code.snippets(made.writer(split, "snippets"))))
    made.take_all(split, list(spam.advertorials(made.writer(split, "advertorials"))))


def _copy(made: Crawl, split: str, thirds: int) -> None:
    """Add near copies, as many in each band of similarity, and exact ones."""
    writer = made.writer(split, "copies")
    there = made.drafts[split]
    stories = [draft for draft in there if draft.kind == "story"]
    prose = [d for d in there if d.kind in COPIED and d.kind != "story" and d.detail != "list"]
    sources = [*writer.some(stories, len(stories) // 3), *writer.some(prose, len(prose) * 2 // 3)]
    for place in range(NEAR * thirds):
        low, high = BANDS[place % len(BANDS)]
        made.draw(split, 1, partial(_edited, writer, sources, low, high))
    alike = [draft for draft in there if draft.kind in COPIED_EXACTLY and not draft.original]
    for source in writer.some(alike, (EXACT + LAID_OUT) * thirds):
        exact = sum(draft.copied == "exact" for draft in there) < EXACT * thirds
        text, way = (source.text, "exact") if exact else (_laid_out(writer, source), "layout")
        made.take_all(split, [copy(source, text, way)])


def _edited(writer: Writer, sources: list[Draft], low: float, high: float) -> Draft | None:
    return edited(writer, writer.one(sources), low, high)


def _laid_out(writer: Writer, source: Draft) -> str:
    """Return the same words with other white space, capitals or quotation marks."""
    ways = ["capitals", "signs", "quoted"]
    if not source.boilerplate:  # whose lines are counted
        ways.append("lines")
    way, text = writer.one(ways), source.text
    if way == "capitals":
        return text.upper()
    if way == "lines":
        return re.sub(r"([.!?]) ", r"\1\n", text)
    if way == "signs":
        return noise.typeset(text) if '"' in text or "'" in text else text.replace(" ", "  ")
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _leak(made: Crawl, split: str, thirds: int) -> None:
    """Hide stories of the test split, half of them as they are and half edited."""
    writer = made.writer(split, "leaks")
    free = writer.some(dealt(range(len(made.tested)), split), len(made.tested))
    for way in (_as_it_is, _slightly_edited):
        made.draw(split, LEAKED // 2 * thirds, partial(way, writer, made, free))


def _as_it_is(writer: Writer, made: Crawl, free: list[int]) -> Draft:
    number = free.pop()
    draft = copy(made.tested[number], made.tested[number].text, "exact")
    draft.leak = number
    return draft


def _slightly_edited(writer: Writer, made: Crawl, free: list[int]) -> Draft | None:
    number = free.pop()
    draft = edited(writer, made.tested[number], 0.5, 0.97)
    if draft:
        draft.leak = number
    return draft


def _records(made: Crawl) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Shuffle the drafts, number them, and part what they say from what is true of them."""
    writer = made.writer("train", "order")
    placed = [(split, draft) for split in SPLITS for draft in made.drafts[split]]
    placed = writer.some(placed, len(placed))
    ids = {draft: f"c{number:04d}" for number, (_, draft) in enumerate(placed)}
    urls = addresses(writer, [draft for _, draft in placed])
    documents = [
        {"id": ids[draft], "split": split, "url": url, "text": draft.text}
        for (split, draft), url in zip(placed, urls, strict=True)
    ]
    return documents, [_truth(draft, ids) for _, draft in placed]


def _truth(draft: Draft, ids: dict[Draft, str]) -> dict[str, Any]:
    return {
        "id": ids[draft],
        "kind": draft.kind,
        "detail": draft.detail,
        "quality": "good" if draft.good else "poor",
        "language": draft.language,
        "keep": draft.keep,
        "copy_of": ids.get(draft.original) if draft.original else None,
        "leak": draft.leak,
        "copied": draft.copied,
        "similarity": draft.similarity,
        "personal": draft.personal,
        "boilerplate": draft.boilerplate,
    }
