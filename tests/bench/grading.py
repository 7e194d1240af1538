"""Grade one pretend class with plain `nbgrader autograde` and with `gradelib grade`, side by side.

Both get the same hand-ins of week 1. Every notebook carries its student's name in a comment, so
that no two are the same and nothing can be taken from the store. Plain nbgrader, which takes many
times as long, gets the first few of them: half of these before all else and half at the end, since
a computer is not always as fast. Of the large class feedback and export are measured too.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from gradelib.teacher.collect import collection
from gradelib.teacher.course import Course, Week
from gradelib.teacher.rehearsal import simulate
from gradelib.teacher.release import assignment

JOBS = 2
TICK = 0.5  # seconds between two looks at the memory of the command's own process
TICKS = 10  # of these between two looks at its children's, which take a twelfth of a second each
PLAIN = """
c = get_config()
c.CourseDirectory.course_id = {name!r}
"""
MIB = 2**20


@dataclass
class Cost:
    """What one run took."""

    students: int
    seconds: float
    grader: float  # MiB, most of the command's own process
    all_of_it: float  # MiB, most of it and its children; what they share counts once

    @property
    def each(self) -> float:
        return self.seconds / self.students


def measure(
    root: Path, folder: Path, plain: int = 4, few: int = 30, many: int = 300
) -> list[tuple[str, Cost]]:
    """Grade `plain` with nbgrader, `few` and `many` with gradelib. Takes some minutes."""
    shutil.rmtree(folder, ignore_errors=True)
    costs, plainly = [], []
    for count in (few, many):
        os.environ["GRADELIB_CLASS"] = str(folder / f"class{count}")
        try:
            course = Course.find(root)
            week = course.weeks[0]
            _hand_in(course, week, count, folder / f"handed_in{count}")
            if count == few:
                small = course
                plainly.append(_plain(small, week, folder / "plain_first", 0, plain // 2))
            commands = [f"grade 1 --jobs {JOBS}"]
            if count == many:
                commands += ["feedback 1", "export 1"]
            for command in commands:
                ours = [sys.executable, "-m", "gradelib", *command.split()]
                cost = _run(ours, root, os.environ, count)
                costs.append((f"gradelib {command}", cost))
        finally:
            del os.environ["GRADELIB_CLASS"]
    plainly.append(_plain(small, week, folder / "plain_last", plain // 2, plain))
    most = [max(getattr(one, what) for one in plainly) for what in ("grader", "all_of_it")]
    both = Cost(plain, sum(one.seconds for one in plainly), *most)
    return [(f"nbgrader autograde {week.name}", both), *costs]


def _hand_in(course: Course, week: Week, count: int, folder: Path) -> None:
    assignment.release(course, week)
    truth = simulate.simulate(course, week, count, 1, folder)
    paths = sorted(path for path in folder.iterdir() if path != truth)
    collection.collect(course, week, paths)
    for path in course.class_folder.glob(f"submitted/*/{week.name}/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        name = nbformat.v4.new_code_cell(f"# {path.parent.parent.name}")
        notebook.cells.append(name)
        nbformat.write(notebook, path)


def _plain(course: Course, week: Week, folder: Path, first: int, last: int) -> Cost:
    folder.mkdir(parents=True)
    for part in ("source", "release"):
        shutil.copytree(course.class_folder / part, folder / part)
    for student in sorted((course.class_folder / "submitted").iterdir())[first:last]:
        shutil.copytree(student, folder / "submitted" / student.name)
    shutil.copy(course.class_folder / "gradebook.db", folder)
    (folder / "nbgrader_config.py").write_text(PLAIN.format(name=course.name))
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "autograde", week.name]
    return _run(command, folder, environment, last - first)


def _run(command: list[str], folder: Path, environment: Mapping[str, str], count: int) -> Cost:
    log = folder / "bench.log" if "nbgrader" in command else Path(os.devnull)
    start = time.perf_counter()
    with log.open("w") as said:
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        most, most_of_all, ticks = 0.0, 0.0, 0
        while process.poll() is None:
            own, whole = _memory(process, with_children=ticks % TICKS == TICKS - 1)
            most, most_of_all, ticks = max(most, own), max(most_of_all, whole), ticks + 1
            time.sleep(TICK)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}; see {log}")
    return Cost(count, time.perf_counter() - start, most, most_of_all)


def _memory(process: psutil.Process, with_children: bool) -> tuple[float, float]:
    """Return MiB of the process, and of it and its children with shared pages counted once."""
    own = whole = 0.0
    try:
        own = process.memory_info().rss / MIB
        for one in [process, *process.children(recursive=True)] if with_children else ():
            whole += one.memory_full_info().pss / MIB
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass  # one ended while we looked: the next look counts
    return own, whole
