"""Draw sentences with persons, places and things tagged in BIO.

Many words are a name in one sentence and none in another: Rose and a rose, Mrs Hill and Hill
Street, Tom Baker and the baker, the inn Blue Lantern and a blue lantern.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from data.build.german_grammar import Chance
from gradelib.lab.village import words
from gradelib.lab.village.lexicon import article, listed, rows

SIZES = {"train": 4_000, "validation": 500, "test": 500}
TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-THG", "I-THG")

FIRST = [
    *words.GIRLS,
    *words.BOYS,
    "Rose",
    "Lily",
    "Daisy",
    "Violet",
    "Ivy",
    "Olive",
    "Robin",
    "May",
]
LAST = [
    "Baker",
    "Miller",
    "Hill",
    "Lake",
    "Wood",
    "Field",
    "Bell",
    "Lamb",
    "Potter",
    "Weaver",
    "Brook",
    "Stone",
    "Bridge",
    "Church",
]
TITLES = [
    ("Mrs", LAST),
    ("Mr", LAST),
    ("Doctor", LAST),
    ("Captain", LAST),
    ("Aunt", words.GIRLS),
    ("Uncle", words.BOYS),
    ("Old", FIRST),
]
ROADS = ["Lane", "Street", "Hill", "Bridge", "Square", "Road", "Corner"]
WATERS = ["Lake", "Port", "Mount", "Castle", "Abbey", "Fort"]
SIGNS = ["Blue", "Red", "Golden", "White", "Black", "Green", "Silver"]
INN_THINGS = [
    "Lantern",
    "Bell",
    "Key",
    "Lamb",
    "Rose",
    "Goose",
    "Crown",
    "Boat",
    "Kettle",
    "Violin",
]
PLAIN_PLACES = [cells[0] for cells in rows(words.PLACES)]
OTHER_THINGS = ["rose", "lily", "violet", "kettle", "violin", "crown", "goose", "feather", "boat"]
THINGS = [(cells[0], listed(cells[1])) for cells in rows(words.THINGS)]

# {p} a person, {l} a place with its article, {t} a thing with its article
TEMPLATES = """
{p} lost {t} near {l} .
Near {l} , {p} found {t} and gave it to {p} .
" Where is my {bare} ? " asked {p} .
{p} and {p} walked from {l} to {l} .
The baker sold {t} to {p} at {l} .
Nobody in {l} had ever seen {t} like this .
When {p} came to {l} , the miller was waiting with {t} .
{t} hung above a door near {l} .
A letter from {p} lay under {t} .
{p} swapped {t} for {t} .
The weaver had left {t} in {l} .
It was {p} who hid {t} behind {l} .
Behind {l} stood {p} , holding {t} .
On Sunday {p} drove to {l} with {p} .
" Meet me at {l} , " whispered {p} , " and bring {t} . "
{p} lives in {l} , not far from {l} .
The doctor asked {p} for {t} .
From {l} you can see {l} .
In the evening {p} polished {t} until it shone .
Who stole {t} from {p} ?
{p} painted {l} green and gold .
All that was left of {l} was {t} .
The children carried {t} past {l} .
{p} heard {t} fall , ran to {l} and met {p} .
There was no bell and no rose in {l} , only {t} .
A baker , a potter and {p} shared {t} .
The hill was steep , but {p} climbed it with {t} .
{p} threw {t} over the wall of {l} .
Every rose behind {l} belongs to {p} .
Bring {t} to {p} , please !
"""


def person(chance: Chance) -> list[str]:
    """Return the words of a name."""
    shape = chance.rng.random()
    if shape < 0.45:
        return [chance.one(FIRST)]
    if shape < 0.75:
        return [chance.one(FIRST), chance.one(LAST)]
    title, names = chance.one(TITLES)
    return [title, chance.one(names)]


def place(chance: Chance) -> tuple[list[str], list[str]]:
    """Return the words before a place, and those of its name."""
    shape = chance.rng.random()
    if shape < 0.3:
        return ["the"], [chance.one(PLAIN_PLACES)]
    if shape < 0.55:
        return [], [chance.one(LAST + FIRST[-8:]), chance.one(ROADS)]
    if shape < 0.75:
        return [], [chance.one(WATERS), chance.one(LAST + FIRST[:24])]
    return ["the"], [chance.one(SIGNS), chance.one(INN_THINGS)]


def thing(chance: Chance) -> tuple[list[str], list[str]]:
    """Return the article of a thing, and its words."""
    if chance.happens(0.3):
        name = [chance.one(SIGNS).lower(), chance.one([*OTHER_THINGS, "lantern", "bell", "key"])]
    else:
        noun, adjectives = chance.one(THINGS)
        name = [noun] if chance.happens(0.3) else [chance.one(adjectives), noun]
    return [chance.one(["the", article(name[0]).split()[0]])], name


def sentence(chance: Chance) -> tuple[list[str], list[str]]:
    """Draw the tokens of a sentence and their tags."""
    tokens: list[str] = []
    tags: list[str] = []
    for part in chance.one(TEMPLATES.strip().splitlines()).split():
        before, name, kind = _filled(part, chance)
        tokens += before + name
        tags += ["O"] * len(before)
        tags += [f"{'I' if i else 'B'}-{kind}" if kind else "O" for i in range(len(name))]
    tokens[0] = tokens[0][:1].upper() + tokens[0][1:]
    return tokens, tags


def _filled(part: str, chance: Chance) -> tuple[list[str], list[str], str]:
    if part == "{p}":
        return [], person(chance), "PER"
    if part == "{l}":
        return *place(chance), "LOC"
    if part == "{t}":
        return *thing(chance), "THG"
    if part == "{bare}":
        return [], thing(chance)[1], "THG"
    return [], [part], ""


def _held_out(tokens: list[str], tags: list[str]) -> bool:
    """Say whether a sentence has a name of two words that training never shows."""
    names = (
        f"{tokens[i]} {tokens[i + 1]}" for i in range(len(tags) - 1) if tags[i + 1].startswith("I")
    )
    return any(int(hashlib.sha256(name.encode()).hexdigest()[:4], 16) % 8 == 0 for name in names)


def entities(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each split: no sentence is in two, some names are not in training."""
    chance = Chance(np.random.default_rng(seed))
    seen: set[str] = set()
    splits: dict[str, list[dict[str, Any]]] = {}
    for split, size in SIZES.items():
        records: list[dict[str, Any]] = []
        while len(records) < size:
            tokens, tags = sentence(chance)
            new = _held_out(tokens, tags)
            if " ".join(tokens) not in seen and not (split == "train" and new):
                seen.add(" ".join(tokens))
                records.append({"tokens": tokens, "tags": tags, "new_name": new})
        splits[split] = records
    return splits
