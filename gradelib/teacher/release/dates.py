"""When a week may be handed out: not before its date in course.toml, unless the teacher says so."""

from __future__ import annotations

import datetime as dt

from gradelib.teacher.course import Course, CourseError, Week

__all__ = ["is_early", "refuse_early"]


def is_early(course: Course, week: Week, now: dt.datetime) -> bool:
    """Say whether a week's release is on a later day, by the course's clock."""
    return week.release is not None and now.astimezone(course.zone).date() < week.release


def refuse_early(course: Course, week: Week, now: dt.datetime) -> None:
    """Raise CourseError for a week that is not to be handed out yet."""
    if week.release is not None and is_early(course, week, now):
        raise CourseError(
            f"{week.name} is to be released on {week.release:%A, %d %B %Y}, as course.toml has it: "
            f"wait, write another date, or run gradelib release {week.number} --early"
        )
