"""Text that a language model should learn from: stories, written prose, pages around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from data.build.crawl.draft import Draft
from data.build.crawl.frames import broken_up, framed
from data.build.crawl.texts import SPLITS, Writer, dealt, documents
from gradelib.lab.village.stories import draw_story

WRITTEN = {  # kind: file
    "recipe": "recipes",
    "letter": "letters",
    "news": "news",
    "howto": "howtos",
    "review": "reviews",
    "forum": "forums",
    "entry": "entries",
    "poem": "poems",
    "tale": "tales",
    "tutorial": "tutorials",
    "notice": "notices",
}


def story(writer: Writer) -> Draft:
    """Tell a story of the village."""
    return Draft("story", draw_story(writer.rng).text, good=True)


def collection(writer: Writer) -> Draft:
    """Bind a dozen stories into a very long page."""
    title = f"Stories from {writer.word('town')}, told in {writer.word('month')}"
    parts = [title]
    for number in range(1, writer.number(12, 16)):
        parts += [f"{number}.", draw_story(writer.rng).text]
    return Draft("collection", "\n\n".join(parts), good=True)


def wrapped(writer: Writer) -> Draft:
    """Put a story into a page of one of a few sites, each of which has one frame for all pages."""
    text = draw_story(writer.rng).text
    if writer.happens(0.5):
        text = broken_up(writer, text)
    site = writer.number(1, 10 if writer.split == "test" else 20)
    builder = Writer(np.random.default_rng([site, SPLITS.index(writer.split)]), writer.split)
    page, added = framed(builder, text, builder.number(1, 4), builder.number(1, 6))
    return Draft("wrapped", page, good=True, boilerplate=added, site=f"{writer.split} {site}")


def written(kind: str, split: str) -> list[Draft]:
    """Return all texts of a kind that were written for the crawl."""
    return [
        Draft(kind, text, mark, good=True) for mark, text in dealt(documents(WRITTEN[kind]), split)
    ]


def personal(writer: Writer) -> Iterator[Draft]:
    """Yield good texts with made-up addresses and numbers, or with what only looks like them."""
    for mark, text in dealt(documents("personal"), writer.split):
        found: list[str] = []
        first, last = writer.word("first"), writer.word("last")
        known: dict[str, str | Callable[[], str]] = {
            "first": first,
            "last": last,
            "EMAIL": partial(_noted, found, partial(_email, writer, first, last)),
            "OBFUSCATED": partial(_noted, found, partial(_hidden, writer, first, last)),
            "PHONE": partial(_noted, found, partial(_phone, writer)),
            "IP": partial(_noted, found, partial(_address, writer)),
        }
        yield Draft("personal", writer.fill(text, known), mark, good=True, personal=found)


def _noted(found: list[str], make: Callable[[], str]) -> str:
    found.append(make())
    return found[-1]


def _email(writer: Writer, first: str, last: str) -> str:
    name = writer.one([f"{first}.{last}", f"{first[0]}{last}", f"{last}{writer.number(2, 99)}"])
    host = writer.one(["example.org", "example.com", "example.net", "mail.example.org"])
    return f"{name.lower()}@{host}"


def _hidden(writer: Writer, first: str, last: str) -> str:
    name, host = _email(writer, first, last).split("@")
    at, dot = writer.one([(" (at) ", " (dot) "), (" [at] ", "."), (" AT ", " DOT ")])
    return name + at + host.replace(".", dot)


def _phone(writer: Writer) -> str:
    """Return a number from a range that is kept free for fiction."""
    return writer.one(
        [
            f"01632 960{writer.number(100, 999)}",
            f"+44 7700 900{writer.number(100, 999)}",
            f"(555) 555-01{writer.number(10, 99)}",
            f"030 23125-{writer.number(100, 999)}",
            f"+49 30 23125 {writer.number(100, 999)}",
        ]
    )


def _address(writer: Writer) -> str:
    """Return an address from a block that is kept free for documentation."""
    block = writer.one(["192.0.2", "198.51.100", "203.0.113"])
    return f"{block}.{writer.number(2, 250)}"
