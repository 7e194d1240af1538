"""What a platform called each hand-in, kept beside the files: it takes feedback back by that name.

Moodle wants its own folder names, Canvas the beginnings of its own file names. Neither can be made
of a roster, since both have numbers of this hand-in alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from gradelib.teacher.collect.platforms import Named
from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole

__all__ = ["Label", "keep_labels", "label_of", "labels_of"]

FILE = "labels.json"
LONGEST = 300  # characters of a label


@dataclass(frozen=True)
class Label:
    """How one platform names what one student handed in."""

    platform: str
    label: str  # the name as the platform wrote it, without the student's own part of it
    number: str  # by which the platform knows the student, or this hand-in


def label_of(part: str, named: Named) -> Label | None:
    """Return the label in a part of a path, or None where the platform takes nothing back by it."""
    own = part.removesuffix(named.file) if named.file else part
    if named.platform not in ("Moodle", "Canvas") or len(own) > LONGEST:
        return None
    return Label(named.platform, own, named.number)


def keep_labels(course: Course, week: Week, labels: dict[str, Label]) -> None:
    """Add what is known of these students to what was known before."""
    before = labels_of(course, week)
    known = before | labels
    if known != before:
        plain = {student: asdict(label) for student, label in sorted(known.items())}
        data = json.dumps(plain, indent=1, ensure_ascii=False)
        write_whole(_path(course, week), data.encode())


def labels_of(course: Course, week: Week) -> dict[str, Label]:
    """Return the labels that were seen when the week was collected, by student."""
    names = {field.name for field in fields(Label)}
    try:
        plain = json.loads(_path(course, week).read_bytes())
    except (OSError, ValueError):  # nothing of a platform was collected yet
        return {}
    return {
        student: Label(**label)
        for student, label in plain.items()
        if isinstance(label, dict) and set(label) == names
    }


def _path(course: Course, week: Week) -> Path:
    return course.class_folder / "collected" / week.name / FILE
