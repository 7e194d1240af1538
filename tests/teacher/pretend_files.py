"""What the pretend class's teacher begins with: course.toml, lists of the class, downloads."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from gradelib.author.compose import with_answers
from gradelib.student.handin import pack
from tests.teacher.pretend_term import (
    NOTEBOOKS,
    HandIn,
    Student,
    answers,
    plan,
    utc,
    words,
)
from tests.teacher.small_course import saved

COURSE = """\
title = "A term"
name = "term"
timezone = "Europe/Berlin"
[late]
grace = "15m"
penalty = "7%"
last_day = 7
[limits]
cell_seconds = 10
[colab]
install = ""
[[weeks]]
number = 1
title = "Start"
notebooks = ["00_start_here"]
release = 2024-10-14
due = 2024-10-26T23:59:59
weight = 1
[[weeks]]
number = 2
title = "Tokens"
notebooks = ["01_tokenization"]
release = 2024-10-28
due = 2024-11-10T23:59:59
weight = 2
[[weeks]]
number = 3
title = "Masks"
notebooks = ["02_masks"]
release = 2024-11-11
due = 2024-11-24T23:59:59
weight = 1.5
"""
MOVED = ("due = 2024-11-24T23:59:59", "due = 2024-11-25T23:59:59")


def moodle_list(who: Iterable[Student]) -> bytes:
    rows = [[s.first, s.last, s.id, s.email, s.section] for s in who]
    return _csv(["First name", "Last name", "ID number", "Email address", "Groups"], rows)


def canvas_list(who: Iterable[Student]) -> bytes:
    rows = [[f"{s.last}, {s.first}", s.platform, s.id, s.login, s.section] for s in who]
    points = ["    Points Possible", "", "", "", ""]
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    return _csv(header, [points, *rows, ["Student, Test", "1", "", "", "A"]])


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode("utf-8-sig")


def download(week: int, released: Path, to: Path, number: int = 0) -> Path:
    """Write what the teacher downloads of a week: Moodle's zip, Canvas's, or a folder of receipts.

    Students answer in the notebook that was released.
    """
    blank = nbformat.read(released, as_version=4)
    found: Iterator[tuple[Student, HandIn, bytes]] = (
        (Student(n), one, saved(with_answers(blank, answers(week, one.kind) | words(week, n, one))))
        for n, hand_ins in plan(week).items()
        for one in hand_ins
        if one.round == number
    )
    to = to / f"week{week}-{number}"
    if week == 3 or number == 2:
        return _receipts(week, found, to)
    to = to.with_suffix(".zip")
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as file:
        for student, one, data in found:
            name = _moodle(week, student) if week == 1 else _canvas(week, student, one)
            local = dt.datetime.fromisoformat(one.time).timetuple()[:6]
            file.writestr(zipfile.ZipInfo(name, local), data)
    return to


def label(week: int, student: Student) -> str:
    """Return the beginning of the name by which Moodle knows a hand-in."""
    return f"{student.first} {student.last}_{90_000 + student.number}_assignsubmission_file_"


def _moodle(week: int, student: Student) -> str:
    return f"{label(week, student)}/{NOTEBOOKS[week]}.ipynb"


def _canvas(week: int, student: Student, one: HandIn) -> str:
    late = "LATE_" if one.late else ""
    again = f"-{one.round}" if one.round else ""
    start = f"{student.last}{student.first}".lower() + f"_{late}{student.platform}"
    return f"{start}_{70_000 + student.number}_{NOTEBOOKS[week]}{again}.ipynb"


def _receipts(week: int, found: Iterable[tuple[Student, HandIn, bytes]], to: Path) -> Path:
    to.mkdir()
    for student, one, data in found:
        path = to.parent / student.id / f"{NOTEBOOKS[week]}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        pack([path], student.id, to, utc(one.time))
    return to
