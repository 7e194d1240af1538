"""Sections 9.2 and 9.3: reference answers."""

import re
import zlib
from collections import defaultdict
from itertools import combinations

from torch import Tensor

from gradelib.topics.pretraining.words import PRIME


def shingles(text: str, n: int) -> set[str]:
    r"""Return the set of all runs of n words in a row, each joined by single spaces.

    Words are what `re.findall(r"\w+", ...)` finds in the text in lower case. A text of
    fewer than n words is one shingle, of all its words.

    >>> sorted(shingles("The cat saw the cat, the cat!", 2))
    ['cat saw', 'cat the', 'saw the', 'the cat']
    """
    words = re.findall(r"\w+", text.lower())
    count = max(1, len(words) - n + 1)
    return {" ".join(words[start : start + n]) for start in range(count)}


def jaccard(first: set[str], second: set[str]) -> float:
    """Return the Jaccard similarity: of what either set has, the share that both have.

    Two empty sets are the same: 1.

    >>> jaccard({"a", "b", "c"}, {"b", "c", "d"})
    0.5
    """
    either = first | second
    return len(first & second) / len(either) if either else 1.0


def minhash(shingles: set[str], a: Tensor, b: Tensor) -> Tensor:
    """Return the MinHash signature of a set: the smallest value of each hash function.

    The number x of a shingle is `zlib.crc32` of its bytes in UTF-8. Function k makes
    (a[k] x + b[k]) modulo `PRIME` of it. The set has at least one shingle.

    Source: Broder (1997).

    Shapes:
        a:       (hash,), int64, from 1 to PRIME - 1
        b:       (hash,), int64, from 0 to PRIME - 1
        returns: (hash,), int64

    >>> minhash({"the cat", "cat saw"}, torch.tensor([1, 2]), torch.tensor([0, 5]))
    tensor([ 751490233, 1502980471])
    """
    numbers = [zlib.crc32(shingle.encode()) for shingle in shingles]
    x = a.new_tensor(numbers)
    values = (a[:, None] * x + b[:, None]) % PRIME  # (hash, shingle)
    return values.amin(dim=1)


def lsh_pairs(signatures: Tensor, bands: int) -> list[tuple[int, int]]:
    """Return the pairs of documents that have the same numbers in all of a band.

    A signature is cut into `bands` bands of the same length, each of numbers that stand
    side by side; `bands` divides the number of hashes. One band that is the same at the
    same place is enough. Pairs are (i, j) with i < j, once each, in ascending order.

    Shapes:
        signatures: (document, hash)

    >>> lsh_pairs(torch.tensor([[1, 2, 3, 4], [1, 9, 3, 4], [3, 4, 1, 2]]), bands=2)
    [(0, 1)]
    """
    rows = signatures.shape[1] // bands
    pairs: set[tuple[int, int]] = set()
    for band in signatures.split(rows, dim=1):  # (document, row)
        buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for document, numbers in enumerate(band.tolist()):
            buckets[tuple(numbers)].append(document)
        for bucket in buckets.values():
            pairs.update(combinations(bucket, 2))
    return sorted(pairs)


def clusters(pairs: list[tuple[int, int]], count: int) -> list[int]:
    """Return for each of `count` documents the first document of its cluster.

    Two documents are in one cluster if a chain of pairs leads from one to the other,
    however long. The first document is the one with the smallest number. A document
    without a pair is a cluster of its own.

    >>> clusters([(3, 4), (1, 3)], count=5)
    [0, 1, 2, 1, 1]
    """
    first = list(range(count))
    for one, other in pairs:
        low, high = sorted((first[one], first[other]))
        first = [low if number == high else number for number in first]
    return first
