"""The text written for the course, as the tests read it: rows, words, near duplicates."""

import json
import re
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

DATA = Path(__file__).parents[2] / "data"
EMOTIONS = DATA / "emotions" / "written"
INSTRUCTIONS = DATA / "instructions" / "written"
LANGUAGES = DATA / "languages"

SPLITS = {"train": 160, "validation": 30, "test": 30}  # sentences a label
JOINED = "NFC"  # é as one character, never e and an accent


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower())


def trigrams(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + 3]) for i in range(max(1, len(found) - 2))}


def jaccard(bags: list[set]) -> np.ndarray:
    """Return what each two of some sets share, as a part of what they have together: (set, set)."""
    columns = {item: place for place, item in enumerate(set().union(*bags))}
    held = [(row, columns[item]) for row, bag in enumerate(bags) for item in bag]
    shape = (len(bags), len(columns))
    there = csr_array((np.ones(len(held)), tuple(zip(*held, strict=True))), shape)
    shared, sizes = (there @ there.T).toarray(), there.sum(axis=1)
    return shared / (sizes[:, None] + sizes - shared)


def near_duplicates(texts: list[str], *, by_trigrams: float, by_words: float) -> list[tuple]:
    """Return the pairs that share too many word 3-grams, or too many words."""
    alike = jaccard([trigrams(text) for text in texts]) >= by_trigrams
    alike |= jaccard([set(words(text)) for text in texts]) >= by_words
    return [(texts[i], texts[j]) for i, j in np.argwhere(np.triu(alike, k=1))]
