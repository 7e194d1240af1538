"""The stories that models learn from, and fresh ones from the same grammar."""

from __future__ import annotations

import functools
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[1]


@functools.cache
def read(split: str, kind: str = "stories") -> list[dict[str, Any]]:
    """Return the records of a split, as the card in data/<kind> describes them."""
    packed = (FOLDER / kind / f"{split}.jsonl.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return [json.loads(line) for line in lines]


@functools.cache
def texts(split: str) -> list[str]:
    return [story["text"] for story in read(split)]


@functools.cache
def held_out() -> frozenset[str]:
    return frozenset(texts("validation") + texts("test"))


def fresh(rng: np.random.Generator, count: int) -> list[str]:
    """Draw stories from the grammar, none of which is held out for validation or test."""
    from gradelib.lab import village

    found: list[str] = []
    while len(found) < count:
        text = village.draw_story(rng).text
        if text not in held_out():
            found.append(text)
    return found


@functools.cache
def written(split: str) -> list[str]:
    """Return the sentences of a split that were written for the course, not by the grammar."""
    emotions = FOLDER / "emotions" / "written" / f"{split}.jsonl"
    return [json.loads(line)["text"] for line in emotions.read_text("utf-8").splitlines()]
