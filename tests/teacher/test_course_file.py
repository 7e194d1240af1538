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
        (("number = 1", ""), r"week \?: it needs a line number = "),
        (("number = 1", "number = 1\ndeu = 2026-01-01"), "week 1: unknown deu; known: number, "),
        (("number = 1", 'number = "1"'), "week 1: number takes a whole number"),
        (("number = 1", "number = true"), "number takes a whole number"),
        (('["00_start_here"]', "[]"), "notebooks takes a list with something in it"),
        (('["00_start_here"]', '"00_start_here"'), r"week 1: notebooks takes a list in \[ \]"),
        (('["00_start_here"]', "[0]"), "week 1: notebooks takes text in quotes"),
        (("00_start_here", "99_nowhere"), "week 1: there is no notebooks/src/99_nowhere.md"),
        (("due = 2100-01-01T00:00:00", "due = 2100-01-01"), "due takes a date and a time, such as"),
        (("due =", "release = 3\ndue ="), "week 1: release takes a date, such as"),
        (("[[weeks]]", "[[week]]"), "unknown week; known: title, name, timezone, class, colab, "),
        (
            (
                "[[weeks]]",
                "[[weeks]]\nnumber = 1\ntitle = 'x'\nnotebooks = ['00_start_here']\n[[weeks]]",
            ),
            r"it needs \[\[weeks\]\], each with a number of its own",
        ),
        (
            ("cell_seconds = 12", "cell_second = 3"),
            r"\[limits\]: unknown cell_second; known: ",
        ),
        (("cell_seconds = 12", "cell_seconds = true"), r"\[limits\]: cell_seconds takes a number"),
        (("cell_seconds = 12", "cell_seconds = 0"), "cell_seconds takes a number above 0"),
        (("cell_seconds = 12", "processes = -1"), "processes takes a number of at least 0"),
        (("[limits]\ncell_seconds = 12", "limits = 3"), "limits takes a table and not a value"),
        (('name = "small"', 'name = "small'), "course.toml: "),
        (('name = "small"', ""), "it needs a line name = "),
        (('name = "small"', 'name = "small"\ntimezone = "Mars"'), "write one such as Europe"),
        (
            ("[colab]", "[class]\nstudents = '('\n[colab]"),
            r"\[class\]: students takes a regular",
        ),
        (("[colab]", "[class]\nstudents = '.*'\n[colab]"), r"with \(\?P<student>\.\.\.\)"),
    ],
)
def test_what_is_wrong_in_the_course_file_is_said_with_its_place(course, change, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(CourseError, match=said) as caught:
        Course.find(course.root)
    assert "course.toml" in str(caught.value)


def test_all_that_is_wrong_in_the_course_file_is_said_at_once(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("cell_seconds = 12", "cpu_seconds = 0\nmemory = 3"))
    path.write_text('titel = "x"\n' + path.read_text())
    with pytest.raises(CourseError) as caught:
        Course.find(course.root)
    first, *problems = str(caught.value).split("\n  ")
    assert first == f"{path}:"
    assert [problem.split(";")[0] for problem in problems] == [
        "[limits]: cpu_seconds takes a number above 0",
        "[limits]: unknown memory",
        "unknown titel",
    ]


def test_no_message_repeats_what_may_be_a_password(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text() + '[class]\ngradebook = ["postgresql://ann:rosebud@here"]\n')
    with pytest.raises(CourseError) as caught:
        Course.find(course.root)
    assert "[class]: gradebook takes text in quotes" in str(caught.value)
    assert "rosebud" not in str(caught.value)


def test_a_release_may_have_a_time_of_day(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("due =", "release = 2099-12-01T08:00:00\ndue ="))
    assert Course.find(course.root).weeks[0].release == dt.date(2099, 12, 1)


def test_due_dates_are_kept_in_utc(course):
    path = course.root / "course.toml"
    path.write_text('timezone = "Europe/Berlin"\n' + path.read_text())
    assert Course.find(course.root).weeks[0].due == dt.datetime(2099, 12, 31, 23)
