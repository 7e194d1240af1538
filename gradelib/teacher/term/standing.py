"""Where each week stands, as the files of the class say it, and what the teacher does next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gradelib.teacher.collect.collection import nothing_from
from gradelib.teacher.collect.keeping import NOBODY
from gradelib.teacher.course import Course, Week
from gradelib.teacher.gradebook.at_once import hand_ins
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.last_change import changed_at, graded_at, newest
from gradelib.teacher.gradebook.nbgrader_settings import students
from gradelib.teacher.gradebook.places import KINDS, Kind, export_path
from gradelib.teacher.gradebook.points import given
from gradelib.teacher.gradebook.settling import settle
from gradelib.teacher.release.dates import is_early
from gradelib.teacher.roster import read_roster

__all__ = ["Standing", "next_step", "said", "standing"]

DAY = "%d %b"


@dataclass(frozen=True)
class Standing:
    """How far a week is. Counts are of students, unless they say otherwise."""

    week: Week
    early: bool = False  # its release is on a later day
    over: bool = False  # its due date has passed
    released: bool = False
    collected: int = 0
    missing: int = 0  # of the roster
    nobodys: int = 0  # files of which it is not known whose they are
    graded: int = 0
    unmarked: int = 0  # answers that wait for a person
    in_words: int = 0  # of these, answers in words
    feedback: int = 0  # that says what was graded and marked last
    exported: tuple[Kind, ...] = ()  # since points last changed
    outdated: tuple[Kind, ...] = ()  # exported before that

    @property
    def to_grade(self) -> int:
        return self.collected - self.graded


def standing(course: Course, week: Week, now: dt.datetime) -> Standing:
    """Look at what the class folder has of a week. Raises CourseError."""
    folder = course.class_folder
    present = students(course, week)
    graded = {who: time for who in present if (time := graded_at(course, week, who)) is not None}
    if graded:
        settle(course, week)  # which notes whose points have changed
    changed = {who: changed_at(course, week, who) or time for who, time in graded.items()}
    exports = _exports(course, week)
    last = max(changed.values(), default=0.0)
    waiting = _waiting(course, week, present) if graded else []
    due = week.due.replace(tzinfo=dt.UTC) if week.due else None
    return Standing(
        week,
        early=is_early(course, week, now),
        over=due is not None and due < now,
        released=any((folder / "release" / week.name).glob("*.ipynb")),
        collected=len(present),
        missing=len(nothing_from(course, week)) if read_roster(course) else 0,
        nobodys=len([*(folder / "collected" / week.name / NOBODY).glob("*")]),
        graded=len(graded),
        unmarked=len(waiting),
        in_words=sum(cell_type == "markdown" for cell_type in waiting),
        feedback=sum(
            newest((folder / "feedback" / who / week.name).glob("*")) >= max(time, changed[who])
            for who, time in graded.items()
        ),
        exported=tuple(kind for kind, time in exports.items() if graded and time >= last),
        outdated=tuple(kind for kind, time in exports.items() if graded and time < last),
    )


def _exports(course: Course, week: Week) -> dict[Kind, float]:
    """Return when each export that is there was written, in seconds since 1970."""
    paths = {kind: export_path(course, week.name, kind) for kind in KINDS}
    return {kind: path.stat().st_mtime for kind, path in paths.items() if path.is_file()}


def _waiting(course: Course, week: Week, present: list[str]) -> list[str]:
    """Return of what kind of cell the answers are that wait for a person."""
    with open_gradebook(course) as gradebook:
        return [
            str(grade.cell_type)
            for submission in hand_ins(gradebook, week.name)
            if submission.needs_manual_grade and submission.student.id in present
            for notebook in submission.notebooks
            for grade in notebook.grades
            if given(grade) is None
        ]


def said(course: Course, s: Standing) -> list[str]:
    """Return where a week stands, a line for each step that was begun."""
    if not s.released:
        return ["not released yet"]
    lines = ["released"]
    if s.collected or s.missing:
        of = f" of {s.collected + s.missing}" if s.missing else ""
        lines.append(f"handed in: {s.collected}{of}")
    if s.nobodys:
        lines.append(f"nobody's: {_many(s.nobodys, 'file')}")
    if s.graded:
        lines.append(f"graded: {s.graded}" + (f", {s.to_grade} to go" if s.to_grade else ""))
    if s.unmarked:
        lines.append(f"to mark by hand: {_many(s.unmarked, 'answer')}")
    if s.feedback:
        lines.append(f"feedback: {s.feedback}")
    if s.exported:
        lines.append(f"exported: {', '.join(s.exported)}")
    if s.outdated:
        lines.append(f"exported before points changed: {', '.join(s.outdated)}")
    return lines


def next_step(course: Course, s: Standing) -> str:
    """Return what to do next: a command, or what there is to wait for."""
    number = s.week.number
    if not s.released and s.early and s.week.release:
        return f"on {s.week.release:{DAY}}: gradelib release {number}"
    steps = (
        (not s.released, f"gradelib release {number}"),
        (s.nobodys > 0, f"look: gradelib collect {number} FILES --student ID"),
        (s.to_grade > 0, f"gradelib grade {number}"),
        (not s.collected and not s.over, _until_due(course, s, f"gradelib collect {number} FILES")),
        (not s.collected, f"gradelib collect {number} FILES"),
        (s.in_words > 0, f"mark by hand: gradelib written {number}, or make formgrader"),
        (s.unmarked > 0, "mark by hand: make formgrader"),
        (s.feedback < s.graded, f"gradelib feedback {number}"),
        (bool(s.outdated), f"gradelib export {number}{_to(s.outdated)}"),
        (not s.exported, f"gradelib export {number}"),
        (s.missing > 0, f"all done; who is missing: gradelib missing {number}"),
    )
    return next((step for is_next, step in steps if is_next), "all done")


def _to(kinds: tuple[Kind, ...]) -> str:
    """Return what names the first of these to the command."""
    return f" --to {kinds[0]}" if kinds and kinds[0] != "csv" else ""


def _until_due(course: Course, s: Standing, command: str) -> str:
    if s.week.due is None:
        return command
    local = s.week.due.replace(tzinfo=dt.UTC).astimezone(course.zone)
    return f"after {local:{DAY} %H:%M}: {command}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
