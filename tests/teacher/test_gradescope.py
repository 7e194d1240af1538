"""Gradescope's results.json: in its documented form, each test's output, never a 0 for what is not
marked yet, nothing for what is excused.
"""

import datetime as dt
import json
import zipfile

import pytest

from gradelib.teacher.course import Course
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.platforms import results
from gradelib.teacher.platforms.term import final
from gradelib.teacher.rules.deciding import rule_out
from tests.teacher.entered_class import CHECK, WRITTEN, class_of_four
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME


@pytest.fixture
def course(tmp_path):
    return class_of_four(tmp_path / "course")


def graded(course: Course, student: str) -> None:
    """Write the graded notebook of a student, with a verdict and an answer in words."""

    def cell(grade_id, points, kind, outputs):
        marks = {"grade": True, "grade_id": grade_id, "points": points}
        tag = {"kind": kind, "exercise": "start_here.softmax"}
        metadata = {"nbgrader": marks, "gradelib": tag}
        return {"cell_type": "code", "metadata": metadata, "source": "", "outputs": outputs}

    said = {"output_type": "display_data", "data": {"text/plain": ["✓ passed\n", "<b>x</b>"]}}
    cells = [cell(CHECK, 3, "check", [said]), cell(WRITTEN, 2, "written", [])]
    data = json.dumps({"cells": cells, "metadata": {}}).encode()
    laid(course.class_folder / "autograded" / student / "week01", {f"{NAME}.ipynb": data})


ALLOWED = {  # by Gradescope's autograder specification
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
    "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
OF_A_TEST = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
    "tags", "visibility", "extra_data",
}  # fmt: skip


def test_gradescope_gets_a_file_a_student_with_each_tests_output(course, tmp_path):
    graded(course, "ana")
    graded(course, "ben")
    assert results.export_results(course, course.weeks[0], tmp_path / "out.zip") == ["ana"]
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert packed.namelist() == ["ana/results.json", "ben/results.json"]
        ana, ben = (json.loads(packed.read(name)) for name in packed.namelist())
    assert set(ana) <= ALLOWED
    assert all(set(test) <= OF_A_TEST for test in ana["tests"])
    assert {test["output_format"] for test in ana["tests"]} == {"text"}  # no HTML of a student's
    assert ana["score"] == 3
    assert "2 more points are not marked yet" in ana["output"]
    check, written = ana["tests"]
    assert (check["score"], check["max_score"], check["status"]) == (3, 3, "passed")
    assert check["output"] == "✓ passed\n<b>x</b>"
    assert "score" not in written
    assert written["output"] == "Not marked yet."
    assert [test["score"] for test in ben["tests"]] == [0, 2]
    assert {one["visibility"] for one in [ana, *ana["tests"]]} == {"after_published"}


def test_gradescope_gets_no_points_for_what_is_excused_and_more_for_a_bonus(course, tmp_path):
    graded(course, "ana")
    graded(course, "ben")
    week = course.weeks[0]
    points = {CHECK: 3, WRITTEN: 2}
    cells = [{"metadata": {"nbgrader": {"grade_id": c, "points": p}}} for c, p in points.items()]
    released = json.dumps({"cells": cells}).encode()
    laid(course.class_folder / "release" / "week01", {f"{NAME}.ipynb": released})
    now = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    rule_out(course, week, "start_here.softmax", "excused", "it was unclear", now)
    rule_out(course, week, "start_here.reflect_temperature", "bonus", "hard", now)
    assert results.export_results(course, week, tmp_path / "out.zip") == ["ana"]
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        ana, ben = (json.loads(packed.read(name)) for name in packed.namelist())
    assert (ana["score"], ben["score"]) == (0, 2)
    assert ana["output"] == "0 of 0 points. A bonus is not marked yet."
    assert final(table_of(course, week).rows["ana"]) == ""
    check, written = ana["tests"]
    assert (check["max_score"], check["score"]) == (0, 0)
    assert "status" not in check
    assert check["output"] == "Excused for all: it was unclear\n✓ passed\n<b>x</b>"
    assert written["max_score"] == 0
    assert "score" not in written
    assert written["output"] == "A bonus for all: hard\nNot marked yet."
    check, written = ben["tests"]
    assert (check["max_score"], check["score"]) == (0, 0)
    assert (written["max_score"], written["score"], written["status"]) == (0, 2, "passed")
