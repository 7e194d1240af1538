"""Lists and tables: tags, links, indexes; timetables, prices, results, readings."""

from __future__ import annotations

from collections.abc import Callable

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer, pools


def listing(writer: Writer) -> Draft:
    """Draw a list without a sentence."""
    style = writer.one(sorted(LISTS))
    return Draft("list", LISTS[style](writer, writer.number(12, 40)), style)


def long_listing(writer: Writer) -> Draft:
    """Draw a list of many hundreds of lines."""
    style = writer.one(["names", "archive"])
    return Draft("list", LISTS[style](writer, 600), f"{style}, long")


def table(writer: Writer) -> Draft:
    """Draw a table, with bars, commas, semicolons or blanks between its columns."""
    style = writer.one(sorted(TABLES))
    rows = TABLES[style](writer)
    mark = writer.one([" | ", ";", ",", "\t", "   "])
    return Draft("table", "\n".join(mark.join(row) for row in rows), style)


def _tags(writer: Writer, count: int) -> str:
    labels = writer.some(pools("pools")["label"], count)
    return writer.one([" ", ", ", " · "]).join(
        f"{label.lower()} ({writer.number(1, 90)})" if writer.happens(0.5) else label.lower()
        for label in labels
    )


def _links(writer: Writer, count: int) -> str:
    heading = writer.one(["Links", "Bookmarks", "Friends of this site", "More on the web"])
    found = [
        f"{writer.word('site')} – https://{writer.word('town').lower()}{writer.number(1, 99)}"
        f".example.org/{writer.word('label').lower().replace(' ', '-')}"
        for _ in range(count // 2)
    ]
    return "\n".join([heading, *found])


def _archive(writer: Writer, count: int) -> str:
    months = [writer.fill("‹@month› ‹1995..2023› (‹1..60›)") for _ in range(count)]
    return "\n".join(["Archive", *dict.fromkeys(months)])


def _names(writer: Writer, count: int) -> str:
    people = sorted({f"{writer.word('last')}, {writer.word('first')}" for _ in range(count)})
    heading = writer.one(["Members", "Index of persons", "List of entrants", "Donors"])
    return "\n".join(
        [heading, *(f"{n}. {p} {writer.number(1, 900)}" for n, p in enumerate(people, 1))]
    )


def _wares(writer: Writer, count: int) -> str:
    chosen = writer.some(pools("pools")["ware"], count)
    return "\n".join(f"{writer.one(['-', '*', '•'])} {ware}" for ware in chosen)


def _products(writer: Writer, count: int) -> str:
    items = [
        f"{writer.word('brand')} {writer.word('goods').split(' | ')[0]} "
        f"{writer.one(['S', 'M', 'L', 'Pro', 'Mini', 'Plus'])}{writer.number(10, 990)}"
        for _ in range(count)
    ]
    return "\n".join(items)


def _titles(writer: Writer, count: int) -> str:
    titles = writer.some(writer.pool("pools", "topic"), count // 2)
    return "\n".join(
        f"{writer.fill('‹1..28› ‹@month› ‹2009..2023›')}: {title[0].upper()}{title[1:]}"
        for title in titles
    )


def _glossary(writer: Writer, count: int) -> str:
    chosen = sorted(writer.some(pools("pools")["noun"], count))
    return writer.one(["\n", ", "]).join(chosen)


def _timetable(writer: Writer) -> list[list[str]]:
    stops = writer.some(pools("pools")["station"], writer.number(5, 10))
    runs = writer.number(3, 7)
    start, step = writer.number(5, 9) * 60 + writer.number(0, 59), writer.number(20, 120)
    rows = [["Stop", *(f"Line {writer.number(1, 9)}" for _ in range(runs))]]
    for stop in stops:
        start += writer.number(1, 7)
        rows.append([stop, *(_clock(start + run * step) for run in range(runs))])
    return rows


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _league(writer: Writer) -> list[list[str]]:
    clubs = writer.some(pools("pools")["club"], writer.number(8, 14))
    played = writer.number(8, 26)
    rows = [["", "Team", "P", "W", "D", "L", "Goals", "Pts"]]
    found = []
    for club in clubs:
        won = writer.number(0, played)
        drawn = writer.number(0, played - won)
        lost = played - won - drawn
        shot, caught = (drawn + writer.number(n, 2 * n + 6) for n in (won, lost))
        found.append((3 * won + drawn, club, won, drawn, lost, f"{shot}:{caught}"))
    for place, (points, club, won, drawn, lost, goals) in enumerate(sorted(found)[::-1], 1):
        numbers = [str(n) for n in (played, won, drawn, lost)]
        rows.append([str(place), club, *numbers, goals, str(points)])
    return rows


def _prices(writer: Writer) -> list[list[str]]:
    rows = [["Item", "No.", "EUR"]]
    for ware in writer.some(pools("pools")["ware"], writer.number(8, 22)):
        price = f"{writer.number(0, 49)}.{writer.number(0, 99):02d}"
        rows.append([ware, str(writer.number(1000, 9999)), price])
    return rows


def _readings(writer: Writer) -> list[list[str]]:
    rows = [["date", "temp_min", "temp_max", "rain_mm", "wind"]]
    month, year = writer.number(1, 12), writer.number(1988, 2023)
    for day in range(1, writer.number(12, 29)):
        low = writer.number(-80, 180)
        high, rain = low + writer.number(10, 140), writer.number(0, 300)
        values = [f"{low / 10:.1f}", f"{high / 10:.1f}", f"{rain / 10:.1f}"]
        rows.append([f"{year}-{month:02d}-{day:02d}", *values, str(writer.number(0, 11))])
    return rows


def _results(writer: Writer) -> list[list[str]]:
    rows = [["Rank", "No.", "Name", "Club", "Time"]]
    seconds = writer.number(900, 9000)
    for rank in range(1, writer.number(9, 25)):
        seconds += writer.number(0, 70)
        name = f"{writer.word('first')} {writer.word('last')}"
        number = str(writer.number(1, 480))
        rows.append([str(rank), number, name, writer.word("club"), _clock(seconds)])
    return rows


LISTS: dict[str, Callable[[Writer, int], str]] = {
    "tags": _tags,
    "links": _links,
    "archive": _archive,
    "names": _names,
    "wares": _wares,
    "products": _products,
    "glossary": _glossary,
    "titles": _titles,
}
TABLES: dict[str, Callable[[Writer], list[list[str]]]] = {
    "timetable": _timetable,
    "league": _league,
    "prices": _prices,
    "readings": _readings,
    "results": _results,
}
