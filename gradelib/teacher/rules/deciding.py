"""Decide something for the class: give a student longer, or take that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from gradelib.author.spans import span_of
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.roster import read_roster
from gradelib.teacher.rules.decisions import Extension, Ruling, changing, read_decisions

__all__ = [
    "extend",
    "known_student",
    "meant",
    "rule_out",
    "take_back_extension",
    "take_back_ruling",
    "until",
]

Kind = Literal["excused", "bonus"]


def extend(
    course: Course, week: Week, student: str, by: str, why: str, now: dt.datetime
) -> Extension:
    """Give a student longer; it takes the place of what was given before. Raises CourseError."""
    if week.due is None:
        raise CourseError(f"{week.name} has no due date in course.toml: nobody needs longer")
    if not why.strip():
        raise CourseError("say --why: it stands beside the grade that it changes")
    try:
        span = span_of(by)
    except ValueError as error:
        raise CourseError(str(error)) from None
    if not span.days and not span.seconds:
        raise CourseError("longer by nothing: to take an extension back, say --take-back")
    student = known_student(course, student)
    with changing(course) as decisions:
        for one in decisions.extensions:
            if (one.week, one.student) == (week.name, student) and one.taken_back is None:
                one.taken_back = now
        new = Extension(
            week=week.name, student=student, by=span, why=" ".join(why.split()), when=now
        )
        decisions.extensions.append(new)
    return new


def take_back_extension(course: Course, week: Week, student: str, now: dt.datetime) -> Extension:
    """Take back what stands for a student. Raises CourseError where nothing does."""
    student = known_student(course, student)
    if read_decisions(course).extension(week, student) is None:
        raise CourseError(f"{student} has no extension for {week.name}")
    with changing(course) as decisions:
        one = decisions.extension(week, student)
        assert one is not None
        one.taken_back = now
    return one


def rule_out(
    course: Course, week: Week, exercise: str, kind: Kind, why: str, now: dt.datetime
) -> Ruling:
    """Excuse an exercise, or make it a bonus, for all. `exercise` is one that the week has.

    It takes the place of what was ruled before. Raises CourseError.
    """
    if not why.strip():
        raise CourseError("say --why: students read it in their feedback")
    new = Ruling(week=week.name, exercise=exercise, kind=kind, why=" ".join(why.split()), when=now)
    with changing(course) as decisions:
        if before := decisions.ruling(week, exercise):
            before.taken_back = now
        decisions.rulings.append(new)
    return new


def take_back_ruling(
    course: Course, week: Week, exercise: str, kind: Kind, now: dt.datetime
) -> Ruling:
    """Let an exercise count again as it did. Raises CourseError where nothing is ruled."""
    with changing(course) as decisions:
        one = decisions.ruling(week, exercise)
        if one is None or one.kind != kind:
            said = f"{exercise} is not {'excused' if kind == 'excused' else 'a bonus'}"
            raise CourseError(f"{said} in {week.name}")
        one.taken_back = now
    return one


def meant(exercise: str, exercises: Sequence[str], week: Week) -> str:
    """Return which exercise is meant by its name, with its topic or without. Raises CourseError."""
    if not exercises:
        raise CourseError(f"{week.name} is not released yet: run gradelib release {week.number}")
    fits = [e for e in exercises if exercise in (e, e.partition(".")[2])]
    if len(fits) != 1:
        what = f"{exercise} can be {', '.join(fits)}" if fits else f"there is no {exercise}"
        raise CourseError(f"{week.name}: {what}; it has: {', '.join(exercises)}")
    return fits[0]


def until(course: Course, one: Extension) -> str:
    """Return when a week is due with an extension, on the course's clock."""
    week = next((week for week in course.weeks if week.name == one.week), None)
    if week is None or week.due is None:
        return "the week has no due date now"
    due = one.by.after(week.due.replace(tzinfo=dt.UTC), course.zone)
    return f"{due.astimezone(course.zone):%d %b %Y %H:%M}"


def known_student(course: Course, text: str) -> str:
    """Return the id of who is meant, by id, address, login or name. Raises CourseError."""
    roster = read_roster(course)
    if roster is not None:
        entry = roster.find(text)  # a Question says what it says
        if entry is None:
            raise CourseError(f"nobody in the roster is {text[:80]}: gradelib roster shows who is")
        return entry.id
    folders = [*course.class_folder.glob("submitted/*"), *course.class_folder.glob("collected/*/*")]
    known = {path.name.casefold(): path.name for path in folders if path.is_dir()}
    if text.strip().casefold() not in known:
        raise CourseError(
            f"nobody known is {text[:80]}: there is no roster, and nothing was handed in so"
        )
    return known[text.strip().casefold()]
