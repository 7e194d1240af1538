"""What the sections draw: words of three languages, ids."""

from collections.abc import Sequence
from typing import TypeVar

from gradelib.checking.exercise import Rng

Item = TypeVar("Item")
LOOP = 0.5  # seconds for an answer with a loop that may have no end; a right one takes some ms
ENGLISH = ("bread", "bridge", "cat", "garden", "harbour", "honey", "river", "school", "tea", "wind")
GERMAN = ("Brücke", "Brötchen", "Fluss", "Gärten", "Größe", "Hafen", "Öl", "Straße", "über", "Tür")
GREEK = ("γάτα", "γέφυρα", "θάλασσα", "κήπος", "λιμάνι", "μέλι", "ποτάμι", "ψωμί", "Ώρα", "τσάι")


def some_of(rng: Rng, items: Sequence[Item], count: int) -> list[Item]:
    """Draw `count` different items, in random order."""
    return [items[place] for place in rng.permutation(len(items))[:count]]


def distinct_ids(rng: Rng, count: int, low: int = 0, high: int = 256) -> list[int]:
    """Draw `count` different ids, in random order."""
    return [low + int(place) for place in rng.permutation(high - low)[:count]]


def shuffled(rng: Rng, items: Sequence[Item]) -> list[Item]:
    """Return all items in random order."""
    return [items[place] for place in rng.permutation(len(items))]
