"""What a student's grade depends on, as one hash: a grade that still has the same one is kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade.answer_store import data, digest
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.package import PACKAGE, STEPS, judging
from gradelib.teacher.rules.decisions import read_decisions

__all__ = ["fingerprints"]


def fingerprints(course: Course, week: Week, students: Iterable[str]) -> dict[str, str]:
    """Return for each student a hash of what was handed in and of all that judges it.

    Of the topics only those count whose notebooks were handed in, of course.toml only the week
    and the limits.
    """
    released = sorted((course.class_folder / "release" / week.name).glob("*.ipynb"))
    notebooks = {path.stem: digest([path, *_topic(course, path.stem)]) for path in released}
    source = course.class_folder / "source" / week.name
    beside = [path for path in sorted(source.rglob("*")) if path.suffix != ".ipynb"]
    settings = [secret(course), repr(week), repr(course.limits)]
    for_all = digest([*settings, course.root / "nbgrader_config.py", *judging(), *beside, data()])
    decisions = read_decisions(course)
    prints = {}
    for student in students:
        folder = course.class_folder / "submitted" / student / week.name
        files = sorted(folder.rglob("*"))
        judged = [notebooks[path.stem] for path in files if path.stem in notebooks]
        # With `[late]` what it costs is settled beside the grade; else nbgrader's plugin says it.
        longer = decisions.extension(week, student) if course.late is None else None
        prints[student] = digest([for_all, f"{longer.by if longer else ''}", *judged, *files])
    return prints


def _topic(course: Course, notebook: str) -> list[Path]:
    """Return the files of a notebook's topic, on both sides of the wall."""
    topic = notebook.partition("_")[2]
    folders = (course.root / "solutions" / topic, PACKAGE / "topics" / topic)
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.name not in STEPS
    ]
