"""Gradescope's `results.json`, one a student: a test for each exercise, with what the check said.

The form is that of Gradescope's autograder specification: `score` of the whole overrides the sum
of the tests, and a test may lack a score. So what is not marked yet has none, and the output says
so. An exercise that is excused for all is worth 0, and so is a bonus, which counts on top.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gradelib.checking.tags import CellTag
from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.gradebook.released import exercise_of
from gradelib.teacher.rules.decisions import Ruling, read_decisions

__all__ = ["LONGEST", "VISIBLE", "cells_of", "export_results", "result_of"]

LONGEST = 20_000  # characters of one output: what a check says is shorter, but a student chose it
NOT_MARKED = "Not marked yet."
VISIBLE = "after_published"  # when a student sees it: with the grades
NOT_HANDED_IN = "Its notebook was not handed in."
MISSING = "missing"  # in the tag of a cell of the release, in place of one that is graded


def export_results(course: Course, week: Week, to: Path) -> list[str]:
    """Write a zip with <student>/results.json; return of whom something is not marked yet."""
    waiting = []
    table = table_of(course, week)
    rulings = {ruling.exercise: ruling for ruling in read_decisions(course).rulings_of(week)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for student, row in table.rows.items():
            if not row["handed_in"]:
                continue
            cells = cells_of(course, week, student)
            data = json.dumps(result_of(row, cells, rulings), indent=1, ensure_ascii=False)
            file.writestr(f"{student}/results.json", data)
            if int(row["waits"]):
                waiting.append(student)
    write_whole(to, packed.getvalue())
    return waiting


def result_of(
    row: Mapping[str, str],
    cells: Iterable[Mapping[str, Any]],
    rulings: Mapping[str, Ruling] | None = None,
    visible: str = VISIBLE,
) -> dict[str, Any]:
    """Return one student's results: `row` of the week's table, the cells with points, and what is
    excused or a bonus for all, by exercise.

    `visible` is when a student sees them, in Gradescope's words.
    """
    tests = [_test(row, cell, rulings or {}, visible) for cell in cells]
    said = [f"{row['total']} of {row['possible']} points."]
    if float(row["to_mark"]):
        said.append(f"{row['to_mark']} more points are not marked yet.")
    elif int(row["waits"]):
        said.append("A bonus is not marked yet.")
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


def _test(
    row: Mapping[str, str], cell: Mapping[str, Any], rulings: Mapping[str, Ruling], visible: str
) -> dict[str, Any]:
    marks = cell["metadata"]["nbgrader"]
    name, worth = exercise_of(marks["grade_id"]), float(marks["points"])
    points, ruling = row.get(name, ""), rulings.get(name)
    said = [ruling.said] if ruling else []
    test: dict[str, Any] = {
        "name": name,
        "name_format": "text",
        "max_score": 0.0 if ruling else worth,
        "output": "\n".join([*said, _said(cell) if points else NOT_MARKED]),
        "output_format": "text",
        "visibility": visible,
    }
    if points:
        test["score"] = float(points)
    if points and (ruling is None or ruling.kind == "bonus"):  # what is excused is neither
        right = float(points) >= worth
        if not worth:  # extra: no points tell
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
