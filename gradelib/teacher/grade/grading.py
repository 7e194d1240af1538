"""Grade a week, write its feedback, export its points: nbgrader's converters, student by student.

Kernels run before that, some at a time (batch.py), and what they answered is stored
(answer_store.py). Nothing that a submission contains stops the others. `Line` is one row of the
summary.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config import Config

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.checking.time_limit import OutOfTime, time_limit
from gradelib.sandbox.confine import available
from gradelib.teacher.collect.again import choose_again
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade import answer_store, batch
from gradelib.teacher.grade.causes import cause
from gradelib.teacher.grade.changes import take_stock
from gradelib.teacher.grade.fingerprint import fingerprints
from gradelib.teacher.grade.options import GradingOptions, Progress
from gradelib.teacher.grade.processes import kept, processes
from gradelib.teacher.gradebook import locks, nbgrader_settings
from gradelib.teacher.gradebook.export import export
from gradelib.teacher.gradebook.gradebook import add_students, prepare
from gradelib.teacher.gradebook.released import released_cells
from gradelib.teacher.gradebook.settling import settle

__all__ = ["Line", "export", "feedback", "grade"]

GRADING = 600.0  # seconds of processor time to put one student's grade together: it takes one
FEEDBACK = 120.0  # the same of one student's pages
WORTH_A_PROCESS = 15  # students: to start a process takes as long as their pages
Status = Literal["graded", "as before", "failed", "written"]  # written: feedback was


@dataclass
class Line:
    """What came of one student."""

    student: str
    status: Status
    points: float = 0.0
    possible: float = 0.0
    by_hand: bool = False  # something waits for a person to mark it
    late: bool = False
    penalty: float = 0.0  # which the points are less
    change: str = ""  # since the last time, and why
    remarks: list[str] = field(default_factory=list)


def grade(
    course: Course,
    week: Week,
    only: Collection[str] | None = None,
    options: GradingOptions | None = None,
    progress: Progress = print,
) -> list[Line]:
    """Grade who handed in and was not graded since; with `options.force` everyone, from the start.

    With `options.exercises` everyone is asked again, for these alone. Raises CourseError where
    kernels are to be sandboxed and cannot be, and where the cluster cannot be used.
    """
    options = options or GradingOptions()
    if not (course.class_folder / "release" / week.name).is_dir():
        raise CourseError(f"{week.name} is not released yet: run gradelib release {week.number}")
    choose_again(course, week)
    students = _students(course, week, only)
    _refuse_unknown(course, week, options.exercises)
    with locks.alone(course, "gradebook"):
        prints = fingerprints(course, week, students)  # the first time they make the secret
    add_students(course, students)
    lines: dict[str, Line] = {}

    def is_done(student: str) -> bool:
        return not options.anew and _is_graded(course, week, student, prints[student])

    def run(left: list[str], is_free: Callable[[str], bool]) -> Iterator[str]:
        return batch.run_all(course, week, left, options, progress, is_free)

    stale = [student for student in students if not is_done(student)]
    if stale:
        _refuse_without_sandbox(options)
    with kept():
        for student in locks.share(course, week.name, stale, is_done, run, progress):
            progress(f"{student}'s grade")
            lines[student] = _graded(course, week, student, options.sandboxed, prints[student])
    settle(course, week)
    said = [lines.get(s) or _line_of(course, week, s, "as before") for s in students]
    _bring_up(course, week, [line for line in said if line.status != "failed"])
    return said


def _bring_up(course: Course, week: Week, lines: list[Line]) -> None:
    """Let the lines say what stands after all is settled, and what has changed."""
    stands, changed = take_stock(course, week, [line.student for line in lines])
    for line in lines:
        now = stands[line.student]
        line.points, line.possible, line.penalty = now.total, now.possible, now.penalty
        line.late, line.by_hand = now.days > 0, None in now.points.values()
        line.change = changed.get(line.student, "")


def _refuse_without_sandbox(options: GradingOptions) -> None:
    if options.sandboxed and not options.cluster and (reasons := available()):
        raise CourseError(
            f"submissions cannot be sandboxed on this computer: {reasons[0]}. With --no-sandbox "
            "they run with all your rights: do that only in a virtual machine, or if you trust them"
        )


def _students(
    course: Course, week: Week, only: Collection[str] | None, step: str = "submitted"
) -> list[str]:
    present = nbgrader_settings.students(course, week, step)
    before = {"submitted": "gradelib collect", "autograded": "gradelib grade"}[step]
    if not present:
        raise CourseError(f"{step}/ has nothing for {week.name}: {before} comes first")
    if missing := sorted(set(only or []) - set(present)):
        like = [close for one in missing for close in get_close_matches(one, present, 3)]
        there = f"is it {' or '.join(like)}?" if like else f"{before} comes first"
        raise CourseError(f"{step}/ has nothing for {week.name} of {', '.join(missing)}: {there}")
    return [student for student in present if not only or student in only]


def _refuse_unknown(course: Course, week: Week, exercises: Collection[str]) -> None:
    """Raise CourseError for an exercise that the week does not check."""
    tags = [CellTag.of(cell) for cell in released_cells(course, week)]
    checked = [tag.exercise for tag in tags if tag.kind == "check"]
    if unknown := sorted(set(exercises) - set(checked)):
        raise CourseError(
            f"{week.name} checks no {', '.join(unknown)}; it checks: {', '.join(checked)}"
        )


def _print_file(course: Course, week: Week, student: str) -> Path:
    """Return the file that says what a student was graded with: written when that is done."""
    return course.class_folder / "results" / "graded" / week.name / student


def _is_graded(course: Course, week: Week, student: str, fingerprint: str) -> bool:
    file = _print_file(course, week, student)
    if not file.is_file() or file.read_text(encoding="utf-8") != fingerprint:
        return False
    return _line_of(course, week, student, "as before").status != "failed"


def _graded(course: Course, week: Week, student: str, sandboxed: bool, fingerprint: str) -> Line:
    """Grade one student; whatever goes wrong is the remark of that one."""
    config = Config()
    config.Execute.sandbox = sandboxed
    try:
        with time_limit(GRADING):
            nbgrader_settings.convert(Autograde, course, week, student, extra=config)
        line = _line_of(course, week, student, "graded")
        if line.status == "graded":
            answer_store.write(_print_file(course, week, student), fingerprint)
        return line
    except (Exception, OutOfTime) as error:  # noqa: BLE001 - it is no other's trouble
        return Line(student, "failed", remarks=[cause(error)])


def _line_of(course: Course, week: Week, student: str, status: Status) -> Line:
    """Return what the graded notebooks say of a student whom the gradebook knows."""
    folder = course.class_folder / "autograded" / student / week.name
    try:
        with nbgrader_settings.open_gradebook(course) as gradebook:
            gradebook.find_submission(week.name, student)
        remarks = [
            f"{path.stem}: {remark}"
            for path in sorted(folder.glob("*.ipynb"))
            for remark in NotebookTag.of(json.loads(path.read_bytes())).remarks or ()
        ]
    except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
        return Line(student, "failed", remarks=[cause(error)])
    handed_in = {path.stem for path in folder.glob("*.ipynb")}
    remarks += [f"{n}: not handed in" for n in week.notebooks if n not in handed_in]
    if not handed_in:
        return Line(student, "failed", remarks=["its folder has no notebook"])
    return Line(student, status, remarks=remarks)


def feedback(
    course: Course,
    week: Week,
    only: Collection[str] | None = None,
    progress: Progress = print,
    jobs: int = 1,
) -> list[Line]:
    """Write the feedback of who was graded, as HTML: class/feedback/<student>/<week>/.

    A large class is written by up to `jobs` processes.
    """
    prepare(course)
    settle(course, week)
    students = _students(course, week, only, "autograded")
    jobs = min(jobs, len(students) // WORTH_A_PROCESS)
    if jobs > 1:
        return list(_written_beside(course, week, students, progress, jobs))
    lines = []
    for student in students:
        progress(student)
        lines.append(_written(course, week, student))
    return lines


def _written_beside(
    course: Course, week: Week, students: list[str], progress: Progress, jobs: int
) -> Iterator[Line]:
    with processes(jobs) as pool:
        futures = [(one, pool.submit(_written, course, week, one)) for one in students]
        for student, future in futures:
            progress(student)
            try:
                yield future.result()
            except BrokenProcessPool:  # a process was ended from outside: then we write it here
                yield _written(course, week, student)


def _written(course: Course, week: Week, student: str) -> Line:
    """Write one student's feedback; whatever goes wrong is the remark of that one."""
    try:
        with locks.alone(course, f"{week.name}/{student}"), time_limit(FEEDBACK):
            nbgrader_settings.convert(GenerateFeedback, course, week, student)
        return Line(student, "written")
    except (Exception, OutOfTime) as error:  # noqa: BLE001 - it is no other's trouble
        return Line(student, "failed", remarks=[cause(error)])
