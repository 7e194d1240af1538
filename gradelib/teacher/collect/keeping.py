"""Keep what was handed in, byte for byte, and find it again.

A file is kept as `collected/<week>/<student>/<time>-<hash>-<name>`. The name has the student's own
folders in it, with ~ between them; what is in doubt lies in one called `in-doubt`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from gradelib.student.names import file_name
from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole

__all__ = ["NOBODY", "HandIn", "Kept", "keep", "kept_of"]

STAMP = "%Y%m%dT%H%M%SZ"
DIGITS = 16  # of the hash in a name
BETWEEN = "~"  # between folders: no file's name has it
DOUBT = "in-doubt"
NOBODY = "_nobody"  # the folder of what is nobody's yet: no student's id begins so
LONGEST = 160  # bytes of a name with its folders
EARLIEST, LATEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Kept:
    """One file that is kept."""

    path: Path
    time: dt.datetime
    digest: str
    folders: tuple[str, ...]  # the student's own, around the file
    name: str
    doubtful: bool = False

    @property
    def inside(self) -> str:
        return "/".join((*self.folders, self.name))

    @property
    def order(self) -> tuple[dt.datetime, list[tuple[int, str, int]]]:
        """By time, and where that is the same to the second, by name."""
        return self.time, _natural(self.inside)


def kept_of(course: Course, week: Week, student: str) -> list[Kept]:
    """Return what is kept of a student, the oldest first, files of one second by their names."""
    folder = course.class_folder / "collected" / week.name / student
    kept = [kept for path in folder.glob("*-*-*") if (kept := _read(path)) is not None]
    return sorted(kept, key=lambda kept: (*kept.order, kept.digest))


def _natural(name: str) -> list[tuple[int, str, int]]:
    """Return a key that sorts `a.ipynb` before `a (2).ipynb`, and that before `a (10).ipynb`."""
    stem = name.removesuffix(".ipynb")
    parts = re.findall(r"(\d+)|(\D+)", stem)
    return [(0, "", int(number[:18])) if number else (1, text, 0) for number, text in parts]


def _read(path: Path) -> Kept | None:
    stamp, digest, inside = path.name.split("-", 2)
    try:
        time = dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    except ValueError:  # it was not put there by us
        return None
    *folders, name = inside.split(BETWEEN)
    doubtful = folders[:1] == [DOUBT]
    return Kept(path, time, digest, tuple(folders[doubtful:]), name, doubtful)


@dataclass(frozen=True)
class HandIn:
    """One file that is to be kept."""

    inside: tuple[str, ...]  # its name with the student's own folders
    data: bytes
    time: dt.datetime
    doubtful: bool = False
    exact: bool = False  # its time is that of handing in, and not of a download

    @property
    def name(self) -> str:
        """The name under which it is kept, short enough for every file system."""
        *folders, file = (file_name(part) for part in self.inside)
        while len(BETWEEN.join([*folders, file]).encode()) > LONGEST and folders:
            folders = folders[1:]
        return BETWEEN.join([*folders, file])


def keep(course: Course, week: Week, student: str, file: HandIn) -> bool:
    """Keep a file's bytes, unless they are kept already. Say whether they are new.

    Where a student goes back to what was handed in before, the same bytes are kept again, with
    their new time. Raises OSError.
    """
    digest = hashlib.sha256(file.data).hexdigest()[:DIGITS]
    folder = course.class_folder / "collected" / week.name / student
    time = min(max(file.time.astimezone(dt.UTC), EARLIEST), LATEST).replace(microsecond=0)
    kept = kept_of(course, week, student)
    known = [k for k in kept if k.digest == digest and (file.doubtful or not k.doubtful)]
    if not file.name.lower().endswith(".ipynb"):  # of these the name counts too
        known = [k for k in known if BETWEEN.join((*k.folders, k.name)) == file.name]
    if known and not (file.exact and _was_replaced(kept, known[-1], time)):
        if known[-1].path.stat().st_size != len(file.data):  # a disk was full
            write_whole(known[-1].path, file.data, mode=0o444)
        return False
    name = f"{DOUBT}{BETWEEN}{file.name}" if file.doubtful else file.name
    write_whole(folder / f"{time:{STAMP}}-{digest}-{name}", file.data, mode=0o444)
    return True


def _was_replaced(kept: list[Kept], known: Kept, time: dt.datetime) -> bool:
    """Say whether another notebook came between a known file and the same one at this time."""
    between = (k for k in kept if known.time < k.time < time and k.name == known.name)
    return any(k.digest != known.digest for k in between)
