"""The zip that Gradescope takes as an autograder: this grader, for one week.

Form: gradescope-autograders.readthedocs.io, "Autograder Specifications": `setup.sh` and
`run_autograder` at the root of the zip, which is unpacked to /autograder/source.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from gradelib.teacher.autograder.parcel import NOT_GRADED, Longer, Parcel, Show, not_graded
from gradelib.teacher.autograder.week_alone import write_week
from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.package import copy
from gradelib.teacher.roster import Entry, read_roster
from gradelib.teacher.rules.decisions import Decisions, read_decisions

__all__ = ["SCRIPTS", "write_gradescope"]

SCRIPTS = Path(__file__).parent / "files"
TORCH_INDEX = "torch_index"  # a file that setup.sh reads
NAMES = ("setup.sh", "run_autograder")


def write_gradescope(
    course: Course,
    week: Week,
    to: Path,
    sandboxed: bool = True,
    show: Show = "after_published",
    torch_index: str = "",
) -> list[str]:
    """Write the zip; return whose extension cannot be recognised there, by their ids.

    `torch_index` is the address from which pip gets a torch for processors.

    Raises CourseError for a week that is not released.
    """
    decisions = read_decisions(course)
    longer = tuple(_longer(course, week, decisions))
    rulings = [ruling.model_copy(update={"set_aside": {}}) for ruling in decisions.rulings_of(week)]
    text = f"gradescope:{secret(course)}:{week.name}"
    parcel = Parcel(
        week=week.name,
        secret=hashlib.sha256(text.encode()).hexdigest()[:32],
        sandboxed=sandboxed,
        show=show,
        longer=longer,
        rulings=tuple(rulings),
    )
    with tempfile.TemporaryDirectory(prefix="gradelib-") as name:
        folder = Path(name)
        write_week(course, week, folder)
        for script in NAMES:
            copy(SCRIPTS / script, folder / script)
        if torch_index:
            (folder / TORCH_INDEX).write_text(torch_index, encoding="utf-8")
        parcel.write(folder)
        (folder / NOT_GRADED).write_text(json.dumps(not_graded(), indent=1), encoding="utf-8")
        _zip(folder, to)
    return [one.who.id for one in longer if not one.who.email]


def _longer(course: Course, week: Week, decisions: Decisions) -> Iterator[Longer]:
    roster = read_roster(course)
    entries = {entry.id: entry for entry in roster.entries} if roster else {}
    for one in decisions.standing_extensions(week):
        who = entries.get(one.student, Entry(id=one.student))
        known = Entry(id=who.id, name=who.name, email=who.email)
        yield Longer(who=known, by=one.by, why=one.why)


def _zip(folder: Path, to: Path) -> None:
    """Pack what Gradescope needs, whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and not name.startswith("class/locks/"):
                    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    mode = 0o755 if name in NAMES else 0o644
                    info.external_attr, info.create_system = mode << 16, 3
                    packed.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
        os.replace(part, to)
    finally:
        part.unlink(missing_ok=True)
