"""What gradelib writes under "gradelib" into the metadata of a notebook and of its cells.

Written when a notebook is composed, read when it is handed in, rebuilt and graded. A student may
have changed it: what is not as it is written here counts as not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, cast, get_args

__all__ = ["CellTag", "Kind", "NotebookTag"]

KEY = "gradelib"
Kind = Literal[
    "",  # of the story: text or code
    "setup",
    "demonstration",  # code that grading need not run
    "answer",  # to an exercise or a quiz
    "check",
    "question",  # above a quiz or a written answer
    "written",  # an answer in words
    "missing",  # an answer that was not handed in, in its place
]
KINDS = frozenset(get_args(Kind))


@dataclass(frozen=True)
class CellTag:
    """What a cell is for."""

    kind: Kind = ""
    exercise: str = ""  # topic.name, also of a quiz or a written answer
    status: str = ""  # of the verdict, in a check that was graded

    @classmethod
    def of(cls, cell: Mapping[str, Any]) -> Self:
        """Read the tag of a cell of nbformat 4; of one without a tag it is empty."""
        table = _table(cell)
        kind = _text(table, "kind")
        known = cast(Kind, kind if kind in KINDS else "")
        return cls(known, _text(table, "exercise"), _text(table, "status"))

    def put_into(self, cell: Mapping[str, Any]) -> None:
        """Write the tag into a cell's metadata, in place of any other."""
        cell["metadata"][KEY] = {key: text for key, text in asdict(self).items() if text}


@dataclass(frozen=True)
class NotebookTag:
    """What a notebook is about; and once it was handed in and rebuilt, what was odd about it."""

    topic: str = ""
    title: str = ""
    minutes: int = 0  # to work through it
    seconds_to_run: int = 0
    memory_mb: int = 0
    week: str = ""  # for which it was released, such as week01
    remarks: tuple[str, ...] | None = None  # None: it was not rebuilt
    unreadable: str = ""  # why the file that was handed in cannot be read

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Self:
        """Read the tag of a notebook of nbformat 4; of one without a tag it is empty."""
        table = _table(notebook)
        remarks = table.get("remarks")
        return cls(
            topic=_text(table, "topic"),
            title=_text(table, "title"),
            minutes=_size(table, "minutes"),
            seconds_to_run=_size(table, "seconds_to_run"),
            memory_mb=_size(table, "memory_mb"),
            week=_text(table, "week"),
            remarks=tuple(map(str, remarks)) if isinstance(remarks, list) else None,
            unreadable=_text(table, "unreadable"),
        )

    def put_into(self, notebook: Mapping[str, Any]) -> None:
        """Write the tag into a notebook's metadata, in place of any other."""
        plain = {key: value for key, value in asdict(self).items() if value not in ("", 0, None)}
        if self.remarks is not None:
            plain["remarks"] = list(self.remarks)
        notebook["metadata"][KEY] = plain


def _table(part: Mapping[str, Any]) -> Mapping[str, Any]:
    table = part["metadata"].get(KEY)
    return table if isinstance(table, Mapping) else {}


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _size(table: Mapping[str, Any], key: str) -> int:
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
