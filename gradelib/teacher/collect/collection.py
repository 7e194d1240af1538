"""Collect what was handed in: keep all of it, and lay out what counts for nbgrader.

`collected/<week>/<student>/` keeps the bytes of every file as they came, `submitted/<student>/
<week>/` is a copy of what counts. Nothing that was handed in is changed or deleted; collecting
twice changes nothing. Whatever one file or one student leads to, the others are collected.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock

from gradelib.student.foreign import what_it_is
from gradelib.student.names import resembling
from gradelib.teacher.collect import keeping
from gradelib.teacher.collect.archive import CLASS_TIMES, ZIP_TIMES, Item, look_into
from gradelib.teacher.collect.choosing import choose, is_of_the_course, lay_out
from gradelib.teacher.collect.keeping import NOBODY, HandIn, keep, kept_of
from gradelib.teacher.collect.labels import Label, keep_labels
from gradelib.teacher.collect.owners import Owner, Owners, is_lying_about
from gradelib.teacher.collect.remarks import Remarks
from gradelib.teacher.collect.times import handed_in, made_late, put_there
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.roster import read_roster

__all__ = ["Collected", "collect", "nothing_from"]

MOST_QUESTIONS = 50  # that are shown
MOST_FILES = 500  # of one student, in one go
NEEDED = 20_000  # bytes of a file that are looked at before it is known whose it is


@dataclass
class Collected:
    """What became of one student's files."""

    student: str
    notebooks: dict[str, dt.datetime] = field(default_factory=dict)  # what counts, and of when
    remarks: list[str] = field(default_factory=list)
    new: int = 0  # files that were not known yet
    notes: list[str] = field(default_factory=list)  # what need not be looked at

    @property
    def well(self) -> bool:
        return not self.remarks


def collect(
    course: Course,
    week: Week,
    paths: Iterable[Path],
    student: str | None = None,
    time: dt.datetime | None = None,
) -> list[Collected]:
    """Collect from files, folders and zips. Whose they are: `student`, the platform's folder or
    file name, the receipt, any other folder, in this order. A platform's `time` for all that is
    the student's counts before a receipt's and the files'. Raises CourseError for a path that is
    not there, and for a roster that cannot be read.
    """
    paths = [Path(path) for path in paths]
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise CourseError(f"{path} is not there")
    lock = course.class_folder / "locks" / "collect.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock, mode=0o660):
        return _Collection(course, week, paths, student, time).run()


def nothing_from(course: Course, week: Week) -> list[str]:
    """Return who is in the roster, was not dropped, and has handed in nothing yet."""
    roster = read_roster(course)
    places = (f"collected/{week.name}/{{}}", f"submitted/{{}}/{week.name}")
    return [
        entry.id
        for entry in (roster.entries if roster else ())
        if not entry.dropped
        and not any((course.class_folder / place.format(entry.id)).exists() for place in places)
    ]


@dataclass
class _Student:
    """What is found of one student while it is collected."""

    remarks: Remarks = field(default_factory=Remarks)
    notes: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # of the files, in bytes
    new: int = 0
    dropped: bool = False

    def has_room(self, size: int, largest: int) -> bool:
        return len(self.sizes) < MOST_FILES and sum(self.sizes) + size <= ZIP_TIMES * largest


