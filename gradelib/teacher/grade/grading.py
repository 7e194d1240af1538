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
from typing import Any

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config import Config

from gradelib.sandbox.confine import available, wanted
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade import answer_store, batch
from gradelib.teacher.grade.fingerprint import fingerprints
from gradelib.teacher.gradebook import locks, nbgrader_settings
from gradelib.teacher.gradebook.gradebook import add_students, prepare

__all__ = ["Line", "export", "feedback", "grade"]

Progress = Callable[[str], object]


@dataclass
class Line:
    """What came of one student."""

    student: str
    status: str  # graded, as before, failed; written
    points: float = 0.0
    possible: float = 0.0
    by_hand: bool = False  # something waits for a person to mark it
    late: bool = False
    remarks: list[str] = field(default_factory=list)


def grade(
    course: Course, week: Week, only: list[str] | None = None, force: bool = False,
    progress: Progress = print, jobs: int = 1, sandboxed: bool | None = None,
    exercises: Collection[str] = (), cluster: str | None = None,
) -> list[Line]:  # fmt: skip
    """Grade who handed in and was not graded since; with `force` everyone, from the start.

    With `exercises` (topic.function) everyone is asked again, for these alone. `jobs` kernels run
    at a time, sandboxed unless GRADELIB_NO_SANDBOX says no; with `cluster` on the workers of the
    Dask scheduler at that address. Raises CourseError where they are to be sandboxed and cannot be,
    and where the cluster cannot be used.
    """
    if not (course.class_folder / "release" / week.name).is_dir():
        raise CourseError(f"{week.name} is not released yet: run gradelib release {week.number}")
    students = _who(course, week, only)
    _known(course, week, exercises)
    with locks.alone(course, "gradebook"):
        prints = fingerprints(course, week, students)  # the first time they make the secret
    add_students(course, students)
    anew = force or exercises
    stale = [s for s in students if anew or not _is_graded(course, week, s, prints[s])]
    sandboxed = wanted() if sandboxed is None else sandboxed
    if stale and sandboxed and not cluster and (reasons := available()):
        raise CourseError(
            f"submissions cannot be sandboxed on this computer: {reasons[0]}. With --no-sandbox "
            "they run with all your rights: do that only in a virtual machine, or if you trust them"
        )
    lines = {s: _line_of(course, week, s, "as before") for s in students if s not in stale}

    def is_done(student: str) -> bool:
        return not anew and _is_graded(course, week, student, prints[student])

    def run(left: list[str], is_free: Callable[[str], bool]) -> Iterator[str]:
        return batch.run_all(
            course, week, left, jobs, sandboxed, force, progress, exercises, cluster, is_free
        )

    for student in locks.share(course, week.name, stale, is_done, run, progress):
        progress(f"{student}'s grade")
        lines[student] = _grade(course, week, student, sandboxed)
        if lines[student].status == "graded":
            answer_store.write(_mark(course, week, student), prints[student])
    return [lines.get(s) or _line_of(course, week, s, "as before") for s in students]


def _who(course: Course, week: Week, only: list[str] | None, step: str = "submitted") -> list[str]:
    there = nbgrader_settings.students(course, week, step)
    missing = sorted(set(only or []) - set(there))
    if missing or not there:
        said = ", ".join(missing) or "nobody"
        raise CourseError(f"{step}/ has nothing for {week.name} of {said}: collect or grade first")
    return [student for student in there if not only or student in only]


def _known(course: Course, week: Week, exercises: Collection[str]) -> None:
    """Raise CourseError for an exercise that the week does not check."""
    checked = [cell["metadata"].get("gradelib", {}) for cell in _released(course, week)]
    names = [said["exercise"] for said in checked if said.get("kind") == "check"]
    if wrong := sorted(set(exercises) - set(names)):
        said = f"{week.name} checks no {', '.join(wrong)}; it checks: {', '.join(names)}"
        raise CourseError(said)


def _mark(course: Course, week: Week, student: str) -> Path:
    """Return the file that says what a student was graded with: written when that is done."""
    return course.class_folder / "results" / "graded" / week.name / student


def _is_graded(course: Course, week: Week, student: str, fingerprint: str) -> bool:
    mark = _mark(course, week, student)
    if not mark.is_file() or mark.read_text(encoding="utf-8") != fingerprint:
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


def _line_of(course: Course, week: Week, student: str, status: str) -> Line:
    """Return what the gradebook and the graded notebooks say of a student."""
    folder = course.class_folder / "autograded" / student / week.name
    try:
        with nbgrader_settings.open_gradebook(course) as gradebook:
            line = _line(gradebook.find_submission(week.name, student))
        line.remarks = [
            f"{path.stem}: {remark}"
            for path in sorted(folder.glob("*.ipynb"))
            for remark in _said(path)
        ]
    except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
        return Line(student, "failed", remarks=[_one_line(error)])
    line.status = status
    handed_in = {path.stem for path in folder.glob("*.ipynb")}
    line.remarks += [f"{n}: not handed in" for n in week.notebooks if n not in handed_in]
    return line if handed_in else Line(student, "failed", remarks=["its folder has no notebook"])


def _line(submission: SubmittedAssignment) -> Line:
    return Line(
        submission.student.id, "graded", submission.score, submission.max_score,
        bool(submission.needs_manual_grade), submission.total_seconds_late > 0,
    )  # fmt: skip


def _said(path: Path) -> list[str]:
    about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("gradelib", {})
    return about.get("remarks", [])


def feedback(
    course: Course, week: Week, only: list[str] | None = None, progress: Progress = print
) -> list[Line]:
    """Write the feedback of who was graded, as HTML: class/feedback/<student>/<week>/."""
    prepare(course)
    lines = []
    for student in _who(course, week, only, "autograded"):
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
    texts = [folder.joinpath(f"{name}.ipynb") for name in week.notebooks]
    return [c for p in texts if p.is_file() for c in json.loads(p.read_bytes())["cells"]]


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
        submission.student.id, *[points.get(name, "") for name in columns],
        f"{max(0.0, submission.score - penalty):g}", f"{submission.max_score:g}", f"{penalty:g}",
        round(submission.total_seconds_late), str(submission.timestamp or ""),
    ]  # fmt: skip


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
