"""The text written for the course, as the tests read it: rows, words, near duplicates."""

import json
import re
from itertools import combinations
from pathlib import Path

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


def jaccard(one: set, other: set) -> float:
    return len(one & other) / len(one | other)


def near_duplicates(texts: list[str], *, by_trigrams: float, by_words: float) -> list[tuple]:
    """Return the pairs that share too many word 3-grams, or too many words."""
    shingles, bags = [trigrams(text) for text in texts], [set(words(text)) for text in texts]
    return [
        (texts[i], texts[j])
        for i, j in combinations(range(len(texts)), 2)
        if jaccard(shingles[i], shingles[j]) >= by_trigrams or jaccard(bags[i], bags[j]) >= by_words
    ]
