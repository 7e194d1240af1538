"""Submissions that are not as they were handed out: each costs only itself, and says why."""

import hashlib
import json
import os
from pathlib import Path

import nbformat
import pytest

from gradelib.author.compose import student_notebook
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.handin import Unreadable, read_notebook
from gradelib.student.matching import kind_of
from gradelib.teacher.collect.collection import collect
from gradelib.teacher.collect.rebuild import rebuild
from gradelib.teacher.grade.grading import export, feedback, grade
from gradelib.teacher.rehearsal.editors import EDITORS
from tests.teacher.small_course import (
    NAME,
    ROOT,
    TOPIC,
    answered,
    cell_of,
    changed,
    copied,
    deleted,
    flipped,
    in_nbformat_3,
    released_course,
    retyped,
    saved,
    small_course,
    without_metadata,
)

RIGHT = {"most_likely": 1, "softmax": 3, "surprisal": 2, "quiz_temperature": 1}
SAVED = {
    **EDITORS,
    "nbformat_3": in_nbformat_3,
    "without_metadata": without_metadata,
    "bytes_of_windows": lambda nb: saved(nb).decode().encode("utf-8-sig"),
}
CHANGES = {"copied": copied, "deleted": deleted, "retyped": retyped, "flipped": flipped}
UNREADABLE = {
    "empty": b"",
    "a_picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "half_a_file": saved(answered())[:4000],
    "a_list": b"[1, 2, 3]",
    "no_cells": b'{"metadata": {}, "nbformat": 4}',
    "cells_of_another_kind": b'{"cells": [{"cell_type": "video"}], "nbformat": 4}',
    "nested_too_deep": b"[" * 200_000,
}


def put_together(data: bytes) -> tuple[dict[str, str], list[str]]:
    """Rebuild a submission; return what is graded of it by grade_id, and the remarks."""
    result = rebuild(student_notebook(ROOT, NAME), read_notebook(data))
    nbformat.validate(result)
    graded = [cell for cell in result.cells if "nbgrader" in cell.metadata]
    answers = {cell.metadata["nbgrader"]["grade_id"]: cell.source for cell in graded}
    assert len(answers) == len(graded)  # no grade_id twice: nbgrader stops the batch at one
    return answers, list(NotebookTag.of(result).remarks)


@pytest.mark.parametrize("form", SAVED)
def test_who_saved_it_makes_no_difference(form):
    assert put_together(SAVED[form](answered())) == (put_together(saved(answered()))[0], [])


@pytest.mark.parametrize("form", SAVED)
@pytest.mark.parametrize("change", ["copied", "deleted"])
def test_who_saved_it_makes_no_difference_to_what_is_odd_either(form, change):
    graded, remarks = put_together(SAVED[form](changed(CHANGES[change])))
    assert graded == put_together(saved(answered()))[0]
    assert remarks


@pytest.mark.parametrize(
    ("change", "beginning"),
    [
        (copied, "`surprisal` is defined 2 times: what it is at its check counts"),
        (deleted, "the check of `start_here.softmax` was missing: it was put back"),
        (retyped, "a cell of `start_here.surprisal` had become raw: it was read as code"),
    ],
)
def test_what_is_odd_is_put_right_and_said(change, beginning):
    graded, remarks = put_together(saved(changed(change)))
    assert graded == put_together(saved(answered()))[0]
    assert any(remark.startswith(beginning) for remark in remarks)


def test_what_a_submission_says_about_points_is_not_believed():
    released = student_notebook(ROOT, NAME)
    result = rebuild(released, read_notebook(saved(changed(flipped))))
    marks = [c.metadata["nbgrader"] for c in released.cells if "nbgrader" in c.metadata]
    assert [c.metadata["nbgrader"] for c in result.cells if "nbgrader" in c.metadata] == marks


def test_a_renamed_function_is_found_out_and_not_run_under_its_old_name():
    def rename(cells):
        cell = cell_of(cells, "answer", "softmax")
        cell.source = cell.source.replace("def softmax", "def my_softmax")

    graded, remarks = put_together(saved(changed(rename)))
    assert "no cell defines `softmax`: its cell defines `my_softmax`" in remarks
    assert "def my_softmax" in graded["answer-start_here-softmax"]


