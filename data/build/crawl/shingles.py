"""Three words in a row as sets, their exact Jaccard similarity, and an index of who is near."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Return the runs of three words, small letters; a shorter text is one shingle."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the size of what both share over the size of what either has."""
    return len(one & other) / len(one | other)


class Index:
    """Documents by their shingles; each belongs to a group, the original and its copies."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.groups: list[int] = []
        self.places: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, found: Shingles, group: int) -> None:
        """Take in a document."""
        for shingle in found:
            self.places[shingle].append(len(self.sizes))
        self.sizes.append(len(found))
        self.groups.append(group)

    def nearest(self, found: Shingles, group: int = -1) -> float:
        """Return the greatest similarity to a document of another group."""
        shared = Counter(place for shingle in found for place in self.places.get(shingle, ()))
        return max(
            (
                both / (len(found) + self.sizes[place] - both)
                for place, both in shared.items()
                if self.groups[place] != group
            ),
            default=0.0,
        )
