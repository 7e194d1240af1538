"""Read a list of a class as a platform exports it, or as somebody wrote it: one student a line.

Moodle's participants, grades and grading worksheets, Canvas's gradebook, Blackboard's Grade
Center, Brightspace's grades and class list, Gradescope's roster and grades. Columns are found by
what they are called, in a few languages; columns of grades are no matter.

Where the names are from. Moodle: its strings firstname, lastname, fullname, fullnameuser, email,
username, idnumber, groups (moodle.php) and hiddenuser (assign.php) in en, de, fr and es, as
github.com/projectestac/moodle-langpacks has them; its language packs change, so that of some there
are two. Brightspace: community.d2l.com, "Importing grades". Canvas, Gradescope and Blackboard:
their exports as public repositories hold them. None was downloaded from a platform for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from gradelib.student.names import folded
from gradelib.teacher.course import CourseError
from gradelib.teacher.roster import COLUMNS, Entry
from gradelib.teacher.tables import cells_of

__all__ = ["CODES", "ClassList", "read_class_list"]

CODES = ("id", "login", "email", "platform")
MOST_ABOVE = 10  # lines above the header, such as a title
OTHER_NAMES: Mapping[str, str] = {  # beside those that a roster of one's own may have
    **dict.fromkeys(("orgdefinedid", "org defined id", "id number", "idnumber"), "id"),
    **dict.fromkeys(("id nummer", "numero d identification", "numero de id", "numero id"), "id"),
    **dict.fromkeys(("sis benutzer id", "student number", "studentnumber"), "id"),
    **dict.fromkeys(("sis anmelde id", "nom d utilisateur", "nombre de usuario"), "login"),
    **dict.fromkeys(("student", "students", "studierende", "teilnehmer in", "nom complet"), "name"),
    **dict.fromkeys(("nombre completo", "first name last name", "vorname nachname"), "name"),
    **dict.fromkeys(("nombre completo del usuario", "nombre apellido s"), "name"),
    **dict.fromkeys(("nachname vorname", "last name first name"), "name"),
    **dict.fromkeys(("prenom", "nombre", "firstname"), "first"),
    **dict.fromkeys(("nom de famille", "nom", "apellido s", "apellidos", "lastname"), "last"),
    **dict.fromkeys(("adresse de courriel", "direccion de correo", "emailadresse"), "email"),
    **dict.fromkeys(("adresse e mail", "adresse courriel", "adresse electronique"), "email"),
    **dict.fromkeys(("direccion email", "direccion de correo electronico"), "email"),
    **dict.fromkeys(("e mail addresse", "courriel", "correo electronico", "mailadresse"), "email"),
    **dict.fromkeys(("groups", "gruppen", "groupes", "grupos", "abschnitt"), "section"),
    **dict.fromkeys(("abschnitte", "section name", "kurs", "tutorium"), "section"),
    **dict.fromkeys(("role", "roles", "rolle", "rollen", "role s", "rol", "roles s"), "role"),
}
NAMES: Mapping[str, str] = {**COLUMNS, **OTHER_NAMES}
CANVAS = {"sis user id", "sis login id", "sis benutzer id", "sis anmelde id"}
HAND_IN = re.compile(r"(participant|teilnehmer[\W_]?(in)?|participant e|participante)\s*\d+", re.I)
ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.I)  # a number that a spreadsheet has shortened
NO_STUDENT = ("points possible", "mogliche punkte", "erreichbare punkte", "student test")
TEST = {"test student", "student test", "teststudent", "demo student"}
STUDENTS = ("student", "studier", "teilnehm", "etudiant", "estudiante", "learner", "lernende")


@dataclass
class ClassList:
    """What a list says: a student a line, and what of it is not one."""

    entries: dict[int, Entry] = field(default_factory=dict)  # by their lines
    columns: tuple[str, ...] = ()  # what of a student it has
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_class_list(path: Path, by: str = "") -> ClassList:
    """Read a list. Its ids are those of the column `by`, one of CODES, else of the first of these
    that is not empty. Raises CourseError where the file has no such columns, and OSError.
    """
    lines = [(number, cells) for number, cells in cells_of(path) if any(map(str.strip, cells))]
    at, columns = _header(path, lines)
    found = ClassList(columns=tuple(dict.fromkeys(name for name in columns if name)))
    rows: dict[int, dict[str, str]] = {}
    for number, cells in lines[at + 1 :]:
        row = _row(columns, cells)
        if why := _is_no_student(row):
            found.notes.append(f"line {number}: {why}")
        else:
            rows[number] = row
    key = by or _key(rows)
    if by and by not in found.columns:
        raise CourseError(f"{path}: no column is the {by}; there is {_named(columns)}")
    for number, row in rows.items():
        _enter(found, number, row, key)
    if rows and key != "id":
        found.notes.insert(0, f"it has no number of the university's: the id is the {key}")
    _join(found)
    return found


def _header(path: Path, lines: list[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """Return which line names the columns, and what each is; empty for one that is no matter."""
    for at, (_, cells) in enumerate(lines[:MOST_ABOVE]):
        columns = _columns(cells, [body for _, body in lines[at + 1 :]])
        if {*CODES} & {*columns} and {"name", "first", "last"} & {*columns}:
            return at, columns
    seen = ", ".join(cell for cell in (lines[0][1] if lines else []) if cell.strip())[:200]
    raise CourseError(
        f"{path}: no line names columns for who somebody is (id, login or email) and what they "
        f"are called (name); it begins with: {seen or 'nothing'}"
    )


def _columns(cells: list[str], body: list[list[str]]) -> list[str]:
    numbers = [
        any(HAND_IN.fullmatch(row[at].strip()) for row in body if at < len(row))
        for at in range(len(cells))
    ]  # of Moodle's for this one hand-in
    names = ["" if no else folded(cell) for cell, no in zip(cells, numbers, strict=True)]
    columns = [NAMES.get(name, "") for name in names]
    if CANVAS & {*names}:  # there ID is Canvas's own number
        columns = [
            "platform" if name == "id" else c for name, c in zip(names, columns, strict=True)
        ]
    if "first" in columns and "last" not in columns:  # as "Name, Vorname" has it
        columns = ["last" if column == "name" else column for column in columns]
    # Of two columns for one thing the first counts: platforms repeat some further right.
    return [c if c not in columns[:at] else "" for at, c in enumerate(columns)]


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    """Return what a line says, without what spreadsheets put around it."""
    row = {name: _bare(cell) for name, cell in zip(columns, cells, strict=False) if name}
    for code in ("id", "login"):
        if row.get(code, "").startswith("#"):  # so Brightspace keeps spreadsheets from counting
            row[code] = row[code][1:]
    whole = f"{row.pop('first', '')} {row.pop('last', '')}".strip()
    row["name"] = row.get("name") or whole
    return row


def _bare(cell: str) -> str:
    text = " ".join(cell.replace("\ufeff", "").split())
    quoted = re.fullmatch(r'="(.*)"', text)  # which keeps the zeros in front
    return quoted[1] if quoted else text.removeprefix("'")


def _is_no_student(row: Mapping[str, str]) -> str:
    """Say why a line is no student's, or nothing."""
    name = folded(row.get("name", ""))
    has_code = any(row.get(code) for code in CODES)
    if name in TEST:
        return "a test student of the platform: left out"
    if not has_code and (not name or name.startswith(NO_STUDENT) or name in NO_STUDENT):
        return "it names nobody: left out"
    role = folded(row.get("role", ""))
    if role and not any(word in role for word in STUDENTS):
        return f"{row['name']} is {row['role']} there: left out"
    return ""


