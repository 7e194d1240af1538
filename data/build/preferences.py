"""Draw pairs of endings of one story; which is chosen depends on the true reward, with noise."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from data.build.german_grammar import Chance
from gradelib.lab.village import words
from gradelib.lab.village.lexicon import rows
from gradelib.lab.village.rewards import true_reward
from gradelib.lab.village.stories import Story, continue_story, draw_story, sentences

SIZES = {"train": 4_000, "validation": 400, "test": 400}
SHARPNESS = 1.5  # the chance that the first is chosen is sigmoid(1.5 * difference of rewards)
THINGS = [cells[0] for cells in rows(words.THINGS)]


def _spoiled(ending: str, start: str, chance: Chance) -> str:
    """Return an ending with a fault: a stranger, another thing, or the end cut off."""
    *before, last = sentences(ending)
    known = [w for w in re.findall(r"\w+", last) if w in THINGS or w in words.GIRLS + words.BOYS]
    if not known or chance.happens(0.3):
        kept = last.split()[: len(last.split()) // 2]
        return " ".join([*before, *kept]).rstrip(",.;:")
    old = chance.one(known)
    pool = THINGS if old in THINGS else words.GIRLS if old in words.GIRLS else words.BOYS
    new = chance.one([word for word in pool if word not in start + ending])
    return " ".join([*before, re.sub(rf"\b{old}\b", new, last)])


def _pair(story: Story, chance: Chance) -> dict[str, Any] | None:
    said = sentences(story.text)
    cut = 2 + int(chance.rng.random() * (len(said) - 3))
    start = " ".join(said[:cut])
    first = " ".join(said[cut:])
    second = continue_story(start, chance.rng).text.removeprefix(start).strip()
    if chance.happens(0.3):
        second = _spoiled(second, start, chance)
    rewards = [true_reward(f"{start} {ending}") for ending in (first, second)]
    if first == second or abs(rewards[0] - rewards[1]) < 0.25:
        return None
    prefers_first = chance.happens(1 / (1 + math.exp(-SHARPNESS * (rewards[0] - rewards[1]))))
    chosen, rejected = (0, 1) if prefers_first else (1, 0)
    endings = (first, second)
    return {
        "prompt": start,
        "chosen": endings[chosen],
        "rejected": endings[rejected],
        "chosen_reward": rewards[chosen],
        "rejected_reward": rewards[rejected],
    }


def preferences(seed: int, stories: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each split; no beginning is in two of them."""
    chance = Chance(np.random.default_rng(seed))
    starts: set[str] = set()
    splits: dict[str, list[dict[str, Any]]] = {}
    for split, size in SIZES.items():
        records: list[dict[str, Any]] = []
        while len(records) < size:
            story = draw_story(chance.rng)
            record = None if story.text in stories else _pair(story, chance)
            if record and record["prompt"] not in starts:
                starts.add(record["prompt"])
                records.append(record)
        splits[split] = records
    return splits
