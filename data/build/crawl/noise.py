"""Text that a machine has spoiled: repeated, shuffled, or read in the wrong encoding."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer
from data.build.translation import pair
from gradelib.lab.village.stories import draw_story, sentences


def repetition(writer: Writer) -> Draft:
    """Say the same again and again, in one of five ways."""
    style = writer.one(["sentence", "loop", "paragraph", "counter", "phrases"])
    said = sentences(draw_story(writer.rng).text)
    if style == "sentence":
        again = [writer.one(said)] * writer.number(8, 40)
        return Draft("repetition", writer.one([" ", "\n"]).join(again), style)
    if style == "loop":
        words = " ".join(said[:2]).rstrip(".").split()
        tail = words[-writer.number(2, 6) :]
        return Draft("repetition", " ".join(words + tail * writer.number(12, 40)), style)
    if style == "paragraph":
        again = ["\n\n".join([" ".join(said)])] * writer.number(3, 6)
        return Draft("repetition", "\n\n".join(again), style)
    if style == "counter":
        pattern = f"{writer.word('label')} {{}} of our {writer.word('goods').split(' | ')[1]}."
        lines = [pattern.format(n) for n in range(1, writer.number(12, 40))]
        return Draft("repetition", "\n".join(lines), style)
    return Draft("repetition", _phrases(writer), style)


def _phrases(writer: Writer) -> str:
    one = writer.word("goods").split(" | ")[0]
    known = [f"Great {one}!", "Very good.", f"I like this {one}.", "Nice.", "Fast delivery."]
    known += [f"Good {one}, good price.", "Thank you!", "Will buy again.", f"Best {one}!"]
    some = writer.some(known, 4)
    return " ".join(writer.one(some) for _ in range(writer.number(20, 60)))


def scrambled(writer: Writer) -> Draft:
    """Say what has the words of a story and makes no sense, in one of four ways."""
    style = writer.one(["words", "within sentences", "babble", "patchwork"])
    said = sentences(draw_story(writer.rng).text)
    if style == "words":
        words = " ".join(said).split()
        text = " ".join(writer.some(words, len(words)))
    elif style == "within sentences":
        text = " ".join(_mixed_up(writer, sentence) for sentence in said)
    elif style == "babble":
        text = _babble(writer)
    else:
        parts = [writer.one(sentences(draw_story(writer.rng).text)) for _ in said]
        text = " ".join(parts)
    return Draft("scrambled", text, style)


def _mixed_up(writer: Writer, sentence: str) -> str:
    words = sentence[:-1].split()
    return " ".join(writer.some(words, len(words))) + sentence[-1]


def _babble(writer: Writer) -> str:
    """Walk from word to word as 25 stories do, which is a bigram model of them."""
    follows = defaultdict(list)
    for _ in range(25):
        words = draw_story(writer.rng).text.split()
        for word, following in pairwise(words):
            follows[word].append(following)
    said = [writer.one(sorted(follows))]
    while len(said) < 90 and follows[said[-1]]:
        said.append(writer.one(follows[said[-1]]))
    return " ".join(said)


def mojibake(writer: Writer) -> Draft:
    """Read good text in the wrong encoding, in one of six ways."""
    way = writer.one(sorted(WAYS))
    german = writer.happens(1 / 3)
    text = " ".join(pair(writer)["de"] for _ in range(writer.number(6, 9))) if german else ""
    text = text or typeset(draw_story(writer.rng).text)
    while sum(sign > "\x7f" for sign in text) < 2:
        text = typeset(draw_story(writer.rng).text)
    language = "de" if german else "en"
    return Draft("mojibake", WAYS[way](text), way, language=language)


def typeset(text: str) -> str:
    """Set curly quotation marks and apostrophes, and long dashes.

    >>> typeset('"It is Tom\\'s," she said.')
    '“It is Tom’s,” she said.'
    """
    parts = text.replace("'", "’").replace(": ", " – ").split('"')
    return "".join(part + "“”"[place % 2] for place, part in enumerate(parts))[:-1]


def _misread(text: str) -> str:
    """Return UTF-8 read as Windows-1252, as browsers do it: five bytes stay controls."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()
    )


def _entities(text: str) -> str:
    """Write signs as HTML does, and its ampersands once more."""
    named = text.replace("’", "&rsquo;").replace("“", "&ldquo;").replace("”", "&rdquo;")
    named = named.replace("–", "&ndash;")
    signs = {sign: f"&#{ord(sign)};" for sign in named if sign > "\x7f"}
    for sign, number in signs.items():
        named = named.replace(sign, number)
    return html.escape(named, quote=False)


def _plain(text: str, mark: str) -> str:
    return "".join(mark if sign > "\x7f" else sign for sign in text)


WAYS: dict[str, Callable[[str], str]] = {
    "utf-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "utf-8 as cp1252": _misread,
    "utf-8 as cp1252, twice": lambda text: _misread(_misread(text)),
    "replacement": lambda text: _plain(text, "\ufffd"),
    "question marks": lambda text: _plain(text, "?"),
    "entities": _entities,
}
