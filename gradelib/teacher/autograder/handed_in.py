"""Who handed in on Gradescope, and when: its `submission_metadata.json`.

The form is documented at gradescope-autograders.readthedocs.io, "Submission Metadata". Gradescope's
clock counts, and nothing that a student wrote.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ValidationError

from gradelib.student.names import student_id
from gradelib.teacher.autograder.parcel import Longer, Parcel
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.roster import Entry, Question, Roster
from gradelib.teacher.rules.decisions import Decisions, Extension

__all__ = ["FILE", "HandedIn"]

FILE = "submission_metadata.json"
NOBODY = "student"  # the id of whom Gradescope does not name


class User(BaseModel):
    """One of those who handed in together. `id` is Gradescope's own, which no roster has."""

    name: str = ""
    email: str = ""
    sid: str | int | None = None


class HandedIn(BaseModel):
    """What Gradescope says of a submission."""

    id: str | int = ""
    created_at: AwareDatetime
    users: list[User] = []

    @classmethod
    def read(cls, root: Path) -> HandedIn:
        """Read it from the folder /autograder. Raises CourseError."""
        try:
            return cls.model_validate_json((root / FILE).read_bytes())
        except OSError as error:
            raise CourseError(f"{FILE}: {error.strerror}: Gradescope writes it") from None
        except ValidationError as errors:
            first = errors.errors()[0]
            place = " ".join(map(str, first["loc"]))
            said = "it is not as Gradescope documents it; what being late costs hangs on it"
            raise CourseError(f"{FILE}: {place}: {first['msg']}: {said}") from None

    @property
    def time(self) -> dt.datetime:
        return self.created_at.astimezone(dt.UTC)

    @property
    def student(self) -> str:
        """An id for who handed in; the first of a group."""
        for text in (text for user in self.users for text in (user.name, user.email)):
            try:
                return student_id(text)
            except ValueError:  # a name that no folder can have
                continue
        return NOBODY

    def secret(self, parcel: Parcel) -> str:
        """Return what the new inputs are drawn from: the same for this submission each time.

        Each has its own, so that what one run has shown helps with no other.
        """
        return hashlib.sha256(f"{parcel.secret}:{self.id}".encode()).hexdigest()[:32]

    def decisions(self, parcel: Parcel, course: Course, week: Week) -> Decisions:
        """Return what is decided about this one; of a group's extensions the longest counts."""
        due = (week.due or dt.datetime.min).replace(tzinfo=dt.UTC)
        found = sorted(self._longer(parcel), key=lambda one: one.by.after(due, course.zone))
        extensions = [
            Extension(week=week.name, student=self.student, by=one.by, why=one.why, when=self.time)
            for one in found[-1:]
        ]
        return Decisions(extensions=extensions, rulings=list(parcel.rulings))

    def _longer(self, parcel: Parcel) -> Iterator[Longer]:
        roster = Roster.of(one.who for one in parcel.longer)
        ids = {entry.id for user in self.users if (entry := _who(roster, user)) is not None}
        yield from (one for one in parcel.longer if one.who.id in ids)


def _who(roster: Roster, user: User) -> Entry | None:
    """Return who of those with an extension this is: by address or number, else by the name.

    The name counts only where no address speaks against it: two people may have one name.
    """
    try:
        for code in (user.email, str(user.sid or "")):
            if entry := roster.with_code(code):
                return entry
        named = roster.with_name(user.name)
    except Question:  # it could be two of them: an extension is given to who is sure
        return None
    return named if named and not (named.email and user.email) else None
