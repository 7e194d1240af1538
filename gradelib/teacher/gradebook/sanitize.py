"""What a page that a teacher opens may contain of what a student wrote: no scripts, no loading.

nbconvert's own `clean_html` is as safe, but takes away headings, the rows of tables, and the
pictures of a verdict. `docs/decisions/0017-bleach-stays.md` says why it is bleach that cleans.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import bleach
import tinycss2
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from bs4 import BeautifulSoup
from jinja2 import BytecodeCache, Environment, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from gradelib.teacher.gradebook.formulas import with_formulas
from gradelib.teacher.gradebook.pictures import KINDS

__all__ = ["FILTERS", "Page", "Style", "sanitize_html"]

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
PICTURE = re.compile(f"data:({'|'.join(map(re.escape, KINDS))})[;,]", re.I)
LOAD_NOTHING = {"rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "var"}
ELSEWHERE = re.compile(
    r"<script\b[^>]*\bsrc=[^>]*>\s*</script>|<script\b[^>]*mathjax.*?</script>", re.S
)
PICTURE_WITHOUT_WORDS = re.compile(r"<img\b(?![^>]*\salt=)", re.I)
NOTEBOOK_LINK = re.compile(r'(<a\b[^>]*?)\bhref="([\w-]+)\.ipynb(#[^"]*)?"')
NO_WORDS = "No description has been provided for this image"  # as nbconvert says it
KEPT, LONGEST = 512, 10_000  # pieces of pages that are kept, and characters of one
NOTHING_FROM_ELSEWHERE = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'\">"
)


class _Styles(CSSSanitizer):  # type: ignore[misc]
    """bleach's, which looks at the names of properties; this looks at their values, too."""

    def sanitize_css(self, style: str) -> str:
        parts = tinycss2.parse_declaration_list(style, skip_comments=True)
        kept = [p for p in parts if p.type != "declaration" or not _loads(p.value)]
        clean: str = super().sanitize_css(tinycss2.serialize(kept))
        return clean


def _loads(tokens: Iterable[Any]) -> bool:
    """Say whether a value names something to load: by `url()`, `image-set()` and the like."""
    for token in tokens:
        if token.type in ("url", "error", "at-rule"):
            return True
        if token.type == "function":
            if token.lower_name not in LOAD_NOTHING or _loads(token.arguments):
                return True
        elif token.type.endswith("block") and _loads(token.content):
            return True
    return False


def _is_allowed(tag: str, name: str, value: str) -> bool:
    """Say whether an attribute may stay. What would be loaded may be only in the page itself."""
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return False
    if tag == "img" and name == "src":
        return bool(PICTURE.match(value.strip()))
    if name == "href":
        return not re.match(r"\s*data\s*:", value, re.I)
    return name not in DRAWN or ("(" not in value and "\\" not in value)


SANITIZER = bleach.Cleaner(
    tags=TAGS,
    attributes=_is_allowed,
    protocols=[*bleach.ALLOWED_PROTOCOLS, "data"],
    css_sanitizer=_Styles(allowed_css_properties=STYLES),
)


class _Clean(str):
    """HTML that was sanitized: once more would show its formulas as text."""


def sanitize_html(element: str | bytes) -> str:
    """Return HTML without what could run, load or look like a part of the page.

    Its formulas are MathML, since what shows LaTeX would have to be loaded.
    """
    if isinstance(element, _Clean):
        return element
    text = element.decode() if isinstance(element, bytes) else str(element)
    return _cleaned(text) if len(text) <= LONGEST else _cleaned.__wrapped__(text)


@functools.lru_cache(maxsize=KEPT)
def _cleaned(text: str) -> str:
    return _Clean(with_formulas(SANITIZER.clean(text)))


# nbconvert's templates clean what is Markdown; nbgrader's own do not, but end each piece of it with
# `strip_files_prefix`, which mends links to a notebook server's files: here it cleans, too.
FILTERS = dict.fromkeys(("clean_html", "strip_files_prefix"), sanitize_html)


class _Kept(dict[tuple[Any, ...], Any]):
    """What was made, by what it was made of: as much as comes again with each student."""

    def once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if key not in self:
            if len(self) >= KEPT:
                self.clear()
            self[key] = make()
        return self[key]


class _Highlighted(Highlight2HTML):
    def __call__(self, source: str, language: Any = None, metadata: Any = None) -> Any:
        def make() -> Any:
            call: Any = super(_Highlighted, self).__call__  # nbconvert has no types
            return call(source, language, metadata)

        if len(source) > LONGEST:
            return make()
        magics = (metadata or {}).get("magics_language")
        return HIGHLIGHTED.once((source, language, magics, self.pygments_lexer), make)


def _described(page: str) -> str:
    soup = BeautifulSoup(page, "html.parser")
    for picture in soup.select("img:not([alt])"):
        picture.attrs["alt"] = NO_WORDS
    return str(soup)


def _linked(page: str, folder: str) -> str:
    """Let links to notebooks lead to the pages of those that are beside this one, and no others."""

    def link(found: re.Match[str]) -> str:
        begin, name, place = found.groups()
        if Path(folder, f"{name}.ipynb").is_file():
            return f'{begin}href="{name}.html{place or ""}"'
        return begin

    return NOTEBOOK_LINK.sub(link, page)


class _Compiled(BytecodeCache):
    """Keeps nbconvert's templates as they were compiled: each student has an exporter."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()
RENDERED, HIGHLIGHTED = _Kept(), _Kept()


class Page(HTMLExporter):
    """nbconvert's, for a page that loads nothing from elsewhere and runs nothing."""

    def _create_environment(self) -> Environment:
        create: Any = super()._create_environment
        environment: Environment = create()
        environment.bytecode_cache = COMPILED
        return environment

    @pass_context
    def markdown2html(self, context: Context, source: str) -> Any:
        """Render as nbconvert does; what comes again with each student is rendered once."""
        has_files = context.get("cell", {}).get("attachments") or self.embed_images
        if has_files or len(source) > LONGEST:
            return super().markdown2html(context, source)
        key = (source, self.anchor_link_text, self.exclude_anchor_links)
        return RENDERED.once(key, lambda: super(Page, self).markdown2html(context, source))

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """Convert as nbconvert does, but take the page apart only if a picture lacks its words."""
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name"))
        exporter: Any = self  # nbconvert's, which has no types
        resources = exporter._init_resources(resources)
        known = {"notebook_metadata": self._nb_metadata, "parent": self, "resources": resources}
        highlighted: Any = _Highlighted
        highlighted = self.filters.get("highlight_code") or highlighted(
            pygments_lexer=lexer, parent=self
        )
        exporter.register_filter("highlight_code", highlighted)
        exporter.register_filter("filter_data_type", WidgetsDataTypeFilter(**known))
        for name, cleans in FILTERS.items():
            exporter.register_filter(name, cleans)
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        if PICTURE_WITHOUT_WORDS.search(page):
            page = _described(page)
        page = _linked(ELSEWHERE.sub("", page), resources.get("metadata", {}).get("path", ""))
        return page.replace("<head>", f"<head>{NOTHING_FROM_ELSEWHERE}", 1), resources


class Style(Preprocessor):
    """Name the cells in the list of points, put room between columns, and show LaTeX as HTML."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        resources.setdefault("inlining", {}).setdefault("css", []).append(STYLE)
        for output in (o for cell in nb.cells for o in cell.get("outputs", ())):
            data = output.get("data", {})
            if "text/latex" in data and "text/html" not in data:
                data["text/html"] = html.escape(str(data["text/latex"]), quote=False)
        return nb, resources
