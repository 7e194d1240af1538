"""What a student hands in: see what is attempted, pack it with a receipt.

Nothing here changes a notebook. What would be refused when it is collected is refused here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.answered import says_something
from gradelib.student.names import check_student, student_id
from gradelib.student.notebook import LARGEST, Unreadable, read_notebook
from gradelib.student.source import as_python, checked, defined, imported, is_blank, parse

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "Look",
    "Unreadable",
    "as_python",
    "check_student",
    "checked",
    "defined",
    "files_imported",
    "is_blank",
    "look",
    "missing_notebooks",
    "pack",
    "parse",
    "read_notebook",
    "seen",
]

NOT_OWN = {"gradelib", "data", "__pycache__", ".ipynb_checkpoints"}  # folders beside a notebook
MOST_NAMES = 500  # exercises that a notebook may name; the course's have a few dozen


@dataclass(frozen=True)
class Look:
    """What a first look at a notebook finds. Nothing is run."""

    attempted: list[str] = field(default_factory=list)  # topic.function
    blank: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # questions that have an answer in words
    unanswered: list[str] = field(default_factory=list)  # questions that have none
    week: str | None = None

    @property
    def exercises(self) -> list[str]:
        return self.attempted + self.blank

    @property
    def answered(self) -> int:
        """How many exercises, quizzes and questions have an answer, right or wrong."""
        return len(self.attempted) + len(self.written)


def look(notebook: NotebookNode) -> Look:
    """Say which exercises of a notebook are attempted, and which questions are answered."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    tags = [CellTag.of(cell) for cell in notebook.cells]
    names = [tag.exercise for tag in tags if tag.kind in ("answer", "check")]
    names += [name for source in sources if (name := checked(source))]
    week = NotebookTag.of(notebook).week
    result = Look(week=week if re.fullmatch(r"week\d+", week) else None)
    last = {function: source for source in sources for function in defined(source)}
    for name in [*filter(None, dict.fromkeys(names))][:MOST_NAMES]:
        function = name.partition(".")[2]
        is_attempted = function in last and not is_blank(last[function], function)
        (result.attempted if is_attempted else result.blank).append(name)
    said: dict[str, bool] = {}  # by question
    for cell, tag in zip(notebook.cells, tags, strict=True):
        if tag.kind == "written" and tag.exercise:
            said[tag.exercise] = said.get(tag.exercise, False) or says_something(cell.source)
    result.written.extend(name for name, is_said in said.items() if is_said)
    result.unanswered.extend(name for name, is_said in said.items() if not is_said)
    return result


def seen(path: Path) -> Look:
    """Return a first look at a notebook's file. Raises Unreadable, with the file's name."""
    data = _small(path)
    try:
        return look(read_notebook(data))
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}") from None


def missing_notebooks(paths: Iterable[Path]) -> list[str]:
    """Return the notebooks of the same week that lie beside these and are not among them."""
    paths = [path.resolve() for path in paths]
    weeks = {tag.week for path in paths if (tag := _tag(path)) and tag.week}
    topics = {tag.topic for path in paths if (tag := _tag(path))}
    beside = {other for path in paths for other in path.parent.glob("*.ipynb")} - {*paths}
    found: dict[str, str] = {}  # by topic: a copy is no other notebook
    for other in sorted(beside, key=lambda path: (len(path.name), path.name)):
        tag = _tag(other)
        if tag and tag.week in weeks and tag.topic not in topics:
            found.setdefault(tag.topic, other.name)
    return sorted(found.values())


def _tag(path: Path) -> NotebookTag | None:
    try:
        return NotebookTag.of(read_notebook(path.read_bytes()))
    except (Unreadable, OSError):
        return None


def files_imported(paths: Iterable[Path]) -> dict[str, Path]:
    """Return the student's own modules that notebooks import from beside them, by their names."""
    found: dict[str, Path] = {}
    for path in paths:
        cells = read_notebook(path.read_bytes()).cells
        left = {
            name for cell in cells if cell.cell_type == "code" for name in imported(cell.source)
        }
        while left:
            name = left.pop()
            module, package = path.parent / f"{name}.py", path.parent / name
            own = [module] if module.is_file() else sorted(package.rglob("*.py"))
            for file in own if name not in NOT_OWN else ():
                inside = file.relative_to(path.parent).as_posix()
                if inside not in found:
                    found[inside] = file
                    left |= imported(file.read_text(encoding="utf-8", errors="replace"))
    return dict(sorted(found.items()))


def pack(paths: list[Path], student: str, to: Path, now: dt.datetime | None = None) -> Path:
    """Write the notebooks, what they import, and receipt.json into a zip in the folder `to`.

    Raises Unreadable for what would be refused when it is collected, and ValueError for a name
    that no student can have.
    """
    name = student_id(student)
    moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    files = {path.name: _small(path) for path in paths}
    if len(files) != len(paths):
        raise Unreadable("two of the files have the same name")
    looks = [seen(path) for path in paths]
    files |= {inside: _small(path) for inside, path in files_imported(paths).items()}
    week = next((look.week for look in looks if look.week), None)
    receipt = {
        "student": student.strip(),
        "week": week,
        "time": moment.isoformat(),
        "attempted": [name for look in looks for name in look.attempted],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    said = json.dumps(receipt, indent=1, ensure_ascii=False).encode()
    path = to / f"{name}-{week or 'hand-in'}-{moment:%Y%m%dT%H%M%SZ}.zip"
    _write_zip(path, {"receipt.json": said, **files})
    return path


def _write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a zip whole or not at all: a full disk leaves no half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for inside, data in members.items():
                packed.writestr(inside, data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _small(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(
            f"{path.name}: it is larger than {LARGEST // 10**6} MB ({size / 10**6:.0f} MB), and "
            "would not be taken in: clear the outputs (Edit, Clear Outputs of All Cells), and save"
        )
    return path.read_bytes()
