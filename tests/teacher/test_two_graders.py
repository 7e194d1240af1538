"""A week that two grade at once, on SQLite and on a real PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy import text

from gradelib.teacher.collect.collection import collect
from gradelib.teacher.course import Course
from gradelib.teacher.grade.grading import export, grade
from gradelib.teacher.gradebook import database, gradebook, nbgrader_settings
from gradelib.teacher.rehearsal.demo import compare
from gradelib.teacher.rehearsal.simulate import simulate
from gradelib.teacher.release.assignment import release
from tests.teacher import postgres_server
from tests.teacher.gradebooks import (
    KINDS,
    PATIENCE,
    keep_environment,
    nbgrader,
    needs_postgres,
    on,
    until,
)
from tests.teacher.small_course import small_course

pytestmark = pytest.mark.slow  # whole weeks by two graders, on two databases: five minutes

STUDENTS = 3


@pytest.fixture(scope="module")
def server():
    with postgres_server.server() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    keep_environment(monkeypatch)


class Class:
    """A pretend class that is handed in, and its truth."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.course, self.week, self.folder = course, course.weeks[0], folder
        release(course, self.week)
        self.truth = simulate(course, self.week, STUDENTS, 3, folder / "handed_in")
        collect(course, self.week, [folder / "handed_in"])

    def start(self, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-P", "-m", "gradelib", "grade", "1", "--jobs", "1", *options]
        return subprocess.Popen(
            command,
            cwd=self.course.root,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def export(self) -> str:
        export(self.course, self.week, self.folder / "grades.csv")
        return (self.folder / "grades.csv").read_text()

    def wrong(self) -> list[str]:
        self.export()
        return compare(self.truth, self.folder / "grades.csv")[1]

    def rows(self) -> dict[str, int]:
        """Return how many rows each of the tables has that a grade stands in."""
        names = "student", "submitted_assignment", "submitted_notebook", "grade"
        with gradebook.open_gradebook(self.course) as book:
            return {n: book.db.execute(text(f"SELECT count(*) FROM {n}")).scalar() for n in names}


@pytest.fixture(scope="module")
def pretend_class(request, tmp_path_factory):
    """A class on SQLite or PostgreSQL, that two have graded at once; and what they said."""
    folder, url = tmp_path_factory.mktemp("class"), "sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create("week")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", "")
        there = Class(on(small_course(folder / "course"), url, patch), folder)
        both = [there.start(), there.start()]
        ended = [(*run.communicate(timeout=PATIENCE), run.returncode) for run in both]
    return there, ended


@pytest.fixture
def graded(pretend_class, monkeypatch):
    there, ended = pretend_class
    on(there.course, there.course.gradebook or "sqlite", monkeypatch)
    database.address(there.course)  # the password, into this test's environment
    return there, ended


on_both = pytest.mark.parametrize("pretend_class", KINDS, indirect=True, scope="module")
on_postgres = pytest.mark.parametrize("pretend_class", KINDS[1:], indirect=True, scope="module")


@on_both
def test_every_grade_is_what_it_must_be(graded):
    there, ended = graded
    assert [code for _, _, code in ended] == [0, 0], ended
    assert there.wrong() == []


@on_both
def test_each_student_was_graded_once(graded):
    there, ended = graded
    rows = [line for out, _, _ in ended for line in out.splitlines() if line.startswith("│")]
    statuses = [line.split("│")[2].strip() for line in rows]
    assert sorted(statuses) == ["as before"] * STUDENTS + ["graded"] * STUDENTS
    exercises = [name for name in there.export().splitlines()[0].split(",") if "." in name]
    once = dict.fromkeys(("student", "submitted_assignment", "submitted_notebook"), STUDENTS)
    assert there.rows() == {**once, "grade": STUDENTS * len(exercises)}


@on_both
def test_nothing_has_to_be_graded_again(graded):
    there, _ = graded
    before, rows = there.export(), there.rows()
    again = there.start()
    output, _ = again.communicate(timeout=PATIENCE)
    assert output.count("as before") == STUDENTS
    assert (there.export(), there.rows()) == (before, rows)


@on_postgres
def test_nbgraders_own_commands_use_the_same_database(graded):
    there, _ = graded
    before = there.export()
    for command in (
        ["autograde", "week01", "--student", "chloe", "--force"],
        ["generate_feedback", "week01", "--student", "chloe", "--force"],
        ["export"],
        ["db", "upgrade"],
    ):
        done = nbgrader(there.course, *command)
        assert done.returncode == 0, done.stderr[-2000:]
        assert "rosebud" not in done.stdout + done.stderr
    assert there.export() == before
    exported = (there.course.root / "grades.csv").read_text()
    assert exported.count("week01,") == STUDENTS
    assert not list(there.course.root.glob("**/*.db"))


@on_postgres
def test_what_formgrader_asks_for_is_answered(graded):
    there, _ = graded
    config = nbgrader_settings.load(there.course)
    api = NbGraderAPI(nbgrader_settings.coursedir(there.course, config), config=config)
    (assignment,) = api.get_assignments()
    assert assignment["num_submissions"] == STUDENTS
    totals = {s["student"]: s["score"] for s in api.get_submissions("week01")}
    assert totals["ada"] > totals["ben"] == 0
    notebooks = api.get_notebook_submissions("week01", "00_start_here")
    assert {s["student"]: s["score"] for s in notebooks} == totals
    assert {s["id"]: s["score"] for s in api.get_students()} == totals


@on_both
def test_marks_by_hand_survive_two_regrades_at_once(graded):
    there, _ = graded
    mark(there, "ada", 1.5)
    both = [there.start("--force"), there.start("--force")]
    until(
        lambda: None not in [run.poll() for run in both],
        lambda: mark(there, "ben", 0.5),  # as somebody in the formgrader does meanwhile
    )
    for run in both:
        output = run.communicate()
        assert run.returncode == 0, output
    assert (marks(there, "ada"), marks(there, "ben")) == (1.5, 0.5)
    assert there.wrong() == []


@needs_postgres
@pytest.mark.parametrize("pretend_class", ["sqlite"], indirect=True, scope="module")
def test_a_class_that_has_begun_can_move_and_no_kernel_runs(graded, server, monkeypatch):
    there, _ = graded
    course = on(there.course, server.create("moved"), monkeypatch)
    release(course, there.week)

    def no_kernel(work):
        raise AssertionError("what it answered is stored")

    monkeypatch.setattr("gradelib.teacher.grade.batch.run", no_kernel)
    monkeypatch.setattr("gradelib.teacher.grade.execute.run", no_kernel)
    lines = grade(course, there.week, progress=lambda done: None)
    assert [line.status for line in lines] == ["graded"] * STUDENTS
    assert export(course, there.week, there.folder / "moved.csv") == STUDENTS
    assert compare(there.truth, there.folder / "moved.csv")[1] == []


QUESTION = "written-start_here-reflect_temperature", "00_start_here", "week01"


def mark(there: Class, student: str, points: float) -> None:
    with Gradebook(database.address(there.course), there.course.name) as book:
        given = book.find_grade(*QUESTION, student)
        given.manual_score, given.needs_manual_grade = points, False
        book.db.commit()


def marks(there: Class, student: str) -> float:
    with gradebook.open_gradebook(there.course) as book:
        return book.find_grade(*QUESTION, student).score
