"""Choose again what counts of each student, where a date or an extension has changed since."""

from __future__ import annotations

from filelock import FileLock

from gradelib.teacher.collect.choosing import choose, lay_out
from gradelib.teacher.collect.keeping import NOBODY, kept_of
from gradelib.teacher.course import Course, Week
from gradelib.teacher.roster import read_roster

__all__ = ["choose_again", "has_a_choice"]


def choose_again(course: Course, week: Week) -> None:
    """Lay out anew what counts, of who has handed in more than once. Raises CourseError, OSError.

    Without `[late]` in course.toml the newest counts, whatever the date.
    """
    if course.late is None:
        return
    roster = read_roster(course)
    dropped = {entry.id for entry in roster.entries if entry.dropped} if roster else set()
    lock = course.class_folder / "locks" / "collect.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock, mode=0o660):
        for folder in sorted((course.class_folder / "collected" / week.name).glob("*")):
            student = folder.name
            if (
                folder.is_dir()
                and student not in dropped | {NOBODY}
                and has_a_choice(course, week, student)
            ):
                choice = choose(course, week, student)
                if choice.notebooks:
                    lay_out(course, week, student, choice)


def has_a_choice(course: Course, week: Week, student: str) -> bool:
    """Say whether there is more than one file for a notebook, as far as their names say it."""
    kept = [k for k in kept_of(course, week, student) if k.name.lower().endswith(".ipynb")]
    return len(kept) > len(week.notebooks) or len({k.name for k in kept}) < len(kept)
