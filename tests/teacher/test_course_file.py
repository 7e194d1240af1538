"""course.toml: the weeks in it are found, and what is wrong in it is said with its place."""

import datetime as dt

import pytest

from gradelib.author.course_file import read_course_file
from gradelib.author.course_lines import Lines
from gradelib.teacher.course import Course, CourseError
from tests.teacher.small_course import ROOT, course_on_paper


@pytest.fixture
def course(tmp_path):
    return course_on_paper(tmp_path / "course")


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
            ("cell_seconds = 3", "cell_second = 3"),
            r"\[limits\]: unknown cell_second; known: ",
        ),
        (("cell_seconds = 3", "cell_seconds = true"), r"\[limits\]: cell_seconds takes a number"),
        (("cell_seconds = 3", "cell_seconds = 0"), "cell_seconds takes a number above 0"),
        (("cell_seconds = 3", "processes = -1"), "processes takes a number of at least 0"),
        (("[limits]\ncell_seconds = 3", "limits = 3"), "limits takes a table and not a value"),
        (('name = "small"', 'name = "small'), "course.toml: "),
        (('name = "small"', ""), "it needs a line name = "),
        (('name = "small"', 'name = "small"\ntimezone = "Mars"'), "write one such as Europe"),
        (
            ("[colab]", "[class]\nstudents = '('\n[colab]"),
            r"\[class\]: students takes a regular",
        ),
        (("[colab]", "[class]\nstudents = '.*'\n[colab]"), r"with \(\?P<student>\.\.\.\)"),
        (('install = ""', 'install = "git+https://x.org/c"'), r"\[colab\]: install takes no repos"),
        (('install = ""', 'install = "gradelib @ git+ssh://x.org/c"'), "solutions too: write the"),
        (('install = ""', 'install = "https://x.org/c.git"'), "install takes no repository"),
        (
            ('install = ""', 'install = "https://x.org/c.zip"'),
            "takes the https address of the wheel",
        ),
        (
            ('install = ""', 'install = "http://x.org/c-1-py3-none-any.whl"'),
            "takes the https address",
        ),
        (('install = ""', 'install = "a folder"'), "or a name such as gradelib==0.1.0"),
        (('install = ""', 'install = "gradelib[teacher]"'), "or a name such as gradelib==0.1.0"),
        (
            ('install = ""', 'notebooks = "https://github.com/us/c"'),
            r"\[colab\]: notebooks takes the address at which Colab opens them, such as https://colab",
        ),
    ],
)
def test_what_is_wrong_in_the_course_file_is_said_with_its_place(course, change, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(CourseError, match=said) as caught:
        Course.find(course.root)
    assert "course.toml" in str(caught.value)


@pytest.mark.parametrize(
    "install",
    ["gradelib", "gradelib==0.1.0", "https://x.org/a/gradelib-0.1.0-py3-none-any.whl?download=1"],
)
def test_what_pip_can_get_without_the_solutions_is_taken(course, install):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace('install = ""', f'install = "{install}"'))
    Course.find(course.root)
    assert read_course_file(course.root).colab.install == install


def test_all_that_is_wrong_in_the_course_file_is_said_at_once(course):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("cell_seconds = 3", "cpu_seconds = 0\nmemory = 3"))
    path.write_text('titel = "x"\n' + path.read_text())
    with pytest.raises(CourseError) as caught:
        Course.find(course.root)
    first, *problems = str(caught.value).split("\n  ")
    assert first == f"{path}:"
    assert [problem.split(";")[0] for problem in problems] == [
        "line 1: unknown titel",
        "line 5: [limits]: cpu_seconds takes a number above 0",
        "line 6: [limits]: unknown memory",
    ]
    assert problems[0].endswith("Is title meant?")


WEEK_2 = """
[[weeks]] # the second
number = {number}
title = "Next"
notebooks = {notebooks}
{more}"""


