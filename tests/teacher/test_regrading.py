"""What a change makes the grader do again: ask one exercise, only judge, or nothing."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from gradelib.checking.exercise import Exercise, Tolerance, find
from gradelib.teacher.course import CourseError, Limits
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.kernels.run import END, Question, Ran, Reply, Work
from gradelib.teacher.release.assignment import release
from tests.teacher.small_course import NAME, ROOT, answered, saved, small_course

SOFTMAX, SURPRISAL = "start_here.softmax", "start_here.surprisal"
DRIVEN = "masks.sees"
WORK = Work(
    {0: "x = 1"},
    {SOFTMAX: b"1", SURPRISAL: b"2"},
    {SOFTMAX: 2.0, SURPRISAL: 2.0},
    Limits(),
    {"a.txt": b"1"},
)


def replies(packed) -> list[Reply]:
    return [Reply(Question(3), packed), Reply(Question(END, alone=True), "none")]


RAN = Ran(
    {0: []},
    {SOFTMAX: replies(b"\x00\xff"), SURPRISAL: replies("it was not reached")},
    {1: "it took too long"},
)


def asked(work: Work | None) -> list[str]:
    return sorted(work.asked) if work else []


def left(folder, work: Work) -> Work | None:
    return answer_store.left(work, answer_store.load(folder, work))


def test_what_is_stored_is_read_again_and_half_a_file_is_nothing(tmp_path):
    ran = replace(RAN, outputs={3: [{"output_type": "stream", "name": "stdout", "text": "ö"}]})
    assert answer_store.save(tmp_path, WORK, ran) == ran == answer_store.load(tmp_path, WORK)
    assert left(tmp_path, WORK) is None
    (place,) = tmp_path.rglob("*.json")
    place.write_text(place.read_text()[:-5])
    assert answer_store.load(tmp_path, WORK) is None
    assert left(tmp_path, WORK) == WORK


def test_other_data_is_another_notebook_and_what_is_written_about_it_is_not(tmp_path, monkeypatch):
    file, card = tmp_path / "stories.jsonl", tmp_path / "README.md"
    monkeypatch.setattr(answer_store, "data_files", lambda: {f.name: f for f in (file, card)})
    keys = []
    for text, about in (("a", "b"), ("a", "c"), ("d", "c")):
        file.write_text(text)
        card.write_text(about)
        answer_store.data.cache_clear()
        answer_store._surroundings.cache_clear()
        keys.append(answer_store.key(WORK))
    monkeypatch.undo()
    answer_store.data.cache_clear()
    answer_store._surroundings.cache_clear()
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    "other",
    [
        {"cells": {0: "x = 2"}},
        {"limits": Limits(cell_seconds=1)},
        {"files": {"a.txt": b"other"}},
        {"sandboxed": False},
    ],
)
def test_a_notebook_that_differs_is_asked_everything(tmp_path, other):
    answer_store.save(tmp_path, WORK, RAN)
    assert asked(left(tmp_path, replace(WORK, **other))) == [SOFTMAX, SURPRISAL]


@pytest.mark.parametrize(
    "other",
    [
        {"asked": WORK.asked | {SOFTMAX: b"another question"}},
        {"seconds": WORK.seconds | {SOFTMAX: 9.0}},
    ],
)
def test_only_what_is_asked_otherwise_is_asked_again(tmp_path, other):
    answer_store.save(tmp_path, WORK, RAN)
    work = replace(WORK, **other)
    again = left(tmp_path, work)
    assert (asked(again), again.cells) == ([SOFTMAX], WORK.cells)
    answer = Ran({0: []}, {SOFTMAX: replies(b"new")}, {})
    known = answer_store.save(tmp_path, work, answer)
    assert (
        known
        == answer_store.load(tmp_path, work)
        == replace(answer, replies=RAN.replies | answer.replies)
    )
    assert left(tmp_path, work) is None


def test_what_is_no_longer_asked_is_asked_of_nobody(tmp_path):
    answer_store.save(tmp_path, WORK, RAN)
    fewer = replace(WORK, asked={SURPRISAL: b"2"})
    assert answer_store.load(tmp_path, fewer).replies == {SURPRISAL: RAN.replies[SURPRISAL]}
    assert left(tmp_path, fewer) is None


def test_one_answer_can_be_forgotten(tmp_path):
    answer_store.save(tmp_path, WORK, RAN)
    answer_store.forget(tmp_path, WORK, ["masks.sees"])
    assert left(tmp_path, WORK) is None
    answer_store.forget(tmp_path, WORK, [SOFTMAX])
    assert asked(left(tmp_path, WORK)) == [SOFTMAX]
    answer_store.forget(tmp_path, WORK)
    assert answer_store.load(tmp_path, WORK) is None


JUDGES = {
    "tolerance": Tolerance(relative=0.5),
    "points": 99,
    "difficulty": 3,
    "invariants": [],
    "equal": lambda *_: None,
}
ASKS = {"seconds": 9.0, "without": ("torch.exp",), "may_change": ("logits",), "kind": "value"}


@pytest.mark.parametrize("field", [*JUDGES, *ASKS])
def test_what_judges_is_no_part_of_the_question(field, monkeypatch):
    before = answer_store.question(WORK, SOFTMAX)
    monkeypatch.setattr(find(SOFTMAX), field, (JUDGES | ASKS)[field])
    assert (answer_store.question(WORK, SOFTMAX) == before) == (field in JUDGES)


def test_what_drives_an_answer_is_part_of_the_question_with_all_that_it_uses():
    source = answer_store.driver(find(DRIVEN))
    assert "def ask_what_a_model_sees" in source
    assert "def _model" in source  # which it calls
    assert "import torch" in source  # which that uses
    assert "Exercise(" not in source  # where tolerance and points stand
    assert "def _case" not in source  # which only draws


def test_what_a_driver_takes_from_another_section_is_part_of_the_question():
    source = answer_store.driver(find("sampling.sample"))
    assert "def shares_of" in source
    assert "COPIES = 8000" in source
    assert "import numpy as np" in source  # which they use
    assert "def unlike" not in source  # which only judges
    assert "def _sampled" not in source


def test_a_driver_without_a_name_of_its_own_stands_for_its_whole_module():
    driven = Exercise("masks.driven", points=1, driver=lambda answer: answer())
    assert "test_a_driver_without_a_name_of_its_own" in answer_store.driver(driven)


# All of it, as a teacher meets it

GRADER = """
import json, sys
from pathlib import Path
from gradelib.teacher.grade import batch, execute
from gradelib.teacher.course import Course
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
honest = batch.run
def run(work):
    print(json.dumps(sorted(work.asked)), flush=True)
    return honest(work)
