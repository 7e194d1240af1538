"""What a page that a teacher opens may contain of what a student wrote: no scripts.

nbconvert's own `clean_html` is as safe, but takes away headings, the rows of tables, and the
pictures of a verdict. `docs/decisions/0017-bleach-stays.md` says why it is bleach that cleans.
"""

from __future__ import annotations

from typing import Any

import bleach
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

__all__ = ["Style", "sanitize_html"]

TEXT = (
    "p br hr h1 h2 h3 h4 h5 h6 div span pre code kbd samp sub sup del ins s u mark small dl dt dd"
)
TABLES = "table caption colgroup col thead tbody tfoot tr th td"
PICTURES = "img figure figcaption details summary svg g rect line circle path text title"
TAGS = frozenset(bleach.ALLOWED_TAGS) | set(f"{TEXT} {TABLES} {PICTURES}".split())
DRAWN = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "fill", "stroke", "viewBox"]
ATTRIBUTES = {
    **bleach.ALLOWED_ATTRIBUTES,
    "*": ["class", "id", "style", "title", "role", "aria-label", "width", "height", "align"],
    "img": ["src", "alt"],
    **{tag: ["colspan", "rowspan", "scope", "border"] for tag in ("table", "th", "td")},
    **dict.fromkeys(("svg", "g", "rect", "line", "circle", "path", "text"), DRAWN),
}
LAYOUT = (
    "background border border-left font-size line-height margin margin-top max-width padding "
    "text-align vertical-align"
)
STYLES = [*ALLOWED_CSS_PROPERTIES, *LAYOUT.split()]
STYLE = """
#toc a::after { content: " " attr(href); color: #777; }
div.rendered_html table { margin: 0.5em 0 1em; }
div.rendered_html th, div.rendered_html td { padding: 0.2em 0.8em; }
div.rendered_html tr:nth-child(even) td { background: #f5f5f5; }
"""
SANITIZER = bleach.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    protocols=[*bleach.ALLOWED_PROTOCOLS, "data"],
    css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
)


def sanitize_html(element: str | bytes) -> str:
    """Return HTML without what could run, load or look like a part of the page."""
    text = element.decode() if isinstance(element, bytes) else str(element)
    clean: str = SANITIZER.clean(text)
    return clean


class Style(Preprocessor):
    """Name the cells in the list of points, and put room between the columns of tables."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        resources.setdefault("inlining", {}).setdefault("css", []).append(STYLE)
        return nb, resources
