"""A table in a file, as spreadsheets and platforms write one: its lines with their cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from gradelib.teacher.course import CourseError

__all__ = ["cells_of"]

DELIMITERS = ",;\t|"
BEGINNING = 2000  # characters in which the delimiter is looked for
WORKBOOKS = {b"PK\x03\x04": "a workbook", b"\xd0\xcf\x11\xe0": "a workbook", b"%PDF": "a PDF"}


def cells_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number and its cells, empty lines too. Raises CourseError, and OSError."""
    data = path.read_bytes()
    for magic, what in WORKBOOKS.items():
        if data.startswith(magic):
            raise CourseError(f"{path} is {what}: save or export it as CSV")
    text = _decoded(data)
    lines = text[:BEGINNING].splitlines()
    said = re.fullmatch(r"sep=(.)", lines[0].strip()) if lines else None  # as Excel writes it
    bare = (re.sub(r'"[^"]*"', "", line) for line in lines[1 if said else 0 :])
    header = next((line for line in bare if any(map(line.count, DELIMITERS))), "")
    delimiter = said[1] if said else max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if not said or reader.line_num > 1:
                yield reader.line_num, cells
    except csv.Error as error:
        raise CourseError(f"{path}: line {reader.line_num}: {error}") from None


def _decoded(data: bytes) -> str:
    """Decode as spreadsheets write: UTF-8 with or without its mark, UTF-16, or Windows' own."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[1:40:2].count(0) > 10 or data[:40:2].count(0) > 10:  # UTF-16 that lost its mark
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
