"""Why a student could not be graded, in one line, with what to do about it."""

from __future__ import annotations

from gradelib.checking.time_limit import OutOfTime
from gradelib.teacher.course import CourseError
from gradelib.terminal import plain

__all__ = ["cause"]

LONGEST = 300  # characters of an error's own words
FULL = "the disk is full: make room, then run this again"
READ_ONLY = "the class folder can only be read: look at its rights, then run this again"
BUSY = "another program has the gradebook open: end it, then run this again"
ADVICE = (  # words of the system or of a database
    ("No space left on device", FULL),
    ("Disk quota exceeded", FULL),
    ("database or disk is full", FULL),
    ("Read-only file system", READ_ONLY),
    ("Permission denied", READ_ONLY),
    ("readonly database", READ_ONLY),
    ("unable to open database file", READ_ONLY),
    ("database is locked", BUSY),
)


def cause(error: BaseException, longest: int = LONGEST) -> str:
    """Return an error in one line; in front of it what to do, where that is known."""
    if isinstance(error, OutOfTime):
        return "it took too long to put together: look at the file that was handed in"
    own = f"{error}" if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
    advice = next((what for words, what in ADVICE if words in own), "")
    text = plain(own, longest)
    return f"{advice} ({text})" if advice else text
