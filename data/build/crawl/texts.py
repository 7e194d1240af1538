"""Read the texts that were written for the crawl, deal them to the splits, fill their slots.

A text stands below a line `===== mark`; pools of lines stand below `[name]`. Slots in a text:
‹a|b› is one of both, ‹3..17› a number, ‹@town› a line of the pool "town" in pools.txt.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from data.build.german_grammar import Chance

FOLDER = Path(__file__).parent / "written"
SPLITS = ("train", "test")
SLOT = re.compile(r"‹([^‹›]*)›")
T = TypeVar("T")


@functools.cache
def documents(name: str) -> tuple[tuple[str, str], ...]:
    """Return the (mark, text) of each document of a file; the mark may be empty."""
    parts = re.split(r"^=====(.*)\n", _read(name), flags=re.MULTILINE)
    return tuple(
        (mark.strip(), text.strip("\n"))
        for mark, text in zip(parts[1::2], parts[2::2], strict=True)
    )


@functools.cache
def pools(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each pool of a file, by the pool's name."""
    parts = re.split(r"^\[(\w+)\]\n", _read(name), flags=re.MULTILINE)
    return {
        pool: tuple(body.strip("\n").splitlines())
        for pool, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file."""
    return tuple(_read(name).splitlines())


def dealt(items: Sequence[T], split: str) -> list[T]:
    """Return the items of a split: every third is the test's, so that nothing is in both."""
    return [item for place, item in enumerate(items) if (place % 3 == 2) == (split == "test")]


def _read(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


class Writer(Chance):
    """Choices for one kind of document of one split."""

    def __init__(self, rng: np.random.Generator, split: str):
        super().__init__(rng)
        self.split = split

    def number(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different items in a random order, or all if there are fewer."""
        rest = list(items)
        chosen: list[T] = []
        while rest and len(chosen) < count:
            chosen.append(rest.pop(int(self.rng.random() * len(rest))))
        return chosen

    def pool(self, file: str, name: str) -> list[str]:
        """Return this split's lines of a pool."""
        return dealt(pools(file)[name], self.split)

    def word(self, name: str) -> str:
        """Return a line of a pool of single words, which the splits share."""
        return self.one(pools("pools")[name])

    def fill(self, text: str, known: Mapping[str, str | Callable[[], str]] | None = None) -> str:
        """Fill the slots; `known` says what stands in slots of other names."""
        known = known or {}

        def choose(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in known:
                value = known[slot]
                return value if isinstance(value, str) else value()
            if slot.startswith("@"):
                return self.word(slot[1:])
            if ".." in slot:
                low, high = slot.split("..")
                return str(self.number(int(low), int(high)))
            if "|" not in slot:
                raise ValueError(f"unknown slot ‹{slot}› in {text[:60]!r}")
            return self.one(slot.split("|"))

        while SLOT.search(text):
            text = SLOT.sub(choose, text)
        return text
