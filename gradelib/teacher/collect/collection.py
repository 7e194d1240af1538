"""Collect what was handed in: keep all of it, and lay out the newest for nbgrader.

`collected/<week>/<student>/<time>-<hash>-<name>` keeps the bytes of every file as they came.
`submitted/<student>/<week>/` is a copy of the newest of each notebook that can be read. Nothing
that was handed in is changed or deleted; collecting twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gradelib.checking.quiz import is_quiz
from gradelib.student.handin import Unreadable, check_student, look, read_notebook
from gradelib.teacher.collect.archive import Item, look_into
from gradelib.teacher.course import Course, CourseError, Week

__all__ = ["Collected", "collect"]

STAMP = "%Y%m%dT%H%M%SZ"
PATTERNS = (  # how learning platforms name what they hand over
    r"(?P<student>.+?)_\d+_assignsubmission_.*",  # Moodle, a folder
    r"(?P<student>[^_]+)_(?:LATE_)?\d+_\d+_.*",  # Canvas, a file
)
FOLDERS = (  # say no student
    r"notebooks?|files?|src|inbox|class|week.?\d+|.*(submission|hand.*in|assignment|download|\.zip).*"
)


@dataclass
class Collected:
    """What became of one student's files."""

    student: str
    notebooks: dict[str, dt.datetime] = field(default_factory=dict)  # what counts, and of when
    remarks: list[str] = field(default_factory=list)
    new: int = 0  # files that were not known yet

    @property
    def well(self) -> bool:
        return not self.remarks


def collect(
    course: Course, week: Week, paths: Iterable[Path], student: str | None = None
) -> list[Collected]:
    """Collect from files, folders and zips. Whose they are: `student`, the receipt, the folder,
    or the file's name. Raises CourseError for a path that is not there.
    """
    by_student: dict[str, Collected] = defaultdict(lambda: Collected(""))
    others: dict[str, list[Item]] = defaultdict(list)  # files that are no notebooks
    for path in map(Path, paths):
        if not path.exists() and not path.is_symlink():
            raise CourseError(f"{path} is not there")
        for item in look_into(path, course.limits.file_megabytes * 1_000_000):
            owner, problem = _owner_or_problem(course, week, item, student)
            if problem:
                by_student[owner].remarks.append(f"{item.label}: {problem}")
            elif owner and ".ipynb" in item.name.lower():
                by_student[owner].new += _keep(course, week, owner, item)
            elif owner:
                others[owner].append(item)
    for owner in sorted({*by_student, *others} - {""}):
        by_student[owner].student = owner
        _keep_what_lies_there(course, week, owner)
        for item in others[owner] if not _kept(course, week, owner) else []:
            by_student[owner].new += _keep(course, week, owner, item)
        _lay_out(course, week, by_student[owner])
    return [by_student[owner] for owner in sorted(by_student)]


def _owner_or_problem(
    course: Course, week: Week, item: Item, student: str | None
) -> tuple[str, str]:
    """Return whose a file is, and what is wrong with it; neither for what just lies about."""
    try:
        return check_student(student or _owner(course, week, item)), item.refused
    except ValueError as error:
        was_meant = ".ipynb" in item.name or item.refused or not item.folders
        return "", (item.refused or str(error)) if was_meant else ""


def _owner(course: Course, week: Week, item: Item) -> str:
    """Return the student's id as it is written somewhere around a file. Raises ValueError."""
    if item.receipt is not None:
        return str(item.receipt["student"])
    patterns = [re.compile(p, re.I | re.S) for p in (course.students, *PATTERNS) if p]
    *folders, file = (*item.folders, item.name)
    for name in (file, *reversed(folders)):
        for pattern in patterns:
            if match := pattern.fullmatch(name):
                return match["student"]
    for folder in folders[1:]:
        if not re.fullmatch(FOLDERS, folder, re.I) and not folder.startswith(course.name):
            return folder
    stem = re.sub(r"(\.ipynb|-Copy\d+|\s*\(\d+\)|Copy of )", "", file, flags=re.I)
    for notebook in week.notebooks:
        rest = stem.replace(notebook, "").strip(" _-.")
        if notebook in stem and rest:
            return rest
    if folders and ".ipynb" in file and not re.fullmatch(FOLDERS, folders[0], re.I):
        return folders[0]
    raise ValueError("whose it is cannot be seen: collect it alone, with --student")


