"""What stands in a sheet of marks and was not read back yet: a new sheet loses none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradelib.teacher.course import CourseError
from gradelib.teacher.files import write_whole
from gradelib.teacher.written.answers import Asked, Written
from gradelib.teacher.written.files import as_written, points_in, rows_of

__all__ = ["Unread", "unread"]


@dataclass(frozen=True)
class Unread:
    """The answers with the marks of the sheet that is there, and what these are."""

    asked: list[Asked]
    kept: int = 0  # answers that have points or a comment from the sheet alone
    copy: Path | None = None  # of the sheet, where it says other than what is entered


def unread(sheet: Path, asked: Sequence[Asked]) -> Unread:
    """Take over the marks of a sheet that the gradebook has none for.

    Where the two differ nobody knows which is newer: what is entered stands, and the sheet as it
    was is copied beside it. Raises CourseError where the file is no sheet of marks.
    """
    if not sheet.exists():
        return Unread([*asked])
    codes = {one.code for question in asked for one in question.answers}
    rows, differs = dict[str, dict[str, str]](), False
    try:
        for _, row in rows_of(sheet):
            code = row["code"].strip()
            differs |= _says(row) and (code in rows or code not in codes)
            rows.setdefault(code, row)  # the first counts, as it does with --read
    except CourseError as error:
        raise CourseError(f"{error}. It is not overwritten: name another one by --file") from None
    kept, questions = 0, []
    for question in asked:
        answers = []
        for one in question.answers:
            filled, is_other = _filled(one, rows.get(one.code, {}), question.most)
            kept += filled != one
            differs |= is_other
            answers.append(filled)
        questions.append(replace(question, answers=tuple(answers)))
    copy = sheet.with_stem(f"{sheet.stem}-before") if differs else None
    if copy:
        write_whole(copy, sheet.read_bytes())
    return Unread(questions, kept, copy)


def _says(row: dict[str, str]) -> bool:
    return any(row.get(column, "").strip() for column in ("points", "comment"))


def _filled(one: Written, row: dict[str, str], most: float) -> tuple[Written, bool]:
    """Return an answer with what it lacks and the sheet has; and whether the sheet says other."""
    said, comment = row.get("points", "").strip(), as_written(row.get("comment", "").strip())
    try:
        points = points_in(said, most) if said else None
    except ValueError:
        return one, True
    filled = replace(
        one,
        points=points if one.points is None else one.points,
        comment=one.comment or comment,
    )
    is_other = points not in (None, filled.points) or comment not in ("", filled.comment.strip())
    return filled, is_other
