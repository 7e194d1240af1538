"""What has changed for whom since the last `grade`, and why: 30 → 31, softmax 2 → 3."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator
from pathlib import Path

from nbgrader.api import SubmittedAssignment
from pydantic import BaseModel, ValidationError

from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.gradebook import locks
from gradelib.teacher.gradebook.at_once import hand_ins
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.points import given, total
from gradelib.teacher.gradebook.released import exercise_of
from gradelib.teacher.gradebook.settling import days_of
from gradelib.teacher.rules.decisions import Decisions, read_decisions

__all__ = ["Standing", "difference", "take_stock"]

MOST = 4  # exercises that are named


class Standing(BaseModel):
    """What a student had when `grade` last said it."""

    total: float
    possible: float
    penalty: float = 0.0
    days: int = 0  # late
    handed_in: str = ""
    due: str = ""
    extension: str = ""  # and why
    rulings: dict[str, str] = {}  # by exercise: excused or a bonus, and why
    points: dict[str, float | None] = {}  # by exercise; None where a mark is not given yet


def take_stock(
    course: Course, week: Week, students: Collection[str]
) -> tuple[dict[str, Standing], dict[str, str]]:
    """Return where each student of these stands, and for whom that has changed, and why.

    It is remembered in class/last_grades until the next time. Who is new has no change.
    """
    path = course.class_folder / "last_grades" / f"{week.name}.json"
    now = _now(course, week, students)
    with locks.alone(course, f"{week.name}-last-grades"):
        before = _read(path)
        whole = {student: one.model_dump() for student, one in (before | now).items()}
        write_whole(path, json.dumps(whole, indent=1, ensure_ascii=False).encode())
    found = {who: difference(before[who], one) for who, one in now.items() if who in before}
    return now, {student: said for student, said in found.items() if said}


def difference(before: Standing, now: Standing) -> str:
    """Say what has changed of a student's points, and why; nothing where they are the same."""
    if (before.total, before.possible) == (now.total, now.possible):
        return ""
    old, new = f"{before.total:g}", f"{now.total:g}"
    if before.possible != now.possible:
        old, new = f"{old} of {before.possible:g}", f"{new} of {now.possible:g}"
    return f"{old} → {new}: {'; '.join(_why(before, now)) or 'graded anew'}"


def _why(before: Standing, now: Standing) -> Iterator[str]:
    if before.handed_in != now.handed_in:
        yield "another hand-in counts"
    if before.extension != now.extension:
        yield now.extension or "the extension was taken back"
    elif before.due != now.due:
        yield f"due {now.due or 'at no time'}, and not {before.due or 'at no time'}"
    ruled = [*dict.fromkeys([*before.rulings, *now.rulings])]
    ruled = [n for n in ruled if before.rulings.get(n) != now.rulings.get(n)]
    for name in ruled:
        yield f"{name}: {now.rulings.get(name) or 'counts as before'}"
    moved = [n for n in now.points if before.points.get(n, 0.0) != now.points[n]]
    names = [n for n in moved if n not in ruled]
    for name in names[:MOST]:
        yield f"{name} {_shown(before.points.get(name))} → {_shown(now.points[name])}"
    if len(names) > MOST:
        yield f"{len(names) - MOST} more exercises"
    if before.penalty != now.penalty:
        yield f"penalty {before.penalty:g} → {now.penalty:g}"


def _shown(points: float | None) -> str:
    return "not marked" if points is None else f"{points:g}"


def _now(course: Course, week: Week, students: Collection[str]) -> dict[str, Standing]:
    decisions = read_decisions(course)
    with open_gradebook(course) as gradebook:
        return {
            s.student.id: _standing(course, week, s, decisions)
            for s in hand_ins(gradebook, week.name)
            if s.student.id in students
        }


def _standing(
    course: Course, week: Week, submission: SubmittedAssignment, decisions: Decisions
) -> Standing:
    extension = decisions.extension(week, submission.student.id)
    points = {
        exercise_of(grade.name): given(grade)
        for notebook in submission.notebooks
        for grade in notebook.grades
    }
    return Standing(
        total=total(submission),
        possible=submission.max_score,
        penalty=submission.late_submission_penalty or 0.0,
        days=days_of(course, submission),
        handed_in=_local(course, submission.timestamp),
        due=_local(course, submission.duedate),
        extension=f"extension of {extension.by}: {extension.why}" if extension else "",
        rulings={r.exercise: f"{r.kind} for all: {r.why}" for r in decisions.rulings_of(week)},
        points=points,
    )


def _local(course: Course, moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.replace(tzinfo=dt.UTC).astimezone(course.zone):%d %b %H:%M:%S}"


def _read(path: Path) -> dict[str, Standing]:
    try:
        tree = json.loads(path.read_bytes())
        return {student: Standing.model_validate(one) for student, one in tree.items()}
    except (OSError, ValueError, AttributeError, ValidationError):
        return {}  # the first time, or a file of an older gradelib: then nothing has changed
