"""What a teacher does once a week is graded, by the commands, with a class whose truth is known."""

import json

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from tests.teacher.graded_class import graded_class


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


def test_a_group_of_the_report_becomes_a_known_mistake(course, monkeypatch):
    file = str(course.class_folder / "report-week01.json")
    hint = "Is your answer the same for all logits?"
    command = ["author", "new-mistake", "start_here.softmax", "--from", file, "--group", "1"]
    said = run(course, monkeypatch, *command, "--name", "constant", "--hint", hint)
    path = course.root / "solutions" / "start_here" / "mistakes.py"
    assert f"written: {path}" in said.replace("\n", "")
    assert "def softmax__constant(" in path.read_text(encoding="utf-8")


def test_the_report_of_the_term_has_each_student(course, monkeypatch):
    run(course, monkeypatch, "report", "--term")
    data = json.loads((course.class_folder / "report-term.json").read_bytes())
    assert data["students"]["dario"]["points"] == {"week01": 7.0}
    assert data["students"]["dario"]["percent"] == 100  # of what is marked
    assert data["students"]["finn"]["percent"] is None  # there is time until 2100
