"""What surrounds text on the web and is none: menus, cookie banners, stubs, teasers, filler."""

from __future__ import annotations

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer
from gradelib.lab.village.stories import draw_story, sentences


def menu(writer: Writer) -> Draft:
    """Draw the links of a site: in lines, with bars, as a trail, with numbers."""
    labels = writer.some(
        [writer.word("label") for _ in range(60)] + [writer.word("town")], writer.number(8, 30)
    )
    labels = list(dict.fromkeys(labels))
    style = writer.one(["lines", "bars", "columns", "trail", "arrows"])
    if style == "trail":
        parts = ["You are here: " + " > ".join(labels[:4]), "", *labels[4:]]
    elif style == "columns":
        parts = ["   ".join(labels[i : i + 4]) for i in range(0, len(labels), 4)]
    elif style == "arrows":
        parts = [f"» {label}" for label in labels]
    else:
        parts = [(" | " if style == "bars" else "\n").join(labels)]
    if writer.happens(0.7):
        parts.insert(0, writer.word("site"))
    if writer.happens(0.6):
        parts.append(writer.fill("© ‹2005..2023› ‹@site›"))
    return Draft("menu", "\n".join(parts), style)


def cookie(writer: Writer) -> Draft:
    """Draw a banner that asks for consent, or a part of a privacy policy."""
    if writer.happens(0.25):
        count = writer.number(4, 6)
        body = " ".join(writer.some(writer.pool("cookies", "policy"), count))
        title = writer.one(["Privacy policy", "Data protection", "Privacy statement"])
        return Draft("cookie", writer.fill(f"{title}\n\n{body}"), "policy")
    pick = {
        name: writer.some(writer.pool("cookies", name), count)
        for name, count in [("title", 1), ("what", 1), ("why", 1), ("choice", 1)]
    }
    body = " ".join(pick["what"] + pick["why"] + pick["choice"])
    parts = [*pick["title"], body]
    if writer.happens(0.6):
        parts += writer.some(writer.pool("cookies", "kind"), writer.number(2, 4))
    buttons = writer.some(writer.pool("cookies", "button"), writer.number(2, 6))
    parts.append(writer.one([" ", "   ", "\n", " | "]).join(buttons))
    return Draft("cookie", writer.fill("\n".join(parts)), "banner")


def stub(writer: Writer) -> Draft:
    """Draw a page on which there is next to nothing."""
    return Draft("stub", writer.fill(writer.one(writer.pool("stubs", "page"))))


def teaser(writer: Writer) -> Draft:
    """Draw an overview: headings, and the beginnings of texts that stand on other pages."""
    more = writer.one(["Read more", "more …", "[continue]", "» Read on", "Continue reading →"])
    parts = [writer.word("site")]
    for _ in range(writer.number(3, 5)):
        story = draw_story(writer.rng)
        first = " ".join(sentences(story.text)[:2]).split()
        start = " ".join(first[: writer.number(9, 22)]).rstrip(",.;:!?") + " …"
        topic = f"{story.hero} and the {story.thing}" if story.thing else f"{story.hero}'s story"
        date = writer.fill("‹1..28› ‹@month› ‹2009..2023›")
        parts += [topic, f"{date} by {writer.word('first')}", start, more]
        if writer.happens(0.4):
            parts.append(f"{writer.number(0, 31)} comments")
    return Draft("teaser", "\n".join(parts))


def filler(writer: Writer) -> Draft:
    """Draw text that only holds a place: nonsense that looks like Latin, or empty phrases."""
    style = writer.one(["latin", "latin", "english", "both"])
    parts = []
    if style in ("english", "both"):
        parts += [
            writer.fill(line)
            for line in writer.some(writer.pool("filler", "english"), writer.number(3, 6))
        ]
    if style in ("latin", "both"):
        parts += [_latin(writer) for _ in range(writer.number(1, 3))]
    ordered = writer.some(parts, len(parts))
    language = "en" if style == "english" else "none"
    return Draft("filler", "\n".join(ordered), style, language=language)


def _latin(writer: Writer) -> str:
    """Return a paragraph of words that mean nothing."""
    said = []
    for _ in range(writer.number(3, 6)):
        words = [writer.word("latin") for _ in range(writer.number(6, 13))]
        comma = writer.number(2, 4)
        words[comma] += ","
        said.append(" ".join(words).capitalize() + ".")
    text = " ".join(said)
    if writer.happens(0.5):
        return "Lorem ipsum dolor sit amet, " + text[0].lower() + text[1:]
    return text
