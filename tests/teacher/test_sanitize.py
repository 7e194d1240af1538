"""A page that a teacher opens keeps what a student wrote, and nothing of it runs."""

from html.parser import HTMLParser

import numpy as np
import pytest

from gradelib.checking.verdict import Finding, Verdict, as_html
from gradelib.teacher.gradebook.sanitize import TAGS, sanitize_html

KEPT = [
    "<h2>A heading</h2>",
    '<table><tbody><tr><td colspan="2">a cell</td></tr></tbody></table>',
    '<img src="data:image/png;base64,AAAA" alt="a plot">',
    '<a href="https://example.org/paper">a paper</a>',
    "<details><summary>more</summary>text</details>",
    '<svg viewBox="0 0 4 4" width="4"><g><rect x="1" y="2" width="3" height="4" fill="red"></rect>'
    "</g></svg>",
]
GONE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><foreignObject><iframe src=x></iframe></foreignObject></svg>",
    "<svg><title><style><img src=x onerror=alert(1)></title></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<form action="/"><input type=password><button>Log in</button></form>',
    "<iframe src=x></iframe><object data=x></object><embed src=x><base href=x><meta http-equiv=x>",
    "<p style='position:fixed; inset:0; z-index:9'>x</p>",
    "<link rel=stylesheet href=x><style>body { display: none }</style>",
]


class Seen(HTMLParser):
    """The tags and attributes of a page, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("html", KEPT)
def test_what_students_write_comes_through_unchanged(html):
    assert sanitize_html(html) == html


@pytest.mark.parametrize("html", GONE)
def test_what_could_run_or_cover_the_page_does_not(html):
    seen = Seen(sanitize_html(html))
    assert seen.tags <= TAGS
    for name, value in seen.attributes:
        assert not name.startswith("on")
        assert "script:" not in "".join(value.split())
        assert name != "style" or value == ""


def test_a_tag_that_is_a_token_is_shown():
    assert sanitize_html("the <pad> token, then <eos>") == "the &lt;pad&gt; token, then &lt;eos&gt;"


def test_a_style_with_functions_in_functions_stays_whole():
    """The colours of JupyterLab's themes are such styles; decision 17 is about them."""
    style = "color: var(--a, var(--b, red)); width: calc((1px + 2px) * 3); font-size: 1em;"
    assert sanitize_html(f'<p style="{style}">x</p>') == f'<p style="{style}">x</p>'


def test_a_style_loses_what_is_not_allowed_and_keeps_the_rest():
    cleaned = sanitize_html('<p style="position: fixed; color: red">x</p>')
    assert cleaned == '<p style="color: red;">x</p>'


def test_a_verdict_comes_through_with_its_picture_and_its_colours():
    finding = Finding("case", "A case.", "differs", differs=np.eye(3, dtype=bool))
    page = sanitize_html(as_html(Verdict("masks.causal_mask", "failed", 2, 1, [finding])))
    for part in ("border-left: 5px solid", "#D55E00", "<svg", "<rect", "var(--jp-layout-color1"):
        assert part in page
