"""English and German side by side: noun phrases and verbs that agree, word by word aligned.

A phrase is a list of units (word, key) in each language; words with the same key translate each
other. No sentences: those are in `translation.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from data.build import german_words as words
from gradelib.lab.village.lexicon import article, rows

Units = list[tuple[str, str]]
T = TypeVar("T")

DEFINITE = {"nom": "der die das", "acc": "den die das", "dat": "dem der dem"}
DEFINITE_PLURAL = {"nom": "die", "acc": "die", "dat": "den"}
# endings of ein, kein, ihr, sein: masculine, feminine, neuter; "-" is none
INDEFINITE = {"nom": "- e -", "acc": "en e -", "dat": "em er em"}
INDEFINITE_PLURAL = {"nom": "e", "acc": "e", "dat": "en"}
WEAK = {"nom": "e e e", "acc": "en e e", "dat": "en en en"}  # after der, die, das
MIXED = {"nom": "er e es", "acc": "en e es", "dat": "en en en"}  # after ein, kein, ihr, sein
STRONG_PLURAL = {"nom": "e", "acc": "e", "dat": "en"}  # after a number
STEMS = {"a": "ein", "no": "kein", "her": "ihr", "his": "sein"}


@dataclass(frozen=True)
class Noun:
    """A noun in both languages."""

    en: str
    en_plural: str
    de: str
    de_oblique: str  # accusative and dative singular
    gender: str
    de_plural: str
    tags: frozenset[str]

    def german(self, case: str, plural: bool) -> str:
        """Return the German form."""
        if plural:
            ends = self.de_plural.endswith(("n", "s"))
            return self.de_plural + ("n" if case == "dat" and not ends else "")
        return self.de if case == "nom" else self.de_oblique


@dataclass(frozen=True)
class Verb:
    """A verb in both languages; `prefix` is the separable one."""

    base: str
    third: str
    past: str
    particle: str
    de_third: str
    infinitive: str
    prefix: str
    participle: str
    aux: str
    tags: frozenset[str]

    def auxiliary(self, plural: bool) -> str:
        """Return "hat", "haben", "ist" or "sind"."""
        return {"hat": ("hat", "haben"), "ist": ("ist", "sind")}[self.aux][plural]

    def to_infinitive(self) -> list[str]:
        """Return the words of the infinitive with zu: "zuzumachen", or "zu", "finden"."""
        return [f"{self.prefix}zu{self.infinitive}"] if self.prefix else ["zu", self.infinitive]


@dataclass(frozen=True)
class Phrase:
    """Somebody or something: "a small key", "her old aunt", "Mia and Tom"."""

    det: str  # the, a, no, her, his, a number, or nothing before a name
    noun: Noun | tuple[str, ...]  # a tuple holds names
    adjective: tuple[str, str] | None = None
    plural: bool = False

    @property
    def definite(self) -> bool:
        """Say whether it is known who or what is meant."""
        return self.det in ("", "the", "her", "his")

    def english(self, key: str) -> Units:
        """Return the English words, with keys that begin with `key`."""
        if isinstance(self.noun, tuple):
            return names(self.noun, "and", key)
        noun = self.noun.en_plural if self.plural else self.noun.en
        adjective = [(self.adjective[0], f"{key}.adj")] if self.adjective else []
        det = self.det
        if det == "a":
            det = article(adjective[0][0] if adjective else noun).split()[0]
        return [(det, f"{key}.det"), *adjective, (noun, f"{key}.noun")]

    def german(self, key: str, case: str) -> Units:
        """Return the German words in a case."""
        if isinstance(self.noun, tuple):
            return names(self.noun, "und", key)
        det = self._german_det(case)
        adjective = [(self._german_adjective(case), f"{key}.adj")] if self.adjective else []
        return [
            (det, f"{key}.det"),
            *adjective,
            (self.noun.german(case, self.plural), f"{key}.noun"),
        ]

    def _german_det(self, case: str) -> str:
        if self.det in NUMBERS:
            return NUMBERS[self.det]
        if self.det == "the":
            return DEFINITE_PLURAL[case] if self.plural else self._ending(DEFINITE, case)
        ending = INDEFINITE_PLURAL[case] if self.plural else self._ending(INDEFINITE, case)
        return STEMS[self.det] + ending

    def _german_adjective(self, case: str) -> str:
        stem = self.adjective[1] if self.adjective else ""
        if self.det in NUMBERS:
            return stem + STRONG_PLURAL[case]
        if self.plural:
            return stem + "en"
        return stem + self._ending(WEAK if self.det == "the" else MIXED, case)

    def _ending(self, table: dict[str, str], case: str) -> str:
        gender = self.noun.gender if isinstance(self.noun, Noun) else "m"
        return table[case].split()["mfn".index(gender)].replace("-", "")


def names(people: tuple[str, ...], word: str, key: str) -> Units:
    """Join one or two names with "and" or "und"."""
    first = [(people[0], f"{key}.name1")]
    return (
        first if len(people) == 1 else [*first, (word, f"{key}.and"), (people[1], f"{key}.name2")]
    )


def verbs(table: str) -> list[Verb]:
    """Read a table of verbs."""
    known = []
    for *parts, tags in rows(table):
        base, third, past, particle, de_third, infinitive, prefix, participle, aux = parts
        english = (base, third, past, particle)
        german = (de_third, infinitive, prefix, participle, aux)
        known.append(Verb(*english, *german, frozenset(tags.split())))
    return known


def _things() -> list[Noun]:
    return [
        Noun(en, ens, de, de, gender, des, frozenset(tags.split()))
        for en, ens, de, gender, des, tags in rows(words.THINGS)
    ]


def _people(table: str, tag: str) -> list[Noun]:
    return [
        Noun(en, ens, de, oblique, gender, des, frozenset({tag}))
        for en, ens, de, oblique, gender, des in rows(table)
    ]


THINGS = _things()
PEOPLE = _people(words.PEOPLE, "person")
KIN = _people(words.KIN, "kin")
ADJECTIVES = [(en, de, frozenset(tags.split())) for en, de, tags in rows(words.ADJECTIVES)]
NUMBERS = dict(rows(words.NUMBERS))
VERBS = verbs(words.VERBS)
MOVES = verbs(words.MOVES)


class Chance:
    """Choices that are the same for a seed in every NumPy: only `rng.random()` is asked."""

    def __init__(self, rng: np.random.Generator):
        self.rng = rng

    def one(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[int(self.rng.random() * len(options))]

    def happens(self, probability: float) -> bool:
        """Return True with this probability."""
        return bool(self.rng.random() < probability)

    def adjective(self, noun: Noun) -> tuple[str, str] | None:
        """Return an adjective that suits a noun, or none."""
        fitting = [(en, de) for en, de, tags in ADJECTIVES if tags & noun.tags]
        if noun.en in ("child", "girl", "boy"):
            fitting = [pair for pair in fitting if pair[0] not in ("old", "young")]
        return self.one(fitting) if fitting and self.happens(0.5) else None

    def subject(self) -> Phrase:
        """Return somebody who does something."""
        if self.happens(0.5):
            return self.named()
        noun = self.one(PEOPLE)
        plural = self.happens(0.25)
        return Phrase("the", noun, self.adjective(noun), plural)

    def named(self) -> Phrase:
        """Return one name, sometimes two."""
        first = self.one(words.GIRLS + words.BOYS)
        if self.happens(0.85):
            return Phrase("", (first,))
        other = self.one([n for n in words.GIRLS + words.BOYS if n != first])
        return Phrase("", (first, other), plural=True)

    def object_of(self, tags: frozenset[str], subject: Phrase) -> Phrase:
        """Return something, or somebody, that suits one of the tags."""
        own = possessive(subject)
        others = [noun for noun in PEOPLE if noun is not subject.noun]
        known = [*THINGS, *others, *(KIN if own else [])]
        noun = self.one([noun for noun in known if noun.tags & tags])
        if "kin" in noun.tags:
            det = own
        elif {"open", "lock", "room"} & noun.tags:
            det = "the"
        else:
            mine = own if own and "person" not in noun.tags else "the"
            det = self.one(["the", "the", "a", "a", "number", mine])
        if det == "number":
            number = self.one(list(NUMBERS))
            return Phrase(number, noun, self.adjective(noun), plural=True)
        plural = det == "the" and self.happens(0.2)
        if "dress" in tags and subject.plural:  # two people put on two coats
            det, plural = "the", True
        return Phrase(det, noun, self.adjective(noun), plural)


def possessive(subject: Phrase) -> str:
    """Return "her" or "his" for one named girl or boy, else nothing."""
    if not isinstance(subject.noun, tuple) or len(subject.noun) > 1:
        return ""
    return "her" if subject.noun[0] in words.GIRLS else "his"
