"""What a student's grade depends on, as one hash: a grade that still has the same one is kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade.answer_store import data, digest
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.release.bundle import PACKAGE

__all__ = ["fingerprints"]

JUDGING = (  # modules of gradelib that a grade depends on
    "checking/codec", "checking/session", "checking/compare", "checking/exercise",
    "checking/restrictions", "checking/judge", "checking/time_limit", "checking/runner",
    "checking/quiz", "checking/records", "student/handin", "teacher/kernels/client",
    "teacher/grade/exam", "teacher/grade/execute", "teacher/kernels/run", "teacher/collect/rebuild",
)  # fmt: skip


def fingerprints(course: Course, week: Week, students: Iterable[str]) -> dict[str, str]:
    """Return for each student a hash of what was handed in and of all that judges it.

    Of the topics only those count whose notebooks were handed in, of course.toml only the week
    and the limits.
    """
    released = sorted((course.class_folder / "release" / week.name).glob("*.ipynb"))
    notebooks = {path.stem: digest([path, *_topic(course, path.stem)]) for path in released}
    source = course.class_folder / "source" / week.name
    beside = [path for path in sorted(source.rglob("*")) if path.suffix != ".ipynb"]
    ours = digest([
        secret(course), repr(week), repr(course.limits), course.root / "nbgrader_config.py",
        *(PACKAGE / f"{name}.py" for name in JUDGING), *sorted((PACKAGE / "lab").rglob("*.py")),
        *beside, data(),
    ])  # fmt: skip
    found = {}
    for student in students:
        folder = course.class_folder / "submitted" / student / week.name
        files = sorted(folder.rglob("*"))
        judged = [notebooks[path.stem] for path in files if path.stem in notebooks]
        found[student] = digest([ours, *judged, *files])
    return found


def _topic(course: Course, notebook: str) -> list[Path]:
    """Return the files of a notebook's topic: reference, mistakes, cases, what was recorded."""
    topic = notebook.partition("_")[2]
    places = [
        (course.root / "solutions" / topic, "reference.py"),
        (course.root / "solutions" / topic, "mistakes.py"),
        (PACKAGE / "topics" / topic, "exercises.py"),
        (PACKAGE / "topics" / topic, "records.*"),
    ]
    return [path for folder, name in places for path in sorted(folder.glob(name))]
