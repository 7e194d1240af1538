"""Draw English sentences with their German translation and the alignment of their words.

Each English sentence has one German one: the past becomes the perfect, known objects stand
before the place and new ones after it, and what German says last stands last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from data.build import german_words as words
from data.build.clause import Clause, aligned, fixed, written
from data.build.german_grammar import (
    KIN,
    MOVES,
    PEOPLE,
    VERBS,
    Chance,
    Phrase,
    Units,
    possessive,
)
from data.build.german_grammar import THINGS as NOUNS
from gradelib.lab.village.lexicon import rows

SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000}
MEANT = [verb for verb in VERBS if verb.base not in ("lose", "forget", "break", "steal")]
HABITS = [*MEANT, *(verb for verb in MOVES if verb.past != "moved")]  # done again and again
COMPANY = [noun for noun in NOUNS if noun.en in ("dog", "horse", "donkey")]
SHARED = [v for v in MOVES if v.past in ("came", "arrived", "laughed", "sang", "worked", "moved")]
Pair = tuple[Units, Units, str]  # English, German, the mark at the end


def perfect(chance: Chance) -> Pair:
    """Tom lost the key. Tom hat den Schlüssel verloren."""
    clause = Clause(chance)
    time = fixed(chance, words.PAST_TIMES, "time") if chance.happens(0.5) else ([], [])
    rest = [*clause.middle(), *clause.participle()]
    english, subject = clause.english(clause.past()), clause.german_subject()
    if time[0] and chance.happens(0.5):
        return [*time[0], *english], [*time[1], *clause.auxiliary(), *subject, *rest], "."
    return [*english, *time[0]], [*subject, *clause.auxiliary(), *time[1], *rest], "."


def present(chance: Chance) -> Pair:
    """Every morning Mia opens the door. Jeden Morgen macht Mia die Tür auf."""
    clause = Clause(chance, among=HABITS)
    rest = [*clause.middle(), *clause.prefix()]
    english, subject = clause.english(clause.present()), clause.german_subject()
    time = fixed(chance, words.USUAL_TIMES, "time")
    if chance.happens(0.5):
        return [*time[0], *english], [*time[1], *clause.finite(), *subject, *rest], "."
    return [*english, *time[0]], [*subject, *clause.finite(), *time[1], *rest], "."


def modal(chance: Chance) -> Pair:
    """Mia wants to bring back the book. Mia will das Buch zurückbringen."""
    clause = Clause(chance, among=MEANT if chance.happens(0.7) else MOVES[1:])
    english, plural, german, germans = chance.one(list(rows(words.MODALS)))
    many = clause.subject.plural
    helper = [(word, "modal") for word in (plural if many else english).split()]
    left = clause.english([*helper, (clause.verb.base, "verb")])
    right = [(germans if many else german, "modal"), *clause.middle(), *clause.infinitive()]
    return left, [*clause.german_subject(), *right], "."


def that(chance: Chance) -> Pair:
    """Mia knows that Tom lost the key. Mia weiß, dass Tom den Schlüssel verloren hat."""
    thinker = Phrase("", (chance.one(words.GIRLS + words.BOYS),))
    clause = Clause(chance, _other(chance, thinker))
    thinks, denkt = chance.one(list(rows(words.THOUGHTS)))
    before = [*thinker.english("thinker"), (thinks, "thinks"), ("that", "that")]
    vor = [*thinker.german("thinker", "nom"), (denkt, "thinks"), (",", "comma"), ("dass", "that")]
    english, german = _subordinate(chance, clause)
    return [*before, *english], [*vor, *german], "."


def because(chance: Chance) -> Pair:
    """Tom is sad because the dog ran away. Tom ist traurig, weil der Hund weggelaufen ist."""
    feeler = chance.subject()
    clause = Clause(chance, _other(chance, feeler))
    mood, gemüt = chance.one(list(rows(words.MOODS)))
    be, sein = ("are", "sind") if feeler.plural else ("is", "ist")
    before = [*feeler.english("feeler"), (be, "be"), (mood, "mood"), ("because", "because")]
    vor = [*feeler.german("feeler", "nom"), (sein, "be"), (gemüt, "mood"), (",", "comma")]
    subject = clause.german_subject()
    german = [*subject, *clause.middle(), *clause.participle(), *clause.auxiliary()]
    return [*before, *clause.english(clause.past())], [*vor, ("weil", "because"), *german], "."


def _other(chance: Chance, phrase: Phrase) -> Phrase:
    """Return another subject, who shares no name or noun with this one."""
    taken = set(phrase.noun) if isinstance(phrase.noun, tuple) else {phrase.noun}
    while True:
        other = chance.subject()
        if not taken & (set(other.noun) if isinstance(other.noun, tuple) else {other.noun}):
            return other


def _subordinate(chance: Chance, clause: Clause) -> tuple[Units, Units]:
    """Return a clause in the past, or of something usual, whose German verb stands last."""
    subject = clause.german_subject()
    same = clause.subject.plural and clause.verb.past == clause.verb.base  # "they put it on"
    if same or clause.verb not in HABITS or chance.happens(0.5):
        german = [*subject, *clause.middle(), *clause.participle(), *clause.auxiliary()]
        return clause.english(clause.past()), german
    time = fixed(chance, words.USUAL_TIMES, "time")
    german = [*subject, *time[1], *clause.middle(), *clause.joined()]
    return [*clause.english(clause.present()), *time[0]], german


def when(chance: Chance) -> Pair:
    """When Mia comes back, Tom opens the door. Wenn Mia zurückkommt, macht Tom die Tür auf."""
    first = Clause(chance, place=False)
    second = Clause(chance, _other(chance, first.subject), place=False)
    left = _renamed(first.english(first.present()), "first")
    links = _renamed([*first.german_subject(), *first.middle(), *first.joined()], "first")
    right = second.english(second.present())
    rechts = [*second.finite(), *second.german_subject(), *second.middle(), *second.prefix()]
    english = [("when", "when"), *left, (",", "comma"), *right]
    return english, [("wenn", "when"), *links, (",", "comma"), *rechts], "."


def _renamed(units: Units, clause: str) -> Units:
    return [(w, " ".join(f"{clause}-{key}" for key in keys.split())) for w, keys in units]


def question(chance: Chance) -> Pair:
    """Why did Tom sell the cow? Warum hat Tom die Kuh verkauft?"""
    clause = Clause(chance)
    ask: tuple[Units, Units] = ([], [])
    if not clause.place[0] and chance.happens(0.5):
        ask = chance.one(
            [([("why", "why")], [("warum", "why")]), ([("when", "wh")], [("wann", "wh")])]
        )
    did = [("did", "verb")]
    base = clause.english([(clause.verb.base, "verb")])
    left = [*ask[0], *did, *base]
    right = [*clause.auxiliary(), *clause.german_subject(), *clause.middle(), *clause.participle()]
    return left, [*ask[1], *right], "?"


def who(chance: Chance) -> Pair:
    """Who found the ring? Wer hat den Ring gefunden?"""
    clause = Clause(chance, Phrase("the", PEOPLE[0]))
    english = [("who", "who"), *clause.english(clause.past(), subject=False)]
    german = [("wer", "who"), *clause.auxiliary(), *clause.middle(), *clause.participle()]
    return english, german, "?"


def negated(chance: Chance) -> Pair:
    """Mia did not close a door. Mia hat keine Tür zugemacht."""
    clause = Clause(chance)
    thing = clause.object
    none = thing is not None and not thing.definite
    if thing and none:
        clause.object = Phrase("a", thing.noun, thing.adjective)
    no = "not object.det" if none else "not"
    english = clause.english([("did", "verb"), (no.split()[0], no), (clause.verb.base, "verb")])
    if thing and none:
        clause.object = Phrase("no", thing.noun, thing.adjective)
    german = [*clause.auxiliary(), *clause.middle(negated=True), *clause.participle()]
    return english, [*clause.german_subject(), *german], "."


def giving(chance: Chance) -> Pair:
    """Tom gave the old woman an apple. Tom hat der alten Frau einen Apfel gegeben."""
    giver = chance.subject()
    noun = chance.one([noun for noun in PEOPLE if noun is not giver.noun])
    taker = Phrase("the", noun, chance.adjective(noun), chance.happens(0.2))
    if possessive(giver) and chance.happens(0.4):
        taker = Phrase(possessive(giver), chance.one(KIN))
    _, past, _, participle = chance.one(list(rows(words.GIFTS)))
    thing = chance.object_of(frozenset({"thing"}), giver)
    while {"open", "lock"} & (thing.noun.tags if not isinstance(thing.noun, tuple) else set()):
        thing = chance.object_of(frozenset({"thing"}), giver)
    left = [
        *giver.english("giver"),
        (past, "verb"),
        *taker.english("taker"),
        *thing.english("thing"),
    ]
    have = ("haben" if giver.plural else "hat", "verb")
    things = [*taker.german("taker", "dat"), *thing.german("thing", "acc")]
    return left, [*giver.german("giver", "nom"), have, *things, (participle, "verb")], "."


def together(chance: Chance) -> Pair:
    """Mia came back with her brother. Mia ist mit ihrem Bruder zurückgekommen."""
    subject = chance.subject()
    clause = Clause(chance, subject, place=False, among=SHARED)
    noun = chance.one(KIN) if possessive(subject) else chance.one(COMPANY)
    friend = Phrase(possessive(subject) or "the", noun, chance.adjective(noun))
    with_ = (
        [("with", "with"), *friend.english("with")],
        [("mit", "with"), *friend.german("with", "dat")],
    )
    right = [*clause.german_subject(), *clause.auxiliary(), *with_[1], *clause.participle()]
    return [*clause.english(clause.past()), *with_[0]], right, "."


def relative(chance: Chance) -> Pair:
    """The woman who lost the ring is tired. Die Frau, die den Ring verloren hat, ist müde."""
    noun = chance.one(PEOPLE)
    subject = Phrase("the", noun, chance.adjective(noun))
    clause = Clause(chance, subject)
    mood, gemüt = chance.one(list(rows(words.MOODS)))
    pronoun = {"m": "der", "f": "die", "n": "das"}[noun.gender]
    left = [
        *subject.english("subject"),
        ("who", "who"),
        *clause.english(clause.past(), subject=False),
    ]
    inner = [(",", "comma"), (pronoun, "who"), *clause.middle(), *clause.participle()]
    right = [*subject.german("subject", "nom"), *inner, *clause.auxiliary(), (",", "comma2")]
    return [*left, ("is", "be"), (mood, "mood")], [*right, ("ist", "be"), (gemüt, "mood")], "."


def forgetting(chance: Chance) -> Pair:
    """Tom forgot to close the door. Tom hat vergessen, die Tür zuzumachen."""
    clause = Clause(chance, place=False, among=MEANT)
    past, participle = chance.one(
        [("forgot", "vergessen"), ("tried", "versucht"), ("promised", "versprochen")]
    )
    left = clause.english([(past, "forgot"), ("to", "to"), (clause.verb.base, "verb")])
    have = [("haben" if clause.subject.plural else "hat", "forgot"), (participle, "forgot")]
    infinitive = clause.verb.to_infinitive()
    keys = ["verb prefix to"] if len(infinitive) == 1 else ["to", "verb"]
    end = list(zip(infinitive, keys, strict=True))
    return left, [*clause.german_subject(), *have, (",", "comma"), *clause.middle(), *end], "."


KINDS: list[tuple[float, Callable[[Chance], Pair]]] = [
    (0.24, perfect),
    (0.14, present),
    (0.1, modal),
    (0.1, that),
    (0.08, because),
    (0.06, when),
    (0.06, question),
    (0.03, who),
    (0.06, negated),
    (0.05, giving),
    (0.03, together),
    (0.02, relative),
    (0.03, forgetting),
]


def pair(chance: Chance) -> dict[str, Any]:
    """Draw one pair."""
    point, kind = chance.rng.random(), KINDS[-1][1]
    for probability, candidate in KINDS:
        if point < probability:
            kind = candidate
            break
        point -= probability
    english, german, mark = kind(chance)
    return {
        "en": written(english, mark),
        "de": written(german, mark),
        "alignment": aligned(english, german),
        "kind": kind.__name__,
    }


def translation(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each split: no English and no German sentence is in two."""
    chance = Chance(np.random.default_rng(seed))
    seen: set[str] = set()
    splits: dict[str, list[dict[str, Any]]] = {}
    for split, size in SIZES.items():
        records: list[dict[str, Any]] = []
        while len(records) < size:
            record = pair(chance)
            if record["en"] not in seen and record["de"] not in seen:
                seen |= {record["en"], record["de"]}
                records.append(record)
        splits[split] = records
    return splits
