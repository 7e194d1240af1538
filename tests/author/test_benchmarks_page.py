"""`make bench PARTS=…` measures some parts of the page, and leaves the others as they were."""

from __future__ import annotations

import pytest

from tests.bench import __main__ as bench


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of two parts, and measures of three that take no time."""
    path = tmp_path / "docs" / "benchmarks.md"
    path.parent.mkdir()
    old = [
        bench.MARK.format(name=name, machine="old") + f"## {name}\n\nold\n\n"
        for name in ("imports", "grading")
    ]
    path.write_text(bench.HEADER + "".join(old), encoding="utf-8")

    def part(name):
        def measured():
            return f"## {name}\n\nnew\n\n"

        measured.__name__ = name
        return measured

    monkeypatch.setattr(bench, "PARTS", [part(name) for name in ("imports", "checks", "grading")])
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "OUT", path)
    return path


def told(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(bench.HEADER)
    assert text.endswith("\n")
    return {name: part.rstrip().splitlines()[-1] for name, part in bench.kept(text).items()}


def test_one_part_is_measured_and_takes_its_place(page):
    assert bench.main(["checks"]) == 0
    parts = told(page)
    assert parts == {"imports": "old", "checks": "new", "grading": "old"}
    assert [*parts] == ["imports", "checks", "grading"]


def test_all_are_measured_where_none_is_named(page):
    assert bench.main([]) == 0
    assert set(told(page).values()) == {"new"}


def test_a_part_that_there_is_not_says_which_there_are(page, capsys):
    before = page.read_bytes()
    assert bench.main(["grading", "weather"]) == 2
    assert capsys.readouterr().out == "no part weather; there are imports, checks, grading\n"
    assert page.read_bytes() == before


def test_the_page_has_all_parts():
    text = (bench.ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert [*bench.kept(text)] == [part.__name__ for part in bench.PARTS]
    assert text.startswith(bench.HEADER)
