"""Trouble of the teacher's computer, or of one file: its cause is one line of the table."""

import errno
import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradelib.author.compose import student_notebook
from gradelib.checking.tags import NotebookTag
from gradelib.checking.time_limit import OutOfTime
from gradelib.teacher.collect.rebuild import add_remarks, rebuild
from gradelib.teacher.course import CourseError
from gradelib.teacher.grade import grading
from gradelib.teacher.grade.causes import cause
from tests.teacher.small_course import NAME, ROOT, answered, small_course


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), "the disk is full"),
        (CourseError("OSError: [Errno 28] No space left on device: 'x'"), "the disk is full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system", "x"), "can only be read"),
        (PermissionError(errno.EACCES, "Permission denied", "class/x"), "can only be read"),
        (CourseError("sqlalchemy.exc.OperationalError: database is locked"), "has the gradebook"),
        (CourseError("OperationalError: attempt to write a readonly database"), "only be read"),
        (OutOfTime(), "took too long"),
        (KeyError("x"), "KeyError: 'x'"),
        (ValueError("a\x1b[31m\nb"), "ValueError: a�[31m b"),
    ],
)
def test_a_cause_is_one_line_with_what_to_do(error, words):
    line = cause(error)
    assert words in line
    assert "\n" not in line
    assert len(line) < 500


@pytest.mark.parametrize("where", ["convert", "write"])
def test_a_full_disk_costs_one_student_and_is_said(tmp_path, monkeypatch, where):
    course = small_course(tmp_path / "course")
    week = course.weeks[0]

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", "results")

    convert = full if where == "convert" else lambda *_, **__: None
    monkeypatch.setattr(grading.nbgrader_settings, "convert", convert)
    monkeypatch.setattr(grading, "_line_of", lambda *given: grading.Line(given[2], given[3]))
    monkeypatch.setattr(grading.answer_store, "write", full)
    line = grading._graded(course, week, "ana", True, "a print")
    assert line.status == "failed"
    assert line.remarks == [cause(OSError(errno.ENOSPC, "No space left on device", "results"))]


def test_another_notebook_under_the_right_name_is_one_line():
    other = new_notebook(cells=[new_code_cell("x = 1"), new_markdown_cell("of another course")])
    result = rebuild(student_notebook(ROOT, NAME), other)
    assert NotebookTag.of(result).remarks == (
        "this is another notebook: none of its cells answers or checks anything here",
    )


def test_what_is_said_of_many_names_is_one_line():
    notebook = answered()
    keep = [cell for cell in notebook.cells if cell.cell_type == "markdown"][:1]
    tokenization = student_notebook(ROOT, "01_tokenization")
    checks = [c for c in tokenization.cells if "check(" in c.source]
    notebook.cells = [*keep, *checks]
    result = rebuild(tokenization, notebook)
    remarks = NotebookTag.of(result).remarks
    assert len(remarks) <= 6, remarks
    assert any("no cell defines" in remark and "more" in remark for remark in remarks)


def test_remarks_are_added_to_those_that_are_there_and_are_few():
    notebook = answered()
    add_remarks(notebook, ["one", "one", "two `a`", "two `b`"])
    add_remarks(notebook, [f"number {k}" + "x" * 1000 for k in range(100)])
    remarks = NotebookTag.of(json.loads(json.dumps(notebook))).remarks
    assert remarks[:2] == ("one", "two `a`, `b`")
    assert len(remarks) <= 13
    assert max(map(len, remarks)) <= 300
    assert sum(cell.get("id") == "remarks" for cell in notebook.cells) == 1
