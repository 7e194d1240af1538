"""What is decided takes effect at the next `grade`: table, CSV, feedback and gradebook agree."""

import csv
import datetime as dt
import re

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import Course
from gradelib.teacher.grade.changes import Standing, difference
from gradelib.teacher.grade.grading import feedback, grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.gradebook.export import export
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.released import points_of
from gradelib.teacher.release.assignment import release
from gradelib.teacher.rules.deciding import (
    extend,
    rule_out,
    take_back_extension,
    take_back_ruling,
)
from tests.teacher.hand_ins import collected, laid, stamp, submitted, with_roster
from tests.teacher.small_course import NAME, answered, saved, small_course

NOW = dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
RIGHT, POOR = saved(answered()), saved(answered(softmax="def softmax(x, t=1): return x"))
SOFTMAX, WRITTEN = "check-start_here-softmax", "written-start_here-reflect_temperature"
LATE = '[late]\ngrace = "10m"\npenalty = "10%"\nlast_day = 3\n'


def moment(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()


def with_rules(course: Course, rules: str) -> Course:
    path = course.root / "course.toml"
    path.write_text(path.read_text().split("[late]")[0] + rules)
    return Course.find(course.root)


def hand_in(course: Course, student: str, data: bytes, time: str):
    folder = course.root / "in" / time.replace(":", "") / student
    laid(folder, {f"{NAME}.ipynb": data}, moment(time))
    return collected(course, folder.parent)[student]


@pytest.fixture
def course(tmp_path):
    course = small_course(tmp_path / "course")
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("2100-01-01T00:00:00", "2027-04-25T12:00:00"))
    return with_roster(with_rules(course, LATE), "ana,Ana", "ben,Ben", "cleo,Cleo")


def rows(course: Course) -> dict[str, dict[str, str]]:
    path = course.class_folder / "grades.csv"
    export(course, course.weeks[0], path)
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def all_say(course: Course, points: dict[str, float]) -> None:
    """Hold the table, the CSV, the feedback and the gradebook to the same points."""
    week = course.weeks[0]
    lines = {line.student: line for line in grade(course, week, progress=lambda _: None)}
    found = rows(course)
    assert {line.status for line in feedback(course, week, progress=lambda _: None)} == {"written"}
    with open_gradebook(course) as gradebook:
        for student, total in points.items():
            assert lines[student].points == total
            assert found[student]["total"] == f"{total:g}"
            submission = gradebook.find_submission(week.name, student)
            assert submission.score - submission.late_submission_penalty == total
            page = course.class_folder / "feedback" / student / week.name / f"{NAME}.html"
            (shown,) = re.findall(r"\(Score: ([\d.]+) / [\d.]+\)", page.read_text())[:1]
            assert float(shown) == total


def test_dates_extensions_and_rules_take_effect_at_the_next_grade(course):
    week = course.weeks[0]
    release(course, week)
    hand_in(course, "ana", RIGHT, "2027-04-25T12:09:00")  # in the grace
    hand_in(course, "ben", RIGHT, "2027-04-26T12:11:00")  # a day and a minute
    hand_in(course, "cleo", POOR, "2027-04-25T11:00:00")
    hand_in(course, "cleo", RIGHT, "2027-04-29T12:00:00")  # after the last day
    lines = {line.student: line for line in grade(course, week, progress=lambda _: None)}
    full = lines["ana"].points
    poor = lines["cleo"].points
    assert full > poor > 0
    assert [lines[s].late for s in ("ana", "ben", "cleo")] == [False, True, False]
    assert {line.change for line in lines.values()} == {""}
    all_say(course, {"ana": full, "ben": round(full * 0.8, 2), "cleo": poor})

    extend(course, week, "ben", "1d", "ill", NOW)
    extend(course, week, "cleo", "2d", "a fair", NOW)
    lines = {line.student: line for line in grade(course, week, progress=lambda _: None)}
    assert lines["ben"].status == "as before"  # no kernel, no judge
    assert lines["ben"].change == (
        f"{full * 0.8:g} → {full * 0.9:g}: extension of 1d: ill; "
        f"penalty {full * 0.2:g} → {full * 0.1:g}"
    )
    assert "another hand-in counts; extension of 2d: a fair" in lines["cleo"].change
    assert submitted(course, "cleo") == RIGHT
    all_say(course, {"ana": full, "ben": round(full * 0.9, 2), "cleo": round(full * 0.8, 2)})

    take_back_extension(course, week, "cleo", NOW)
    all_say(course, {"cleo": poor})
    assert stamp(course, "cleo") == "2027-04-25 11:00:00 UTC"

    none = with_rules(course, '[late]\ngrace = "10m"\n')  # nothing is taken, nothing ends
    all_say(none, {"ana": full, "ben": full, "cleo": full})