def said_of(course, text: str) -> list[str]:
    (course.root / "course.toml").write_bytes(text.encode())
    with pytest.raises(CourseError) as caught:
        Course.find(course.root)
    return str(caught.value).partition("course.toml:")[2].strip().split("\n  ")


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (
            {"notebooks": '["02_masks", "00_start_here"]'},
            "line 13: week 2: 00_start_here stands in line 7 too: a notebook belongs to one week, "
            "once",
        ),
        (
            {"notebooks": '[\n  "02_masks",\n  "02_masks",\n]'},
            "line 13: week 2: 02_masks stands twice there: a notebook belongs to one week, once",
        ),
        (
            {"notebooks": '["02_masks.ipynb"]'},
            "line 13: week 2: notebooks takes names without .ipynb: write 02_masks",
        ),
        (
            {"number": "1"},
            "line 11: week 1: the week of line 5 is 1 too: it needs [[weeks]], each with a number "
            "of its own",
        ),
        (
            {"more": "release = 2027-05-03\ndue = 2027-05-02T23:59:59"},
            "line 14: week 2: release is after due, which is 2027-05-02 in line 15: write an "
            "earlier day",
        ),
        (
            {"more": "due = 2027-03-28T02:30:00"},
            "line 14: week 2: due is in an hour that Europe/Berlin skips, since clocks go forward: "
            "write 2027-03-28T03:30:00 or another time",
        ),
        ({"more": "dew = 1"}, "line 14: week 2: unknown dew"),
        ({"more": "due = 2027-05-02"}, "line 14: week 2: due takes a date and a time, such as"),
    ],
)
def test_what_contradicts_another_line_is_said_with_both(course, week, said):
    text = (course.root / "course.toml").read_text().split("[colab]")[0]
    text = text.replace("[limits]\ncell_seconds = 3", 'timezone = "Europe/Berlin"')
    whole = {"number": 2, "notebooks": '["02_masks"]', "more": ""} | week
    (problem, *_) = said_of(course, text + WEEK_2.format(**whole))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = A course", "line 1: Invalid value: text needs quotes"),
        ('title = "A course', "line 1: Illegal character"),
        ('title = "A"\ntitle = "B"', "line 2: Cannot overwrite a value: it stands twice"),
        ("title", "line 1: Expected '=' after a key in a key/value pair: a line is a name, ="),
        ('title = "A" "B"', "line 1: Expected newline or end of document"),
    ],
)
def test_a_slip_of_the_pen_is_said_with_its_line_and_what_to_write(course, line, said):
    (problem,) = said_of(course, line + "\n")
    assert problem.startswith(said)


def test_a_byte_order_mark_and_windows_lines_are_no_matter(course):
    path = course.root / "course.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Course.find(course.root).title == "A small course"


def test_a_course_whose_folders_could_not_be_called_so_is_refused(course):
    text = (course.root / "course.toml").read_text().replace('name = "small"', 'name = "a/../b"')
    assert said_of(course, text) == [
        "line 2: name takes letters, digits and . _ -, since folders are called so"
    ]


def test_every_key_of_a_file_has_its_line():
    text = """a = 1
b.c = [
  1,
]
d = \"\"\"
[x]
e = 1
\"\"\"
[x] # a table
y = { z = 2 }
[[w]]
v = 1
[w.u]
t = 1
[[w]]
v = 2
"""
    lines = Lines(text)
    places = {("a",): 1, ("b", "c", 0): 2, ("d",): 5, ("x",): 9, ("x", "y", "z"): 10}
    arrays = {("w", 0, "v"): 12, ("w", 0, "u", "t"): 14, ("w", 1): 15, ("w", 1, "v"): 16}
    for place, line in (places | arrays).items():
        assert lines.of(place) == line, place
    assert lines.of(("w", 1, "missing")) == 15
    assert lines.of(("nowhere",)) == 1


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


def test_of_an_hour_that_is_there_twice_the_later_counts(course):
    path = course.root / "course.toml"
    text = path.read_text().replace("2100-01-01T00:00:00", "2027-10-31T02:30:00")
    path.write_text('timezone = "Europe/Berlin"\n' + text)
    assert Course.find(course.root).weeks[0].due == dt.datetime(2027, 10, 31, 1, 30)
