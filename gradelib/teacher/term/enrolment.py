"""Bring class/roster.csv up to a platform's list: who is new, who is changed, who is not in it.

Nothing that stands in the roster is lost: a cell is written anew only where the list says
something else, columns of the teacher's own stay, and the file as it was is kept beside it. Who
was dropped stays dropped.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from gradelib.student.names import folded
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.files import write_whole
from gradelib.teacher.roster import COLUMNS, FILE, Entry, Question, Roster, read_roster
from gradelib.teacher.tables import cells_of
from gradelib.teacher.term.class_lists import ClassList, read_class_list

__all__ = ["BEFORE", "Enrolled", "Options", "enrol"]

BEFORE = "roster-before.csv"  # as it was before the last import
HEADER = ["id", "name", "email", "platform", "login", "section", "dropped"]
MAY_CHANGE = ("name", "email", "platform", "login", "section")
MOST = 10  # problems that are said


@dataclass(frozen=True)
class Options:
    """What the teacher says of a list."""

    by: str = ""  # the column that is the id
    section: str = ""  # of everyone in the list
    same_name: bool = False  # who has one name with somebody of the roster, is that one
    drop_missing: bool = False
    check: bool = False  # write nothing


@dataclass
class Enrolled:
    """What an import did, or would do."""

    rows: list[tuple[Entry, str]] = field(default_factory=list)  # of whom there is something to say
    notes: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    missing: int = 0
    as_before: int = 0
    questions: int = 0

    @property
    def well(self) -> bool:
        return not self.questions


def enrol(course: Course, path: Path, options: Options | None = None) -> Enrolled:
    """Bring the roster up to a list. Raises CourseError, with all that is amiss in the list: then
    nothing is written.
    """
    options = options or Options()
    listed = read_class_list(path, options.by)
    roster = read_roster(course) or Roster.of(())
    merge = _Merge(roster, listed, options)
    merge.run()
    if listed.problems:
        problems = listed.problems
        more = [f"and {len(problems) - MOST} more"] if len(problems) > MOST else []
        nothing = "nothing was taken over"
        raise CourseError("\n  ".join([f"{path}: {nothing}:", *problems[:MOST], *more]))
    if not options.check and merge.changes:
        _write(course.class_folder / FILE, merge)
    return merge.said


class _Merge:
    """Lays a list beside the roster."""

    def __init__(self, roster: Roster, listed: ClassList, options: Options) -> None:
        self.roster, self.listed, self.options = roster, listed, options
        self.said = Enrolled(notes=list(listed.notes))
        self.changes: dict[str, dict[str, str]] = {}  # by id: what is to stand in which column
        self.new: list[Entry] = []
        self.asked: set[str] = set()  # who may be one of the list
        self.met: dict[str, int] = {}  # by id: in which line of the list

    def run(self) -> None:
        for number, entry in self.listed.entries.items():
            if self.options.section:
                entry = entry.model_copy(update={"section": self.options.section})
            known, is_question = self._known(number, entry)
            if known is not None:
                self._bring_up(known, entry)
            elif not is_question:
                self.new.append(entry)
                self.changes[entry.id] = {}
                self.said.added += 1
                self.said.rows.append((entry, "dropped, and new" if entry.dropped else "added"))
        self._look_for_missing()

    def _known(self, number: int, entry: Entry) -> tuple[Entry | None, bool]:
        """Return who of the roster this is; and whether that is a question."""
        try:
            found = {e.id: e for code in entry.codes() if (e := self.roster.with_code(code))}
            by_name = None if found else self.roster.with_name(entry.name)
        except Question as question:
            self.listed.problems.append(f"line {number}: {question}")
            return None, True
        if len(found) > 1:
            ids = " and ".join(sorted(found))
            self.listed.problems.append(f"line {number}: it can be {ids} of the roster")
            return None, True
        if by_name and not self.options.same_name:
            self.said.questions += 1
            self.asked.add(by_name.id)
            said = f"asked: {by_name.id} has this name. One person: --same-name, else add a line"
            self.said.rows.append((entry, said))
            return None, True
        known = next(iter(found.values()), by_name)
        if known is not None and (before := self.met.setdefault(known.id, number)) != number:
            self.listed.problems.append(f"line {number}: it is {known.id}, as line {before} is")
        return known, False

    def _bring_up(self, known: Entry, entry: Entry) -> None:
        """Note in which cells the list says something else."""
        changed = {
            name: new
            for name in MAY_CHANGE
            if (new := getattr(entry, name)) and not _is_the_same(name, getattr(known, name), new)
        }
        codes = {*known.codes(), *(text.casefold() for text in changed.values())}
        if entry.id.casefold() not in codes:  # another id: kept, so that hand-ins are known by it
            free = [name for name in ("platform", "login") if not getattr(known, name)]
            place = next((name for name in free if name not in changed), "")
            if place:
                changed[place] = entry.id
            else:
                self.said.notes.append(f"{known.id}: no room for the list's id {entry.id}")
        said = [f"{n}: {getattr(known, n) or 'nothing'} → {new}" for n, new in changed.items()]
        if entry.dropped and not known.dropped:
            changed["dropped"] = "yes"
            said.append("dropped, as the list says")
        if known.dropped and not entry.dropped:
            said.append("was dropped, and stays so")
        if changed:
            self.changes[known.id] = changed
            self.said.changed += 1
        else:
            self.said.as_before += 1
        if said:
            self.said.rows.append((known, "\n".join(said)))

    def _look_for_missing(self) -> None:
        for entry in self.roster.entries:
            elsewhere = not entry.is_in(self.options.section)
            if entry.id in {*self.met, *self.asked} or entry.dropped or elsewhere:
                continue
            self.said.missing += 1
            said = "not in the list: stays"
            if self.options.drop_missing:
                self.changes[entry.id] = {"dropped": "yes"}
                said = "not in the list: dropped"
            self.said.rows.append((entry, said))


def _is_the_same(name: str, old: str, new: str) -> bool:
    """Say whether two cells say the same: of a name its words count, in any order."""
    if name == "name":
        return sorted(folded(old).split()) == sorted(folded(new).split())
    return old.casefold() == new.casefold()


def _write(path: Path, merge: _Merge) -> None:
    """Write the roster anew, with all that stands in it."""
    lines = [cells for _, cells in cells_of(path)] if path.is_file() else [HEADER]
    if path.is_file():
        write_whole(path.with_name(BEFORE), path.read_bytes())
    header, rows = list(lines[0]), [list(cells) for cells in lines[1:]]
    columns = [COLUMNS.get(folded(name), "") for name in header]
    needed = {name for changed in merge.changes.values() for name in changed}
    for entry in merge.new:
        needed |= {name for name in HEADER if _cell(entry, name)}
    for name in HEADER:
        if name in needed and name not in columns:
            header.append(name)
            columns.append(name)
    changes = {student.casefold(): changed for student, changed in merge.changes.items()}
    for cells in rows:
        cells += [""] * (len(header) - len(cells))
        if not any(map(str.strip, cells)):
            continue
        student = Entry(id=cells[columns.index("id")]).id
        for name, text in changes.get(student.casefold(), {}).items():
            cells[columns.index(name)] = text
    rows += [[_cell(entry, name) for name in columns] for entry in merge.new]
    write_whole(path, _as_csv([header, *rows]).encode("utf-8-sig"))


def _cell(entry: Entry, name: str) -> str:
    if name == "dropped":
        return "yes" if entry.dropped else ""
    return str(getattr(entry, name, "")) if name else ""


def _as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
