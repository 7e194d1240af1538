"""What the sections draw: words of three languages, ids."""

from typing import Any

from gradelib.checking.exercise import Rng

ENGLISH = ("bread", "bridge", "cat", "garden", "harbour", "honey", "river", "school", "tea", "wind")
GERMAN = ("Brücke", "Brötchen", "Fluss", "Gärten", "Größe", "Hafen", "Öl", "Straße", "über", "Tür")
GREEK = ("γάτα", "γέφυρα", "θάλασσα", "κήπος", "λιμάνι", "μέλι", "ποτάμι", "ψωμί", "Ώρα", "τσάι")


def some_of(rng: Rng, items: Any, count: int) -> list:
    """Draw `count` different items, in random order."""
    return [items[place] for place in rng.permutation(len(items))[:count]]


def distinct_ids(rng: Rng, count: int, low: int = 0, high: int = 256) -> list[int]:
    """Draw `count` different ids, in random order."""
    return [low + int(place) for place in rng.permutation(high - low)[:count]]


def shuffled(rng: Rng, items: list) -> list:
    return [items[place] for place in rng.permutation(len(items))]
