"""Handing in: what counts as attempted, what is said of it, and the zip that comes of it."""

import datetime as dt
import errno
import hashlib
import json
import zipfile
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.cli import app
from gradelib.student.handin import Unreadable, defined, is_blank, pack, read_notebook
from gradelib.student.notebook import LARGEST
from gradelib.teacher.collect.collection import collect
from tests.teacher.small_course import NAME, answered, course_on_paper, saved


@pytest.fixture
def course(tmp_path):
    return course_on_paper(tmp_path / "course")


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


def submit(folder, *names: str) -> str:
    command = ["submit", *(str(folder / name) for name in names), "--to", str(folder / "out")]
    result = CliRunner().invoke(app, [*command, "--student", "O'Brien, Pat"])
    return result.output if result.exit_code == 0 else f"{result.exception}"


def test_submit_refuses_what_would_be_refused_when_it_is_collected(tmp_path):
    large = saved(answered()).replace(b"{", b" " * LARGEST + b"{", 1)
    (tmp_path / f"{NAME}.ipynb").write_bytes(large)
    assert "larger than 25 MB" in submit(tmp_path, f"{NAME}.ipynb")
    assert not (tmp_path / "out").exists()


def test_submit_names_questions_without_words_and_notebooks_that_are_missing(tmp_path):
    first = answered()
    for cell in first.cells:
        if CellTag.of(cell).kind == "written":
            cell.source = "*Write your answer here.*"
    (tmp_path / f"{NAME}.ipynb").write_bytes(saved(first))
    second = answered()
    replace(NotebookTag.of(second), topic="tokenization").put_into(second)
    for name in ("01_tokenization.ipynb", "01_tokenization (1).ipynb"):
        (tmp_path / name).write_bytes(saved(second))
    other_week = answered()
    replace(NotebookTag.of(other_week), topic="masks", week="week02").put_into(other_week)
    (tmp_path / "02_masks.ipynb").write_bytes(saved(other_week))
    said = submit(tmp_path, f"{NAME}.ipynb")
    assert "No words yet for: start_here.reflect_temperature" in said
    assert "Not among these, and of the same week: 01_tokenization.ipynb" in said
    assert "Not among these" not in submit(tmp_path, f"{NAME}.ipynb", "01_tokenization.ipynb")


def test_submit_packs_the_modules_that_a_notebook_imports(tmp_path):
    source = "import helper, numpy, gradelib\nfrom own.part import x\nmost_likely = helper.f"
    (tmp_path / f"{NAME}.ipynb").write_bytes(saved(answered(most_likely=source)))
    for name in ("helper.py", "second.py", "third.py", "own/part.py", "gradelib/x.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("import second" if name == "helper.py" else "")
    said = submit(tmp_path, f"{NAME}.ipynb")
    assert "These go along: helper.py, own/part.py, second.py" in said
    (packed,) = (tmp_path / "out").glob("O-Brien-Pat-week01-*.zip")
    names = {"receipt.json", f"{NAME}.ipynb", "helper.py", "own/part.py", "second.py"}
    assert set(zipfile.ZipFile(packed).namelist()) == names


def test_a_full_disk_leaves_no_half_a_zip(tmp_path, monkeypatch):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(saved(answered()))

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space left"):
        pack([path], "ana", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("wrong", [b"\x93words\x94", b"\xe9", b"\xff\xfe", b"\x81"])
def test_a_wrong_byte_costs_its_character(wrong):
    data = saved(answered()).replace(b"It depends", b"It " + wrong + b" depends")
    remarks = []
    notebook = read_notebook(data, remarks)
    assert len(notebook.cells) == len(answered().cells)
    assert any("no UTF-8" in remark for remark in remarks)


def test_a_cell_of_a_kind_that_nobody_knows_costs_that_cell():
    notebook = json.loads(saved(answered()))
    notebook["cells"][2:2] = [{"cell_type": "video"}, 7, {"cell_type": "code", "source": 5}]
    remarks = []
    assert len(read_notebook(json.dumps(notebook).encode(), remarks).cells) == (
        len(notebook["cells"]) - 2
    )
    assert remarks == ["its cell 3 and 1 more cannot be read: a cell of type 'video'"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"cells": [' + b"[]," * 2_100_000 + b"[]]}",
        b'{"cells": [' + b"{}," * 20_000 + b"{}]}",
        b'{"cells": ' + b"[" * 100_000,
        b'{"cells": [{"cell_type": "code", "source": ' + b"9" * 5000 + b"}]}",
    ],
)
def test_a_file_that_would_take_all_memory_is_not_read(data):
    with pytest.raises(Unreadable):
        read_notebook(data)


@pytest.mark.parametrize(
    "source",
    [
        "if x:\n    y = 0\n" + "elif x:\n    y = 1\n" * 1500 + "def f(): pass\n",
        "%pwd\n" * 501 + "def f(): pass\n",
        "x = " + "1+" * 20_000 + "1\ndef f(): pass\n",
        "!ls\n" * 90 + "def f(): pass\n",
    ],
)
def test_a_definition_beside_what_is_long_is_found(source):
    assert defined(source)[-1] == "f"
