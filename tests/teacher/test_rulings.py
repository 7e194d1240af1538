"""What is excused or a bonus for all: which exercise is meant, and what the command says."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import CourseError
from gradelib.teacher.rules.deciding import meant, rule_out, take_back_ruling
from gradelib.teacher.rules.decisions import read_decisions
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME, course_on_paper

NOW = dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
HAS = ["start_here.softmax", "start_here.quiz", "masks.softmax"]


@pytest.fixture
def course(tmp_path):
    course = course_on_paper(tmp_path / "course")
    marks = {"grade_id": "check-start_here-softmax", "points": 2, "grade": True}
    cell = {"cell_type": "code", "metadata": {"nbgrader": marks}, "source": []}
    data = json.dumps({"cells": [cell]}).encode()
    laid(course.class_folder / "release" / "week01", {f"{NAME}.ipynb": data})
    return course


def test_an_exercise_is_meant_by_its_name_with_its_topic_or_without(course):
    week = course.weeks[0]
    assert meant("start_here.softmax", HAS, week) == "start_here.softmax"
    assert meant("quiz", HAS, week) == "start_here.quiz"
    with pytest.raises(CourseError, match=r"softmax can be start_here.softmax, masks.softmax"):
        meant("softmax", HAS, week)
    with pytest.raises(CourseError, match=r"there is no sotfmax; it has: start_here.softmax"):
        meant("sotfmax", HAS, week)
    with pytest.raises(CourseError, match="is not released yet"):
        meant("softmax", [], week)


def test_a_ruling_takes_the_place_of_the_one_before_and_nothing_is_rubbed_out(course):
    week = course.weeks[0]
    rule_out(course, week, HAS[0], "excused", "it was\nbroken", NOW)
    rule_out(course, week, HAS[0], "bonus", "hard", NOW)
    decisions = read_decisions(course)
    assert decisions.ruling(week, HAS[0]).said == "A bonus for all: hard"
    assert [r.why for r in decisions.rulings] == ["it was broken", "hard"]
    with pytest.raises(CourseError, match="softmax is not excused in week01"):
        take_back_ruling(course, week, HAS[0], "excused", NOW)
    take_back_ruling(course, week, HAS[0], "bonus", NOW)
    assert read_decisions(course).rulings_of(week) == []
    with pytest.raises(CourseError, match="say --why"):
        rule_out(course, week, HAS[0], "bonus", " ", NOW)


def test_the_commands_rule_show_and_take_back(course, monkeypatch):
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GRADELIB_CLASS", raising=False)

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words)
        return result.output if result.exception is None else str(result.exception)

    assert run("excuse") == "Nothing is excused, and nothing a bonus.\n"
    assert "softmax is excused for all. Now gradelib grade 1" in run(
        "excuse", "1", "softmax", "--why", "it was broken"
    )
    assert "it was broken" in run("bonus", "1")
    assert "say which week and which exercise" in run("bonus", "--take-back")
    assert "softmax is not a bonus" in run("bonus", "1", "softmax", "--take-back")
    assert "counts as before" in run("excuse", "1", "softmax", "--take-back")
    assert "Taken back" not in run("excuse", "1", "softmax", "--why", "again")
    said = run("bonus", "1", "softmax", "--why", "it is hard")
    assert "Taken back: Excused for all: again" in said
