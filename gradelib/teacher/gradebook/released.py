"""What was released: the cells of a week's notebooks, and what each exercise is worth there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradelib.teacher.course import Course, Week

__all__ = ["exercise_of", "exercises_of", "points_in", "points_of", "released_cells"]

Points = dict[tuple[str, str], float]  # by notebook and cell


def released_cells(course: Course, week: Week) -> list[dict[str, Any]]:
    """Return the cells of the released notebooks, in the order of the week."""
    folder = course.class_folder / "release" / week.name
    return [cell for name in week.notebooks for cell in _cells(folder / f"{name}.ipynb")]


def points_of(course: Course, week: Week) -> Points:
    """Return what each graded cell of a week is worth, as it was released."""
    folder = course.class_folder / "release" / week.name
    found: Points = {}
    for name in week.notebooks:
        found |= points_in(folder, name)
    return found


def points_in(folder: Path, notebook: str) -> Points:
    """Return the same of one notebook in a folder of released ones."""
    marks = [c["metadata"].get("nbgrader", {}) for c in _cells(folder / f"{notebook}.ipynb")]
    return {(notebook, m["grade_id"]): float(m["points"]) for m in marks if "points" in m}


def exercises_of(course: Course, week: Week) -> list[str]:
    """Return what can be graded in a week, by the names of exercises, in its order."""
    return [exercise_of(cell) for _, cell in points_of(course, week)]


def exercise_of(cell: str) -> str:
    """Return topic.name of a grade cell that is ours, such as check-masks-causal_mask."""
    kind, _, rest = cell.partition("-")
    return rest.replace("-", ".", 1) if kind in ("check", "written") and "-" in rest else cell


def _cells(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    cells: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
    return cells
