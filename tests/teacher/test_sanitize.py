"""A page that a teacher opens keeps what a student wrote, and nothing of it runs."""

import time
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from nbgrader.server_extensions import formgrader as server_extension

from gradelib.checking.verdict import COLOURS, Finding, Verdict, as_html
from gradelib.teacher.course import Course
from gradelib.teacher.gradebook.nbgrader_settings import settings
from gradelib.teacher.gradebook.sanitize import TAGS, Page, sanitize_html
from tests.teacher.small_course import ROOT

POLICY = "Content-Security-Policy"  # which is ours

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
    for part in (
        "border-left: 5px solid",
        COLOURS["failed"],
        "<svg",
        "<rect",
        "var(--jp-layout-color1",
    ):
        assert part in page


ELSEWHERE = [
    '<img src="http://x.example/a.png">',
    '<img src="//x.example/a.png">',
    '<img src="a.png">',
    '<img src="data:text/html,<b>">',
    '<img srcset="http://x.example/a.png 2x" src="data:image/png;base64,AA">',
    '<p style="background:url(http://x.example/a)">x</p>',
    '<p style="background: u\\72l(http://x.example/a)">x</p>',
    "<p style=\"background:image-set('http://x.example/a' 1x)\">x</p>",
    '<p style="background:/**/url( //x.example/a )">x</p>',
    "<p style=\"background:var(--x, url('http://x.example/a'))\">x</p>",
    "<p style=\"@import 'http://x.example/a'; color: red\">x</p>",
    "<style>@import url(http://x.example/a)</style>",
    '<svg><use href="http://x.example/a#b"></use><image href="http://x.example/a"></image></svg>',
    '<svg><rect fill="url(http://x.example/a#b)" stroke="u\\72l(http://x.example/a)"></rect></svg>',
    '<video src="http://x.example/a"></video><audio src="http://x.example/a"></audio>',
    '<table background="http://x.example/a"><tr><td>x</td></tr></table>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<link rel="icon" href="http://x.example/a"><input type="image" src="http://x.example/a">',
    r"$\style{background:url(http://x.example/a)}{x}$",
    r"$\href{http://x.example/a}{x}$ $\includegraphics{http://x.example/a}$",
]


@pytest.mark.parametrize("html", ELSEWHERE)
def test_nothing_is_loaded_from_elsewhere(html):
    seen = Seen(sanitize_html(html))
    assert not [
        pair for pair in seen.attributes if "x.example" in pair[1] or "text/html" in pair[1]
    ]
    assert not {"use", "image", "style", "link", "video", "audio", "input"} & seen.tags


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"so $\frac{a}{b}$ is", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        (r"<p>$$\sqrt{x}$$</p>", 'display="block"'),
        (r"$a &lt; b$", "&lt;"),
        (r"\(x\) and \[y\]", "<mi>y</mi>"),
    ],
)
def test_a_formula_is_shown_by_the_page_itself(latex, part):
    page = sanitize_html(latex)
    assert part in page
    assert "$" not in page


@pytest.mark.parametrize(
    "text", ["it costs $5 and $6", "<code>$x$</code>", "<pre>echo $a; echo $b</pre>", "a $ b"]
)
def test_what_is_no_formula_stays_as_it_is(text):
    assert sanitize_html(text) == text


@pytest.mark.parametrize(
    "latex", [r"$\text{<script>alert(1)</script>}$", r"$\text{&lt;img src=x onerror=alert(1)>}$"]
)
def test_a_formula_brings_nothing_that_runs(latex):
    assert not {"script", "img"} & Seen(sanitize_html(latex)).tags


def test_formulas_that_are_never_closed_take_no_long_time():
    before = time.process_time()
    for opened in ("$x ", "$$x ", r"\begin{align} ", r"\( ", "$" + "{" * 900 + "$ "):
        sanitize_html(opened * 1000)
    assert time.process_time() - before < 30


def test_many_short_formulas_are_shown_as_text_after_some_hundreds():
    page = sanitize_html("$a$ " * 5000)
    assert 100 < page.count("<math") < 1000
    assert page.count("$a$") + page.count("<math") == 5000


