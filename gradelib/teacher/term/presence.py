"""Who of the class has handed in something, and who has not."""

from __future__ import annotations

from collections.abc import Iterable

from gradelib.teacher.collect.collection import nothing_from
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.roster import FILE, Entry, Roster, read_roster

__all__ = ["missing", "of_section", "presence"]


def of_section(course: Course, section: str | None = None) -> list[Entry]:
    """Return the students of a section, or all. Raises CourseError where there are none."""
    roster = _roster(course)
    entries = [entry for entry in roster.entries if entry.is_in(section)]
    if section and not entries:
        names = sorted({name for entry in roster.entries for name in entry.sections})
        raise CourseError(
            f"nobody is in the section {section}; the roster has: {', '.join(names) or 'none'}"
        )
    return entries


def presence(course: Course, entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return for each student the numbers of the weeks for which something was handed in."""
    without = {week.number: {*nothing_from(course, week)} for week in course.weeks}
    return {
        entry.id: [str(number) for number, nothing in without.items() if entry.id not in nothing]
        for entry in entries
    }


def missing(course: Course, week: Week, section: str | None = None) -> tuple[list[Entry], int]:
    """Return who has handed in nothing, and of how many: who was dropped is not counted."""
    entries = [entry for entry in of_section(course, section) if not entry.dropped]
    nothing = {*nothing_from(course, week)}
    return [entry for entry in entries if entry.id in nothing], len(entries)


def _roster(course: Course) -> Roster:
    found = read_roster(course)
    if found is None:
        raise CourseError(
            f"there is no {course.class_folder / FILE}: gradelib roster import FILE makes it of "
            "your platform's list, or write one: its first line is id,name"
        )
    return found
