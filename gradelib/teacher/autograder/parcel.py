"""What the zip for Gradescope says about itself: `autograder.json`, written here, read there."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from gradelib.teacher.roster import Entry
from gradelib.teacher.rules.decisions import By, Ruling

__all__ = ["FILE", "NOT_GRADED", "Longer", "Parcel", "Show", "for_teacher", "not_graded"]

FILE = "autograder.json"
NOT_GRADED = "not_graded.json"  # the results while there are none, and where the grader dies
Show = Literal["visible", "after_due_date", "after_published"]  # in Gradescope's words
FOR_TEACHER = "For the teacher"
SORRY = (
    "This was handed in, and it is not graded yet: the grader did not come to its end. Nothing of "
    "it is lost. Tell your teacher, who can run the autograder again."
)
LOOK = (
    "The grader ended before it wrote a result. Was it short of memory or time? In Gradescope, "
    "under Configure Autograder, give the container 3 GB of memory or more and a longer time "
    "limit, look at the output of the run for the cause, and choose Rerun Autograder."
)


class Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Longer(Plain):
    """Who has an extension, and by how much."""

    who: Entry
    by: By
    why: str


class Parcel(Plain):
    """How the week in the zip is graded. `secret` is not the class's own."""

    week: str
    secret: str
    sandboxed: bool  # whether what cannot be shut in is left alone
    show: Show
    longer: tuple[Longer, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(self.model_dump_json(indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Parcel:
        """Raises ValueError, and OSError where there is no such file."""
        return cls.model_validate_json((folder / FILE).read_bytes())


def not_graded(detail: str = LOOK) -> dict[str, Any]:
    """Return results that say that nothing is graded; `detail` is for the teacher alone."""
    return {
        "score": 0.0,
        "output": SORRY,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [for_teacher(detail)],
    }


def for_teacher(said: str) -> dict[str, Any]:
    """Return a test that Gradescope shows to who teaches, and to no student."""
    return {
        "name": FOR_TEACHER,
        "name_format": "text",
        "score": 0.0,
        "max_score": 0.0,
        "output": said,
        "output_format": "text",
        "visibility": "hidden",
    }