def test_a_deleted_answer_is_shown_but_not_run():
    def delete(cells):
        cells.remove(cell_of(cells, "answer", "softmax"))

    result = rebuild(student_notebook(ROOT, NAME), read_notebook(saved(changed(delete))))
    missing = [cell for cell in result.cells if kind_of(cell) == "missing"]
    assert [CellTag.of(cell).exercise for cell in missing] == ["start_here.softmax"]


@pytest.mark.parametrize("magics", ["", "%%capture\n%%time\n"])
def test_an_answer_that_stands_in_a_cell_with_another_one_is_not_called_missing(magics):
    def merge(cells):
        first, second = (cell_of(cells, "answer", f) for f in ("softmax", "surprisal"))
        first.source = f"{magics}{first.source}\n\n{second.source}"
        cells.remove(second)

    _, remarks = put_together(saved(changed(merge)))
    assert not [remark for remark in remarks if "no cell defines" in remark]


def test_two_answers_in_one_cell_with_their_checks_are_both_found():
    def merge(cells):
        first, second = (cell_of(cells, "answer", f) for f in ("softmax", "surprisal"))
        first.source = f'{first.source}\n\n{second.source}\ncheck("start_here.softmax")'
        cells.remove(second)
        cells.remove(cell_of(cells, "check", "softmax"))

    result = rebuild(student_notebook(ROOT, NAME), read_notebook(saved(changed(merge))))
    assert not [cell for cell in result.cells if kind_of(cell) == "missing"]
    assert sum(kind_of(cell) == "check" for cell in result.cells) == len(RIGHT)


def test_an_answer_written_below_the_empty_place_is_found():
    def move(cells):
        cell = cell_of(cells, "written", "reflect_temperature")
        below = nbformat.v4.new_markdown_cell(cell.source)
        cell.source = "*Write your answer here.*"
        cells.insert(cells.index(cell) + 1, below)

    for save in (saved, without_metadata):
        graded, _ = put_together(save(changed(move)))
        assert graded["written-start_here-reflect_temperature"] == "It depends, and here is why."


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_says_so_in_one_line(name):
    with pytest.raises(Unreadable) as caught:
        read_notebook(UNREADABLE[name])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