def _folder(course: Course, week: Week, student: str) -> Path:
    return course.class_folder / "collected" / week.name / student


def _kept(course: Course, week: Week, student: str) -> list[Path]:
    """Return what is kept of a student, the oldest first."""
    return sorted(_folder(course, week, student).glob("*-*-*"))


def _keep(course: Course, week: Week, student: str, item: Item) -> bool:
    """Keep a file's bytes, unless they are kept already. Say whether they are new."""
    digest = hashlib.sha256(item.data).hexdigest()[:16]
    folder = _folder(course, week, student)
    if any(folder.glob(f"*-{digest}-*")):
        return False
    name = re.sub(r"[^\w.-]+", "_", item.name)[-80:]
    path = folder / f"{item.time.astimezone(dt.UTC):{STAMP}}-{digest}-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(item.data)
    path.chmod(0o444)
    return True


def _keep_what_lies_there(course: Course, week: Week, student: str) -> None:
    """Keep what a teacher put into submitted/ by hand, before it is laid out anew."""
    folder = course.class_folder / "submitted" / student / week.name
    for path in sorted(folder.glob("*.ipynb")):
        time = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        _keep(course, week, student, Item(path.name, (), time, path.read_bytes()))


def _lay_out(course: Course, week: Week, collected: Collected) -> None:
    """Choose for each notebook of the week the newest file that can be read."""
    readable: dict[str, Path] = {}
    unreadable: dict[str, Path] = {}
    for path in _kept(course, week, collected.student):
        original = path.name.split("-", 2)[2]
        name, problem = _which(week, original, path.read_bytes())
        if problem:
            collected.remarks.append(f"{original} of {_time(path):%d %b %H:%M}: {problem}")
        if name:
            (unreadable if problem else readable)[name] = path
    chosen = {**unreadable, **readable}
    collected.notebooks = {name: _time(path) for name, path in chosen.items()}
    for name in week.notebooks:
        if name not in chosen:
            collected.remarks.append(f"there is no {name}.ipynb")
    if chosen:
        _write(course.class_folder / "submitted" / collected.student / week.name, chosen)


def _which(week: Week, original: str, data: bytes) -> tuple[str | None, str]:
    """Return which notebook of the week a file is, by what is in it, or else by its name."""
    by_name = next((name for name in week.notebooks if name in original), None)
    if not by_name and not original.lower().endswith((".ipynb", ".json", ".txt")):
        return None, "it is not a notebook"
    try:
        exercises = look(read_notebook(data)).exercises
    except Unreadable as error:
        return by_name, f"{error}"
    topics = [name.partition(".")[0] for name in exercises if not is_quiz(name)]
    inside = [name for name in week.notebooks if name.partition("_")[2] in topics]
    if inside:
        return max(inside, key=lambda name: topics.count(name.partition("_")[2])), ""
    return by_name, "" if by_name else f"it is none of {week.name}'s notebooks"


def _write(folder: Path, chosen: dict[str, Path]) -> None:
    """Write the copies that nbgrader grades, and its timestamp, where they differ."""
    folder.mkdir(parents=True, exist_ok=True)
    time = max(_time(path) for path in chosen.values())
    stamp = f"{time:%Y-%m-%d %H:%M:%S} UTC"
    notebooks = {f"{name}.ipynb": path.read_bytes() for name, path in chosen.items()}
    for name, data in {**notebooks, "timestamp.txt": stamp.encode()}.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    for path in folder.glob("*.ipynb"):
        if path.name not in notebooks:  # it is kept in collected/
            path.unlink()


def _time(path: Path) -> dt.datetime:
    return dt.datetime.strptime(path.name.split("-")[0], STAMP).replace(tzinfo=dt.UTC)
