"""Draw the stories that ship: fixed splits, no story and no opening in two of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from gradelib.lab.village.stories import draw_story

SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000}


def stories(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each split."""
    rng = np.random.default_rng(seed)
    seen: set[str] = set()
    splits: dict[str, list[dict[str, Any]]] = {}
    for split, size in SIZES.items():
        records: list[dict[str, Any]] = []
        while len(records) < size:
            story = draw_story(rng)
            if story.text not in seen:
                seen.add(story.text)
                records.append(asdict(story) | {"log_probability": round(story.log_probability, 6)})
        splits[split] = records
    return splits
