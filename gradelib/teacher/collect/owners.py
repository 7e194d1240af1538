"""Whose a file is: what the platform's names, the folders, a receipt and the roster say of it.

The platform's folder counts before all that a student wrote. A receipt fills gaps only; where it
says another than the folder, that is said, and the file never takes the place of one that is sure.
Where the class has a roster, whoever is not in it is a question.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from gradelib.student.foreign import is_packed
from gradelib.student.names import folded, student_id, variants
from gradelib.teacher.collect.archive import Item
from gradelib.teacher.collect.enrolled import entry_of
from gradelib.teacher.collect.folders import Place, find_places
from gradelib.teacher.collect.labels import Label, label_of
from gradelib.teacher.collect.platforms import Named, read_file, read_folder
from gradelib.teacher.collect.reports import Reports
from gradelib.teacher.collect.words import is_word, rest_of_file, without_task
from gradelib.teacher.course import Course, Week
from gradelib.teacher.roster import Entry, Question, Roster

__all__ = ["Owner", "Owners", "is_lying_about"]

TEAMS = {"submitted files", "working files", "abgegebene dateien", "fichiers remis"}
NOBODY = "whose it is cannot be seen: collect it alone, with --student"


@dataclass(frozen=True)
class Owner:
    """Whose a file is, and what is odd about that."""

    student: str = ""  # the id; empty where it is a question
    question: str = ""
    remarks: tuple[str, ...] = ()
    doubtful: bool = False  # its receipt says another than the platform
    time: dt.datetime | None = None  # when it was handed in, where a name or a receipt says it
    late: bool = False  # as the platform says
    at: int = 0  # index in the path of what the platform calls by the student's name
    part: int = 0  # index of the folder or zip in which all is the student's own
    file: str = ""  # its own name, without what the platform put before it
    dropped: bool = False
    by_platform: bool = False  # a platform's name says it, so its time counts before a receipt's
    label: Label | None = None  # by which the platform takes feedback back


@dataclass(frozen=True)
class _Clue:
    """What the path of a file says."""

    part: int = -1
    named: Named | None = None
    text: str = ""  # a name, where no platform wrote it
    sure: bool = True
    remark: str = ""
    question: str = ""

    @property
    def words(self) -> str:
        return self.named.label if self.named else self.text


@dataclass
class Owners:
    """Decides for all files that are collected at once."""

    course: Course
    week: Week
    roster: Roster | None
    student: str | None = None  # whose they all are, said by the teacher
    time: dt.datetime | None = None  # when all of it was handed in, as a platform says
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    numbers: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: Reports = field(default_factory=Reports)

    def look_at(self, items: Collection[Item]) -> None:
        """Look at all files once, before any of them is given to somebody."""
        files = []
        for item in items:
            self.reports.note(item)
        for item in items:
            end = item.receipt_at if item.receipt is not None else len(item.path)
            platform = self._platform(item)
            if platform is None:
                receipt = str(item.receipt["student"]) if item.receipt is not None else ""
                name = next((n for n in self.week.notebooks if n in item.name), "")
                other = item.name if ".ipynb" in item.name.lower() else ""
                files.append((item.path[:end], name or other, receipt))
            elif platform.named and platform.named.number and self.roster is not None:
                entry = self._entry_or_none(platform)
                if entry is not None:
                    key = (platform.named.platform, entry.id)
                    self.numbers[key].add(platform.named.number)
        own = (self.course.name,)
        self.places = find_places(files, self.week.notebooks, own)

    def of(self, item: Item) -> Owner:
        """Return whose a file is. Raises nothing: what cannot be told is a question."""
        clue = self._clue(item)
        try:
            owner = self._owner(item, clue)
        except (Question, ValueError) as why:
            return Owner(question=clue.question or str(why))
        remarks = tuple(filter(None, (*owner.remarks, clue.remark)))
        own = clue.named.file if clue.named and clue.part == len(item.path) - 1 else ""
        part = item.receipt_at - 1 if item.receipt is not None else clue.part
        if self.student is not None and item.receipt is None:
            part = 0 if len(item.path) > 1 else -1
        at = clue.part if clue.part >= 0 else part
        part = max(part, clue.part)
        label = label_of(item.path[clue.part], clue.named) if clue.named else None
        return replace(owner, remarks=remarks, at=max(at, 0), part=part, file=own, label=label)

    def _owner(self, item: Item, clue: _Clue) -> Owner:
        receipt = _receipt_student(item)
        if self.student is not None:
            owner = self._known(self.student)
            agrees = not receipt or self._agree(owner, _Clue(text=self.student), receipt)
            owner = replace(owner, time=self.time, by_platform=self.time is not None)
            other = f"its receipt names {receipt[:60]}"
            return owner if agrees else replace(owner, remarks=(other,))
        if clue.question or not (clue.words or receipt):
            raise Question(clue.question or NOBODY)
        time = self._time(clue.named)
        late = clue.named.late if clue.named else False
        if clue.words and (clue.sure or not receipt):
            owner = self._from_clue(clue)
            if receipt and not self._agree(owner, clue, receipt):
                said = f"its receipt names {receipt[:60]}, and it lies with {clue.words[:60]}"
                owner = replace(owner, remarks=(*owner.remarks, said), doubtful=True)
        else:
            owner = self._known(receipt)
        return replace(owner, time=time, late=late, by_platform=clue.named is not None)

    def _from_clue(self, clue: _Clue) -> Owner:
        if self.roster is None:
            return Owner(student_id(clue.words))
        entry = self._entry(clue)
        if entry is None:
            raise Question(f"{clue.words[:80]} is not in the roster")
        if clue.named:
            numbers = self.numbers.get((clue.named.platform, entry.id), set())
            if len(numbers) > 1 and clue.named.number != entry.platform:
                raise Question(
                    f"{clue.named.platform} has {len(numbers)} numbers for {entry.id}: "
                    f"{', '.join(sorted(numbers))}; are they two people of one name?"
                )
        return Owner(entry.id, dropped=entry.dropped)

    def _known(self, text: str) -> Owner:
        """Return the student whom a receipt or the teacher names. Raises Question."""
        if self.roster is None:
            return Owner(student_id(text))
        entry = self.roster.find(text)
        if entry is None:
            raise Question(f"{text[:80]} is not in the roster")
        return Owner(entry.id, dropped=entry.dropped)

    def _entry_or_none(self, clue: _Clue) -> Entry | None:
        try:
            return self._entry(clue)
        except Question:
            return None

    def _entry(self, clue: _Clue) -> Entry | None:
        """Return whom the roster has for a clue. Raises Question where it fits two."""
        assert self.roster is not None
        named = clue.named
        if named is None:
            return self.roster.find(clue.text)
        return entry_of(self.roster, named)

    def _agree(self, owner: Owner, clue: _Clue, receipt: str) -> bool:
        """Say whether a receipt names the student with whom it lies, as far as can be told."""
        if self.roster is not None:
            try:
                entry = self.roster.find(receipt)
            except Question:
                return False
            return entry is not None and entry.id == owner.student
        said = {*variants(receipt), folded(receipt.partition("@")[0])} - {""}
        login = folded(clue.named.login) if clue.named else ""
        if login in said or any(said & _spelled(words) for words in variants(clue.words)):
            return True
        squeezed = clue.named.name if clue.named and clue.named.platform == "Canvas" else ""
        return any(
            len(code) > 2 and (name.startswith(code) or name.endswith(code))
            for name in variants(squeezed)
            for code in said
        )

    def _time(self, named: Named | None) -> dt.datetime | None:
        """Return the time that a platform's name says, in UTC: it is the course's local time."""
        if named is None or named.time is None:
            return None
        time = named.time
        return (time if time.tzinfo else time.replace(tzinfo=self.course.zone)).astimezone(dt.UTC)

    def _clue(self, item: Item) -> _Clue:
        """Return the outermost name that says whose a file is."""
        if self.student is not None:
            return _Clue()
        return self._platform(item) or self._in_roster(item) or self._place(item)

    def _outside(self, item: Item) -> tuple[str, ...]:
        """Return the part of the path that the student did not write: not what is in a receipt."""
        return item.path if item.receipt is None else item.path[: item.receipt_at]

    def _not_the_students(self, item: Item) -> tuple[str, ...]:
        """Return the folders that no student named: not those in a zip in a folder with a name.

        A zip that cannot be opened is a folder, too: its name says as much.
        """
        outside = self._outside(item)
        folders = outside if item.name.lower().endswith(".zip") else outside[:-1]
        named = False
        for end, name in enumerate(folders, 1):
            if named and name.lower().endswith(".zip"):
                return folders[:end]
            named = named or not is_word(name, (self.course.name,))
        return folders

    def _platform(self, item: Item) -> _Clue | None:
        outside = self._outside(item)
        for part, name in enumerate(outside):
            is_file = part == len(item.path) - 1 or name.lower().endswith(".zip")
            if self.course.students and (own := re.fullmatch(self.course.students, name, re.I)):
                return _Clue(part, text=own["student"])
            named = read_file(name) if is_file else read_folder(name)
            if named is not None:
                known = self.reports.known(name, named)
                asked, remark = self.reports.question(known), self.reports.remark(known)
                return _Clue(part, known, question=asked, remark=remark)
            around = outside[part - 1] if part else ""
            prefix = re.sub(r"-?submissions$", "-", around)
            if not is_file and prefix != around and name.startswith(prefix):
                return _Clue(part, Named("GitHub Classroom", login=name.removeprefix(prefix)))
            if not is_file and folded(around) in TEAMS:
                return _Clue(part, text=name)
        return None

    def _in_roster(self, item: Item) -> _Clue | None:
        """Return the part of the path whose name is in the roster, if that is one student."""
        if self.roster is None:
            return None
        found: dict[str, _Clue] = {}
        for part, folder in enumerate(self._not_the_students(item)):
            name = folder.removesuffix(".zip")
            try:
                entry = self.roster.find(name)
            except Question as why:
                return _Clue(part, text=name, question=str(why))
            if entry is not None:
                found.setdefault(entry.id, _Clue(part, text=name))
        if len(found) > 1:
            return _Clue(question=f"its path names {' and '.join(found)}")
        return next(iter(found.values()), None)

    def _place(self, item: Item) -> _Clue:
        outside = self._outside(item)
        place = self.places.get(outside[:-1], Place(sure=False))
        if place.part >= 0 and place.sure:
            return _Clue(place.part, text=without_task(outside[place.part]), remark=place.remark)
        if item.receipt is None and (rest := rest_of_file(item.name, self.week.notebooks)):
            return _Clue(len(outside) - 1, text=rest, question=place.question)
        if place.part >= 0:
            return _Clue(place.part, text=without_task(outside[place.part]), sure=False)
        return _Clue(len(outside) - 1, sure=False, question=place.question)


def _spelled(name: str) -> set[str]:
    """Return what may be a student's id of a folded name: a part of it, or initial and name."""
    words = name.split()[:8]
    names = [word for word in words if not word.isdigit()]
    pairs = [(a, b) for a in names for b in names if a != b]
    whole = {" ".join(words), "".join(words), "".join(names), " ".join(names), *words}
    return whole | {f"{a[0]}{b}" for a, b in pairs} | {f"{a} {b}" for a, b in pairs}


def _receipt_student(item: Item) -> str:
    return str(item.receipt["student"]).strip() if item.receipt is not None else ""


def is_lying_about(item: Item) -> bool:
    """Say whether a file of nobody is one that nobody needs to be asked about."""
    other = ".ipynb" not in item.name.lower() and not is_packed(item.data)
    return other and not item.refused and len(item.path) > 1
