"""Print the numbers that data/crawl/README.md quotes: `python -m data.build.crawl.measure`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable
from itertools import combinations
from typing import Any

import numpy as np

from data.build.crawl import filters
from data.build.crawl.shingles import Shingles, jaccard, shingles
from gradelib.lab import data

PRIME = 2**31 - 1  # so that slope * name + offset stays below 2 ** 63
Record = dict[str, Any]
Pair = tuple[int, int]


def score(found: Collection[Hashable], true: Collection[Hashable]) -> str:
    """Return precision and recall of what was found."""
    both = len(set(found) & set(true))
    return f"precision {both / len(found):.3f}, recall {both / len(true):.3f}"


def signatures(found: list[Shingles], hashes: int, seed: int = 0) -> np.ndarray:
    """Return the MinHash of each document, (document, hash): Broder 1997."""
    rng = np.random.default_rng(seed)
    slope, offset = rng.integers(1, PRIME, (2, hashes), dtype=np.int64)
    known = sorted({shingle for one in found for shingle in one})
    names = dict(zip(known, rng.integers(0, PRIME, len(known), dtype=np.int64), strict=True))
    rows = []
    for one in found:
        named = np.array([names[shingle] for shingle in one])[:, None]  # (shingle, 1)
        rows.append(((named * slope + offset) % PRIME).min(axis=0))
    return np.array(rows)


def candidates(signed: np.ndarray, bands: int) -> set[Pair]:
    """Return the pairs of documents that agree in all rows of a band."""
    pairs: set[Pair] = set()
    for band in np.split(signed, bands, axis=1):
        buckets = defaultdict(list)
        for number, row in enumerate(band):
            buckets[row.tobytes()].append(number)
        for bucket in buckets.values():
            pairs.update(combinations(bucket, 2))
    return pairs


def copies(records: list[Record], found: list[Shingles]) -> dict[Pair, float]:
    """Return the similarity of each document to its copies, and of these to each other."""
    groups = defaultdict(list)
    for number, record in enumerate(records):
        groups[record["copy_of"] or record["id"]].append(number)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    return {pair: jaccard(found[pair[0]], found[pair[1]]) for pair in pairs}


def deduplication(records: list[Record]) -> None:
    """Print what MinHash in bands finds of the copies: means over ten sets of hash functions."""
    found = [shingles(record["text"]) for record in records]
    known = copies(records, found)
    near = {pair: value for pair, value in known.items() if value >= 0.3}
    print(f"pairs of copies {len(known)}, of similarity 0.3 or more {len(near)}")
    tenths = Counter(int(value * 10) for value in near.values())
    for hashes, bands in ((64, 16), (128, 32), (128, 16)):
        rows = []
        for seed in range(10):
            signed = signatures(found, hashes, seed)
            pairs = candidates(signed, bands) - (known.keys() - near.keys())
            sure = {pair for pair in pairs if (signed[pair[0]] == signed[pair[1]]).mean() >= 0.4}
            hit = Counter(int(near[pair] * 10) for pair in pairs & near.keys())
            parts = [value for some in (pairs, sure) for value in _found(some, near)]
            rows.append(parts + [hit[tenth] / tenths[tenth] for tenth in sorted(tenths)])
        mean, spread = np.mean(rows, axis=0).round(3), np.std(rows, axis=0).round(3)
        print(f"{bands} bands of {hashes // bands}: candidates, precision, recall", mean[:3])
        print("   with an estimate of .4 or more", mean[3:6], "spread of all six", spread[:6])
        print("   recall by tenths from .3 on", mean[6:])


def _found(some: Collection[Pair], near: Collection[Pair]) -> tuple[float, float, float]:
    both = len(set(some) & set(near))
    return len(some), both / len(some), both / len(near)


def strangers(records: list[Record]) -> None:
    """Print how near documents are that are no copies of each other, nor of one test story."""
    found = [shingles(record["text"]) for record in records]
    places = defaultdict(list)
    for number, one in enumerate(found):
        for shingle in one:
            places[shingle].append(number)
    shared = Counter(pair for group in places.values() for pair in combinations(group, 2))
    known = copies(records, found)
    values = np.array(
        [
            both / (len(found[one]) + len(found[other]) - both)
            for (one, other), both in shared.items()
            if (one, other) not in known
        ]
    )
    print(f"strangers: at most {values.max():.3f}", *((values >= v).sum() for v in (0.2, 0.1)))


def quality(records: list[Record]) -> None:
    """Print what published rules keep, by kind, and how well they tell good from poor."""
    rules: dict[str, Callable[[str], bool]] = {
        "C4": filters.c4,
        "Gopher": filters.gopher,
        "FineWeb": filters.fineweb,
        "all": lambda text: filters.c4(text) and filters.gopher(text) and filters.fineweb(text),
    }
    here = [record for record in records if record["language"] in ("en", "none", "en-de")]
    good = [record["id"] for record in here if record["quality"] == "good"]
    for name, rule in rules.items():
        kept = [record["id"] for record in here if rule(record["text"])]
        print(f"{name}: keeps {len(kept)} of {len(here)},", score(kept, good))
    for kind in sorted({record["kind"] for record in records}):
        some = [r["text"] for r in records if r["kind"] == kind and not r["copied"]]
        shares = [sum(map(rule, some)) / len(some) for rule in rules.values()]
        print(f"   {kind} ({len(some)}):", " ".join(f"{share:.2f}" for share in shares))


def language(records: list[Record]) -> None:
    """Print how well a few frequent words tell English."""
    spoken = [r for r in records if r["language"] != "none" and len(r["text"].split()) >= 20]
    found = [record["id"] for record in spoken if filters.english(record["text"])]
    print("English:", score(found, [r["id"] for r in spoken if r["language"] == "en"]))
    mixed = [r for r in spoken if r["language"] == "en-de"]
    print("   half-translated:", sum(filters.english(r["text"]) for r in mixed), "of", len(mixed))


def personal(records: list[Record]) -> None:
    """Print how well three patterns find addresses and numbers."""
    marked = {(r["id"], text) for r in records for text in r["personal"]}
    seen = {(r["id"], text) for r in records for text in filters.personal(r["text"])}
    print(f"personal: {len(marked)} marked,", score(seen, marked))
    print("   wrong", sorted(text for _, text in seen - marked))
    print("   missed", sorted(text for _, text in marked - seen))


def leaks(records: list[Record]) -> None:
    """Print how well runs of words that a document shares with the test stories give it away."""
    stories = [record["text"].lower().split() for record in data.stories("test")]
    true = [record["id"] for record in records if record["leak"] is not None]
    for size in (8, 13):
        runs = {run for words in stories for run in _runs(words, size)}
        shares = {}
        for record in records:
            own = _runs(record["text"].lower().split(), size)
            shares[record["id"]] = sum(run in runs for run in own) / max(1, len(own))
        for least in (1e-9, 0.25, 0.5, 0.75):
            found = [name for name, share in shares.items() if share >= least]
            print(f"leaks, {size} words, share ≥ {least:.2f}: {len(found)},", score(found, true))


def _runs(words: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]


def counts(records: list[Record]) -> None:
    """Print how many documents there are of each sort."""
    for name in ("split", "quality", "language", "keep", "copied"):
        print(name, Counter(record[name] for record in records).most_common())
    sizes = sorted(len(record["text"].split()) for record in records)
    print("words", sum(sizes), "least, median, most", sizes[0], sizes[len(sizes) // 2], sizes[-1])
    kinds = Counter(record["kind"] for record in records if not record["copied"])
    print("kinds, without copies", sorted(kinds.items()))
    poor = Counter(record["kind"] for record in records if record["quality"] == "poor")
    print("poor", sorted(poor.items()))
    mine = [r["similarity"] for r in records if r["copy_of"] and r["similarity"] < 1]
    print("near copies", len(mine), sorted(Counter(int(value * 10) for value in mine).items()))
    print("leaks", Counter(r["copied"] for r in records if r["leak"] is not None).most_common())


if __name__ == "__main__":
    both = [record for split in ("train", "test") for record in data.crawl(split)]
    for part in (counts, strangers, deduplication, quality, language, personal, leaks):
        part(both)
