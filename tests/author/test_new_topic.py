"""A topic that begins as the skeleton: it builds, and its checks are proven, with no more ado."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gradelib.author.new_topic import new_topic

ROOT = Path(__file__).parents[2]
NAME = "word_vectors"
COURSE = """\
title = "A course"
name = "a-course"
[colab]
install = ""
[[weeks]]
number = 1
title = "Week one"
notebooks = ["04_word_vectors"]
"""


@pytest.fixture
def course(tmp_path) -> Path:
    """Return a course without a topic: gradelib, the proofs, and the last notebook's story."""
    topics = {path.name for path in (ROOT / "gradelib" / "topics").iterdir() if path.is_dir()}
    left_out = shutil.ignore_patterns("__pycache__", *topics)
    for folder in ("gradelib", "tests/proofs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "notebooks" / "src").mkdir(parents=True)
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    return tmp_path


def run(course: Path, *command: str) -> str:
    """Run a Python command in a course, with its own copy of gradelib."""
    env = os.environ | {"PYTHONPATH": str(course)}
    command = (sys.executable, "-m", *command)
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_topic_builds_and_its_checks_are_proven(course):
    said = run(course, "gradelib", "author", "new-topic", NAME, "--number", "4")
    assert '"04_word_vectors"' in said
    assert "written: solutions/word_vectors/mistakes.py" in said
    assert "3 files" in run(course, "gradelib", "build")
    run(course, "tests.proofs.table")
    assert f"| `{NAME}.centred` | 4 | 1 | 5/5 |" in (course / "docs/kill_table.md").read_text()
    run(course, "pytest", "tests/proofs/test_proofs.py")


def test_it_takes_a_story_and_one_folder_on_each_side(course):
    before = {path for path in course.rglob("*") if path.is_file()}
    written = new_topic(course, NAME)
    assert {path for path in course.rglob("*") if path.is_file()} - before == set(written)
    places = sorted({path.parent.relative_to(course).as_posix() for path in written})
    assert places == ["gradelib/topics/word_vectors", "notebooks/src", "solutions/word_vectors"]


def test_it_goes_by_its_own_name_and_number_everywhere(course):
    texts = [path.read_text(encoding="utf-8") for path in new_topic(course, NAME, 4)]
    assert not [text for text in texts if "new_topic" in text or "New topic" in text]
    assert "# 4 · Word vectors" in texts[0]
    assert "## 4.1 " in texts[0]
    assert '"""Notebook 04: Word vectors."""\n' in texts


def test_the_next_notebook_has_the_next_number(course):
    first, second = (new_topic(course, name, number)[0] for name, number in
                     [("words", 11), ("pictures", None)])  # fmt: skip
    assert (first.name, second.name) == ("11_words.md", "12_pictures.md")


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("words", None, "there is a topic words already: notebooks/src/03_words.md"),
        ("solved", None, "there is a topic solved already: solutions/solved"),
        ("asked", None, "there is a topic asked already: gradelib/topics/asked"),
        ("Words", None, "named like a module"),
        ("word-vectors", None, "named like a module"),
        ("class", None, "named like a module"),
        ("", None, "named like a module"),
        ("other", 3, "number 3 is taken by 03_words.md"),
        ("other", 100, "from 0 to 99"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(course, name, number, said):
    (course / "notebooks" / "src" / "03_words.md").touch()
    (course / "solutions" / "solved").mkdir(parents=True)
    (course / "gradelib" / "topics" / "asked").mkdir()
    before = sorted(course.rglob("*"))
    with pytest.raises(ValueError, match=said):
        new_topic(course, name, number)
    assert sorted(course.rglob("*")) == before


def test_elsewhere_than_in_a_course_it_says_where_to_go(tmp_path):
    with pytest.raises(ValueError, match="go to the course's folder"):
        new_topic(tmp_path, NAME)
