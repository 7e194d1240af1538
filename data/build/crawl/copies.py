"""Copy a document with edits until a given share of its shingles is left."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from data.build.crawl.draft import Draft
from data.build.crawl.frames import framed
from data.build.crawl.shingles import jaccard, shingles
from data.build.crawl.texts import Writer, dealt, lines
from gradelib.lab.village import words as village_words
from gradelib.lab.village.stories import continue_story, sentences

Steps = Iterator[str]  # the text after one edit, after two, …
UNIT = re.compile(r"(?<=[.!?\"”])( )(?=[\"“A-Z])|(\n+)")


def edited(writer: Writer, original: Draft, low: float, high: float) -> Draft | None:
    """Return a copy whose similarity lies between `low` and `high`; None if this try fails."""
    ways = [*WAYS, *SELDOM * 3]
    if original.kind != "story":
        ways = [way for way in ways if way not in FOR_STORIES]
    way = writer.one(ways)
    for _ in range(4):  # so that ways which seldom fit are not lost
        fitting = []
        for text in WAYS[way](writer, original.text):
            similarity = jaccard(original.shingles, shingles(text))
            if similarity < low:
                break
            if similarity < high:
                fitting.append(text)
        if fitting:
            return copy(original, writer.one(fitting), way)
    return None


def copy(original: Draft, text: str, way: str) -> Draft:
    """Return `text` as a copy of a document."""
    made = Draft(original.kind, text, original.detail, original.good, original.language)
    made.original, made.copied = original, way
    made.similarity = round(jaccard(original.shingles, made.shingles), 4)
    made.personal = list(original.personal)
    if way in ("exact", "layout"):
        made.boilerplate = list(original.boilerplate)
    if way == "frame":
        made.boilerplate = _boilerplate(original.text, text)
    return made


def _boilerplate(original: str, page: str) -> list[int]:
    """Return the lines of a page that stand around the original."""
    before = page[: page.index(original)].count("\n")
    body = original.count("\n") + 1
    return [n for n in range(page.count("\n") + 1) if not before <= n < before + body]


@functools.cache
def _synonyms() -> dict[str, list[str]]:
    rows = [line.split(" | ") for line in lines("synonyms")]
    return {first: others for first, *others in rows}


def _words(writer: Writer, text: str) -> Steps:
    """Put other words in the place of known ones."""
    parts = re.split(r"(\w+)", text)
    known = _synonyms()
    places = [n for n, part in enumerate(parts) if part.lower() in known]
    for place in writer.some(places, len(places)):
        new = writer.one(known[parts[place].lower()])
        parts[place] = new.capitalize() if parts[place][0].isupper() else new
        yield "".join(parts)


def _typing(writer: Writer, text: str) -> Steps:
    """Make typing errors: letters that change places, are doubled or left out."""
    parts = re.split(r"(\w+)", text)
    places = [n for n, part in enumerate(parts) if len(part) > 3 and part.isalpha()]
    for place in writer.some(places, len(places)):
        word = parts[place]
        at = writer.number(1, len(word) - 3)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        doubled, shorter = word[: at + 1] + word[at:], word[:at] + word[at + 1 :]
        parts[place] = writer.one([swapped, doubled, shorter])
        yield "".join(parts)


def _names(writer: Writer, text: str) -> Steps:
    """Give the people other names."""
    for pool in writer.some([village_words.GIRLS, village_words.BOYS], 2):
        there = [name for name in pool if re.search(rf"\b{name}\b", text)]
        free = writer.some([name for name in pool if name not in there], len(there))
        for old, new in zip(there, free, strict=True):
            text = re.sub(rf"\b{old}\b", new, text)
            yield text


def _units(text: str) -> list[str]:
    """Return sentences and lines, each followed by the white space after it."""
    return [part for part in UNIT.split(text) if part is not None]


def _dropped(writer: Writer, text: str) -> Steps:
    """Leave out one sentence after another."""
    units = _units(text)
    while len(units) > 3:
        place = 2 * writer.number(0, len(units) // 2)
        starts = place == 0 or "\n" in units[place - 1]  # then what stands before it stays
        first = place if starts and place + 1 < len(units) else place - 1
        del units[first : first + 2]
        yield "".join(units)


def _added(writer: Writer, text: str) -> Steps:
    """Put in sentences that fit everywhere and say nothing."""
    units = _units(text)
    new = [line for line in dealt(lines("additions"), writer.split) if line not in text]
    for sentence in writer.some(new, 12):
        place = 2 * writer.number(1, len(units) // 2 + 1) - 1
        units[place:place] = [" ", sentence]
        yield "".join(units)


def _sentences(writer: Writer, text: str) -> Steps:
    """Leave out a sentence, put one in, and so on."""
    return _alternating(writer, text, [_dropped, _added])


def _order(writer: Writer, text: str) -> Steps:
    """Let sentences change places."""
    units = _units(text)
    gaps = [place for place, unit in enumerate(units) if unit == " "]  # inside a paragraph
    for _ in range(20 if gaps else 0):
        gap = writer.one(gaps)
        units[gap - 1], units[gap + 1] = units[gap + 1], units[gap - 1]
        yield "".join(units)


def _cut(writer: Writer, text: str) -> Steps:
    """Break off, earlier and earlier."""
    words = text.split(" ")
    while len(words) > 12:
        words = words[: -writer.number(1, 3)]
        yield " ".join(words).rstrip(",.;:") + " …"


def _ending(writer: Writer, text: str) -> Steps:
    """Tell the story on from an earlier and earlier sentence, as the grammar would."""
    said = sentences(text)
    for kept in range(len(said) - 1, 1, -1):
        yield continue_story(" ".join(said[:kept]), writer.rng).text


def _frame(writer: Writer, text: str) -> Steps:
    """Put the same text into pages with more and more around it."""
    for size in range(1, 20):
        yield framed(writer, text, min(size, 8), size)[0]


def _several(writer: Writer, text: str) -> Steps:
    """Do a little of everything."""
    return _alternating(writer, text, [_words, _dropped, _added, _names, _order, _typing])


def _alternating(writer: Writer, text: str, ways: list[Callable[[Writer, str], Steps]]) -> Steps:
    for _ in range(60):
        text = next(writer.one(ways)(writer, text), text)
        yield text


SELDOM = ["names", "order"]  # they fit few bands
FOR_STORIES = ["ending", "names"]  # the names of the village, and its grammar
WAYS: dict[str, Callable[[Writer, str], Steps]] = {
    "cut": _cut,
    "ending": _ending,
    "frame": _frame,
    "names": _names,
    "order": _order,
    "sentences": _sentences,
    "several": _several,
    "typing": _typing,
    "words": _words,
}
