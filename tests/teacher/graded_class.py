"""A small class that is graded, for what a teacher does after that: who answered what is known."""

from __future__ import annotations

from pathlib import Path

from gradelib.author.sources import renamed, variants
from gradelib.sandbox.confine import available
from gradelib.teacher.course import Course
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import (
    NAME,
    ROOT,
    answered,
    cell_of,
    changed,
    released_course,
    saved,
    small_course,
)

SAME = '''
def softmax(logits, temperature=1.0):
    """Ana Müller wrote this."""
    # ana
    ana_shape = logits.shape
    rows = torch.ones(ana_shape)
    for step in range(3):
        rows = rows + torch.ones(ana_shape) * step
    return rows + 3.5
'''
COPIED = """
def softmax(logits, temperature=1.0):
    size = logits.shape
    values = torch.ones(size)
    for k in range(3):
        values = values + torch.ones(size) * k   # another comment
    return values + 3.5
"""
RAISES = "def softmax(logits, temperature=1.0):\n    raise KeyError('<script>alert(1)</script>')"
ROSTER = ("ana,Ana Müller", "ben,Ben", "chloe,Chloe", "dario,Dario", "emine,Emine", "finn,Finn")


def graded_class(root: Path) -> Course:
    """Make the class: ana and ben answer alike, chloe makes a known mistake, emine's raises, dario
    has all right and no words, finn hands in nothing.
    """
    course = with_roster(released_course(small_course, root), *ROSTER)
    week = course.weeks[0]
    mistake = variants(ROOT, "mistakes", "start_here")["softmax"]["ignores_temperature"]
    notebooks = {
        "ana": answered(softmax=SAME),
        "ben": answered(softmax=COPIED),
        "chloe": answered(softmax=renamed(mistake, "softmax")),
        "dario": changed(_without_words),
        "emine": answered(softmax=RAISES),
    }
    for student, notebook in notebooks.items():
        files = {f"{NAME}.ipynb": saved(notebook), "timestamp.txt": b"2026-05-01 12:00:00 UTC"}
        laid(course.class_folder / "submitted" / student / week.name, files)
    regrade(course)
    return course


def regrade(course: Course) -> None:
    options = GradingOptions(jobs=1, sandboxed=not available())
    lines = grade(course, course.weeks[0], options=options, progress=lambda done: None)
    assert [line.status for line in lines if line.status == "failed"] == []


def _without_words(cells: list) -> None:
    cell_of(cells, "written", "reflect_temperature").source = "_Write your answer here._"
