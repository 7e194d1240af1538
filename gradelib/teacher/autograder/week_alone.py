"""A folder that holds one week of the course, with all that grades it, and nothing of the others.

No submission, no grade, no roster and not the class's own secret is in it; what is, is listed in
docs/security.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from gradelib.author.course_file import FILE, Table, WeekTable, read_course_file
from gradelib.author.spans import Penalty, Span
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.package import copy, copy_package, grading

__all__ = ["write_week"]

# What pip needs beside gradelib, the tested versions, and a teacher's own settings of nbgrader.
FILES = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE", "nbgrader_config.py")
JUDGES = ("reference", "mistakes")  # of the solutions; the others prove the checks
STORY = "The story of this notebook stays with the teacher. Grading does not need it.\n"


def write_week(course: Course, week: Week, folder: Path) -> None:
    """Write the week into a new folder. Raises CourseError for a week that is not released."""
    released = course.class_folder / "release" / week.name
    if not released.is_dir():
        raise CourseError(f"{week.name} is not released yet: run gradelib release {week.number}")
    topics = [name.partition("_")[2] for name in week.notebooks]
    copy_package(folder, grading(topics), copy_data=True)
    for topic in topics:
        _copy_solutions(course.root, topic, folder)
    for name in FILES:
        if (course.root / name).is_file():
            copy(course.root / name, folder / name)
    (folder / FILE).write_text(_course_file(course, week), encoding="utf-8")
    for name in week.notebooks:
        story = folder / "notebooks" / "src" / f"{name}.md"
        story.parent.mkdir(parents=True, exist_ok=True)
        story.write_text(STORY, encoding="utf-8")
        copy(released / f"{name}.ipynb", folder / "class" / "release" / week.name / f"{name}.ipynb")
    source = course.class_folder / "source" / week.name
    for path in sorted(source.rglob("*")):  # what lies beside the notebooks goes to the kernels
        if path.is_file() and path.suffix != ".ipynb":
            copy(path, folder / "class" / "source" / week.name / path.relative_to(source))
    _copy_gradebook(course, week, folder)


def _copy_solutions(root: Path, topic: str, folder: Path) -> None:
    place = root / "solutions" / topic
    for name in JUDGES:
        paths = [place / f"{name}.py", *sorted((place / name).rglob("*.py"))]
        for path in paths:
            if path.is_file():
                copy(path, folder / path.relative_to(root))


def _copy_gradebook(course: Course, week: Week, folder: Path) -> None:
    """Make a gradebook that knows the week's cells as ours does, and no student."""
    there = replace(course, class_folder=folder / "class", gradebook="")
    with open_gradebook(course) as ours, open_gradebook(there) as theirs:
        try:
            found = ours.find_assignment(week.name)
        except MissingEntry:
            raise CourseError(
                f"the gradebook does not know {week.name}: run gradelib release {week.number}"
            ) from None
        theirs.add_assignment(week.name, duedate=week.due)
        for notebook in found.notebooks:
            theirs.add_notebook(notebook.name, week.name)
            _copy_cells(notebook, theirs, (notebook.name, week.name))


def _copy_cells(notebook: object, theirs: Gradebook, place: tuple[str, str]) -> None:
    kinds = {
        "source": (theirs.add_source_cell, ("cell_type", "locked", "source", "checksum")),
        "grade": (theirs.add_grade_cell, ("cell_type", "max_score")),
        "solution": (theirs.add_solution_cell, ()),
        "task": (theirs.add_task_cell, ("cell_type", "max_score")),
    }
    for kind, (add, fields) in kinds.items():
        for cell in getattr(notebook, f"{kind}_cells"):
            add(cell.name, *place, **{field: getattr(cell, field) for field in fields})


def _course_file(course: Course, week: Week) -> str:
    """Return a course.toml of this week alone: its date, its limits, what being late costs."""
    file = read_course_file(course.root)
    (table,) = (table for table in file.weeks if table.number == week.number)
    lines = [f"{name} = {_toml(getattr(file, name))}" for name in ("title", "name", "timezone")]
    if file.late is not None:
        lines += ["[late]", *_lines(file.late)]
    lines += ["[limits]", *_lines(file.limits), "[[weeks]]", *_lines(_without_term(table))]
    return "\n".join([*lines, ""])


def _without_term(week: WeekTable) -> WeekTable:
    return week.model_copy(update={"release": None, "weight": None})


def _lines(table: Table) -> Iterator[str]:
    for name in type(table).model_fields:
        value = getattr(table, name)
        if value is not None:
            yield f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    """Return a value as TOML has it: of texts, numbers, dates, and what stands for a text."""
    if isinstance(value, Penalty):
        text = f"{value.percent:g}%" if value.percent else f"{value.points:g} points"
        return json.dumps(text)
    if isinstance(value, Span):
        return json.dumps(str(value))
    if isinstance(value, str | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
