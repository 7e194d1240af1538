"""One clause in English and German: its parts, put in any order, written and aligned."""

from __future__ import annotations

import re

from data.build import german_words as words
from data.build.german_grammar import MOVES, VERBS, Chance, Phrase, Units, Verb
from gradelib.lab.village.lexicon import rows


def fixed(chance: Chance, table: str, key: str) -> tuple[Units, Units]:
    """Return one row of a table of phrases; all its words belong together."""
    english, german = chance.one(list(rows(table)))
    return [(word, key) for word in english.split()], [(word, key) for word in german.split()]


class Clause:
    """Who does what to what, when and where: the parts, in both languages, in any order."""

    def __init__(
        self,
        chance: Chance,
        subject: Phrase | None = None,
        place: bool = True,
        among: list[Verb] | None = None,
    ):
        self.subject = subject or chance.subject()
        known = among or (MOVES if chance.happens(0.3) else VERBS)
        self.verb = chance.one(known)
        self.object = None
        if self.verb in VERBS:
            self.object = chance.object_of(self.verb.tags, self.subject)
        elsewhere = (
            self.verb.prefix in ("zurück", "mit", "ein")
            or self.verb.base == "forget"  # in English one leaves a thing somewhere
            or {"open", "room"} & self.verb.tags
        )
        somewhere = bool(self.object and not elsewhere) or "somewhere" in self.verb.tags
        self.place: tuple[Units, Units] = ([], [])
        if place and somewhere and chance.happens(0.3):
            self.place = fixed(chance, words.PLACES, "place")

    def english(self, verb: Units, subject: bool = True) -> Units:
        """Return the English clause around these words for the verb."""
        particle = [(self.verb.particle, "prefix" if self.verb.prefix else "verb")]
        thing = self.object.english("object") if self.object else []
        after = particle if self.verb.particle else []
        start = self.subject.english("subject") if subject else []
        return [*start, *verb, *after, *thing, *self.place[0]]

    def middle(self, negated: bool = False) -> Units:
        """Return the German object, "nicht" and place in their order."""
        thing = self.object.german("object", "acc") if self.object else []
        no = [("nicht", "not")] if negated else []
        if self.object and not self.object.definite:
            return [*self.place[1], *thing]
        return [*thing, *self.place[1], *no] if not self.place[1] else [*thing, *no, *self.place[1]]

    def german_subject(self) -> Units:
        """Return the subject in the nominative."""
        return self.subject.german("subject", "nom")

    def past(self) -> Units:
        """Return the English verb in the past."""
        return [(self.verb.past, "verb")]

    def present(self) -> Units:
        """Return the English verb in the present."""
        return [(self.verb.base if self.subject.plural else self.verb.third, "verb")]

    def auxiliary(self) -> Units:
        """Return hat or ist."""
        return [(self.verb.auxiliary(self.subject.plural), "verb")]

    def participle(self) -> Units:
        """Return the participle; its prefix belongs to the particle too."""
        return [(self.verb.participle, "verb prefix")]

    def finite(self) -> Units:
        """Return the German verb in the present, without its prefix."""
        form = self.verb.infinitive if self.subject.plural else self.verb.de_third
        return [(form, "verb")]

    def prefix(self) -> Units:
        """Return the separable prefix, which stands last."""
        key = "prefix" if self.verb.particle else "verb"
        return [(self.verb.prefix, key)] if self.verb.prefix else []

    def joined(self) -> Units:
        """Return prefix and verb in one word, as at the end of a subordinate clause."""
        form = self.finite()[0][0]
        return [(self.verb.prefix + form, "verb prefix")]

    def infinitive(self) -> Units:
        """Return the infinitive with its prefix."""
        return [(self.verb.prefix + self.verb.infinitive, "verb prefix")]


def tokens(text: str) -> list[str]:
    """Split a sentence into words and marks, which the alignment counts."""
    return re.findall(r"\w+|[^\w\s]", text)


def written(units: Units, mark: str) -> str:
    """Write units as a sentence."""
    text = " ".join(word for word, _ in units).replace(" ,", ",")
    return text[0].upper() + text[1:] + mark


def aligned(english: Units, german: Units) -> list[list[int]]:
    """Return the pairs of places [English, German] whose words share a key, and the end marks."""
    pairs = [
        [i, j]
        for i, (_, left) in enumerate(english)
        for j, (_, right) in enumerate(german)
        if set(left.split()) & set(right.split())
    ]
    return [*pairs, [len(english), len(german)]]
