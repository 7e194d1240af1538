"""docs/coverage.md names what there is, and each exercise of a notebook that it covers."""

import re

import pytest

from gradelib.author.story import find_notebook
from gradelib.checking.exercise import in_topic
from tests.author.test_built_notebooks import ROOT

PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
NAME = re.compile(r"`(\w+)\.(\w+)`")
SECTIONS = re.findall(r"^## (\d\d) .*?\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE)
COVERED = sorted({topic for topic, _ in NAME.findall(PAGE)})


def asked(topic: str) -> set[str]:
    """Return the names of a topic's exercises, quizzes and written questions."""
    story = (ROOT / "notebooks" / "src" / f"{find_notebook(ROOT, topic)}.md").read_text("utf-8")
    return set(re.findall(rf'(?:exercise|quiz|written)="{topic}\.(\w+)"', story))


@pytest.mark.parametrize("topic", COVERED)
def test_what_the_page_names_is_asked_for(topic):
    named = {name for one, name in NAME.findall(PAGE) if one == topic}
    assert named - asked(topic) == set()


@pytest.mark.parametrize("topic", COVERED)
def test_every_exercise_that_counts_has_a_row(topic):
    named = {name for one, name in NAME.findall(PAGE) if one == topic}
    counted = {name.partition(".")[2] for name, one in in_topic(topic).items() if one.points}
    assert counted - named == set()


@pytest.mark.parametrize(("number", "text"), SECTIONS)
def test_each_row_has_four_cells(number, text):
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(line.strip("|").split(" | ")) for line in rows if "---" not in line} == {4}
