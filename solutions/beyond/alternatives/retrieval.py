"""Sections 12.5 and 12.6: other right answers. They must pass."""

import math

import torch
from torch import Tensor


def chunk__until_the_end(words: list[str], size: int, overlap: int) -> list[list[str]]:
    if overlap < 0 or overlap >= size:
        raise ValueError("the overlap does not fit the size")
    chunks: list[list[str]] = []
    start = 0
    while words and (not chunks or start + overlap < len(words)):
        chunks.append(words[start : start + size])
        start += size - overlap
    return chunks


def chunk__counted(words: list[str], size: int, overlap: int) -> list[list[str]]:
    if overlap not in range(size):
        raise ValueError(f"overlap is {overlap}, size is {size}")
    if not words:
        return []
    step = size - overlap
    count = 1 + max(0, math.ceil((len(words) - size) / step))
    return [words[step * number : step * number + size] for number in range(count)]


def bm25__counters(
    query: list[str], documents: list[list[str]], k1: float = 1.2, b: float = 0.75
) -> list[float]:
    from collections import Counter

    counts = [Counter(document) for document in documents]
    holding = Counter(word for count in counts for word in count)
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document, count in zip(documents, counts, strict=True):
        low = k1 * (1 - b + b * len(document) / mean)
        parts = [
            math.log1p((len(documents) - holding[word] + 0.5) / (holding[word] + 0.5))
            * (count[word] * (k1 + 1) / (count[word] + low))
            for word in query
        ]
        scores.append(sum(parts, 0.0))
    return scores


def bm25__arrays(
    query: list[str], documents: list[list[str]], k1: float = 1.2, b: float = 0.75
) -> list[float]:
    from collections import Counter
    import numpy as np

    lengths = np.array([len(document) for document in documents], dtype=float)
    total = np.zeros(len(documents))
    for word, times in Counter(query).items():
        often = np.array([document.count(word) for document in documents], dtype=float)
        n = np.count_nonzero(often)
        idf = np.log((len(documents) + 1) / (n + 0.5))
        norm = k1 * ((1 - b) + b * lengths / lengths.mean())
        total += times * idf * often * (k1 + 1) / (often + norm)
    return total.tolist()


def top_k__cosine_similarity(queries: Tensor, passages: Tensor, k: int) -> tuple[Tensor, Tensor]:
    cosines = torch.cosine_similarity(queries[:, None], passages[None], dim=-1)
    found = cosines.topk(k)
    return found.values, found.indices


def top_k__sorted(queries: Tensor, passages: Tensor, k: int) -> tuple[Tensor, Tensor]:
    products = queries @ passages.T
    cosines = products / (queries.norm(dim=1)[:, None] * passages.norm(dim=1))
    numbers = cosines.argsort(dim=1, descending=True)[:, :k]
    return cosines.gather(1, numbers), numbers


def fuse__by_passage(rankings: list[list[int]], k: int = 60) -> list[int]:
    passages = {passage for ranking in rankings for passage in ranking}

    def sums(passage: int) -> float:
        return sum(1 / (k + r.index(passage) + 1) for r in rankings if passage in r)

    return sorted(sorted(passages), key=sums, reverse=True)


def fuse__counter(rankings: list[list[int]], k: int = 60) -> list[int]:
    from collections import Counter

    scores: Counter[int] = Counter()
    for ranking in rankings:
        scores.update({passage: 1 / (k + 1 + place) for place, passage in enumerate(ranking)})  # type: ignore[dict-item]
    return [passage for passage, _ in sorted(scores.items(), key=lambda one: (-one[1], one[0]))]


def hit_rate__rows(found: Tensor, right: Tensor, k: int) -> float:
    rows = [
        page in row[:k]
        for row, page in zip(found.tolist(), right.tolist(), strict=True)
        if page >= 0
    ]
    return sum(rows) / len(rows)


def hit_rate__masked(found: Tensor, right: Tensor, k: int) -> float:
    known = right.ne(-1)
    hits = (found[known, :k] == right[known].unsqueeze(1)).sum(dim=1).clamp(max=1)
    return hits.double().mean().item()


def hit_rate__counted(found: Tensor, right: Tensor, k: int) -> float:
    hits = (found[:, :k] == right[:, None]).any(dim=1).sum().item()
    return hits / (right != -1).sum().item()


def bm25__in_float32(
    query: list[str], documents: list[list[str]], k1: float = 1.2, b: float = 0.75
) -> list[float]:
    import torch

    counts = [[float(words.count(word)) for word in query] for words in documents]
    times = torch.tensor(counts).view(len(documents), len(query))
    having = (times > 0).sum(dim=0)
    rare = torch.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
    lengths = torch.tensor([float(len(words)) for words in documents])
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    return (rare * times * (k1 + 1) / (times + norm[:, None])).sum(dim=1).tolist()
