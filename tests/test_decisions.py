"""The decisions are numbered without a hole, and each stands in the index under its own title."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
LINE = re.compile(r"^(\d+)\. (?:\[(?P<title>.+)\]\((?P<file>\S+\.md)\)|(?P<why>[^\[].+\.))$", re.M)


def index() -> list[re.Match[str]]:
    return list(LINE.finditer((FOLDER / "README.md").read_text(encoding="utf-8")))


def test_the_numbers_have_no_hole():
    numbers = [int(line[1]) for line in index()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_is_in_the_index_under_its_number_and_title():
    headings = {}
    for path in FOLDER.glob("[0-9]*.md"):
        text = path.read_text(encoding="utf-8")
        headings[path.name] = text.partition("\n")[0]
    pages = [line for line in index() if line["file"]]
    assert {line["file"]: f"# {line[1]}. {line['title']}" for line in pages} == headings
    assert all(line["file"].startswith(f"{int(line[1]):04d}-") for line in pages)


def test_a_number_without_a_page_says_why():
    assert all(line["file"] or len(line["why"].split()) > 3 for line in index())
