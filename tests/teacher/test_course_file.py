"""course.toml: the weeks in it are found, and what is wrong in it is said with its place."""

import datetime as dt

import pytest

from gradelib.teacher.course import Course, CourseError
from tests.teacher.small_course import ROOT, small_course


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


@pytest.mark.parametrize("said", [1, "1", "01", "week1", "week01", "Week01"])
def test_a_week_is_found_however_it_is_said(said):
    assert Course.find(ROOT).week(said).name == "week01"


def test_an_unknown_week_says_which_there_are():
    with pytest.raises(CourseError, match=r"no week '40'; it has: week01"):
        Course.find(ROOT).week("40")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("number = 1", ""), "it needs number"),
        (("number = 1", "number = 1\ndeu = 2026-01-01"), "unknown deu; known"),
        (("00_start_here", "99_nowhere"), "there is no notebooks/src/99_nowhere.md"),
        (("due = 2100-01-01T00:00:00", "due = 2100-01-01"), "due needs a date and a time"),
        (("cell_seconds = 12", "cell_second = 3"), r"\[limits\] cell_second = 3; known"),
        (('name = "small"', 'name = "small'), "course.toml: "),
        (('name = "small"', 'name = "small"\ntimezone = "Mars"'), "write one such as Europe"),
    ],
)
def test_what_is_wrong_in_the_course_file_is_said_with_its_place(course, change, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(CourseError, match=said) as caught:
        Course.find(course.root)
    assert "course.toml" in str(caught.value)


def test_due_dates_are_kept_in_utc(course):
    path = course.root / "course.toml"
    path.write_text('timezone = "Europe/Berlin"\n' + path.read_text())
    assert Course.find(course.root).weeks[0].due == dt.datetime(2099, 12, 31, 23)
