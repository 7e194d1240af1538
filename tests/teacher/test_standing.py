"""Where a week stands and what comes next, from its first day to its last file; release dates."""

import datetime as dt
import os

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher import commands
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.grade.grading import Line
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.last_change import changed_at
from gradelib.teacher.release.dates import refuse_early
from gradelib.teacher.term.standing import next_step, said, standing
from gradelib.terminal import table
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import NAME, small_course

CELL = "written-start_here-reflect_temperature"
BEFORE, AFTER = dt.datetime(2027, 4, 1, 12, tzinfo=dt.UTC), dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
LATER = dt.datetime(2037, 1, 1, tzinfo=dt.UTC).timestamp()  # than the marks that tests give


@pytest.fixture
def course(tmp_path):
    course = small_course(tmp_path / "course")
    path = course.root / "course.toml"
    dates = "release = 2027-04-12\ndue = 2027-04-25T23:59:59"
    path.write_text(path.read_text().replace("due = 2100-01-01T00:00:00", dates))
    return with_roster(Course.find(course.root), "ana,Ana", "ben,Ben", "cleo,Cleo")


def at(course, now):
    found = standing(course, course.weeks[0], now)
    return said(course, found), next_step(course, found)


def handed_in(course, student, time=1000.0):
    laid(course.class_folder / "submitted" / student / "week01", {f"{NAME}.ipynb": b"{}"}, time)


def graded(course, student, time=2000.0):
    laid(course.class_folder / "results" / "graded" / "week01", {student: b"hash"}, time)


def test_a_week_goes_from_its_release_to_its_export(course):
    folder = course.class_folder
    assert at(course, BEFORE) == (["not released yet"], "on 12 Apr: gradelib release 1")
    assert at(course, AFTER)[1] == "gradelib release 1"
    laid(folder / "release" / "week01", {f"{NAME}.ipynb": b"{}"})
    assert at(course, BEFORE) == (
        ["released", "handed in: 0 of 3"],
        "after 25 Apr 23:59: gradelib collect 1 FILES",
    )
    assert at(course, AFTER)[1] == "gradelib collect 1 FILES"
    handed_in(course, "ana")
    handed_in(course, "ben")
    laid(folder / "collected" / "week01" / "_nobody", {"x": b""})
    assert at(course, AFTER) == (
        ["released", "handed in: 2 of 3", "nobody's: 1 file"],
        "look: gradelib collect 1 FILES --student ID",
    )
    (folder / "collected" / "week01" / "_nobody" / "x").unlink()
    graded(course, "ana")
    assert at(course, AFTER)[0][-1] == "graded: 1, 1 to go"
    assert at(course, AFTER)[1] == "gradelib grade 1"
    graded(course, "ben")
    wait_for_marks(course, "ana", "ben")
    assert at(course, AFTER) == (
        ["released", "handed in: 2 of 3", "graded: 2", "to mark by hand: 2 answers"],
        "mark by hand: gradelib written 1, or make formgrader",
    )
    wait_for_marks(course)
    assert at(course, AFTER)[1] == "gradelib feedback 1"
    for student in ("ana", "ben"):
        laid(folder / "feedback" / student / "week01", {f"{NAME}.html": b""}, LATER)
    assert at(course, AFTER) == (
        ["released", "handed in: 2 of 3", "graded: 2", "feedback: 2"],
        "gradelib export 1",
    )
    laid(folder, {"grades-week01.csv": b""}, LATER)
    assert at(course, AFTER)[0][-1] == "exported: csv"
    assert at(course, AFTER)[1] == "all done; who is missing: gradelib missing 1"


def test_what_comes_later_is_to_be_graded_again_and_exported_again(course):
    laid(course.class_folder / "release" / "week01", {f"{NAME}.ipynb": b"{}"})
    handed_in(course, "ana")
    graded(course, "ana")
    laid(course.class_folder, {"grades-week01.csv": b""}, 2500.0)
    handed_in(course, "ana", 2700.0)
    assert at(course, AFTER)[1] == "gradelib grade 1"
    graded(course, "ana", 3000.0)
    assert "exported: csv" not in at(course, AFTER)[0]


