"""Pages that want to sell: lists of search words, and advertisements in good English."""

from __future__ import annotations

from collections.abc import Iterator

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer, dealt, documents, pools
from gradelib.lab.village.stories import draw_story


def keywords(writer: Writer) -> Draft:
    """Stuff a page with words that people search for."""
    one, many = writer.word("goods").split(" | ")
    words = pools("spam")["keyword"]
    towns = writer.some(pools("pools")["town"], writer.number(3, 8))
    style = writer.one(["commas", "line", "towns", "below a story"])
    if style == "towns":
        parts = [f"{writer.one(words)} {many} in {town}" for town in towns for _ in range(2)]
        return Draft("keywords", "\n".join(dict.fromkeys(parts)), style)
    parts = [
        writer.one([f"{word} {one}", f"{one} {word}", f"{many} {word}", f"{word} {many} {town}"])
        for word in writer.some(words, writer.number(8, 20))
        for town in [writer.one(towns)]
    ]
    stuffed = (", " if style != "line" else " ").join(parts)
    if style == "below a story":
        return Draft("keywords", f"{draw_story(writer.rng).text}\n\n{stuffed}", style)
    return Draft("keywords", stuffed, style)


def advert(writer: Writer) -> Draft:
    """Write an advertisement from sentences that a search engine takes for text."""
    one, many = writer.word("goods").split(" | ")
    known = {"G": one, "GS": many, "@brand": writer.word("brand"), "@town": writer.word("town")}
    counts = [("open", 1), ("claim", 2), ("proof", 2), ("urge", 1), ("close", 1)]
    said = [
        writer.fill(line, known)
        for name, count in counts
        for line in writer.some(writer.pool("spam", name), count)
    ]
    return Draft("advert", _articles(" ".join(said)), "put together")


def advertorials(writer: Writer) -> Iterator[Draft]:
    """Yield the advertisements that were written as if they were stories or advice."""
    for _, text in dealt(documents("advertorials"), writer.split):
        yield Draft("advert", text, "written")


def _articles(text: str) -> str:
    """Set "an" before a vowel."""
    for vowel in "aeiou":
        text = text.replace(f" a {vowel}", f" an {vowel}").replace(f" A {vowel}", f" An {vowel}")
    return text