HANGS = """\
import time
while True:
    try:
        time.sleep(9)
    except BaseException:
        pass
"""
FORGED = """\
def softmax(*_, **__):
    class Same:
        __eq__ = lambda *_: True
    return Same()
"""
KILLS = {
    "softmax": "def softmax(logits, temperature=1.0):\n    import os\n    os._exit(1)",
    "surprisal": "def surprisal(probabilities, index)\n    return 1",  # no colon
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Hand in all sorts of things, grade them in one go, and return the course and the lines."""
    folder = tmp_path_factory.mktemp("bad")
    course = released_course(small_course, folder / "course")
    week = course.weeks[0]

    def hang(cells):
        cells.insert(4, nbformat.v4.new_code_cell(HANGS))
        cells.insert(5, nbformat.v4.new_code_cell("import os\nos._exit(0)"))

    def everything(cells):
        for change in (copied, deleted, retyped, flipped):
            change(cells)

    handed_in = {
        "original": saved(answered()),
        "colab": EDITORS["colab"](answered()),
        "old": in_nbformat_3(answered()),
        "odd": saved(changed(everything)),
        "killer": saved(changed(hang, **KILLS)),
        "forger": saved(answered(softmax=FORGED, most_likely="print = check = most_likely = None")),
        "empty": b"",
        "half": UNREADABLE["half_a_file"],
    }
    for student, data in handed_in.items():
        path = folder / "handed_in" / student / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    (folder / "handed_in" / "essay").mkdir()
    (folder / "handed_in" / "essay" / "essay.pdf").write_bytes(b"%PDF-1.7")
    before = hashes(folder / "handed_in")
    collected = {one.student: one for one in collect(course, week, [folder / "handed_in"])}
    lines = {line.student: line for line in grade(course, week, progress=lambda who: None)}
    feedback(course, week, progress=lambda who: None)
    assert hashes(folder / "handed_in") == before  # nothing that was handed in was touched
    kept = hashes(course.class_folder / "collected")
    assert set(before.values()) == set(kept.values())
    return course, collected, lines


def hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def points(graded, tmp_path_factory):
    course, _, _ = graded
    path = tmp_path_factory.mktemp("points") / "grades.csv"
    export(course, course.weeks[0], path)
    header, *rows = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
    table = [dict(zip(header, row, strict=True)) for row in rows]
    return {row["student"]: {f: int(row[f"{TOPIC}.{f}"] or 0) for f in RIGHT} for row in table}


@pytest.mark.parametrize("student", ["original", "colab", "old", "odd"])
def test_the_same_answers_get_the_same_points(points, student):
    assert points[student] == RIGHT


def test_cells_that_hang_or_kill_the_kernel_cost_only_themselves(points, graded):
    assert points["killer"] == RIGHT | {"softmax": 0, "surprisal": 0}
    page = feedback_of(graded, "killer")
    assert "it took longer than 30 seconds, most of them waiting" in page
    assert "while this was checked: the kernel died" in page
    assert "its cell does not run: SyntaxError" in page


def test_an_object_that_equals_everything_gets_nothing(points):
    assert points["forger"] == RIGHT | {"softmax": 0, "most_likely": 0}


@pytest.mark.parametrize("student", ["empty", "half"])
def test_a_file_that_cannot_be_read_is_a_line_and_no_points(graded, points, student):
    _, collected, lines = graded
    assert lines[student].status == "graded"
    assert any("the file cannot be read" in remark for remark in lines[student].remarks)
    assert collected[student].remarks
    assert not any(points[student].values())
    assert "the file cannot be read" in feedback_of(graded, student)


def test_a_file_that_is_no_notebook_is_kept_and_said(graded):
    course, collected, lines = graded
    assert "it is not a notebook" in collected["essay"].remarks[0]
    assert list((course.class_folder / "collected" / "week01" / "essay").iterdir())
    assert "essay" not in lines


def feedback_of(graded, student: str) -> str:
    folder = graded[0].class_folder / "feedback" / student / "week01"
    return (folder / f"{NAME}.html").read_text(encoding="utf-8")


def test_who_hands_in_twice_has_both_kept_and_the_newest_counts(graded, tmp_path):
    course, week = graded[0], graded[0].weeks[0]
    for moment, answer in ((1_000_000_000, "a"), (1_000_000_600, "b"), (999_999_999, "c")):
        path = tmp_path / answer / "twice" / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(saved(answered(quiz_temperature=answer)))
        os.utime(path, (moment, moment))
        collected = collect(course, week, [path.parents[1]])
    assert len(list((course.class_folder / "collected/week01/twice").iterdir())) == 3
    laid_out = course.class_folder / "submitted/twice/week01"
    assert 'quiz_temperature = \\"b\\"' in (laid_out / f"{NAME}.ipynb").read_text()
    assert (laid_out / "timestamp.txt").read_text() == "2001-09-09 01:56:40 UTC"
    assert [item.new for item in collected] == [1]
    assert [item.new for item in collect(course, week, [tmp_path / "a"])] == [0]


def test_a_newer_file_that_cannot_be_read_does_not_take_the_place_of_a_good_one(graded, tmp_path):
    course, week = graded[0], graded[0].weeks[0]
    for moment, data in ((1_000_000_000, saved(answered())), (1_000_000_600, b"{}")):
        path = tmp_path / str(moment) / "unlucky" / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        os.utime(path, (moment, moment))
        collected = collect(course, week, [path.parents[1]])
    assert json.loads((course.class_folder / f"submitted/unlucky/week01/{NAME}.ipynb").read_text())
    assert any("no notebook" in remark for remark in collected[0].remarks)
