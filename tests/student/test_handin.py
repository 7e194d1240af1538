"""Handing in: what counts as attempted, what is said of it, and the zip that comes of it."""

import datetime as dt
import hashlib
import zipfile

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.student.handin import Unreadable, defined, is_blank, pack
from gradelib.teacher.collect.collection import collect
from tests.teacher.small_course import NAME, answered, saved, small_course


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def test_handing_in_says_what_is_blank_and_leaves_the_notebook_as_it_is(tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(saved(answered(quiz_temperature="")))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    command = ["submit", str(path), "--to", str(tmp_path)]
    result = CliRunner().invoke(app, command, input="ana\n", catch_exceptions=False)
    assert "3 attempted, 1 blank" in result.output
    assert "Still blank: start_here.quiz_temperature" in result.output
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    (packed,) = tmp_path.glob("ana-week01-*.zip")
    assert set(zipfile.ZipFile(packed).namelist()) == {"receipt.json", path.name}


def test_what_is_handed_in_by_receipt_is_found_whatever_the_zip_is_called(course, tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(saved(answered()))
    when = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    pack([path], "ana", tmp_path, when).rename(tmp_path / "upload (1).zip")
    (collected,) = collect(course, course.weeks[0], [tmp_path / "upload (1).zip"])
    assert (collected.student, collected.notebooks, collected.remarks) == ("ana", {NAME: when}, [])


def test_only_notebooks_can_be_handed_in(tmp_path):
    (tmp_path / "essay.ipynb").write_text("my essay")
    with pytest.raises(Unreadable, match="no JSON"):
        pack([tmp_path / "essay.ipynb"], "ana", tmp_path)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%%time\ndef f(): pass", ["f"]),
        ("!pip install x\nclass A: pass", ["A"]),
        ("def f(:\n    pass\nx = 1", ["f", "x"]),
        ("if True:\n    def f(): pass\nelse:\n    f = None", ["f", "f"]),
        ("def f():\n    inner = 1", ["f"]),
        ("a, (b, c) = 1, (2, 3)\nd: int = 4", ["a", "b", "c", "d"]),
        ("from x import y as z", ["z"]),
    ],
)
def test_the_names_that_a_cell_defines(source, names):
    assert defined(source) == names


@pytest.mark.parametrize(
    ("source", "blank"),
    [
        ('def f():\n    "Task."\n    raise NotImplementedError("write f here")', True),
        ("def f():\n    raise NotImplementedError", True),
        ("def f():\n    x = 1\n    y = 2\n    raise NotImplementedError", False),
        ("def f():\n    return 1", False),
        ('f = ""  # a, b or c', True),
        ('f = "b"', False),
        ("class f:\n    def m(self):\n        raise NotImplementedError('x')", True),
    ],
)
def test_what_counts_as_blank(source, blank):
    assert is_blank(source, "f") is blank