batch.run = execute.run = run
course = Course.find(Path(sys.argv[1]))
options = GradingOptions(exercises=tuple(sys.argv[2:]))
lines = grade(course, course.weeks[0], options=options, progress=lambda done: None)
print(json.dumps([(line.student, line.status, line.points) for line in lines]))
"""
ALL = ["start_here.most_likely", "start_here.quiz_temperature", SOFTMAX, SURPRISAL]


class Teacher:
    """Has a gradelib and a course of their own, changes them, and grades."""

    def __init__(self, folder):
        self.course = small_course(folder / "course")
        self.package = folder / "gradelib"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "gradelib", self.package, ignore=ignored)
        (folder / "data").symlink_to(ROOT / "data")
        (folder / "grader.py").write_text(GRADER)
        release(self.course, self.course.weeks[0])
        place = self.course.class_folder / "submitted" / "ana" / "week01"
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_bytes(saved(answered()))

    def grades(self, *exercises: str) -> tuple[list[list[str]], str, float]:
        """Return what each kernel was asked, and ana's status and points."""
        ran = subprocess.run(
            [sys.executable, "grader.py", str(self.course.root), *exercises],
            cwd=self.package.parent,
            env=os.environ | {"PYTHONPATH": str(self.package.parent)},
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr[-2000:]
        *kernels, lines = map(json.loads, ran.stdout.splitlines())
        ((_, status, points),) = lines
        return kernels, status, points

    def changes(self, path, old: str, new: str) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.mark.slow  # a week graded many times: two minutes
def test_a_change_runs_again_only_what_it_touches(tmp_path):
    teacher = Teacher(tmp_path)
    topics = teacher.package / "topics"
    assert teacher.grades() == ([ALL], "graded", 7)

    # the course: another week, another topic
    course_file = teacher.course.root / "course.toml"
    week = '[[weeks]]\nnumber = 2\ntitle = "Next"\nnotebooks = ["02_masks"]\n[colab]'
    teacher.changes(course_file, "[colab]", week)
    teacher.changes(topics / "masks" / "exercises" / "batches.py", "points=2", "points=3")
    assert teacher.grades() == ([], "as before", 7)

    # the same questions, judged otherwise
    teacher.changes(topics / "start_here" / "exercises.py", "relative=5e-4", "relative=6e-4")
    assert teacher.grades() == ([], "graded", 7)

    # other questions about one exercise
    teacher.changes(
        topics / "start_here" / "exercises.py",
        "_menu(rng, 5), rng.permutation(5)",
        "_menu(rng, 5)[::-1], rng.permutation(5)",
    )
    assert teacher.grades() == ([["start_here.most_likely"]], "graded", 7)

    # as the teacher wishes
    assert teacher.grades(SURPRISAL) == ([[SURPRISAL]], "graded", 7)
    assert teacher.grades() == ([], "as before", 7)


AGAIN = """
import sys
from pathlib import Path
from gradelib.author.record import record
from gradelib.teacher.course import Course
from gradelib.teacher.release.assignment import changed_points, release
course = Course.find(Path(sys.argv[1]))
print(changed_points(course, course.weeks[0]))
if sys.argv[2:]:
    record(course.root, "start_here")
    release(course, course.weeks[0])
    print(changed_points(course, course.weeks[0]))
"""


def test_other_points_count_once_the_week_is_released_again(tmp_path):
    teacher = Teacher(tmp_path)

    def changed_points(*more: str) -> list[str]:
        ran = subprocess.run(
            [sys.executable, "-c", AGAIN, str(teacher.course.root), *more],
            cwd=teacher.package.parent,
            env=os.environ | {"PYTHONPATH": str(teacher.package.parent)},
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr[-2000:]
        return ran.stdout.splitlines()

    assert teacher.grades() == ([ALL], "graded", 7)
    assert changed_points() == ["[]"]
    exercises = teacher.package / "topics" / "start_here" / "exercises.py"
    teacher.changes(exercises, "points=2", "points=4")
    assert teacher.grades()[2] == 7
    assert changed_points("release") == ["['start_here.surprisal (2, now 4)']", "[]"]
    assert teacher.grades()[2] == 9


def test_an_exercise_that_the_week_does_not_check_is_said(tmp_path):
    course = small_course(tmp_path / "course")
    release(course, course.weeks[0])
    place = course.class_folder / "submitted" / "ana" / "week01"
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_bytes(saved(answered()))
    with pytest.raises(CourseError, match=r"checks no masks.sees; it checks: start_here"):
        grade(course, course.weeks[0], options=GradingOptions(exercises=("masks.sees",)))
