"""The sources that stories draw their words from, and what each choice depends on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradelib.lab.village import signs, words
from gradelib.lab.village.grammar import Entry, Source, Templates

PRONOUNS = {
    "she": {"he": "she", "his": "her", "him": "her", "own": "hers", "self": "herself"},
    "he": {"he": "he", "his": "his", "him": "him", "own": "his", "self": "himself"},
}
Options = Sequence[tuple[Entry, float]]


def article(noun: str) -> str:
    """Return `noun` with its indefinite article.

    >>> article("old key")
    'an old key'
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def rows(table: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table that is written with bars."""
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def listed(cell: str, mark: str = ",") -> list[str]:
    """Return what a cell lists."""
    return [item.strip() for item in cell.split(mark)]


def plain(texts: Sequence[str]) -> Options:
    """Make options that are all as likely as each other."""
    return [(Entry(text, {"a": article(text)}), 1.0) for text in texts]


def ranked(entries: Sequence[Entry]) -> Options:
    """Make options of which the first are the most likely, as words are in a language."""
    return [(entry, 1 / (rank + 8)) for rank, entry in enumerate(entries)]


def _people() -> list[Entry]:
    girls = [Entry(name, PRONOUNS["she"]) for name in words.GIRLS]
    boys = [Entry(name, PRONOUNS["he"]) for name in words.BOYS]
    return [person for pair in zip(girls, boys, strict=True) for person in pair]


def _things() -> list[Entry]:
    return [
        Entry(
            noun, {"a": article(noun)}, {"adjectives": listed(adjectives), "marks": listed(marks)}
        )
        for noun, adjectives, marks in rows(words.THINGS)
    ]


def _places() -> list[Entry]:
    return [
        Entry(noun, {"at": at, "to": to}, {"spots": listed(spots, ";")})
        for noun, at, to, spots in rows(words.PLACES)
    ]


def _trades() -> list[Entry]:
    return [
        Entry(trade, PRONOUNS[he] | {"a": article(trade)}, {"acts": listed(acts, ";")})
        for trade, he, acts in rows(words.TRADES)
    ]


def _animals() -> list[Entry]:
    names = ("sound", "hurt", "food", "thanks", "home")
    return [
        Entry(animal, {"a": article(animal)} | dict(zip(names, cells, strict=True)))
        for animal, *cells in rows(words.ANIMALS)
    ]


def _crafts() -> list[Entry]:
    names = ("trade", "stuff", "last")
    return [
        Entry(
            craft,
            {"a": article(craft)} | dict(zip(names, cells, strict=True)),
        )
        for craft, *cells in rows(words.CRAFTS)
    ]


def _plants() -> list[Entry]:
    names = ("where", "pest", "when", "use")
    return [
        Entry(plant, {"a": article(plant)} | dict(zip(names, cells, strict=True)))
        for plant, *cells in rows(words.PLANTS)
    ]


PEOPLE = _people()
THINGS = _things()
PLACES = _places()
TRADES = _trades()
ANIMALS = _animals()
CRAFTS = _crafts()
PLANTS = _plants()
KIN = [Entry(kin, PRONOUNS[he]) for he in words.KIN for kin in words.KIN[he]]
FOODS = [Entry(food) for food in listed(words.FOODS, ";")]
OUTDOORS = (
    "mill orchard harbour market forest river bridge barn meadow station vineyard well quarry pond"
)
_TRADE_OF = {trade.text: trade for trade in TRADES}


FRAGILE = [thing for thing in THINGS if thing.text in words.MENDERS]
BREAKAGES = dict(rows(words.BREAKAGES))
HOARDED = [thing for thing in THINGS if thing.text in words.HOARDED.split()]
ELDERS = [kin for kin in KIN if kin.text not in ("brother", "sister")]
DAYS = [Entry(day, {"kind": kind}) for day, kind in rows(signs.DAYS)]
TOOLS = [Entry(tool, {"the": "the " + tool.split(" ", 1)[1]}) for tool in listed(signs.TOOLS, ";")]
ROPES = [Entry(rope, {"the": "the " + rope.split(" ", 1)[1]}) for rope in listed(words.ROPES, ";")]
DANGERS = [
    Entry(place, {"at": at, "fall": fall, "where": where})
    for place, at, fall, where in rows(words.DANGERS)
]
ARRIVALS = [
    Entry(place, {"at": at, "by": by, "sound": sound})
    for place, at, by, sound in rows(words.ARRIVALS)
]


def _named(names: str) -> Options:
    return ranked([place for place in PLACES if place.text in names.split()])


def _foods(names: str) -> list[Entry]:
    return [food for food in FOODS if food.text in listed(names, ";")]


def _weekdays(day: Entry | None) -> Options:
    """Return the days that a letter may name: not the one on which it comes."""
    named = day.text.split()[-1] if day else ""
    return plain([text for text in signs.lists()["weekdays"] if text != named])


def _wild(kind: str | None) -> Options:
    away = words.AWAY.get(kind or "", [])
    return ranked([a for a in ANIMALS if a.text in words.WILD and a.text not in away])


def _trade_named(names: str) -> Options:
    return ranked([_TRADE_OF[name] for name in names.split()])


def _weathers(kind: str | None) -> Options:
    fitting = [text for text, kinds in rows(signs.WEATHERS) if (kind or "any") in kinds.split()]
    return plain(fitting)


def _without(*entries: Entry, among: Sequence[Entry]) -> Options:
    return [(entry, weight) for entry, weight in ranked(among) if entry not in entries]


def _pronouns(text: str, he: str, role: str = "hero") -> str:
    """Fill the slots `{hero.his}` and the like."""
    for form, word in PRONOUNS[he].items():
        text = text.replace(f"{{{role}.{form}}}", word)
    return text


def _wheres(where: str, he: str) -> Options:
    return plain([_pronouns(where, he, "friend")])


def _sign_sources() -> Iterator[Source]:
    """For each feeling and role, make a source of what such a person does."""
    for feeling, table in signs.SIGNS.items():
        texts = rows(table)
        lines = [cell for (cell,) in texts]
        for role in ("hero", "friend", "kin", "helper"):
            yield Source(
                f"{feeling}/{role}",
                (f"{role}.he",),
                lambda he, lines=lines: plain([_pronouns(line, he) for line in lines]),
            )


SOURCES = [
    Source("people", (), lambda: ranked(PEOPLE)),
    Source("others", ("hero",), lambda hero: _without(hero, among=PEOPLE)),
    Source("kin", (), lambda: ranked(KIN)),
    Source("elders", (), lambda: ranked(ELDERS)),
    Source("days", (), lambda: ranked(DAYS)),
    Source("post_days", (), lambda: ranked([day for day in DAYS if "Sunday" not in day.text])),
    Source("visit_days", ("day",), _weekdays),
    Source("weathers", ("day.kind",), _weathers),
    Source("tools", (), lambda: ranked(TOOLS)),
    Source("ropes", (), lambda: ranked(ROPES)),
    Source("things", (), lambda: ranked(THINGS)),
    Source("fragile", (), lambda: ranked(FRAGILE)),
    Source("breakages", ("thing",), lambda thing: plain([BREAKAGES[thing.text]])),
    Source("hoarded", (), lambda: ranked(HOARDED)),
    Source("arrivals", (), lambda: ranked(ARRIVALS)),
    Source("others_of", ("friend",), lambda friend: _without(friend, among=PEOPLE)),
    Source("healers", (), lambda: _trade_named("doctor nurse")),
    Source("beasts", (), lambda: ranked([a for a in ANIMALS if a.text in words.BEASTS])),
    Source("adjs", ("thing",), lambda thing: plain(thing.facts["adjectives"])),
    Source("marks", ("thing",), lambda thing: plain(thing.facts["marks"])),
    Source("other_things", ("thing",), lambda thing: _without(thing, among=THINGS)),
    Source("other_adjs", ("other",), lambda other: plain(other.facts["adjectives"])),
    Source("places", (), lambda: ranked(PLACES)),
    Source("stalls", (), lambda: _named("market inn bakery dairy mill harbour")),
    Source("menders", ("thing",), lambda thing: _trade_named(words.MENDERS[thing.text])),
    Source(
        "lit_places", (), lambda: _named("mill inn school bakery harbour station dairy library")
    ),
    Source("deep_places", (), lambda: ranked(DANGERS)),
    Source("greens", (), lambda: _named("market inn harbour school barn station")),
    Source("quiet_places", (), lambda: _named("orchard forest barn meadow quarry tower")),
    Source("outdoors", (), lambda: _named(OUTDOORS)),
    Source(
        "dark_places", (), lambda: _named("mill barn tower chapel smithy church greenhouse dairy")
    ),
    Source("spots", ("place",), lambda place: plain(place.facts["spots"])),
    Source("helpers", (), lambda: ranked(TRADES)),
    Source("acts", ("helper",), lambda helper: plain(helper.facts["acts"])),
    Source("tame", (), lambda: ranked([a for a in ANIMALS if a.text not in words.WILD])),
    Source("wild", ("day.kind",), _wild),
    Source(
        "thanks",
        ("thing.thanks", "hero.he"),
        lambda thanks, he: plain([_pronouns(thanks, he)]),
    ),
    Source("crafts", (), lambda: ranked(CRAFTS)),
    Source("trade_of", ("thing.trade",), lambda trade: [(_TRADE_OF[trade], 1.0)]),
    Source("plants", (), lambda: ranked(PLANTS)),
    Source("wheres", ("place.where", "friend.he"), _wheres),
    Source("other_foods", ("thing",), lambda thing: _without(thing, among=FOODS)),
    Source("foods", (), lambda: ranked(FOODS)),
    Source("bakes", (), lambda: ranked(_foods(words.BAKES))),
    Source("dishes", (), lambda: ranked(_foods(words.DISHES))),
    *(Source(name, (), lambda texts=texts: plain(texts)) for name, texts in signs.lists().items()),
    *_sign_sources(),
]

TEMPLATES = Templates(SOURCES)
