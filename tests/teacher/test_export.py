"""The CSV of a week: sums that are sums, marks that are not given yet, names of all sorts."""

import csv
import datetime as dt
import json

import pytest

from gradelib.teacher.course import Course
from gradelib.teacher.gradebook.export import export
from gradelib.teacher.gradebook.gradebook import open_gradebook, take_over_due_date
from gradelib.teacher.gradebook.marks import keep_marks, marks_before
from gradelib.teacher.gradebook.nbgrader_settings import students
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import NAME, small_course

CHECK, WRITTEN = "check-start_here-softmax", "written-start_here-reflect_temperature"
HEADER = "id,name,section,dropped"


@pytest.fixture
def course(tmp_path):
    """A class of two, graded: ana has 3 points and waits for a mark, ben has 0 and a mark of 2."""
    course = small_course(tmp_path / "course")
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("week01", duedate=course.weeks[0].due)
        gradebook.add_notebook(NAME, "week01")
        gradebook.add_grade_cell(CHECK, NAME, "week01", max_score=3, cell_type="code")
        gradebook.add_grade_cell(WRITTEN, NAME, "week01", max_score=2, cell_type="markdown")
        for student, points, mark in (("ana", 3, None), ("ben", 0, 2)):
            gradebook.add_student(student)
            gradebook.add_submission("week01", student, timestamp=dt.datetime(2026, 1, 2))
            check = gradebook.find_grade(CHECK, NAME, "week01", student)
            check.auto_score, check.needs_manual_grade = points, False
            written = gradebook.find_grade(WRITTEN, NAME, "week01", student)
            written.manual_score, written.needs_manual_grade = mark, mark is None
        gradebook.db.commit()
    return course


def rows(course: Course) -> dict[str, dict[str, str]]:
    path = course.class_folder / "grades.csv"
    export(course, course.weeks[0], path)
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def written(course: Course, student: str, words: str) -> None:
    """Write the graded notebook of a student, as far as marks are concerned."""
    marks = {"solution": True, "grade": True, "grade_id": WRITTEN}
    cell = {"cell_type": "markdown", "metadata": {"nbgrader": marks}, "source": [words]}
    data = json.dumps({"cells": [cell], "metadata": {}}).encode()
    laid(course.class_folder / "autograded" / student / "week01", {f"{NAME}.ipynb": data})


def test_the_total_is_the_sum_of_the_columns(course):
    for row in rows(course).values():
        columns = [float(points or 0) for name, points in row.items() if "." in name]
        assert float(row["total"]) == sum(columns)


def test_a_mark_that_is_not_given_yet_is_empty_and_is_counted(course):
    found = rows(course)
    assert found["ana"]["start_here.reflect_temperature"] == ""
    assert (found["ana"]["total"], found["ana"]["to_mark"]) == ("3", "2")
    assert found["ben"]["start_here.reflect_temperature"] == "2"
    assert (found["ben"]["total"], found["ben"]["to_mark"]) == ("2", "0")


def test_a_mark_that_is_to_be_looked_at_again_is_not_in_the_total(course):
    with open_gradebook(course) as gradebook:  # as nbgrader leaves it after another hand-in
        gradebook.find_grade(WRITTEN, NAME, "week01", "ben").needs_manual_grade = True
        gradebook.db.commit()
    row = rows(course)["ben"]
    assert (row["start_here.reflect_temperature"], row["total"], row["to_mark"]) == ("", "0", "2")


@pytest.mark.parametrize("words", ["The same words.", "Other words."])
def test_a_mark_for_other_words_is_void_and_one_for_the_same_stays(course, words):
    week = course.weeks[0]
    written(course, "ben", "The same words.")
    before = marks_before(course, week, "ben")
    written(course, "ben", words)
    with open_gradebook(course) as gradebook:  # as nbgrader does with each run
        gradebook.find_grade(WRITTEN, NAME, "week01", "ben").needs_manual_grade = True
        gradebook.db.commit()
    keep_marks(course, week, "ben", before)
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(WRITTEN, NAME, "week01", "ben")
        assert (grade.manual_score, grade.needs_manual_grade) == (
            (2, False) if words == "The same words." else (None, True)
        )
        assert gradebook.find_submission("week01", "ben").score == (grade.manual_score or 0)


def test_a_mark_that_nobody_has_confirmed_is_not_confirmed_by_a_run(course):
    week = course.weeks[0]
    written(course, "ben", "The same words.")
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(WRITTEN, NAME, "week01", "ben").needs_manual_grade = True
        gradebook.db.commit()
    keep_marks(course, week, "ben", marks_before(course, week, "ben"))
    assert rows(course)["ben"]["start_here.reflect_temperature"] == ""


@pytest.mark.parametrize("code", ["return 1", "return 2"])
def test_points_that_a_person_gave_for_code_stay_while_it_is_the_same(course, code):
    week = course.weeks[0]
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(CHECK, NAME, "week01", "ana")
        grade.manual_score, grade.needs_manual_grade = 1, False
        gradebook.db.commit()
    answered(course, "ana", "return 1")
    before = marks_before(course, week, "ana")
    answered(course, "ana", code)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(CHECK, NAME, "week01", "ana").needs_manual_grade = True
        gradebook.db.commit()
    keep_marks(course, week, "ana", before)
    assert rows(course)["ana"]["start_here.softmax"] == ("1" if code == "return 1" else "")


def answered(course: Course, student: str, code: str) -> None:
    """Write the graded notebook of a student with an answer and its check."""

    def cell(kind, source, marks):
        tag = {"kind": kind, "exercise": "start_here.softmax"}
        metadata = {"gradelib": tag, "nbgrader": marks}
        return {"cell_type": "code", "metadata": metadata, "source": [source], "outputs": []}

    check = cell("check", "check()", {"grade": True, "solution": False, "grade_id": CHECK})
    cells = [cell("answer", code, {"grade": False, "solution": True, "grade_id": "x"}), check]
    data = json.dumps({"cells": cells, "metadata": {}}).encode()
    laid(course.class_folder / "autograded" / student / "week01", {f"{NAME}.ipynb": data})


def test_excel_sees_that_it_is_utf_8(course):
    rows(course)
    assert (course.class_folder / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_names_with_commas_and_umlauts_come_out_as_they_are(course):
    with_roster(course, 'ana,"Müller, Änne (李)",A,', "ben,=1+1,B,", header=HEADER)
    found = rows(course)
    assert found["ana"]["name"] == "Müller, Änne (李)"
    assert found["ben"]["name"] == "'=1+1"  # no formula


def test_with_a_roster_everyone_has_a_row_and_who_was_dropped_has_none(course):
    with_roster(course, "ana,Ana,A,", "ben,Ben,A,yes", "cleo,Cleo,B,no", header=HEADER)
    found = rows(course)
    assert set(found) == {"ana", "cleo"}
    assert (found["cleo"]["total"], found["cleo"]["handed_in"]) == ("0", "")


def test_who_was_dropped_is_not_graded_again(course):
    laid(course.class_folder / "submitted", {f"{s}/week01/x": b"" for s in ("ana", "ben")})
    with_roster(course, "ana,Ana,A,", "ben,Ben,A,yes", header=HEADER)
    assert students(course, course.weeks[0]) == ["ana"]


def test_a_date_that_was_moved_takes_effect(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("2100-01-01T00:00:00", "2026-01-01T00:00:00"))
    moved = Course.find(course.root)
    take_over_due_date(moved, moved.weeks[0])
    assert rows(moved)["ana"]["late_seconds"] == "86400"
