"""What gradelib writes under "gradelib" into the metadata of a notebook and of its cells.

Written when a notebook is composed, read when it is handed in, rebuilt and graded. A student may
have changed it: what is not as it is written here counts as not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

if TYPE_CHECKING:
    from gradelib.checking.verdict import VerdictStatus

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
    """What a cell is for. Most cells of a story have an empty tag, which is not written."""

    kind: Kind = ""
    exercise: str = ""  # topic.name, also of a quiz or a written answer
    status: VerdictStatus | Literal[""] = ""  # of the verdict, in a check that was graded
    said: str = ""  # what the student's own notebook said there: no proof, but a question
    minutes: int = 0  # that an answer is likely to take

    @classmethod
    def of(cls, cell: Mapping[str, Any]) -> CellTag:
        """Read the tag of a cell of nbformat 4."""
        known = _known(cell, EMPTY)
        return cls(**known) if known and known.get("kind", "") in KINDS else NO_TAG

    def put_into(self, cell: Mapping[str, Any]) -> None:
        """Write the tag into a cell's metadata, in place of any other."""
        cell["metadata"][KEY] = {key: value for key, value in asdict(self).items() if value}


NO_TAG = CellTag()
EMPTY = asdict(NO_TAG)


@dataclass(frozen=True)
class NotebookTag:
    """What a notebook is about; and once it was handed in and rebuilt, what was odd about it."""

    topic: str = ""
    title: str = ""
    minutes: int = 0  # to work through it
    seconds_to_run: int = 0
    memory_mb: int = 0
    week: str = ""  # for which it was released, such as week01
    unreadable: str = ""  # why the file that was handed in cannot be read
    remarks: tuple[str, ...] | None = None  # None: it was not rebuilt

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Self:
        """Read the tag of a notebook of nbformat 4."""
        known = _known(notebook, asdict(cls()) | {"remarks": []})
        if "remarks" in known:
            known["remarks"] = tuple(map(str, known["remarks"]))
        return cls(**known)

    def put_into(self, notebook: Mapping[str, Any]) -> None:
        """Write the tag into a notebook's metadata, in place of any other."""
        plain = {key: value for key, value in asdict(self).items() if value not in ("", 0, None)}
        if self.remarks is not None:
            plain["remarks"] = list(self.remarks)
        notebook["metadata"][KEY] = plain


def _known(part: Mapping[str, Any], examples: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in a part's table that is of the type of its example."""
    table = part["metadata"].get(KEY)
    if not isinstance(table, Mapping):
        return {}
    return {key: table[key] for key in examples if type(table.get(key)) is type(examples[key])}
