"""Other languages than English, and pages that are translated only in part."""

from __future__ import annotations

from collections.abc import Iterator

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer, dealt, documents
from data.build.translation import pair


def foreign(split: str) -> list[Draft]:
    """Return the texts in German, French, Spanish, Italian, Dutch, Portuguese and Greek."""
    german = [("de", text) for _, text in documents("german")]
    texts = [*german, *documents("foreign")]
    return [Draft("foreign", text, good=True, language=mark) for mark, text in dealt(texts, split)]


def half_translated(split: str) -> Iterator[Draft]:
    """Yield two pages of each parallel text; what is English in one is German in the other."""
    for place, (_, text) in enumerate(dealt(documents("parallel"), split)):
        pairs = [line.split(" | ") for line in text.splitlines()]
        half = len(pairs) // 2
        for turned in (0, 1):
            if place % 2:
                said = [both[(number + turned) % 2] for number, both in enumerate(pairs)]
                detail = "every other sentence"
            else:
                said = [both[(number >= half) ^ turned] for number, both in enumerate(pairs)]
                detail = "first half" if not turned else "second half"
            yield Draft("mixed", " ".join(said), detail, language="en-de")


def exercise(writer: Writer) -> Draft:
    """Draw a page of a language course: sentences with their translations."""
    pairs = [pair(writer) for _ in range(writer.number(5, 9))]
    mark = writer.one([" – ", " = ", "\n   ", " / "])
    title = writer.fill("‹Lesson|Lektion|Unit|Übung› ‹1..40›")
    lines = [f"{n}. {both['en']}{mark}{both['de']}" for n, both in enumerate(pairs, 1)]
    return Draft("mixed", "\n".join([title, *lines]), "sentence pairs", language="en-de")
