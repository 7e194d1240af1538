"""Sections 12.5 and 12.6: reference answers."""

import math

from torch import Tensor, nn


def chunk(words: list[str], size: int, overlap: int) -> list[list[str]]:
    """Cut a text into chunks of `size` words that repeat the end of the one before.

    A chunk begins with the last `overlap` words of the one before it. The last chunk
    may be shorter, but it is not merely the end of the one before it. What the words
    are makes no difference. A text without words has no chunks. `overlap` is 0 or more,
    and less than `size`, or else ValueError is raised, whatever the text.

    >>> chunk("a b c d e f g".split(), size=4, overlap=1)
    [['a', 'b', 'c', 'd'], ['d', 'e', 'f', 'g']]
    >>> chunk("a b c d e f g h".split(), size=4, overlap=1)
    [['a', 'b', 'c', 'd'], ['d', 'e', 'f', 'g'], ['g', 'h']]
    """
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must be from 0 to {size - 1}: got {overlap}")
    starts = range(0, len(words), size - overlap)
    chunks = [words[start : start + size] for start in starts]
    return [c for place, c in enumerate(chunks) if place == 0 or len(c) > overlap]


def bm25(
    query: list[str],
    documents: list[list[str]],
    k1: float = 1.2,
    b: float = 0.75,
) -> list[float]:
    """Score each document by the words of the query that it has.

    A word w of the query adds idf(w) · f · (k1 + 1) / (f + k1 · (1 - b + b · length /
    mean)) to a document's score. There f says how often w stands in the document,
    length how many words the document has, and mean how many a document has on average.
    A word that stands twice in the query counts twice. With N documents of which n have
    the word, idf(w) = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.

    Source: Robertson and Zaragoza (2009), with the idf of Lucene.

    `k1` is above 0, `b` below 1, and `documents` has at least one word in all. Returned
    is a score for each document.

    >>> documents = [["a", "cat"], ["a", "dog", "and", "a", "cat"], ["a", "house"]]
    >>> [round(score, 4) for score in bm25(["cat", "house"], documents)]
    [0.5442, 0.3693, 1.1357]
    """
    mean = sum(len(document) for document in documents) / len(documents)
    scores = [0.0] * len(documents)
    for word in query:
        holding = sum(word in document for document in documents)
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for place, document in enumerate(documents):
            often = document.count(word)
            long = 1 - b + b * len(document) / mean
            scores[place] += idf * often * (k1 + 1) / (often + k1 * long)
    return scores


def top_k(queries: Tensor, passages: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Return the k passages nearest to each query by cosine, the nearest first.

    The cosine of two vectors is their inner product once both have length 1. So the
    length of a vector does not count. No vector is zero, and there are at least k
    passages.

    Shapes:
        queries:  (query, d_model)
        passages: (passage, d_model)
        returns:  the cosines (query, k), and the numbers of the passages (query, k),
                  int64

    >>> passages = torch.tensor([[9.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    >>> cosines, numbers = top_k(torch.tensor([[0.0, 1.0], [1.0, 0.5]]), passages, k=2)
    >>> numbers
    tensor([[2, 1],
            [1, 0]])
    >>> cosines
    tensor([[1.0000, 0.7071],
            [0.9487, 0.8944]])
    """
    queries, passages = (nn.functional.normalize(v, dim=1) for v in (queries, passages))
    cosines, numbers = (queries @ passages.T).topk(k, dim=1)
    return cosines, numbers


def fuse(rankings: list[list[int]], k: int = 60) -> list[int]:
    """Make one ranking of several by reciprocal rank fusion.

    A ranking has numbers of passages, the best first. A passage gets 1 / (k + rank)
    from each ranking that has it, where the first has rank 1. A ranking that does not
    have it gives nothing. Returned is each passage that any ranking has, once, the
    highest sum first; of two with the same sum the smaller number comes first.

    Source: Cormack, Clarke and Büttcher (2009).

    >>> fuse([[4, 7, 2], [7, 9]])
    [7, 4, 9, 2]
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda passage: (-scores[passage], passage))


def hit_rate(found: Tensor, right: Tensor, k: int) -> float:
    """Return the share of questions whose right page is among the first k found.

    Several chunks come from one page, so a page may stand in a row more than once: that
    is one hit. A question that no page answers has -1 in `right`. It does not count at
    all, neither as a hit nor as a miss.

    Shapes:
        found:   (question, place), whole numbers: pages, the best first
        right:   (question,), whole numbers; at least one is not -1
        returns: a float of Python, between 0 and 1

    >>> found = torch.tensor([[3, 5, 3], [2, 2, 4], [6, 1, 0]])
    >>> hit_rate(found, torch.tensor([5, 4, -1]), k=2)
    0.5
    """
    hits = (found[:, :k] == right[:, None]).any(dim=1)
    return hits[right != -1].float().mean().item()
