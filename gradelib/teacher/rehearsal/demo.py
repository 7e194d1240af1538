"""A teacher's week from start to end, with a pretend class, in a folder of its own."""

from __future__ import annotations

import csv
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gradelib.author.build import build
from gradelib.sandbox.confine import available
from gradelib.teacher.collect import collection
from gradelib.teacher.course import GRADEBOOK, Course
from gradelib.teacher.grade import grading
from gradelib.teacher.grade.batch import cores
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.rehearsal import simulate
from gradelib.teacher.release import assignment

__all__ = ["compare", "demo"]


def demo(start: Path, students: int = 8, seed: int = 1) -> bool:
    """Run the week; say whether every grade is what it must be."""
    console = Console()
    folder = Course.find(start).root / "build" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["GRADELIB_CLASS"] = str(folder / "class")
    os.environ[GRADEBOOK] = "sqlite"  # a pretend class has no business in the real one's database
    course = Course.find(start)
    week = course.weeks[0]

    began = time.perf_counter()

    def step(message: str) -> None:
        console.print(f"[dim]{time.perf_counter() - began:6.1f} s[/]  {message}", highlight=False)

    if stale := build(course.root, check=True):
        step(f"not built: {', '.join(path.name for path in stale)}; run gradelib build")
        return False
    step("build: all that is built is up to date")
    step(f"release: {assignment.release(course, week).relative_to(course.root)}")
    truth = simulate.simulate(course, week, students, seed, folder / "handed_in")
    step(f"simulate: {students} students")
    paths = sorted(path for path in truth.parent.iterdir() if path != truth)
    step(f"collect: {len(collection.collect(course, week, paths))} students")
    lines = _mark(course, folder / "grades.csv", step)
    table, wrong = compare(truth, folder / "grades.csv")
    console.print(table)
    console.print("Every grade is what it must be." if not wrong else "\n".join(wrong))
    return not wrong and all(line.status == "graded" for line in lines)


def _mark(course: Course, grades: Path, step: Callable[[str], None]) -> list[grading.Line]:
    """Grade, write feedback, export."""
    week = course.weeks[0]
    reasons = available()  # the pretend class does no harm, so it is graded also without a sandbox
    if reasons:
        step(f"grade: without a sandbox, since here {reasons[0]}")
    options = GradingOptions(jobs=cores(), sandboxed=not reasons)
    lines = grading.grade(
        course, week, options=options, progress=lambda done: step(f"grade: {done}")
    )
    for line in lines:
        for remark in line.remarks:
            step(f"  {line.student}: {remark}")
    pages = grading.feedback(course, week, progress=lambda student: None)
    written = [page.student for page in pages if page.status == "written"]
    step(f"feedback: {len(written)} students")
    for line in lines:
        if line.student not in written:
            line.status = "failed"
            step(f"  {line.student}: no feedback was written")
    grading.export(course, week, grades)
    step(f"export: {grades.relative_to(course.root)}")
    return lines


def compare(truth: Path, grades: Path) -> tuple[Table, list[str]]:
    """Lay the grades beside the truth; return the table and what differs."""
    table = Table("student", "right", "graded", "must be", "", title="Grades beside the truth")
    wrong = []
    given = {row["student"]: row for row in _rows(grades)}
    for row in _rows(truth):
        student = row.pop("student")
        got = {name: float(given.get(student, {}).get(name) or 0) for name in row}
        differs = [name for name in row if got[name] != float(row[name])]
        wrong += [f"{student}: {n}: graded {got[n]:g}, must be {row[n]}" for n in differs]
        right = sum(float(points) > 0 for points in row.values())
        must = sum(map(float, row.values()))
        cells = [student, f"{right} of {len(row)}", f"{sum(got.values()):g}", f"{must:g}"]
        table.add_row(*cells, "✗" if differs else "✓")
    return table, wrong


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
