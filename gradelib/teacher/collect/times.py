"""When a file was handed in: as the platform says, else as the receipt does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nbgrader.utils import parse_utc

from gradelib.teacher.collect.archive import Item
from gradelib.teacher.collect.owners import Owner
from gradelib.teacher.course import Course, Week
from gradelib.teacher.rules.late import on_time_until

__all__ = ["IMPOSSIBLE", "handed_in", "made_late", "put_there"]

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # of a receipt that is believed
PATIENCE = dt.timedelta(days=1)  # by which a student's clock may be ahead of the platform's
IMPOSSIBLE = "the time in its receipt cannot be: that of the file counts"


def handed_in(item: Item, owner: Owner) -> tuple[dt.datetime, str]:
    """Return when a file was handed in, in UTC, and what is odd about that."""
    if owner.time is not None:
        return owner.time, ""
    time = item.time(owner.at)
    if item.receipt is None or owner.by_platform or owner.doubtful:
        return time, ""
    said = _in_receipt(item.receipt.get("time"))
    if said is None or said > time + PATIENCE:
        return time, IMPOSSIBLE
    return said, ""


def _in_receipt(text: object) -> dt.datetime | None:
    try:
        time = dt.datetime.fromisoformat(str(text))
        zoned = time if time.tzinfo else time.replace(tzinfo=dt.UTC)
        return zoned.astimezone(dt.UTC) if zoned >= EARLIEST else None
    except (ValueError, OverflowError):
        return None


def made_late(time: dt.datetime, course: Course, week: Week) -> dt.datetime:
    """Return a time that is late: this one, or where it is not, the first second after the grace.

    The platform has a date of its own: what it calls late is late, whatever a file's time is.
    """
    if week.due is None:
        return time
    end = on_time_until(week.due.replace(tzinfo=dt.UTC), course.zone, course.late)
    return max(time, end + dt.timedelta(seconds=1))


def put_there(path: Path, folder: Path) -> dt.datetime:
    """Return when a file came that `nbgrader collect` or a teacher has put into submitted/.

    nbgrader writes into the folder when it was handed in; the file is as old as its last change.
    """
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    try:
        text = (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
        stamp: dt.datetime = parse_utc(text)
        return max(changed, stamp.replace(tzinfo=dt.UTC))
    except (OSError, ValueError, OverflowError):  # a person put it there, with no such file
        return changed