def test_feedback_and_exports_are_outdated_once_points_change(course):
    week, folder = course.weeks[0], course.class_folder
    laid(folder / "release" / "week01", {f"{NAME}.ipynb": b"{}"})
    handed_in(course, "ana")
    graded(course, "ana")
    wait_for_marks(course)
    assert at(course, AFTER)[1] == "gradelib feedback 1"
    note = folder / "last_grades" / "week01" / "ana"
    os.utime(note, (2000.0, 2000.0))
    laid(folder / "feedback" / "ana" / "week01", {f"{NAME}.html": b""}, 3000.0)
    laid(folder, {"grades-week01.csv": b"", "grades-week01-moodle.csv": b""}, 3000.0)
    assert at(course, AFTER)[0][-2:] == ["feedback: 1", "exported: csv, moodle"]
    graded(course, "ana", 4000.0)  # anew, perhaps with other hints, and the same points
    assert at(course, AFTER)[0][-2:] == ["graded: 1", "exported: csv, moodle"]
    graded(course, "ana")
    mark(course, "ana", 2)  # in the formgrader
    assert at(course, AFTER) == (
        [
            "released",
            "handed in: 1 of 3",
            "graded: 1",
            "exported before points changed: csv, moodle",
        ],
        "gradelib feedback 1",
    )
    changed = changed_at(course, week, "ana")
    assert changed > 3000.0
    laid(folder / "feedback" / "ana" / "week01", {f"{NAME}.html": b""}, changed)
    assert at(course, AFTER)[1] == "gradelib export 1"
    laid(folder, {"grades-week01.csv": b""}, changed)
    assert at(course, AFTER)[1] == "gradelib export 1 --to moodle"
    laid(folder, {"grades-week01-moodle.csv": b""}, changed)
    assert at(course, AFTER)[0][-2:] == ["feedback: 1", "exported: csv, moodle"]
    assert changed_at(course, week, "ana") == changed  # to look changes nothing


def mark(course, student, points):
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(CELL, NAME, "week01", student)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        gradebook.db.commit()


def wait_for_marks(course, *students):
    """Let the gradebook have an answer of each of these that nobody has marked."""
    with open_gradebook(course) as gradebook:
        if not gradebook.assignments:
            gradebook.add_assignment("week01")
            gradebook.add_notebook(NAME, "week01")
            gradebook.add_grade_cell(CELL, NAME, "week01", max_score=2, cell_type="markdown")
        for student in ("ana", "ben"):
            if student not in {one.id for one in gradebook.students}:
                gradebook.add_student(student)
                gradebook.add_submission("week01", student)
            grade = gradebook.find_grade(CELL, NAME, "week01", student)
            waits = student in students
            grade.manual_score, grade.needs_manual_grade = (None if waits else 1), waits
        gradebook.db.commit()


@pytest.mark.parametrize(
    ("zone", "now", "early"),
    [
        ("UTC", "2027-04-11T23:59:59", True),
        ("UTC", "2027-04-12T00:00:00", False),
        ("Europe/Berlin", "2027-04-11T22:00:00", False),  # where it is the twelfth
        ("America/New_York", "2027-04-12T03:59:59", True),  # where it is the eleventh
    ],
)
def test_a_week_is_released_from_its_day_on_by_the_courses_clock(course, zone, now, early):
    path = course.root / "course.toml"
    path.write_text(f'timezone = "{zone}"\n' + path.read_text())
    course = Course.find(course.root)
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    if early:
        with pytest.raises(CourseError, match=r"on Monday, 12 April 2027.*release 1 --early"):
            refuse_early(course, course.weeks[0], moment)
    else:
        refuse_early(course, course.weeks[0], moment)


def test_the_command_refuses_a_week_of_a_day_to_come(course, monkeypatch):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("2027", "2999"))
    monkeypatch.chdir(course.root)
    said = CliRunner().invoke(app, ["release", "1"])
    assert "is to be released on" in str(said.exception)
    assert not (course.class_folder / "release").exists()
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(app, ["week"]).output
    assert "not released yet" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_tables_can_be_read_at_80_columns(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    remark = "please look: the notebook said passed, and there are no points, for softmax, sums"
    student = "maria-magdalena.o-brien-1234567"
    commands._show_grades(
        [Line(student, "as before", 27.5, 130, True, True, remarks=[remark, "not handed in"] * 3)]
    )
    columns = ["student", "notebooks", "handed in", "new", "remarks"]
    table(columns, [[student, 2, "25 Apr 23:59", 12, f"{remark}\n{remark}"]])
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= 80
    assert sum(student in line for line in shown) == 4  # whole, in one line, above its remarks
    assert any("27.5" in line and "130" in line for line in shown)
    assert any("25 Apr 23:59" in line for line in shown)
