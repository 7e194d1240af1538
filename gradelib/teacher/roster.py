"""Who takes part: `class/roster.csv`, and who is meant by a name in a file or a folder.

The file is a CSV with a header, as a spreadsheet or a learning platform writes it. Nothing is
guessed: a name that fits two people, or nobody, is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from gradelib.student.names import check_student, folded, variants
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.tables import cells_of

__all__ = ["COLUMNS", "FILE", "Entry", "Question", "Roster", "read_roster"]

FILE = "roster.csv"
YES = {"yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "si", "dropped", "withdrawn"}
NO = {"", "no", "n", "false", "0", "nein", "falsch", "non", "-", "active", "enrolled"}
COLUMNS: Mapping[str, str] = {  # what spreadsheets and platforms call a column, folded
    **dict.fromkeys(("id", "student id", "sid", "matriculation number"), "id"),
    **dict.fromkeys(("matrikelnummer", "matriculation", "sis id", "sis user id"), "id"),
    **dict.fromkeys(("name", "full name", "display name", "student name"), "name"),
    **dict.fromkeys(("vollstandiger name", "surname and first name"), "name"),
    **dict.fromkeys(("first name", "given name", "vorname", "first"), "first"),
    **dict.fromkeys(("last name", "surname", "family name", "nachname", "last"), "last"),
    **dict.fromkeys(("email", "e mail", "email address", "mail", "e mail adresse"), "email"),
    **dict.fromkeys(
        ("platform", "platform id", "the platform s id", "platform number"), "platform"
    ),
    **dict.fromkeys(("user id", "canvas id", "moodle id", "number", "org defined id"), "platform"),
    **dict.fromkeys(("login", "login id", "sis login id", "user name", "username"), "login"),
    **dict.fromkeys(("user", "benutzername", "anmeldename", "github", "github username"), "login"),
    **dict.fromkeys(("section", "group", "gruppe", "sections", "tutorial"), "section"),
    **dict.fromkeys(("dropped", "withdrawn", "abgemeldet"), "dropped"),
}


class Question(ValueError):
    """Whose something is cannot be told. The message says why, and what would help."""


def _is_dropped(text: Any) -> bool:
    word = str(text).strip().casefold()
    if word in YES | NO:
        return word in YES
    said = f"dropped takes yes or no, not {str(text)[:40]!r}"
    raise ValueError(said)


class Entry(BaseModel):
    """One student of the class."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    id: Annotated[str, AfterValidator(check_student)]
    name: str = ""
    email: str = ""
    platform: str = ""  # the number by which the platform knows the student
    login: str = ""
    section: str = ""
    dropped: Annotated[bool, BeforeValidator(_is_dropped)] = False

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections, where a platform names several in one cell."""
        return tuple(
            part.strip() for part in re.split(r"[,;|]| and ", self.section) if part.strip()
        )

    def is_in(self, section: str | None) -> bool:
        """Say whether this student is in a section, whatever its case; in any, where none is."""
        wanted = (section or "").strip().casefold()
        return not wanted or wanted in {s.casefold() for s in (*self.sections, self.section)}

    def codes(self) -> Iterator[str]:
        """Yield what stands for this student alone: each is compared whole, whatever its case."""
        for text in (self.id, self.email, self.login, self.platform):
            if text:
                yield text.casefold()


@dataclass(frozen=True)
class Roster:
    """The students of a class, and which of them is meant."""

    entries: tuple[Entry, ...]
    _by_code: Mapping[str, list[Entry]] = field(default_factory=dict, repr=False)
    _by_name: Mapping[str, list[Entry]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Roster:
        """Make a roster of its entries."""
        entries = tuple(entries)
        by_code, by_name = defaultdict(list), defaultdict(list)
        for entry in entries:
            for code in dict.fromkeys(entry.codes()):
                by_code[code].append(entry)
            for key in _spellings(entry.name):
                by_name[key].append(entry)
        return cls(entries, by_code, by_name)

    def with_code(self, text: str) -> Entry | None:
        """Return whose id, email, login or number on the platform this is. Raises Question."""
        return _only(self._by_code.get(text.strip().casefold(), []), text) if text.strip() else None

    def with_name(self, name: str) -> Entry | None:
        """Return whose name this is, in any order of its words. Raises Question for two."""
        found = {e.id: e for key in _spellings(name) for e in self._by_name.get(key, [])}
        return _only([*found.values()], name)

    def find(self, text: str) -> Entry | None:
        """Return who is meant by a text that may be a code or a name. Raises Question for two."""
        return self.with_code(text) or self.with_name(text)


def _only(entries: list[Entry], text: str) -> Entry | None:
    if len(entries) > 1:
        ids = ", ".join(entry.id for entry in entries[:5])
        raise Question(
            f"{text[:80]} can be {ids} of the roster: say which, by the id. For a hand-in, give "
            "each the platform's id in the roster, or collect it alone with --student"
        )
    return entries[0] if entries else None


def _spellings(name: str) -> set[str]:
    """Return a name as platforms write it: the last word first, without what is between words,
    with marks left out or, as German has it, an e for them.
    """
    keys = set()
    for text in variants(name):
        words = text.split()
        keys |= {"".join(words[at:] + words[:at]) for at in range(len(words))}
    return keys - {""}


def read_roster(course: Course) -> Roster | None:
    """Return the roster of the class folder, or None where there is none. Raises CourseError."""
    path = course.class_folder / FILE
    if not path.is_file():
        return None
    rows = list(_rows(path))
    problems: list[str] = []
    entries = {}
    for line, row in rows:
        try:
            entries[line] = Entry.model_validate(row)
        except ValidationError as errors:
            problems += [
                f"line {line}: {_sentence(error['loc'], error['msg'])}" for error in errors.errors()
            ]
    problems += _doubled(entries)
    if problems:
        more = [f"and {len(problems) - 10} more"] if len(problems) > 10 else []
        raise CourseError("\n  ".join([f"{path}:", *problems[:10], *more]))
    return Roster.of(entries.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line, and what stands in the columns that we know."""
    lines = cells_of(path)
    _, header = next(lines, (0, []))
    columns = [COLUMNS.get(folded(name), "") for name in header]
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        raise CourseError(f"{path}: more than one column is {', '.join(sorted(twice))}")
    if "id" not in columns or not {"name", "first", "last"} & set(columns):
        missing = [name for name in ("id", "name") if name not in columns]
        raise CourseError(
            f"{path}: it has no column {' and no column '.join(missing)}; its first line names "
            "them: id,name,email,platform,login,section,dropped (all but id and name may be absent)"
        )
    for number, cells in lines:
        row = {name: text for name, text in zip(columns, cells, strict=False) if name}
        if any(text.strip() for text in cells):
            whole = f"{row.pop('first', '')} {row.pop('last', '')}".strip()
            yield number, {**row, "name": row.get("name", "") or whole}


def _doubled(entries: Mapping[int, Entry]) -> Iterator[str]:
    """Say which line has an id, email, login or number that an earlier line has."""
    seen: dict[tuple[str, str], int] = {}
    for line, entry in entries.items():
        for column in ("id", "email", "login", "platform"):
            text = str(getattr(entry, column)).casefold()
            if text and (column, text) in seen:
                yield f"line {line}: the {column} {text} stands in line {seen[column, text]} too"
            seen.setdefault((column, text), line)


def _sentence(keys: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return said if "dropped" in keys or "id" in keys else f"{keys[0]}: {said}"