@pytest.mark.parametrize("text", ["$a$ " * 25_000, "[" * 50_000, str([[0.25, -0.5]] * 10_000)])
def test_a_long_answer_makes_a_page_in_its_own_time(text):
    """A tensor that was printed and pasted has thousands of brackets."""
    notebook = new_notebook(cells=[new_markdown_cell(f"{text} and why")])
    before = time.process_time()
    page, _ = Page().from_notebook_node(notebook)
    assert "and why" in page
    assert time.process_time() - before < 30


EVIL = """So it is $\\frac{a}{b}$, and $x < y$.

<meta http-equiv="refresh" content="0;url=https://x.example/login">
<script>fetch('/api/contents')</script><img src="x" onerror="alert(1)">
<form action="https://x.example"><input name="password"></form><style>.score {color: red}</style>
<a href="javascript:alert(1)">here</a> [there](javascript:alert(1))
"""
KINDS = {
    "of the student's own": {},
    "answered": {"grade": True, "solution": True, "points": 2, "comment": EVIL},
    "a task": {"task": True, "points": 2, "comment": EVIL},
    "locked": {"locked": True},
}


def of_nbgrader(cell, kind):
    if KINDS[kind]:
        marks = {"grade": False, "solution": False, "task": False, "locked": False, "points": 0}
        more = {"grade_id": "written", "schema_version": 3, "score": 1.0, "comment": ""}
        cell.metadata["nbgrader"] = {**marks, **more, **KINDS[kind]}
    return cell


def evil_cell(make, kind):
    """Return a cell with that text in all its places, as a student or a grader may write it."""
    cell = make(EVIL)
    if make is new_code_cell:
        mimes = ("text/html", "text/markdown", "image/svg+xml", "text/latex", "text/plain")
        shown = [new_output("display_data", {mime: EVIL}) for mime in mimes]
        cell["outputs"] = [*shown, new_output("stream", text=EVIL)]
    if KINDS[kind]:
        marks = dict.fromkeys(("grade", "solution", "task", "locked"), False)
        more = {"grade_id": "written", "schema_version": 3, "score": 1.0, "points": 0}
        cell.metadata["nbgrader"] = {**marks, **more, **KINDS[kind]}
    return cell


def page_of(cell, which):
    """Return the page that nbgrader makes of a notebook, with the course's settings."""
    config = settings(Course.find(ROOT))
    extension = Path(server_extension.__file__).parent
    config.HTMLExporter.preprocessors = []
    config.HTMLExporter.template_name = which
    config.HTMLExporter.template_file = "index.html.j2"
    config.HTMLExporter.extra_template_basedirs = [str(extension / "templates")]
    static = extension / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HTMLExporter.extra_template_paths = [str(static)]
    exporter = Page if which == "feedback" else HTMLExporter  # as the formgrader makes its own
    grade = {"score": 0.0, "max_score": 1.0, "late_penalty": 0.0, "notebook": "x"}
    resources = {"nbgrader": grade, "index": 0, "total": 1, "metadata": {"name": "x"}}
    page, _ = exporter(config=config).from_notebook_node(new_notebook(cells=[cell]), resources)
    return page


@pytest.mark.parametrize("which", ["feedback", "formgrade"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell, new_code_cell])
def test_whatever_a_cell_holds_is_cleaned_on_both_pages_of_nbgrader(which, kind, make):
    """nbgrader's own templates clean no Markdown."""
    page = page_of(evil_cell(make, kind), which)
    seen = Seen(page)
    assert "So it is" in page
    assert "<script>fetch" not in page
    there = {name for name, value in seen.attributes if value != POLICY}
    assert not {"onerror", "http-equiv", "action"} & there
    assert not [value for _, value in seen.attributes if "x.example" in value]
    assert not [value for _, value in seen.attributes if "javascript:" in value]
    assert "<style>.score" not in page
    if make is new_markdown_cell:
        assert "<mfrac>" in page


def test_links_lead_to_the_pages_of_the_notebooks_beside_it_and_to_no_others(tmp_path):
    (tmp_path / "01_tokens.ipynb").touch()
    text = "[next](01_tokens.ipynb#part), [later](02_masks.ipynb), [paper](https://example.org/x)"
    resources = {"metadata": {"name": "x", "path": str(tmp_path)}}
    notebook = new_notebook(cells=[new_markdown_cell(text)])
    page, _ = Page().from_notebook_node(notebook, resources)
    assert 'href="01_tokens.html#part"' in page
    assert ".ipynb" not in page
    assert 'href="https://example.org/x"' in page