def mark(course: Course, student: str, points: float | None) -> None:
    """Give the written answer its points, as the formgrader does."""
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(WRITTEN, NAME, "week01", student)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        gradebook.db.commit()


def test_an_exercise_that_is_excused_or_a_bonus_counts_so_for_all_and_can_be_taken_back(course):
    week = course.weeks[0]
    release(course, week)
    hand_in(course, "ana", RIGHT, "2027-04-25T11:00:00")
    hand_in(course, "ben", POOR, "2027-04-25T11:00:00")
    hand_in(course, "cleo", RIGHT, "2027-04-26T12:10:00")  # a day late
    lines = {line.student: line for line in grade(course, week, progress=lambda _: None)}
    full, most = lines["ana"].points, lines["ana"].possible
    worth, of_written = (
        points_of(course, week)[NAME, SOFTMAX],
        points_of(course, week)[NAME, WRITTEN],
    )
    assert lines["ben"].points == full - worth
    for student in ("ana", "ben", "cleo"):
        mark(course, student, 1)
    after = {"ana": full + 1, "ben": full + 1 - worth, "cleo": round((full + 1) * 0.9, 2)}
    all_say(course, after)

    rule_out(course, week, "start_here.softmax", "excused", "it was broken", NOW)
    lines = {line.student: line for line in grade(course, week, progress=lambda _: None)}
    assert {line.status for line in lines.values()} == {"as before"}  # nothing is run
    why = "start_here.softmax: excused for all: it was broken"
    assert (
        lines["ana"].change
        == f"{full + 1:g} of {most:g} → {full + 1 - worth:g} of {most - worth:g}: {why}"
    )
    assert (
        f"{full + 1 - worth:g} of {most:g} → {full + 1 - worth:g} of {most - worth:g}"
        in lines["ben"].change
    )
    without = {"ana": full + 1 - worth, "ben": full + 1 - worth}
    all_say(course, without | {"cleo": round((full + 1 - worth) * 0.9, 2)})
    assert {row["possible"] for row in rows(course).values()} == {f"{most - worth:g}"}
    page = (course.class_folder / "feedback" / "ana" / "week01" / f"{NAME}.html").read_text()
    assert "Excused for all: it was broken" in page

    hand_in(course, "ben", RIGHT, "2027-04-25T11:30:00")  # graded while it is excused
    forced = grade(course, week, options=GradingOptions(force=True), progress=lambda _: None)
    assert {line.status for line in forced} == {"graded"}
    for student in ("ana", "ben", "cleo"):  # whom the formgrader asks about again
        mark(course, student, 1)
    all_say(course, without)

    rule_out(course, week, "start_here.softmax", "bonus", "hard", NOW)
    all_say(course, {"ana": full + 1, "ben": full + 1})
    assert {row["possible"] for row in rows(course).values()} == {f"{most - worth:g}"}

    rule_out(course, week, "start_here.reflect_temperature", "excused", "unclear", NOW)
    take_back_ruling(course, week, "start_here.softmax", "bonus", NOW)
    all_say(course, {"ana": full, "ben": full})
    assert {row["possible"] for row in rows(course).values()} == {f"{most - of_written:g}"}
    assert {row["to_mark"] for row in rows(course).values()} == {"0"}
    take_back_ruling(course, week, "start_here.reflect_temperature", "excused", NOW)
    grade(course, week, progress=lambda _: None)
    with open_gradebook(course) as gradebook:  # the marks are there again
        assert gradebook.find_grade(WRITTEN, NAME, "week01", "ana").manual_score == 1
    assert {row["possible"] for row in rows(course).values()} == {f"{most:g}"}


