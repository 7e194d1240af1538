"""Where the points are written, by whom they are meant for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from gradelib.teacher.course import Course

__all__ = ["KINDS", "Kind", "export_path"]

Kind = Literal["csv", "moodle", "canvas", "gradescope"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def export_path(course: Course, name: str, kind: Kind) -> Path:
    """Return the file for the points of a week, by its name, or of the `term`."""
    between = "" if kind == "csv" else f"-{kind}"
    ending = "zip" if kind == "gradescope" else "csv"
    return course.class_folder / f"grades-{name}{between}.{ending}"
