"""Bring the gradebook up to what the teacher has decided: dates, extensions, penalties.

What is said of a grade is read from the gradebook. So it is settled before anything is said, and
the table, the CSV, the feedback and the formgrader agree.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.preprocessors import AssignLatePenalties as NbgraderAssignLatePenalties
from traitlets import Bool, Unicode

from gradelib.author.course_file import FILE
from gradelib.teacher.course import CLASS, GRADEBOOK, Course, Week
from gradelib.teacher.gradebook.at_once import Opened, hand_ins
from gradelib.teacher.gradebook.gradebook import open_gradebook, take_over_due_date
from gradelib.teacher.gradebook.last_change import note_changes
from gradelib.teacher.gradebook.points import of_notebook
from gradelib.teacher.gradebook.rulings import rule, weigh, with_rulings
from gradelib.teacher.rules.decisions import Decisions, changing, due_of, read_decisions
from gradelib.teacher.rules.late import days_late, penalty, shared_out

__all__ = ["AssignLatePenalties", "Decided", "days_of", "settle"]


def settle(course: Course, week: Week) -> None:
    """Bring all that was handed in for a week up to what is decided now. Raises CourseError."""
    take_over_due_date(course, week)
    with _decisions(course, week) as decisions, open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(week.name)
        except MissingEntry:  # it is not released yet
            return
        _settle(course, week, gradebook, hand_ins(gradebook, week.name), decisions)
        note_changes(course, week, gradebook, assignment)


@contextlib.contextmanager
def _decisions(course: Course, week: Week) -> Iterator[Decisions]:
    """Give what is decided; where something was excused, to be changed: marks are set aside."""
    decisions = read_decisions(course)
    if decisions.was_ruled(week):
        with changing(course) as decisions:
            yield decisions
    else:
        yield decisions


def _settle(
    course: Course,
    week: Week,
    gradebook: Gradebook,
    submissions: list[SubmittedAssignment],
    decisions: Decisions,
) -> None:
    if decisions.was_ruled(week):
        weigh(course, week, gradebook.find_assignment(week.name), decisions)
        rule(week, submissions, decisions)
        gradebook.db.commit()
    for submission in submissions:
        _settle_one(course, week, submission, decisions)
    gradebook.db.commit()


def days_of(course: Course, submission: SubmittedAssignment) -> int:
    """Return how many days late a hand-in is, those begun counted; with no `[late]`, by seconds."""
    if submission.timestamp is None or submission.duedate is None:
        return 0
    handed_in, due = _utc(submission.timestamp), _utc(submission.duedate)
    return days_late(handed_in, due, course.zone, course.late)


def _settle_one(
    course: Course, week: Week, submission: SubmittedAssignment, decisions: Decisions
) -> None:
    student = submission.student.id
    due = due_of(course, week, student, decisions)
    if due is not None and week.due is not None and decisions.is_about(week, student):
        longer = due.replace(tzinfo=None) - week.due
        submission.extension = longer or None
    if course.late is not None:
        _take_penalty(course, submission)


def _take_penalty(course: Course, submission: SubmittedAssignment) -> None:
    assert course.late is not None
    days = days_of(course, submission)
    if not days and not submission.late_submission_penalty:
        return
    notebooks = list(submission.notebooks)
    points = [of_notebook(notebook) for notebook in notebooks]
    parts = shared_out(penalty(sum(points), days, course.late), points)
    for notebook, part in zip(notebooks, parts, strict=True):
        notebook.late_submission_penalty = part or None


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC)


class AssignLatePenalties(NbgraderAssignLatePenalties):
    """nbgrader's, where course.toml has no `[late]`; else what is decided there.

    So `nbgrader autograde` gives the same grades.
    """

    course = Unicode(".", help="the course's folder").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        course = _course(self.course, _stamp(self.course))
        names = resources["nbgrader"]
        week = _week(course, names["assignment"])
        if week is not None:
            with _decisions(course, week) as decisions, Opened(names["db_url"]) as gradebook:
                one = gradebook.find_submission(week.name, names["student"])
                _settle(course, week, gradebook, [one], decisions)
            if course.late is not None:
                return nb, resources
        done: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return done


class Decided(Preprocessor):
    """Says in a page of feedback what was decided: what is excused, and what being late took."""

    enabled = Bool(True).tag(config=True)
    course = Unicode(".", help="the course's folder").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        course = _course(self.course, _stamp(self.course))
        names = resources["nbgrader"]
        week = _week(course, names["assignment"])
        if week is None:
            return nb, resources
        with_rulings(nb, {r.exercise: r for r in read_decisions(course).rulings_of(week)})
        if course.late is not None and names.get("late_penalty"):
            with Opened(names["db_url"]) as gradebook:
                one = gradebook.find_submission(week.name, names["student"])
                days, due = days_of(course, one), _utc(one.duedate).astimezone(course.zone)
            late = f"{days} day{'' if days == 1 else 's'} late: due on {due:%d %b %Y %H:%M}"
            said = f"**{late}. That takes {names['late_penalty']:g} points of this notebook.**"
            nb.cells.insert(0, new_markdown_cell(said))
        return nb, resources


def _week(course: Course, name: str) -> Week | None:
    """Return a week by nbgrader's name, or None for an assignment that course.toml has not."""
    return next((week for week in course.weeks if week.name == name), None)


def _stamp(root: str) -> tuple[object, ...]:
    changed = (Path(root) / FILE).stat().st_mtime_ns
    return changed, os.environ.get(CLASS), os.environ.get(GRADEBOOK)


@functools.lru_cache(maxsize=8)  # it is asked for with each notebook
def _course(root: str, stamp: tuple[object, ...]) -> Course:
    return Course.find(Path(root))
