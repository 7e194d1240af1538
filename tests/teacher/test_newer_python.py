"""Where a student's Python is newer than the grader's, the teacher is told, and nobody else."""

import json
import sys

import pytest

from gradelib.author.compose import student_notebook
from gradelib.checking.tags import NotebookTag
from gradelib.student.handin import read_notebook
from gradelib.teacher.collect.rebuild import rebuild
from tests.teacher.small_course import NAME, ROOT, cell_of, changed, saved

NEWER = f"3.{sys.version_info.minor + 2}.1"
UNREAD = "a syntax = of tomorrow"


def remarks(line: str, about: object) -> list[str]:
    """Return what is said of a notebook with this line in an answer, written with some Python."""

    def add(cells):
        answer = cell_of(cells, "answer", "softmax")
        answer.source = f"{line}\n{answer.source}"

    tree = json.loads(saved(changed(add)))
    tree["metadata"]["language_info"] = about
    result = rebuild(student_notebook(ROOT, NAME), read_notebook(json.dumps(tree).encode()))
    return [remark for remark in NotebookTag.of(result).remarks or () if "that grades it" in remark]


def test_what_only_a_newer_python_can_read_is_said_with_both_versions():
    (said,) = remarks(UNREAD, {"name": "python", "version": NEWER})
    here = f"3.{sys.version_info.minor}"
    assert said.startswith(f"1 of its cells cannot be read by the Python {here} that grades it")
    assert f"written with {NEWER.rpartition('.')[0]}: grade with that, or newer" in said


@pytest.mark.parametrize(
    ("line", "version"),
    [("x = 1", NEWER), ("!ls", NEWER), ("%%time", NEWER), (UNREAD, "3.9.1"), (UNREAD, "nonsense")],
)
def test_nothing_is_said_where_the_version_explains_nothing(line, version):
    assert remarks(line, {"name": "python", "version": version}) == []


@pytest.mark.parametrize("about", [{"name": "python"}, {}, None, "python 3.99", [3, 99]])
def test_a_notebook_that_says_no_version_is_read(about):
    assert remarks(UNREAD, about) == []