class _Collection:
    """All that is collected at once."""

    def __init__(
        self,
        course: Course,
        week: Week,
        paths: list[Path],
        student: str | None,
        time: dt.datetime | None,
    ) -> None:
        self.course, self.week, self.paths = course, week, paths
        self.roster = read_roster(course)
        self.owners = Owners(course, week, self.roster, student, time)
        self.largest = course.limits.file_megabytes * 1_000_000
        self.spellings = self._known_students()
        self.students: dict[str, _Student] = defaultdict(_Student)  # by id; "" for questions
        self.students[""].remarks = Remarks(MOST_QUESTIONS)
        self.labels: dict[str, Label] = {}

    def run(self) -> list[Collected]:
        self.owners.look_at([_beginning(item) for item in self._items()])
        for item in self._items():
            student = ""
            try:
                owner = self.owners.of(item)
                student = self._spelled(owner.student) if owner.student else ""
                if student:
                    self._take(item, owner, student)
                elif not is_lying_about(item):
                    self._ask(item, owner)
            except Exception as error:  # noqa: BLE001 - one file's trouble is no other's
                self.students[student].remarks.add(f"cannot be kept: {_said(error)}", item.label)
        asked = self.students.pop("", _Student())
        self._compare()
        keep_labels(self.course, self.week, self.labels)
        collected = [self._lay_out(student) for student in sorted(self.students)]
        questions = Collected("", remarks=asked.remarks.lines, new=asked.new)
        if asked.sizes:
            folder = self.course.class_folder / "collected" / self.week.name / NOBODY
            size = f"{len(asked.sizes)} of nobody, {sum(asked.sizes) / 1e6:.3g} MB"
            questions.notes = [f"files: {size}, in {folder}; delete it if they are no hand-ins"]
        return [questions, *collected] if questions.remarks else collected

    def _items(self) -> Iterator[Item]:
        for path in self.paths:
            yield from look_into(path, self.largest, self.course.zone)

    def _known_students(self) -> dict[str, str]:
        """Return all students of this class as they are spelled, by their ids without case."""
        folder = self.course.class_folder
        found = [*folder.glob("submitted/*"), *folder.glob("collected/*/*")]
        names = sorted({path.name for path in found if path.is_dir()} - {NOBODY}, reverse=True)
        return {name.casefold(): name for name in names}

    def _spelled(self, student: str) -> str:
        """Return the id as it was first written: two that differ in case alone are one."""
        if self.roster is not None:  # which has one way to write it
            return student
        first = self.spellings.setdefault(student.casefold(), student)
        if first != student:
            self.students[first].remarks.add(f"also written {student}: taken for one student")
        return first

    def _ask(self, item: Item, owner: Owner) -> None:
        """Keep a file of nobody, and ask whose it is."""
        asked = self.students[""]
        why = item.refused or (what_it_is(item.data) if item.data else "")
        question = f"{why}; {owner.question}" if why else owner.question
        asked.remarks.add(question, item.label)
        if item.data and asked.has_room(len(item.data), CLASS_TIMES * self.largest):
            asked.sizes.append(len(item.data))
            hand_in = _hand_in(item, owner, item.time(0))
            asked.new += keep(self.course, self.week, NOBODY, hand_in)

    def _take(self, item: Item, owner: Owner, student: str) -> None:
        """Keep one file of a student, and say what is odd about it."""
        if is_of_the_course(item.path[owner.part + 1 :] or (item.name,), len(item.data)):
            return
        found = self.students[student]
        found.dropped |= owner.dropped
        if owner.label is not None and ".ipynb" in "/".join(item.path).lower():
            self.labels[student] = owner.label
        is_large = len(item.data) > self.largest and item.name.lower().endswith(".ipynb")
        for remark in (*owner.remarks, "" if is_large else item.refused):
            if remark:  # that a notebook is too large is said where it is chosen among the others
                found.remarks.add(remark, item.label)
        if not _is_as_its_receipt_says(item):
            found.remarks.add("it is not the file that its receipt names", item.label)
            owner = replace(owner, doubtful=True)
        time, odd = handed_in(item, owner)
        if odd:
            found.remarks.add(odd, item.label)
        if owner.late:
            time = made_late(time, self.course, self.week)
            found.notes = ["late, as the platform says"]
        item = _with_its_zip(item, owner)
        if not found.has_room(len(item.data), self.largest):
            said = f"more than {MOST_FILES} files, or too large together: it stays where it is"
            found.remarks.add(said, item.label)
        elif item.data or not item.refused:
            found.sizes.append(len(item.data))
            found.new += keep(self.course, self.week, student, _hand_in(item, owner, time))

    def _compare(self) -> None:
        """Say which students could be one. A roster has answered that."""
        if self.roster is None:
            known = {*self.spellings.values()}
            for student, others in resembling([*self.students], known).items():
                for other in others:
                    self.students[student].remarks.add(f"looks like {other}: are they one?")

    def _lay_out(self, student: str) -> Collected:
        found = self.students[student]
        collected = Collected(student, new=found.new, notes=found.notes)
        try:
            _keep_what_lies_there(self.course, self.week, student)
            if found.dropped:
                collected.notes.append("dropped from the class: kept, and not graded")
            else:
                choice = choose(self.course, self.week, student)
                for remark in choice.remarks:
                    found.remarks.add(remark)
                if choice.notebooks:
                    lay_out(self.course, self.week, student, choice)
                collected.notes += choice.notes
                collected.notebooks = {n: kept.time for n, kept in choice.notebooks.items()}
        except Exception as error:  # noqa: BLE001 - one student's trouble is no other's
            found.remarks.add(f"it cannot be laid out: {_said(error)}")
        collected.remarks = found.remarks.lines
        return collected


def _beginning(item: Item) -> Item:
    """Return what is needed of a file until it is known whose it is: all are in memory at once."""
    data = item.data if item.name.endswith(".yml") else item.data[:NEEDED]
    return replace(item, data=data, packed=None)


def _with_its_zip(item: Item, owner: Owner) -> Item:
    """Return the student's own zip in place of what could not be opened in it: that is kept."""
    if item.packed is None or item.packed.at < owner.part:
        return item
    return replace(item, path=item.path[: item.packed.at + 1], data=item.packed.read())


def _hand_in(item: Item, owner: Owner, time: dt.datetime) -> HandIn:
    inside = (owner.file,) if owner.file else item.path[owner.part + 1 :] or (item.name,)
    inside = tuple(part for part in inside[:-1] if not part.lower().endswith(".zip")) + inside[-1:]
    by_receipt = item.receipt is not None and not owner.by_platform and not owner.doubtful
    exact = owner.time is not None or by_receipt
    return HandIn(inside, item.data, time, doubtful=owner.doubtful, exact=exact)


def _is_as_its_receipt_says(item: Item) -> bool:
    files = item.receipt.get("files") if item.receipt is not None else None
    if not isinstance(files, dict) or item.refused:
        return True
    said = files.get("/".join(item.path[item.receipt_at :]))
    return bool(said == hashlib.sha256(item.data).hexdigest())


def _keep_what_lies_there(course: Course, week: Week, student: str) -> None:
    """Keep what a teacher put into submitted/ by hand, before it is laid out anew."""
    folder = course.class_folder / "submitted" / student / week.name
    known = {kept.digest for kept in kept_of(course, week, student)}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or path.is_symlink() or inside == ("timestamp.txt",):
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest()[: keeping.DIGITS] not in known:
            time = put_there(path, folder)
            keep(course, week, student, HandIn(inside, data, time))


def _said(error: Exception) -> str:
    """Return an error's cause in a few words, such as that the disk is full."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error!s:.150}"
