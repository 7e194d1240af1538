"""Pages of feedback: what comes again with each student is made once, and looks the same."""

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradelib.teacher.gradebook import sanitize

PICTURE = '<img src="data:image/png;base64,AAAA"{}>'


@pytest.fixture(autouse=True)
def nothing_is_kept():
    for kept in (sanitize.RENDERED, sanitize.HIGHLIGHTED, sanitize.COMPILED.code):
        kept.clear()
    sanitize._cleaned.cache_clear()


def page_of(*cells, exporter=sanitize.Page) -> str:
    made = exporter(template_name="classic", preprocessors=[])
    return made.from_notebook_node(new_notebook(cells=[*cells]))[0]


def test_a_second_page_renders_only_what_is_new_in_it(monkeypatch):
    rendered = []
    plain = HTMLExporter.markdown2html

    def counted(self, context, source):
        rendered.append(source)
        return plain(self, context, source)

    monkeypatch.setattr(HTMLExporter, "markdown2html", counted)
    story = [new_markdown_cell("# Masks\n\nA *row*."), new_code_cell("def see(x): return x")]
    first = page_of(*story, new_markdown_cell("ada's words"))
    compiled = len(sanitize.COMPILED.code)
    second = page_of(*story, new_markdown_cell("ben's words"))
    assert rendered == [story[0].source, "ada's words", "ben's words"]
    assert len(sanitize.COMPILED.code) == compiled > 0
    assert "ada's words" in first
    assert "ada's words" not in second
    assert "<em>row</em>" in second
    assert len(sanitize.HIGHLIGHTED) == 1


def test_what_is_kept_has_a_bound(monkeypatch):
    monkeypatch.setattr(sanitize, "KEPT", 3)
    page_of(*(new_markdown_cell(f"cell {number}") for number in range(10)))
    assert len(sanitize.RENDERED) <= 3
    sanitize.RENDERED.clear()
    page_of(new_markdown_cell("x" * (sanitize.LONGEST + 1)))
    assert not sanitize.RENDERED


def test_a_picture_without_words_is_given_those_of_nbconvert():
    cells = [new_markdown_cell(PICTURE.format("")), new_markdown_cell("between < and >")]
    assert sanitize.NO_WORDS in page_of(*cells)
    assert sanitize.NO_WORDS in page_of(*cells, exporter=HTMLExporter)
    assert sanitize.NO_WORDS not in page_of(new_markdown_cell(PICTURE.format(' alt="a plot"')))
