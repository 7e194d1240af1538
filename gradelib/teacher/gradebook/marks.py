"""Marks by hand: one that was given for other words than those that are there now is void.

nbgrader asks for it again and goes on counting it. A mark for the same words stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from gradelib.teacher.course import Course, Week
from gradelib.teacher.gradebook.gradebook import open_gradebook

__all__ = ["Words", "void_marks", "words_of"]

Words = Mapping[tuple[str, str], str]  # what was written, by notebook and grade_id


def words_of(course: Course, week: Week, student: str) -> Words:
    """Return what stands in the cells of a graded hand-in that a person marks."""
    folder = course.class_folder / "autograded" / student / week.name
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_bytes())["cells"]
        except (ValueError, KeyError):  # a run was killed while it wrote this
            continue
        for cell in cells:
            marks = cell["metadata"].get("nbgrader", {})
            if marks.get("solution") and marks.get("grade"):
                found[path.stem, marks["grade_id"]] = "".join(cell["source"]).strip()
    return found


def void_marks(course: Course, week: Week, student: str, before: Words) -> None:
    """Take back the marks for words that have changed since `before`."""
    now = words_of(course, week, student)
    changed = [place for place, words in before.items() if now.get(place) != words]
    if not changed:
        return
    with open_gradebook(course) as gradebook:
        for notebook, cell in changed:
            grade = gradebook.find_grade(cell, notebook, week.name, student)
            if grade.manual_score is not None:
                grade.manual_score = grade.extra_credit = None
                grade.needs_manual_grade = (notebook, cell) in now
        gradebook.db.commit()