def _key(rows: Mapping[int, Mapping[str, str]]) -> str:
    """Return which column is the id: the first in which anything stands."""
    filled = (code for code in CODES if any(row.get(code) for row in rows.values()))
    return next(filled, "id")


def _enter(found: ClassList, number: int, row: dict[str, str], key: str) -> None:
    """Enter a line, or say what is amiss with it."""
    text = row.get(key, "")
    name = row.get("name", "")
    if not text:
        found.problems.append(
            f"line {number}: {name or 'nobody'} has no {key}: fill it in, or say --by with a "
            "column that everyone has"
        )
    elif ROUNDED.fullmatch(text):
        found.problems.append(
            f"line {number}: {text} is a number that a spreadsheet has shortened: "
            "export again, and do not save it in between"
        )
    else:
        fields = {k: v for k, v in row.items() if k in Entry.model_fields}
        try:
            found.entries[number] = Entry.model_validate(fields | {"id": text})
        except ValidationError as errors:
            said = (error["msg"].removeprefix("Value error, ") for error in errors.errors())
            found.problems += [f"line {number}: {one}" for one in said]


def _join(found: ClassList) -> None:
    """Make one of the lines that one student has, a line a section; say where two disagree."""
    first: dict[str, int] = {}
    for number, entry in list(found.entries.items()):
        before = first.setdefault(entry.id.casefold(), number)
        if before == number:
            continue
        one = found.entries[before]
        alike = one.model_copy(update={"section": ""}) == entry.model_copy(
            update={"section": "", "id": one.id}
        )
        if alike:
            sections = dict.fromkeys(part for e in (one, entry) for part in e.sections)
            found.entries[before] = one.model_copy(update={"section": "; ".join(sections)})
            del found.entries[number]
        else:
            found.problems.append(
                f"line {number}: the id {entry.id} stands in line {before} too, and not alike"
            )
    found.problems += _doubled(found.entries)


def _doubled(entries: Mapping[int, Entry]) -> Iterator[str]:
    """Say where two students have one email, login or number."""
    for code in ("email", "login", "platform"):
        seen: dict[str, tuple[int, str]] = {}
        for number, entry in entries.items():
            text = str(getattr(entry, code)).casefold()
            before, other = seen.setdefault(text, (number, entry.id))
            if text and other.casefold() != entry.id.casefold():
                yield f"line {number}: the {code} {text} stands in line {before} too"


def _named(columns: list[str]) -> str:
    return ", ".join(dict.fromkeys(column for column in columns if column)) or "none"
