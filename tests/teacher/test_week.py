"""A teacher's week from start to end, by the commands that a teacher types."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import Course
from gradelib.teacher.rehearsal.demo import compare
from tests.browser import lab

ROOT = Path(__file__).resolve().parents[2]
STUDENTS = 5  # one for each way in which a notebook is saved


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """Do all that a teacher does in a week; return the course, the folder, and what was said."""
    folder = tmp_path_factory.mktemp("week")
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADELIB_CLASS", str(folder / "class"))
        patch.chdir(ROOT)
        for command in (
            "release 1 --early",
            f"simulate 1 --students {STUDENTS} --seed 3 --to {folder / 'handed_in'}",
            f"collect week01 {folder / 'handed_in'}",
            "grade 1",
            "feedback 1",
            f"export 01 --file {folder / 'grades.csv'}",
        ):
            result = CliRunner().invoke(app, command.split(), catch_exceptions=False)
            said[command.split()[0]] = result.output
            assert result.exit_code == 0, result.output
        yield Course.find(ROOT), folder, said


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_grade_is_what_it_must_be(week):
    _, folder, _ = week
    _, wrong = compare(folder / "handed_in" / "truth.csv", folder / "grades.csv")
    assert wrong == []


def test_the_truth_has_all_kinds_of_students(week):
    totals = {
        row.pop("student"): sum(map(int, row.values()))
        for row in rows(week[1] / "handed_in" / "truth.csv")
    }
    assert len(totals) == STUDENTS
    assert totals["ben"] == 0 < totals["chloe"] < totals["ada"]


def test_the_export_has_a_column_for_each_exercise_in_the_order_of_the_notebooks(week):
    columns = [name for name in rows(week[1] / "grades.csv")[0] if "." in name]
    assert columns[0] == "start_here.most_likely"
    topics = [name.partition(".")[0] for name in columns]
    assert topics == sorted(topics)  # which happens to be the order of these two notebooks
    assert {row["late_seconds"] for row in rows(week[1] / "grades.csv")} == {"0"}


def test_the_feedback_shows_each_verdict_and_its_points(week):
    course, _, _ = week
    folder = course.class_folder / "feedback"
    for student in ("ada", "ben"):
        page = (folder / student / "week01" / "00_start_here.html").read_text(encoding="utf-8")
        assert ("passed" if student == "ada" else "not attempted") in page
        assert re.search(r"start_here\.softmax", page)
        assert "#toc a::after" in page  # by which the list of points names its cells


def test_grading_again_changes_nothing(week):
    _, folder, _ = week
    before = (folder / "grades.csv").read_bytes()
    result = CliRunner().invoke(app, ["grade", "1"])
    assert result.output.count("as before") == STUDENTS
    CliRunner().invoke(app, ["export", "1", "--file", str(folder / "again.csv")])
    assert (folder / "again.csv").read_bytes() == before


def test_nbgraders_own_command_gives_the_same_grades(week):
    course, folder, _ = week
    page = course.class_folder / "feedback" / "chloe" / "week01" / "00_start_here.html"
    page.unlink()
    for command in (
        ["autograde", "week01", "--student", "chloe", "--force"],
        ["generate_feedback", "week01", "--student", "chloe", "--force"],
        ["list"],
    ):
        run = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-2000:]
    assert page.is_file()
    CliRunner().invoke(app, ["export", "1", "--file", str(folder / "nbgrader.csv")])
    assert (folder / "nbgrader.csv").read_bytes() == (folder / "grades.csv").read_bytes()


def test_a_notebook_whose_checks_were_not_run_has_no_points(week):
    """nbgrader gives all the points to a check without output, as after --no-execute."""
    course, _, _ = week
    path = course.class_folder / "autograded" / "ben" / "week01" / "00_start_here.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade") and cell["cell_type"] == "code":
            results = [o for o in cell["outputs"] if o["output_type"] == "execute_result"]
            assert "".join(results[0]["data"]["text/plain"]) == "0"


@pytest.mark.browser
@pytest.mark.skipif(lab.CHROMIUM is None, reason=lab.INSTALL)
def test_formgrader_shows_the_graded_class(week):
    course, folder, _ = week
    env = {"GRADELIB_CLASS": str(course.class_folder)}
    with lab.jupyter(ROOT, home=folder, env=env) as address, lab.chromium() as browser:
        page = browser.new_page(viewport=lab.LAPTOP)
        page.set_default_timeout(60_000)
        page.goto(f"{address}/formgrader/gradebook/week01")
        page.get_by_role("link", name="00_start_here").wait_for()
        page.screenshot(path=lab.ARTIFACTS / "formgrader_notebooks.png")
        page.goto(f"{address}/formgrader/gradebook/week01/00_start_here")
        page.get_by_text("/ 9").first.wait_for()
        page.screenshot(path=lab.ARTIFACTS / "formgrader_submissions.png")
        page.goto(f"{address}/formgrader/manage_students")
        for student in ("ada", "ben", "chloe"):
            page.get_by_text(student, exact=True).first.wait_for()
        page.screenshot(path=lab.ARTIFACTS / "formgrader_students.png")
