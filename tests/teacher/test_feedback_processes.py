"""A large class's feedback is written by several processes: the same pages, and nobody is lost."""

import contextlib
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import Course
from gradelib.teacher.grade import grading
from gradelib.teacher.grade.grading import feedback, grade
from gradelib.teacher.release.assignment import release
from tests.teacher.hand_ins import collected, laid
from tests.teacher.small_course import NAME, answered, saved, small_course

WHO = ["ana", "ben", "cleo", "dan"]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = small_course(tmp_path_factory.mktemp("feedback") / "course")
    release(course, course.weeks[0])
    poor = saved(answered(softmax="def softmax(x, t=1): return x"))
    for student in WHO:
        data = poor if student == "ben" else saved(answered())
        laid(course.root / "in" / student, {f"{NAME}.ipynb": data})
    collected(course, course.root / "in")
    grade(course, course.weeks[0], progress=lambda _: None)
    return course


def pages(course: Course) -> dict[Path, bytes]:
    folder = course.class_folder / "feedback"
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.html")}


def test_two_processes_write_what_one_does(course, monkeypatch):
    week, said = course.weeks[0], []
    alone = feedback(course, week, progress=lambda _: None)
    before = pages(course)
    assert {path.parts[0] for path in before} == {*WHO}
    for path in before:
        (course.class_folder / "feedback" / path).unlink()
    monkeypatch.setattr(grading, "WORTH_A_PROCESS", 2)
    assert feedback(course, week, progress=said.append, jobs=8) == alone
    assert pages(course) == before
    assert said == WHO


def test_a_page_that_cannot_be_written_is_that_students_remark(course, monkeypatch):
    (broken,) = (course.class_folder / "autograded" / "ben").rglob("*.ipynb")
    whole = broken.read_bytes()
    broken.write_bytes(b"{")
    monkeypatch.setattr(grading, "WORTH_A_PROCESS", 1)
    try:
        lines = feedback(course, course.weeks[0], progress=lambda _: None, jobs=2)
    finally:
        broken.write_bytes(whole)
    assert [line.status for line in lines] == ["written", "failed", "written", "written"]
    assert lines[1].remarks


def test_where_a_process_is_ended_the_others_pages_are_written_here(course, monkeypatch):
    class Ended:
        def submit(self, *given):
            future = Future()
            future.set_exception(BrokenProcessPool("ended"))
            return future

    monkeypatch.setattr(grading, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(grading, "processes", lambda count: contextlib.nullcontext(Ended()))
    lines = feedback(course, course.weeks[0], progress=lambda _: None, jobs=2)
    assert [line.status for line in lines] == ["written"] * len(WHO)


def test_a_small_class_starts_no_process(course, monkeypatch):
    monkeypatch.setattr(grading, "processes", None)  # to open it would raise
    monkeypatch.chdir(course.root)
    result = CliRunner().invoke(app, ["feedback", "1", "--jobs", "2"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
