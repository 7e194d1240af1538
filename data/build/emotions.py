"""Draw sentences with one of six emotions; twins with the same words stay in one split."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import numpy as np

from data.build.emotion_families import FAMILIES
from data.build.emotion_tables import LISTS, TABLES
from gradelib.lab.village.grammar import Entry, Nodes, Source, Templates, draw, fork, let
from gradelib.lab.village.lexicon import KIN, PEOPLE, PRONOUNS, Options, listed, plain, rows
from gradelib.lab.village.stories import FEELINGS

GENDERED = ("she", "he", "her", "his", "him", "wife", "husband")
SIZES = {"train": 8_400, "validation": 600, "test": 600}


def _table(name: str) -> Source:
    table, cells = TABLES[name]
    names = cells.split()

    def options(person: Entry) -> list[tuple[Entry, float]]:
        filled = ([_fill(cell, person) for cell in row] for row in rows(table))
        return [(Entry(row[0], dict(zip(names, row, strict=True))), 1.0) for row in filled]

    return Source(name, ("n",), options)


def _fill(cell: str, person: Entry) -> str:
    for slot, word in PRONOUNS[person.form("he")].items():
        cell = cell.replace(f"{{n.{slot}}}", word)
    return cell.replace("{n}", person.text)


def _partner(he: str) -> Options:
    return plain(["husband" if he == "she" else "wife"])


def _templates() -> Templates:
    siblings = [kin for kin in KIN if kin.text in ("brother", "sister")]
    lists = (
        Source(name, (), lambda cell=cell: plain(listed(cell, ";"))) for name, cell in LISTS.items()
    )
    people = Source("people", (), lambda: [(person, 1.0) for person in PEOPLE])
    kin = Source("siblings", (), lambda: [(sibling, 1.0) for sibling in siblings])
    partner = Source("partner", ("n.he",), _partner)
    return Templates([people, kin, partner, *lists, *map(_table, TABLES)])


def _nodes(emotion: str) -> Nodes:
    """Return the sentences of an emotion: each of its families is as likely as the others."""
    templates = _templates()
    families = {name: family[emotion] for name, family in FAMILIES.items() if emotion in family}
    branches = [
        (1 / len(families), (let("family", name), templates.one_of(*texts)))
        for name, texts in families.items()
    ]
    return (fork(*branches),)


def split_of(text: str, name: str) -> str:
    """Return the split of a sentence, decided by its words without their order and the name."""
    words = sorted(re.findall(r"[\w']+", text.replace(name, "").lower()))
    words = [
        word for word in words if word not in ("she", "he", "her", "his", "him", "wife", "husband")
    ]
    point = int(hashlib.sha256(" ".join(words).encode()).hexdigest()[:8], 16) / 16**8
    return "train" if point < 0.8 else "validation" if point < 0.9 else "test"


def emotions(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each split, with as many sentences for each emotion."""
    rng = np.random.default_rng(seed)
    splits: dict[str, list[dict[str, Any]]] = {split: [] for split in SIZES}
    seen: set[str] = set()
    for emotion in FEELINGS:
        nodes = _nodes(emotion)
        missing = {split: size // len(FEELINGS) for split, size in SIZES.items()}
        while any(missing.values()):
            text, _, state = draw(nodes, rng)
            text = text.strip()
            split = split_of(text, state["n"].text)
            if missing[split] and text not in seen:
                seen.add(text)
                missing[split] -= 1
                record = {"text": text, "label": emotion, "family": state["family"].text}
                splits[split].append(record)
    return {split: _shuffled(records, rng) for split, records in splits.items()}


def _shuffled(records: list[dict[str, Any]], rng: np.random.Generator) -> list[dict[str, Any]]:
    return [records[i] for i in np.argsort(rng.random(len(records)), kind="stable")]
