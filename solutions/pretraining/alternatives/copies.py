"""Section 9.2: other right answers. They must pass."""

import re
import zlib

import numpy as np
import torch
from torch import Tensor

from gradelib.topics.pretraining.words import PRIME


def shingles__zipped(text: str, n: int) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(run) for run in zip(*(words[k:] for k in range(n)), strict=False)}


def shingles__matches(text: str, n: int) -> set[str]:
    words = [match.group() for match in re.finditer(r"\w+", text.lower())]
    found = set()
    for end in range(min(n, len(words)), len(words) + 1):
        found.add(" ".join(words[max(0, end - n) : end]))
    return found


def jaccard__one_by_one(first: set[str], second: set[str]) -> float:
    if not first and not second:
        return 1.0
    both = sum(one in second for one in first)
    return both / (len(first) + len(second) - both)


def jaccard__distance(first: set[str], second: set[str]) -> float:
    if first == second:
        return 1.0
    return 1 - len(first ^ second) / len(first | second)


def minhash__a_loop(shingles: set[str], a: Tensor, b: Tensor) -> Tensor:
    numbers = [zlib.crc32(one.encode("utf-8")) % PRIME for one in shingles]
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    return torch.tensor([min((k * x + shift) % PRIME for x in numbers) for k, shift in pairs])


def minhash__numpy(shingles: set[str], a: Tensor, b: Tensor) -> Tensor:
    x = np.array([zlib.crc32(one.encode()) for one in shingles], dtype=np.uint64)
    values = np.outer(a.numpy().astype(np.uint64), x) + b.numpy().astype(np.uint64)[:, None]
    return torch.from_numpy((values % np.uint64(PRIME)).min(axis=1).astype(np.int64))


def minhash__running(shingles: set[str], a: Tensor, b: Tensor) -> Tensor:
    smallest = torch.full_like(a, PRIME)
    for one in shingles:
        smallest = torch.minimum(smallest, (a * zlib.crc32(one.encode()) + b) % PRIME)
    return smallest
