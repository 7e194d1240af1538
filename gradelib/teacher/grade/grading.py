"""Grade a week, write its feedback, export its points: nbgrader's converters, student by student.

Kernels run before that, some at a time (batch.py), and what they answered is stored
(answer_store.py). Nothing that a submission contains stops the others. `Line` is one row of the
summary.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config import Config

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.sandbox.confine import available
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade import answer_store, batch
from gradelib.teacher.grade.fingerprint import fingerprints
from gradelib.teacher.grade.options import GradingOptions, Progress
from gradelib.teacher.gradebook import locks, nbgrader_settings
from gradelib.teacher.gradebook.gradebook import add_students, prepare

__all__ = ["Line", "export", "feedback", "grade"]

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
    for student in locks.share(course, week.name, stale, is_done, run, progress):
        progress(f"{student}'s grade")
        lines[student] = _grade(course, week, student, options.sandboxed)
        if lines[student].status == "graded":
            answer_store.write(_print_file(course, week, student), prints[student])
    return [lines.get(s) or _line_of(course, week, s, "as before") for s in students]


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
    missing = sorted(set(only or []) - set(present))
    if missing or not present:
        whom = ", ".join(missing) or "nobody"
        raise CourseError(f"{step}/ has nothing for {week.name} of {whom}: collect or grade first")
    return [student for student in present if not only or student in only]


def _refuse_unknown(course: Course, week: Week, exercises: Collection[str]) -> None:
    """Raise CourseError for an exercise that the week does not check."""
    tags = [CellTag.of(cell) for cell in _released(course, week)]
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


def _grade(course: Course, week: Week, student: str, sandboxed: bool) -> Line:
    config = Config()
    config.Execute.sandbox = sandboxed
    try:
        nbgrader_settings.convert(Autograde, course, week, student, extra=config)
    except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
        return Line(student, "failed", remarks=[_one_line(error)])
    return _line_of(course, week, student, "graded")


def _line_of(course: Course, week: Week, student: str, status: Status) -> Line:
    """Return what the gradebook and the graded notebooks say of a student."""
    folder = course.class_folder / "autograded" / student / week.name
    try:
        with nbgrader_settings.open_gradebook(course) as gradebook:
            line = _line(gradebook.find_submission(week.name, student), status)
        line.remarks = [
            f"{path.stem}: {remark}"
            for path in sorted(folder.glob("*.ipynb"))
            for remark in NotebookTag.of(json.loads(path.read_bytes())).remarks or ()
        ]
    except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
        return Line(student, "failed", remarks=[_one_line(error)])
    handed_in = {path.stem for path in folder.glob("*.ipynb")}
    line.remarks += [f"{n}: not handed in" for n in week.notebooks if n not in handed_in]
    return line if handed_in else Line(student, "failed", remarks=["its folder has no notebook"])


def _line(submission: SubmittedAssignment, status: Status) -> Line:
    return Line(
        submission.student.id,
        status,
        submission.score,
        submission.max_score,
        by_hand=bool(submission.needs_manual_grade),
        late=submission.total_seconds_late > 0,
    )


def feedback(
    course: Course,
    week: Week,
    only: Collection[str] | None = None,
    progress: Progress = print,
) -> list[Line]:
    """Write the feedback of who was graded, as HTML: class/feedback/<student>/<week>/."""
    prepare(course)
    lines = []
    for student in _students(course, week, only, "autograded"):
        progress(student)
        try:
            with locks.alone(course, f"{week.name}/{student}"):
                nbgrader_settings.convert(GenerateFeedback, course, week, student)
            lines.append(Line(student, "written"))
        except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
            lines.append(Line(student, "failed", remarks=[_one_line(error)]))
    return lines


def export(course: Course, week: Week, to: Path) -> int:
    """Write a CSV: a row a student, a column an exercise, the sum. Returns the number of rows.

    Points that wait for a person are empty, and count as zero in the sum, as nbgrader has it.
    """
    with nbgrader_settings.open_gradebook(course) as gradebook:
        try:
            columns = sorted(_columns(gradebook, week), key=_places(course, week))
        except MissingEntry:
            raise CourseError(f"{week.name} is not released yet") from None
        rows = [_row(s, columns) for s in gradebook.assignment_submissions(week.name)]
    header = ["student", *columns, "total", "possible", "penalty", "late_seconds", "handed_in"]
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(sorted(rows))
    return len(rows)


def _columns(gradebook: Gradebook, week: Week) -> Iterator[str]:
    for notebook in gradebook.find_assignment(week.name).notebooks:
        for cell in [*notebook.grade_cells, *notebook.task_cells]:
            yield _exercise(cell.name)


def _places(course: Course, week: Week) -> Callable[[str], int]:
    """Return the place of each column: that of its cell in the released notebooks."""
    cells = _released(course, week)
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells]
    names = [_exercise(grade_id) for grade_id in ids]
    return lambda name: names.index(name) if name in names else len(names)


def _released(course: Course, week: Week) -> list[dict[str, Any]]:
    """Return the cells of the released notebooks, in the order of the week."""
    folder = course.class_folder / "release" / week.name
    paths = [folder / f"{name}.ipynb" for name in week.notebooks]
    notebooks = [json.loads(path.read_bytes()) for path in paths if path.is_file()]
    return [cell for notebook in notebooks for cell in notebook["cells"]]


def _exercise(cell: str) -> str:
    """Return topic.name of a grade cell that is ours, such as check-masks-causal_mask."""
    kind, _, rest = cell.partition("-")
    return rest.replace("-", ".", 1) if kind in ("check", "written") and "-" in rest else cell


def _row(submission: SubmittedAssignment, columns: list[str]) -> list[object]:
    points: dict[str, object] = {}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            waits = grade.needs_manual_grade or grade.score is None
            points[_exercise(grade.name)] = "" if waits else f"{grade.score:g}"
    penalty = submission.late_submission_penalty or 0.0
    return [
        submission.student.id,
        *[points.get(name, "") for name in columns],
        f"{max(0.0, submission.score - penalty):g}",
        f"{submission.max_score:g}",
        f"{penalty:g}",
        round(submission.total_seconds_late),
        str(submission.timestamp or ""),
    ]


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
