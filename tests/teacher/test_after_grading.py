"""What a teacher does once a week is graded, by the commands, with a class whose truth is known."""

import csv
import gc
import json

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import CourseError
from gradelib.teacher.grade.grading import feedback, grade
from gradelib.teacher.grade.processes import kept
from tests.teacher.graded_class import graded_class, regrade
from tests.teacher.small_course import NAME


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return graded_class(tmp_path_factory.mktemp("after") / "course")


def run(course, monkeypatch, *command: str, code: int = 0) -> str:
    monkeypatch.chdir(course.root)
    result = CliRunner().invoke(app, list(command), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_the_report_counts_what_the_class_did(course, monkeypatch):
    run(course, monkeypatch, "report", "1")
    data = json.loads((course.class_folder / "report-week01.json").read_bytes())
    abouts = {about["name"]: about for about in data["exercises"]}
    softmax = abouts["start_here.softmax"]
    counts = [softmax[status] for status in ("passed", "failed", "error", "blank")]
    assert counts == [1, 3, 1, 0]
    (mistake,) = softmax["mistakes"]
    assert (mistake["name"], mistake["count"]) == ("ignores_temperature", 1)
    assert [group["count"] for group in softmax["groups"]] == [2, 1]  # ana and ben answer alike
    assert abouts["start_here.reflect_temperature"]["answered"] == 4
    assert data["missing"] == ["finn"]
    assert len(data["totals"]) == 5
    examples = json.dumps([softmax["mistakes"], softmax["groups"]], ensure_ascii=False)
    assert "ana" not in examples.lower()
    assert "Müller" not in examples
    page = (course.class_folder / "report-week01.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_whose_code_is_alike_is_a_place_to_look(course, monkeypatch):
    said = run(course, monkeypatch, "alike", "1")
    assert "1 pairs. This is a place to look, and no verdict" in " ".join(said.split())
    page = (course.class_folder / "alike-week01.html").read_text(encoding="utf-8")
    assert "ana and ben:" in page
    assert "chloe" not in page


def test_a_group_of_the_report_becomes_a_known_mistake(course, monkeypatch):
    run(course, monkeypatch, "report", "1")
    file = str(course.class_folder / "report-week01.json")
    hint = "Is your answer the same for all logits?"
    command = ["author", "new-mistake", "start_here.softmax", "--from", file, "--group", "1"]
    path = course.root / "solutions" / "start_here" / "mistakes.py"
    before = path.read_bytes()
    try:
        said = run(course, monkeypatch, *command, "--name", "constant", "--hint", hint)
        assert f"written: {path}" in said.replace("\n", "")
        assert "def softmax__constant(" in path.read_text(encoding="utf-8")
    finally:  # the other tests know what is known
        path.write_bytes(before)


def test_a_report_that_is_not_there_is_said_before_anything_is_asked():
    command = ["author", "new-mistake", "start_here.softmax", "--from", "nowhere.json"]
    result = CliRunner().invoke(app, command, input="constant\nIs it?\n")
    assert str(result.exception) == "nowhere.json is not there: gradelib report WEEK writes it"
    assert "What is wrong" not in result.output


def test_who_is_not_there_is_said_with_who_is_called_alike(course):
    week = course.weeks[0]
    with pytest.raises(CourseError, match=r"week01 of anna: is it ana\?$"):
        grade(course, week, ["anna", "ben"])
    with pytest.raises(CourseError, match=r"week01 of zoe: gradelib collect comes first"):
        grade(course, week, ["zoe"])
    with pytest.raises(CourseError, match=r"autograded/ has .* of zoe: gradelib grade comes first"):
        feedback(course, week, ["zoe"])


def test_the_report_of_the_term_has_each_student(course, monkeypatch):
    run(course, monkeypatch, "report", "--term")
    data = json.loads((course.class_folder / "report-term.json").read_bytes())
    assert data["students"]["dario"]["points"] == {"week01": 7.0}
    assert data["students"]["dario"]["percent"] == 100  # of what is marked
    assert data["students"]["finn"]["percent"] is None  # there is time until 2100


def test_a_mark_stays_confirmed_through_a_regrade_while_the_words_are_the_same(course, monkeypatch):
    run(course, monkeypatch, "written", "1")
    path = course.class_folder / "written-week01.csv"
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    points = {row["code"]: "1.5" if row["words"] else "0" for row in rows}
    assert sorted(points.values()) == ["0", "1.5", "1.5", "1.5", "1.5"]
    text = "\n".join(["code,points", *(f"{code},{given}" for code, given in points.items())])
    path.write_text(text, encoding="utf-8")
    assert "5 answers are marked, 5" in run(
        course, monkeypatch, "written", "1", "--read", str(path)
    )
    notebook = course.class_folder / "submitted" / "ana" / "week01" / f"{NAME}.ipynb"
    before = notebook.read_bytes()
    notebook.write_bytes(before.replace(b"It depends, and here is why.", b"Other words."))
    assert notebook.read_bytes() != before
    mistakes = course.root / "solutions" / "start_here" / "mistakes.py"
    mistakes.write_text(f"{mistakes.read_text(encoding='utf-8')}\n# All is judged again.\n")
    regrade(course)
    marked = {row["student"]: row for row in exported(course, monkeypatch)}
    name = "start_here.reflect_temperature"
    assert {s: row[name] for s, row in marked.items()} == {
        "ana": "",  # other words
        "ben": "1.5",
        "chloe": "1.5",
        "dario": "0",
        "emine": "1.5",
        "finn": "",
    }
    assert {s: row["to_mark"] for s, row in marked.items() if row["to_mark"] != "0"} == {"ana": "2"}


def exported(course, monkeypatch) -> list[dict[str, str]]:
    run(course, monkeypatch, "export", "1")
    with (course.class_folder / "grades-week01.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_grading_leaves_the_search_for_garbage_as_it_was():
    gc.unfreeze()  # what some library has left out
    before = gc.get_threshold()
    with kept():
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold() != before
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
