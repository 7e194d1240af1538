"""What runs on Gradescope: grade one submission and write `results/results.json`.

`python -m gradelib.teacher.autograder.container /autograder`. The week lies in `source/`, as
`gradescope.py` packed it, the submission in `submission/`. Whatever goes wrong is said in the
results: to students in general terms, to the teacher in a test that students do not see.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradelib.sandbox.confine import available
from gradelib.teacher.autograder.handed_in import HandedIn
from gradelib.teacher.autograder.parcel import Parcel, for_teacher, not_graded
from gradelib.teacher.collect.collection import Collected, collect
from gradelib.teacher.course import CLASS, GRADEBOOK, Course, CourseError, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.grade.causes import cause
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.gradebook.released import exercises_of, points_of
from gradelib.teacher.platforms.results import cells_of, result_of
from gradelib.teacher.rules.decisions import FILE as DECISIONS
from gradelib.teacher.rules.decisions import Ruling

__all__ = ["results"]

CANNOT_SHUT_IN = (
    "Gradescope's container cannot shut a submission in ({reason}), so nothing was run: a "
    "submission could read the solutions and the secret, which lie beside it. Either download the "
    "submissions and grade them on your computer (gradelib collect, gradelib grade), or write the "
    "zip again with --no-sandbox, after you have read docs/security.md, under Gradescope."
)
NOT_SHUT_IN = (
    "Nothing shut this submission in ({reason}), as the zip was written with --no-sandbox."
)
NOTHING = "No notebook of this week was found: hand in {notebooks}, as saved by Jupyter."


def results(root: Path) -> dict[str, Any]:
    """Grade what lies in `root`/submission; return the results. Raises CourseError."""
    parcel = Parcel.read(root / "source")
    reasons = available()
    if parcel.sandboxed and reasons:
        raise CourseError(CANNOT_SHUT_IN.format(reason=reasons[0]))
    handed_in = HandedIn.read(root)
    with tempfile.TemporaryDirectory(prefix="gradelib-class-") as folder:
        os.environ[CLASS], os.environ[GRADEBOOK] = folder, "sqlite"
        course = Course.find(root / "source")
        week = course.week(parcel.week)
        _lay_out(course, week, parcel, handed_in)
        found = _graded(course, week, parcel, handed_in, root / "submission", not reasons)
    if reasons:
        found["tests"].append(for_teacher(NOT_SHUT_IN.format(reason=reasons[0])))
    return found


def _lay_out(course: Course, week: Week, parcel: Parcel, handed_in: HandedIn) -> None:
    """Make a class of one student."""
    shutil.copytree(course.root / "class", course.class_folder, dirs_exist_ok=True)
    (course.class_folder / "seed").write_text(handed_in.secret(parcel), encoding="ascii")
    decisions = handed_in.decisions(parcel, course, week)
    write_whole(course.class_folder / DECISIONS, decisions.model_dump_json().encode())


def _graded(
    course: Course,
    week: Week,
    parcel: Parcel,
    handed_in: HandedIn,
    submission: Path,
    sandboxed: bool,
) -> dict[str, Any]:
    student = handed_in.student
    paths = [submission] if submission.is_dir() else []
    collected = collect(course, week, paths, student, handed_in.time)
    if not any(one.notebooks for one in collected):
        return _nothing(course, week, parcel, collected)
    options = GradingOptions(jobs=1, sandboxed=sandboxed)
    (line,) = grade(course, week, options=options)
    if line.status == "failed":
        raise CourseError("; ".join(line.remarks))
    row = table_of(course, week).rows[student]
    found = result_of(row, cells_of(course, week, student), _by_exercise(parcel), parcel.show)
    found["output"] = "\n".join([found["output"], *line.remarks])
    found["tests"] += _remarks(collected)
    return found


def _nothing(
    course: Course, week: Week, parcel: Parcel, collected: Sequence[Collected]
) -> dict[str, Any]:
    """Return the results of who handed in no notebook: no points, and what would have counted."""
    possible = sum(points_of(course, week).values())
    row = dict.fromkeys([*exercises_of(course, week), "total", "to_mark", "waits", "penalty"], "0")
    row["possible"] = f"{possible:g}"
    found = result_of(row, cells_of(course, week, ""), _by_exercise(parcel), parcel.show)
    said = NOTHING.format(notebooks=" and ".join(f"{name}.ipynb" for name in week.notebooks))
    found["output"], found["visibility"] = said, "visible"
    found["tests"] += _remarks(collected)
    return found


def _by_exercise(parcel: Parcel) -> dict[str, Ruling]:
    return {ruling.exercise: ruling for ruling in parcel.rulings}


def _remarks(collected: Sequence[Collected]) -> list[dict[str, Any]]:
    """Return what was odd about the files, for the teacher."""
    said = [text for one in collected for text in (*one.remarks, *one.notes)]
    return [for_teacher("\n".join(said))] if said else []


def main(root: Path) -> int:
    """Write the results, whatever comes; return 0 where the submission was graded."""
    try:
        found, code = results(root), 0
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a result must lie there
        traceback.print_exc()  # into Gradescope's own log, which who teaches can read
        found, code = not_graded(cause(error, longest=2000)), 1
    data = json.dumps(found, indent=1, ensure_ascii=False).encode("utf-8", "replace")
    write_whole(root / "results" / "results.json", data)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
