"""Stories of the village, each with its exact log-probability. The plots are in `storylines/`."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradelib.lab.village import exact, masks
from gradelib.lab.village.grammar import Nodes, State, draw, fork
from gradelib.lab.village.storylines import caring, finding, losing, nights, quarrels, waiting

PLOTS: dict[str, tuple[float, Nodes]] = {
    "lost": (0.12, losing.LOST),
    "broken": (0.09, losing.BROKEN),
    "quarrel": (0.09, quarrels.QUARREL),
    "contest": (0.08, quarrels.CONTEST),
    "trade": (0.08, quarrels.TRADE),
    "gift": (0.09, caring.GIFT),
    "animal": (0.09, caring.ANIMAL),
    "storm": (0.09, nights.STORM),
    "letter": (0.09, waiting.LETTER),
    "noise": (0.05, nights.NOISE),
    "growing": (0.03, waiting.GROWING),
    "treasure": (0.04, finding.TREASURE),
    "rescue": (0.03, finding.RESCUE),
    "feast": (0.03, finding.FEAST),
}
# exact, by entropy() and distinct_stories(), which take some seconds; a test computes them again
ENTROPY = 34.202707497898096  # nats a story, with its end
DISTINCT_STORIES = 13_517_178_693_427_971_072
FEELINGS = ("joy", "sadness", "anger", "fear", "love", "surprise")
_SENTENCE_END = re.compile(r'(?<=[.!?])(?<!\?"|!") (?=["A-Z])|(?<=[.]") (?=["A-Z])')


@dataclass(frozen=True)
class Story:
    """A story and what the grammar knows about it."""

    text: str
    log_probability: float  # in nats, of the whole story with its end
    plot: str
    hero: str
    thing: str  # what it is about: a key, a goat, a cake
    place: str  # empty if the story names none
    feeling: str  # how the last sentence feels, one of FEELINGS


@functools.cache
def grammar() -> Nodes:
    """Return the grammar: one plot is chosen, then told."""
    return (fork(*PLOTS.values()),)


def draw_story(rng: np.random.Generator) -> Story:
    """Tell one story.

    >>> draw_story(np.random.default_rng(5)).plot
    'letter'
    """
    text, log_probability, state = draw(grammar(), rng)
    return _story(text, log_probability, state)


def continue_story(start: str, rng: np.random.Generator) -> Story:
    """Tell a story that begins with `start`, as likely as the grammar would tell it from there.

    Raises ValueError if no story begins so.
    """
    ways = exact.beginnings(grammar(), f" {start}")
    if not ways:
        raise ValueError(f"no story begins so: {start[:60]!r}")
    sums = np.cumsum([weight for weight, *_ in ways])
    chosen = min(int(np.searchsorted(sums, rng.random() * sums[-1], "right")), len(ways) - 1)
    weight, said, rest, state = ways[chosen]
    text, log_probability, state = draw(rest, rng, state)
    return _story(said + text, math.log(weight) + log_probability, state)


def _story(text: str, log_probability: float, state: State) -> Story:
    facts = {name: state[name].text if name in state else "" for name in _FACTS}
    return Story(text.removeprefix(" "), log_probability, **facts)


_FACTS = ("plot", "hero", "thing", "place", "feeling")


def log_probability(text: str) -> float:
    """Return the log-probability of a story in nats; minus infinity if it cannot be told.

    It is found from the text alone, summed over every way to derive it.
    """
    return exact.log_probability(grammar(), " " + text)


def read_story(text: str) -> Story | None:
    """Return what the grammar knows about a text, or None if the grammar cannot tell it."""
    found = exact.derivations(grammar(), " " + text)
    if not found:
        return None
    _, state = max(found, key=lambda derivation: derivation[0])
    return _story(text, log_probability(text), state)


def next_words(prefix: str) -> dict[str, float]:
    """Return the true distribution of the word after `prefix` (whole words), likeliest first.

    Punctuation belongs to its word; the empty word is the end of the story.
    """
    return exact.next_words(grammar(), f" {prefix}" if prefix else "")


def masked_posterior(text: str) -> dict[str, float]:
    """Return the true distribution of the one word behind [MASK] in a story, likeliest first.

    >>> masked_posterior(draw_story(np.random.default_rng(5)).text.replace("letter", "[MASK]", 1))
    {'letter': 1.0}
    """
    return masks.masked_posterior(grammar(), " " + text)


@functools.cache
def entropy() -> float:
    """Compute the entropy of a story in nats, exactly. No model can have a lower mean loss."""
    return exact.entropy(grammar())


@functools.cache
def distinct_stories() -> int:
    """Count the stories that can be told."""
    return exact.count(grammar())


def sentences(text: str) -> list[str]:
    """Split a story into its sentences.

    >>> sentences('Mia laughed. "Come in!" called Tom.')
    ['Mia laughed.', '"Come in!" called Tom.']
    """
    return _SENTENCE_END.split(text)


def floor(stories: Iterable[str | Story | dict[str, Any]], count: Callable[[str], int]) -> float:
    """Return the fewest nats per unit that any model can need for these stories, on average.

    `count` says how many units a text has: `lambda text: len(tokenizer(text).input_ids) + 1`
    gives nats per token, where the 1 is the end-of-text token; `len` gives nats per character.
    For many stories it comes near the entropy divided by the mean number of units.
    """
    nats, units = 0.0, 0
    for story in stories:
        text, log_probability = _text_and_log_probability(story)
        nats -= log_probability
        units += count(text)
    if not units:
        raise ValueError("stories must have at least one unit: got none")
    return nats / units


def _text_and_log_probability(story: str | Story | dict[str, Any]) -> tuple[str, float]:
    if isinstance(story, Story):
        return story.text, story.log_probability
    if isinstance(story, dict):
        return story["text"], story["log_probability"]
    found = log_probability(story)
    if math.isinf(found):
        raise ValueError(f"the grammar cannot tell this story: {story[:60]!r}")
    return story, found