def test_the_last_one_on_time_counts_if_the_teacher_says_so(course):
    said = hand_in(course, "ana", POOR, "2027-04-25T11:00:00")
    said = hand_in(course, "ana", RIGHT, "2027-04-25T13:00:00")
    assert (submitted(course, "ana"), said.well) == (RIGHT, True)
    course = with_rules(course, '[late]\ncounts = "on time"\n')
    said = hand_in(course, "ana", RIGHT, "2027-04-25T13:00:00")
    assert submitted(course, "ana") == POOR
    assert said.notes == [
        f"{NAME}.ipynb of 25 Apr 13:00 is later than 25 Apr 12:00: what came before counts"
    ]
    extend(course, course.weeks[0], "ana", "2h", "a bus", NOW)
    hand_in(course, "ana", RIGHT, "2027-04-25T13:00:00")
    assert submitted(course, "ana") == RIGHT


def test_a_blank_or_broken_one_on_time_takes_nobodys_late_work_away(course):
    course = with_rules(course, '[late]\ncounts = "on time"\n')
    hand_in(course, "ana", b"no notebook", "2027-04-25T11:00:00")
    hand_in(course, "ana", RIGHT, "2027-04-25T13:00:00")
    assert submitted(course, "ana") == RIGHT


def test_what_the_platform_calls_late_is_late_whatever_the_files_time_and_the_grace(course):
    name = f"mllerana_LATE_7_99_{NAME}.ipynb"
    with_roster(course, "ana,Ana,7", header="id,name,platform")
    laid(course.root / "canvas", {name: RIGHT}, moment("2027-04-25T10:00:00"))
    collected(course, course.root / "canvas")
    assert stamp(course, "ana") == "2027-04-25 12:10:01 UTC"


def test_nbgraders_own_extension_stays_where_nothing_was_decided(course):
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("week01", duedate=course.weeks[0].due)
        gradebook.add_student("ana")
        gradebook.add_submission("week01", "ana", timestamp=dt.datetime(2027, 4, 26))
        gradebook.grant_extension("week01", "ana", days=2)
    assert rows(course)["ana"]["late_seconds"] == "0"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({}, {}, ""),
        ({"penalty": 3}, {"penalty": 3}, ""),
        ({}, {"total": 31, "points": {"a": 3.0}}, "30 → 31: a 2 → 3"),
        ({}, {"total": 31, "points": {"a": None}}, "30 → 31: a 2 → not marked"),
        ({}, {"total": 31}, "30 → 31: graded anew"),
        ({}, {"possible": 38}, "30 of 40 → 30 of 38: graded anew"),
        (
            {},
            {"total": 28, "points": {"a": 0.0}, "rulings": {"a": "excused for all: x"}},
            "30 → 28: a: excused for all: x",
        ),
        ({"rulings": {"a": "bonus"}}, {"total": 31}, "30 → 31: a: counts as before"),
        ({"due": "1 Jan"}, {"total": 31, "due": "2 Jan"}, "30 → 31: due 2 Jan, and not 1 Jan"),
        ({"extension": "x"}, {"total": 29}, "30 → 29: the extension was taken back"),
    ],
)
def test_what_changed_is_said_with_its_reason(before, now, said):
    whole = {"total": 30, "possible": 40, "points": {"a": 2.0}}
    assert difference(Standing(**(whole | before)), Standing(**(whole | now))) == said


def test_the_command_gives_shows_and_takes_back(course, monkeypatch):
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GRADELIB_CLASS", raising=False)

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["extend", *words])
        return result.output if result.exception is None else str(result.exception)

    assert run() == "No extensions stand.\n"
    given = run("ana", "1", "2d", "--why", "ill")
    assert "ana has 2d longer. Now gradelib grade 1" in given
    assert "27 Apr 2027 12:00" in given
    assert "ill" in run("ana")
    assert "No extensions stand" in run("ben")
    assert "say who, for which week" in run("ana", "--take-back")
    assert "Taken back: 2d for ana" in run("ana", "1", "--take-back")
