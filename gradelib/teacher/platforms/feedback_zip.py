"""Feedback as a platform takes it back: one zip, each page under the name that the platform gave.

Moodle: in the assignment "Upload multiple feedback files in a zip"; a folder
`Name_12345_assignsubmission_file_` says whose, by its number. Canvas: in the assignment "Upload
submissions"; the first two numbers between underscores in a file's name say whose, and of what.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from gradelib.teacher.collect.labels import Label, labels_of
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.gradebook.nbgrader_settings import students
from gradelib.teacher.platforms.grades import Gradebook
from gradelib.teacher.roster import Entry, read_roster

__all__ = ["pack_feedback"]

NAMES = {"moodle": "Moodle", "canvas": "Canvas"}


def pack_feedback(course: Course, week: Week, to: Path, kind: Gradebook) -> list[str]:
    """Pack the pages in class/feedback; return of whom the platform's name is not known.

    Raises CourseError where no page can be packed.
    """
    labels = labels_of(course, week)
    roster = read_roster(course)
    entries = {entry.id: entry for entry in roster.entries} if roster else {}
    unknown, count = [], 0
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for student in students(course, week, "feedback"):
            start = _start(kind, labels.get(student), entries.get(student))
            if not start:
                unknown.append(student)
                continue
            for path in _pages(course, week, student):
                file.write(path, f"{start}{path.name}")
                count += 1
    if not count:
        raise CourseError(
            f"nothing can be packed: no name of {NAMES[kind]}'s is known for {week.name}. "
            f"Collect the zip that {NAMES[kind]} gives you, as it is"
        )
    write_whole(to, packed.getvalue())
    return unknown


def _start(kind: Gradebook, label: Label | None, entry: Entry | None) -> str:
    """Return what stands in the zip before the name of a page, or nothing."""
    if label is not None and label.platform == NAMES[kind]:
        return f"{label.label}/" if kind == "moodle" else label.label
    if kind == "moodle" and entry is not None and entry.platform.isdecimal():
        name = entry.name.translate(dict.fromkeys(map(ord, '_/\\:*?"<>|'), " "))
        return f"{name}_{entry.platform}_assignsubmission_file_/"
    return ""


def _pages(course: Course, week: Week, student: str) -> Iterator[Path]:
    folder = course.class_folder / "feedback" / student / week.name
    for name in week.notebooks:
        if (path := folder / f"{name}.html").is_file():
            yield path
