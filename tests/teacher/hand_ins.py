"""Hand-ins as platforms and people deliver them, made for tests: folders, and zips of all sorts."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from gradelib.teacher.collect.collection import Collected, collect
from gradelib.teacher.course import Course
from tests.teacher.small_course import NAME, answered, saved

GOOD = saved(answered())
OTHER = saved(answered(quiz_temperature="a"))
THIRD = saved(answered(quiz_temperature="c"))
NOON = (2027, 4, 20, 12, 0, 0)
LOCAL = "2027-04-20T12:00:00"


def zipped(members: Mapping[str, bytes], time: tuple[int, ...] = NOON) -> bytes:
    """Return a zip with these members, all of one local time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, time), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def zipped_as(members: Mapping[str, bytes], encoding: str) -> bytes:
    """Return a zip whose names are bytes of this encoding, without the flag of UTF-8."""
    plain = {f"name{number:03}{'x' * 40}": data for number, data in enumerate(members.values())}
    data = zipped(plain)
    for stand_in, name in zip(plain, members, strict=True):
        raw = name.encode(encoding)
        assert len(raw) <= len(stand_in)
        # Both headers have the name's length; the rest of the stand-in becomes an extra field.
        data = _renamed(data, stand_in.encode(), raw)
    return data


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Write another name of the same length: dots and slashes that mean nothing fill it up."""
    folder, _, file = new.partition(b"/")
    filled = folder + b"/" * (len(old) - len(new) + 1) + file
    return data.replace(old, filled)


def laid(folder: Path, files: Mapping[str, bytes], time: float = 1_000_000_000) -> Path:
    """Write files into a folder, all of one time (seconds since 1970); return the folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (time, time))
    return folder


def collected(course: Course, *paths: Path, student: str | None = None) -> dict[str, Collected]:
    """Collect for the first week; return what became of each student's files, by id."""
    return {one.student: one for one in collect(course, course.weeks[0], paths, student)}


def submitted(course: Course, student: str) -> bytes:
    """Return the notebook that counts."""
    return (course.class_folder / "submitted" / student / "week01" / f"{NAME}.ipynb").read_bytes()


def stamp(course: Course, student: str) -> str:
    """Return when it was handed in, as nbgrader reads it."""
    folder = course.class_folder / "submitted" / student / "week01"
    return (folder / "timestamp.txt").read_text()


def kept(course: Course, student: str) -> list[Path]:
    return sorted((course.class_folder / "collected" / "week01" / student).iterdir())


def with_roster(course: Course, *lines: str, header: str = "id,name") -> Course:
    """Give the class a roster."""
    course.class_folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join([header, *lines])
    (course.class_folder / "roster.csv").write_text(text, encoding="utf-8")
    return course


def in_zone(course: Course, zone: str, due: str) -> Course:
    """Give the course another time zone and its week another due date."""
    path = course.root / "course.toml"
    text = path.read_text(encoding="utf-8").replace("2100-01-01T00:00:00", due)
    path.write_text(text.replace("[limits]", f'timezone = "{zone}"\n[limits]', 1), encoding="utf-8")
    return Course.find(course.root)
