"""Put a text into a page: what stands above and below it on a web site."""

from __future__ import annotations

from data.build.crawl.texts import Writer


def framed(writer: Writer, text: str, above: int, below: int) -> tuple[str, list[int]]:
    """Return the page, and the numbers of its lines that are not the text's."""
    before = _filled(writer, "above", above)
    after = _filled(writer, "below", below)
    body = text.split("\n")
    total = len(before) + len(body) + len(after)
    added = [*range(len(before)), *range(len(before) + len(body), total)]
    return "\n".join([*before, *body, *after]), added


def broken_up(writer: Writer, text: str) -> str:
    """Return the text as two paragraphs, as pages set it."""
    parts = text.split(". ")
    if len(parts) < 3:
        return text
    cut = writer.number(1, len(parts) - 2)
    return ". ".join(parts[:cut]) + ".\n" + ". ".join(parts[cut:])


def _filled(writer: Writer, place: str, count: int) -> list[str]:
    return [writer.fill(line) for line in writer.some(writer.pool("frames", place), count)]
