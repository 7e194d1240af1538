"""Gradescope's `results.json`, one a student: a test for each exercise, with what the check said.

The form is that of Gradescope's autograder specification: `score` of the whole overrides the sum
of the tests, and a test may lack a score. So what is not marked yet has none, and the output says
so.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gradelib.checking.tags import CellTag
from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.gradebook.released import exercise_of

__all__ = ["LONGEST", "VISIBLE", "cells_of", "export_results", "result_of"]

LONGEST = 20_000  # characters of one output: what a check says is shorter, but a student chose it
NOT_MARKED = "Not marked yet."
VISIBLE = "after_published"  # when a student sees it: with the grades
NOT_HANDED_IN = "Its notebook was not handed in."
MISSING = "missing"  # in the tag of a cell of the release, in place of one that is graded


def export_results(course: Course, week: Week, to: Path) -> list[str]:
    """Write a zip with <student>/results.json; return of whom something is not marked yet."""
    waiting = []
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for student, row in table_of(course, week).rows.items():
            if not row["handed_in"]:
                continue
            cells = cells_of(course, week, student)
            data = json.dumps(result_of(row, cells), indent=1, ensure_ascii=False)
            file.writestr(f"{student}/results.json", data)
            if float(row["to_mark"]):
                waiting.append(student)
    write_whole(to, packed.getvalue())
    return waiting


def result_of(
    row: Mapping[str, str], cells: list[Mapping[str, Any]], visible: str = VISIBLE
) -> dict[str, Any]:
    """Return one student's results: `row` of the week's table, and the cells with points.

    `visible` is when a student sees them, in Gradescope's words.
    """
    tests = [_test(row, cell, visible) for cell in cells]
    said = [f"{row['total']} of {row['possible']} points."]
    if float(row["to_mark"]):
        said.append(f"{row['to_mark']} more points are not marked yet.")
    if float(row["penalty"]):
        said.append(f"{row['penalty']} points are taken off for being late.")
    return {
        "score": float(row["total"]),
        "output": " ".join(said),
        "output_format": "text",
        "visibility": visible,
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _test(row: Mapping[str, str], cell: Mapping[str, Any], visible: str) -> dict[str, Any]:
    marks = cell["metadata"]["nbgrader"]
    name = exercise_of(marks["grade_id"])
    points = row.get(name, "")
    test: dict[str, Any] = {
        "name": name,
        "name_format": "text",
        "max_score": float(marks["points"]),
        "output": _said(cell) if points else NOT_MARKED,
        "output_format": "text",
        "visibility": visible,
    }
    if points:
        test["score"] = float(points)
        right = float(points) >= test["max_score"]
        if not test["max_score"]:  # extra: no points tell
            right = CellTag.of(cell).status == "passed"
        test["status"] = "passed" if right else "failed"
    return test


def _said(cell: Mapping[str, Any]) -> str:
    """Return what the check says, as plain text, or that a person has marked it."""
    if cell["metadata"].get(MISSING):
        return NOT_HANDED_IN
    if CellTag.of(cell).kind != "check":
        return "Marked by a person."
    texts = [
        "".join(output["data"].get("text/plain", ""))
        for output in cell.get("outputs", ())
        if output.get("output_type") == "display_data"
    ]
    return "\n".join(texts)[:LONGEST]


def cells_of(course: Course, week: Week, student: str) -> list[Mapping[str, Any]]:
    """Return the cells of a graded hand-in that have points, in the order of the week.

    Of a notebook that was not handed in they are those of the release.
    """
    graded = course.class_folder / "autograded" / student / week.name
    released = course.class_folder / "release" / week.name
    found: list[Mapping[str, Any]] = []
    for name in week.notebooks:
        if (graded / f"{name}.ipynb").is_file():
            found += _with_points(graded / f"{name}.ipynb")
        elif (released / f"{name}.ipynb").is_file():
            for cell in _with_points(released / f"{name}.ipynb"):
                found.append({**cell, "metadata": {**cell["metadata"], MISSING: True}})
    return found


def _with_points(path: Path) -> Iterator[Mapping[str, Any]]:
    for cell in json.loads(path.read_bytes())["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") or marks.get("task"):
            yield cell
