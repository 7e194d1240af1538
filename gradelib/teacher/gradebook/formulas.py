"""Formulas of a page as MathML, which browsers show by themselves: no network, no script.

latex2mathml reads the LaTeX; what it makes is not believed, since a student wrote it. Elements and
attributes come from lists, and every text is escaped here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from latex2mathml.converter import convert_to_element

__all__ = ["with_formulas"]

FORMULA = re.compile(  # of bounded length: a student may open thousands and close none
    r"\$\$(?P<block>.{1,2000}?)\$\$"
    r"|(?<![\\$\w])\$(?P<inline>[^$\s](?:[^$]{0,2000}?[^$\s\\])?)\$(?!\d)"
    r"|\\\[(?P<display>.{1,2000}?)\\\]"
    r"|\\\((?P<text>.{1,2000}?)\\\)"
    r"|(?P<environment>\\begin\{(?P<name>equation|align|gather|eqnarray)\*?\}.{1,2000}?"
    r"\\end\{(?P=name)\*?\})",
    re.S,
)
MOST = 20_000  # characters of all the formulas of one cell
EACH = 40  # characters for which a formula counts beside its own: each takes its time
VERBATIM = {"code", "pre", "kbd", "samp", "svg", "math", "title"}
ELEMENTS = """
math mrow mi mo mn mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover
mmultiscripts mprescripts none mtable mtr mtd mlabeledtr menclose mpadded mphantom mstyle merror
"""
ATTRIBUTES = """
display displaystyle scriptlevel mathvariant mathsize stretchy fence form separator accent
accentunder lspace rspace width height depth minsize maxsize linethickness columnalign rowspacing
columnspacing rowalign columnlines rowlines notation largeop movablelimits symmetric
"""
KNOWN, SAFE = frozenset(ELEMENTS.split()), frozenset(ATTRIBUTES.split())
PLAIN = re.compile(r"[\w.%+\- ]{0,40}")  # all that an attribute needs


def with_formulas(page: str) -> str:
    """Return a piece of clean HTML in which LaTeX between its marks is MathML."""
    if "$" not in page and not re.search(r"\\[(\[b]", page):
        return page
    soup = BeautifulSoup(page, "html.parser")
    budget = _Budget(MOST)
    for text in list(soup.find_all(string=FORMULA)):
        if not any(parent.name in VERBATIM for parent in text.parents):
            for piece in _pieces(str(text), budget):
                text.insert_before(piece)
            text.extract()
    return str(soup)


@dataclass
class _Budget:
    left: int  # characters

    def takes(self, latex: str) -> bool:
        self.left -= len(latex) + EACH
        return self.left >= 0


def _pieces(text: str, budget: _Budget) -> Iterator[Any]:
    """Yield what stands between formulas, and the formulas."""
    end = 0
    for found in FORMULA.finditer(text):
        yield NavigableString(text[end : found.start()])
        parts = found.groupdict()
        latex = next(part for name, part in parts.items() if part and name != "name")
        inline = parts["inline"] or parts["text"]
        if not budget.takes(latex):
            end = found.start()
            break
        shown = _mathml(latex, "inline" if inline else "block")
        yield BeautifulSoup(shown, "html.parser")
        end = found.end()
    yield NavigableString(text[end:])


def _mathml(latex: str, display: str) -> str:
    """Return a formula as MathML; as it was written, where it cannot be read."""
    try:
        return _serialized(convert_to_element(latex, display=display))
    except Exception:  # noqa: BLE001 - latex2mathml raises all sorts; the formula is shown as text
        return f"<code>{html.escape(latex)}</code>"


def _serialized(element: Any) -> str:
    """Return an element and all below it, of known elements and attributes alone."""
    inner = _text(element.text) + "".join(
        _serialized(child) + _text(child.tail) for child in element
    )
    if element.tag not in KNOWN:
        return inner
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in SAFE and PLAIN.fullmatch(value)
    )
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _text(text: str | None) -> str:
    return html.escape(html.unescape(text or ""))
