"""How a hand-in is read and written on its way to a grade: once, and as nbformat writes it."""

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from gradelib.teacher.collect import reader
from gradelib.teacher.collect.collection import collect
from gradelib.teacher.collect.notebook_text import text_of
from gradelib.teacher.collect.rebuild import rebuild_file
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.release.assignment import release
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME, answered, saved, small_course


def odd_notebook():
    """Return a notebook with something of all that nbformat treats in a way of its own."""
    picture = {"image/png": "aGk=", "image/svg+xml": "<svg>\n</svg>", "text/html": "<b>ä</b>\n"}
    outputs = [
        new_output("stream", name="stdout", text="one\ntwo\u2028three\n"),
        new_output("display_data", picture, metadata={"image/png": {"width": 1.5}}),
        new_output("execute_result", {"application/json": {"b": [], "a": {}, "c": [1, [None]]}}),
        new_output("error", ename="E", evalue="no\nline", traceback=["a\nb", "\x1b[0m"]),
    ]
    written = new_markdown_cell("![](attachment:a.svg)\r\nüß 🙂")
    written.attachments = {"a.svg": {"image/svg+xml": "<svg>\n</svg>", "image/png": "aGk="}}
    code = new_code_cell("x = 1\n\ny = 2", outputs=outputs, execution_count=3)
    code.metadata.update(trusted=True, tags=["b", "a"], deep={"z": False, "y": 1e-9})
    notebook = new_notebook(cells=[code, written, new_raw_cell("")])
    notebook.metadata.update(signature="s", orig_nbformat=3, kernelspec={"name": "python3"})
    return notebook


def test_a_notebook_is_written_byte_for_byte_as_nbformat_writes_it():
    notebook = odd_notebook()
    assert text_of(notebook) == nbformat.writes(notebook, version=4) + "\n"
    assert "signature" in notebook.metadata  # nothing of it was changed


def test_what_only_nbformat_can_write_is_left_to_it():
    notebook = odd_notebook()
    notebook.metadata["pair"] = (1, "two")
    assert text_of(notebook) == nbformat.writes(notebook, version=4) + "\n"


@pytest.fixture
def handed_in(tmp_path):
    """Hand in for ana and ben; return course and week."""
    course = small_course(tmp_path / "course")
    week = course.weeks[0]
    release(course, week)
    for student, choice in (("ana", "b"), ("ben", "a")):  # two alike would be kept as one
        answers = saved(answered(quiz_temperature=choice))
        laid(tmp_path / "in" / student, {f"{NAME}.ipynb": answers})
    collect(course, week, [tmp_path / "in"])
    reader.kept.clear()
    return course, week


@pytest.fixture
def reads(monkeypatch):
    """Give a list that grows with each notebook that is read while it is graded."""
    found = []
    before = reader.read_notebook
    monkeypatch.setattr(reader, "read_notebook", lambda *a: found.append(a) or before(*a))
    return found


def graded(course, student) -> bytes:
    return (course.class_folder / "autograded" / student / "week01" / f"{NAME}.ipynb").read_bytes()


def test_a_hand_in_that_was_run_is_not_read_again_and_is_graded_the_same(
    handed_in, reads, monkeypatch
):
    course, week = handed_in
    grade(course, week, progress=lambda said: None)
    assert reads == []
    assert not reader.kept
    once = graded(course, "ana")
    monkeypatch.setattr(reader, "keep", lambda *more: None)
    monkeypatch.setattr(reader.Reader, "_in_memory", lambda *more: None)
    (course.class_folder / "results" / "graded" / "week01" / "ana").unlink()
    grade(course, week, ["ana"], progress=lambda said: None)
    assert len(reads) == 2  # by nbgrader's first run, and what that wrote by its second
    assert graded(course, "ana") == once


def test_what_waits_to_be_graded_has_a_bound(handed_in):
    course, week = handed_in
    released = course.class_folder / "release" / week.name / f"{NAME}.ipynb"
    for number in range(reader.MOST_KEPT + 5):
        rebuild_file(released, saved(answered()) + b" " * number)
    assert len(reader.kept) == reader.MOST_KEPT


def test_a_hand_in_that_has_changed_since_it_was_run_is_read_again(handed_in, reads):
    course, week = handed_in
    path = course.class_folder / "submitted" / "ana" / week.name / f"{NAME}.ipynb"
    released = course.class_folder / "release" / week.name / f"{NAME}.ipynb"
    rebuild_file(released, path.read_bytes())
    blank = saved(answered(softmax="def softmax(logits, temperature=1.0):\n    return None"))

    def change(said):
        if "grade" in said:  # after it was run, and before it is put together
            path.write_bytes(blank)

    lines = grade(course, week, ["ana"], progress=change)
    assert reads
    assert lines[0].points == 4
