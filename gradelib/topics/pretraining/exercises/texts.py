"""What several sections draw by: words, sentences, sets of shingles."""

from __future__ import annotations

from gradelib.checking.exercise import Rng

__all__ = ["WORDS", "sentence", "some_of"]

WORDS = [
    "baker",
    "boat",
    "bread",
    "bridge",
    "candle",
    "cellar",
    "clock",
    "cloud",
    "door",
    "evening",
    "fence",
    "fisher",
    "garden",
    "goat",
    "harbour",
    "kite",
    "ladder",
    "lamp",
    "letter",
    "meadow",
    "mill",
    "needle",
    "orchard",
    "piano",
    "pocket",
    "river",
    "roof",
    "school",
    "shell",
    "stone",
    "street",
    "tower",
    "valley",
    "wagon",
    "whistle",
    "window",
]


def some_of(rng: Rng, count: int) -> list[str]:
    """Return different words in a drawn order."""
    return [WORDS[place] for place in rng.permutation(len(WORDS))[:count]]


def sentence(words: list[str]) -> str:
    """Return the words as a sentence, with a capital and a full stop."""
    return f"{' '.join(words).capitalize()}."
