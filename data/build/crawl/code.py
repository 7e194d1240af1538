"""Program text and what programs write: snippets, data, styles, settings, logs, traces."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer, dealt, documents, pools


def snippets(writer: Writer) -> Iterator[Draft]:
    """Yield the snippets that were written for the crawl, one a page."""
    for language, text in dealt(documents("code"), writer.split):
        yield Draft("code", text, language, language="none")


def code(writer: Writer) -> Draft:
    """Draw something that only a program reads."""
    style = writer.one(sorted(STYLES))
    return Draft("code", STYLES[style](writer, writer.number(6, 16)), style, language="none")


def long_log(writer: Writer) -> Draft:
    """Draw a log of some hundred lines."""
    return Draft("code", _log(writer, 150), "log, long", language="none")


def _name(writer: Writer) -> str:
    one, two = (writer.word(pool).split(" | ")[0].lower() for pool in ("goods", "label"))
    return f"{one.split()[-1]}_{two.split()[0]}"


def _json(writer: Writer, size: int) -> str:
    records = []
    for _ in range(max(2, size // 3)):
        record = {
            "id": writer.number(100, 99999),
            "name": writer.word("goods").split(" | ")[0],
            "price": writer.number(1, 900) / 4,
            "tags": writer.some([tag.lower() for tag in pools("pools")["label"]], 2),
            "active": writer.happens(0.5),
        }
        kept = writer.some(list(record), writer.number(2, 5))
        records.append({key: record[key] for key in kept})
    return json.dumps(
        {"items": records, "page": writer.number(1, 40)}, indent=writer.one([2, None])
    )


def _css(writer: Writer, size: int) -> str:
    tags = ["h1", "h2", "p", "ul li", "a:hover", "table td", "footer", "img", "nav ul", "body"]
    rules = [
        "margin: ‹0..40›px ‹0..40›px",
        "padding: ‹1..30›px",
        "color: #‹100..999›‹100..999›",
        "font-size: ‹10..32›px",
        "float: ‹left|right|none›",
        "border: ‹1..4›px solid #‹100..999›",
        "display: ‹block|flex|grid|none›",
        "width: ‹10..100›%",
        "background: url(img/‹@label›‹1..99›.png) no-repeat",
        "line-height: 1.‹2..8›",
    ]
    blocks = []
    for _ in range(size):
        selector = writer.one([f".{_name(writer)}", f"#{_name(writer)}", writer.one(tags)])
        body = "; ".join(writer.fill(rule) for rule in writer.some(rules, writer.number(1, 4)))
        blocks.append(f"{selector} {{ {body}; }}")
    return "\n".join(blocks)


def _log(writer: Writer, size: int) -> str:
    events = [
        "INFO  [worker-‹1..9›] job ‹1000..9999› done in ‹3..900› ms",
        "WARN  [http-‹1..40›] slow request GET /‹shop|blog|api|img›/‹10..9999› ‹800..4000› ms",
        "ERROR [db] connection reset (attempt ‹1..5›)",
        "DEBUG cache miss key=‹10000..99999› size=‹1..64›k",
        "INFO  [auth] session ‹100000..999999› opened",
        "INFO  gc pause ‹1..90› ms, heap ‹100..900› MB",
        "WARN  disk /dev/sd‹a|b|c›1 at ‹71..99›%",
        "ERROR [mail] queue full, dropped ‹1..30› messages",
    ]
    day, second = writer.fill("‹2012..2023›-‹10..12›-‹10..28›"), writer.number(0, 50000)
    rows = []
    for _ in range(size):
        second += writer.number(0, 40)
        time = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        rows.append(f"{day} {time} {writer.fill(writer.one(events))}")
    return "\n".join(rows)


def _settings(writer: Writer, size: int) -> str:
    rows = []
    for place in range(size):
        if place % 4 == 0:
            rows.append(f"[{_name(writer)}]")
        value = writer.fill(writer.one(["‹true|false›", "‹1..9000›", "/etc/‹@label›.d", "‹0..1›"]))
        rows.append(f"{_name(writer)} = {value.lower().replace(' ', '_')}")
    return "\n".join(rows)


def _trace(writer: Writer, size: int) -> str:
    rows = ["Traceback (most recent call last):"]
    for _ in range(size // 2):
        name = _name(writer)
        rows.append(f'  File "app/{name}.py", line {writer.number(3, 900)}, in {_name(writer)}')
        rows.append(f"    {_name(writer)}({writer.fill('‹self|x|row, i|*args|**opts›')})")
    error = writer.one(["KeyError: ", "ValueError: bad ", "TypeError: cannot add ", "IndexError: "])
    return "\n".join([*rows, error + repr(_name(writer))])


def _inserts(writer: Writer, size: int) -> str:
    table = _name(writer)
    rows = [
        f"INSERT INTO {table} VALUES ({writer.number(1, 9999)}, '{writer.word('last')}', "
        f"'{writer.word('town')}', {writer.number(1, 999)}.{writer.number(10, 99)}, NULL);"
        for _ in range(size)
    ]
    return "\n".join(rows)


def _markup(writer: Writer, size: int) -> str:
    rows = [f'<div class="{_name(writer)}">', "<ul>"]
    for _ in range(size):
        link = f"/{_name(writer)}?id={writer.number(1, 9999)}"
        rows.append(f'<li><a href="{link}">{writer.word("label")}</a></li>')
    return "\n".join([*rows, "</ul>", "</div>"])


def _minified(writer: Writer, size: int) -> str:
    parts = [
        writer.fill(
            "‹a|b|c|d|e›.‹f|g|h|k›=function(‹t|n|r›){return ‹t|n|r›&&‹e|o|i›["
            f'"{_name(writer)}"'
            "]||‹0..99›}"
        )
        for _ in range(size)
    ]
    return "!function(){" + ",".join(parts) + "}();"


STYLES: dict[str, Callable[[Writer, int], str]] = {
    "json": _json,
    "css": _css,
    "log": _log,
    "settings": _settings,
    "trace": _trace,
    "inserts": _inserts,
    "markup": _markup,
    "minified": _minified,
}
