"""Choose what counts of all that a student handed in, and lay it out for nbgrader.

The newest of each notebook counts, unless it cannot be read, or is in doubt, or is blank and an
older one is not. What lies beside it goes along, so that the kernel can import it.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gradelib.checking.quiz import is_quiz
from gradelib.student.foreign import what_it_is
from gradelib.student.handin import Unreadable, look, read_notebook
from gradelib.teacher.collect.keeping import Kept, kept_of
from gradelib.teacher.course import Course, Week
from gradelib.teacher.files import write_whole
from gradelib.teacher.package import data_files
from gradelib.teacher.rules.decisions import due_of, read_decisions
from gradelib.teacher.rules.late import counting_until, on_time_until

__all__ = ["Choice", "choose", "is_of_the_course", "lay_out"]

MOST_FILES = 200  # beside the notebooks of one student
NOTEBOOKS = (".ipynb", ".json", ".txt")  # endings that a notebook may have
OF_THE_COURSE = {"environment.yml", "constraints.txt", "license", "readme.md", "receipt.json"}


@dataclass(frozen=True)
class _Version:
    """A file that is, or is meant to be, one of the week's notebooks."""

    kept: Kept
    said: str  # what a person calls it
    answered: int = 0
    problem: str = ""
    of: Week | None = None  # another week, of which it is


@dataclass
class Choice:
    """What counts of a student's files."""

    notebooks: dict[str, Kept] = field(default_factory=dict)  # by the week's names
    beside: dict[str, Kept] = field(default_factory=dict)  # by paths from the notebooks' folder
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what need not be looked at
    before: dict[str, list[Kept]] = field(default_factory=dict)  # what is older, by notebook


def choose(course: Course, week: Week, student: str) -> Choice:
    """Choose for each notebook of the week what counts, of all that is kept of a student."""
    choice = Choice()
    versions: dict[str, list[_Version]] = defaultdict(list)
    others, elsewhere = [], []
    for kept in kept_of(course, week, student):
        name, version, notes = _look(course, week, kept)
        choice.remarks += [f"{version.said}: {note}" for note in notes]
        if name:
            versions[name].append(version)
        elif version.of:
            elsewhere.append(version)
        elif version.problem:
            choice.remarks.append(f"{version.said}: {version.problem}")
        else:
            others.append(kept)
    due = due_of(course, week, student, read_decisions(course))
    for name in week.notebooks:
        if name not in versions:
            choice.remarks.append(f"there is no {name}.ipynb")
            continue
        in_time, notes = _in_time(course, due, versions[name])
        choice.notes += notes
        chosen, remarks = _chosen(in_time)
        choice.remarks += remarks
        if chosen.kept.path.stat().st_size <= course.limits.file_megabytes * 1_000_000:
            choice.notebooks[name] = chosen.kept
            choice.before[name] = _before(chosen, versions[name])
    found = len(choice.notebooks) == len(week.notebooks)
    (choice.notes if found else choice.remarks).extend(_of_other_weeks(elsewhere))
    if choice.notebooks:
        _put_beside(course, choice, others)
    else:
        odd = [f"{kept.inside}: {_instead(kept)}" for kept in others if not _is_said(kept)]
        choice.remarks = [*odd, *choice.remarks]
    return choice


def _look(course: Course, week: Week, kept: Kept) -> tuple[str, _Version, list[str]]:
    """Return which notebook of the week a file is, by what is in it, or else by its name."""
    by_name = next((name for name in week.notebooks if name in kept.name), "")
    said = f"{kept.inside} of {kept.time.astimezone(course.zone):%d %b %H:%M}"
    if not (by_name or kept.name.lower().endswith(NOTEBOOKS) or _is_like_one(kept)):
        return "", _Version(kept, said), []
    most = course.limits.file_megabytes
    notes: list[str] = []
    try:
        if kept.path.stat().st_size > most * 1_000_000:
            advice = "have its outputs cleared, or raise file_megabytes in course.toml"
            raise Unreadable(f"it is larger than {most} MB: {advice}")
        seen = look(read_notebook(kept.path.read_bytes(), notes))
    except Unreadable as error:
        is_notebook = by_name or kept.name.lower().endswith(".ipynb")
        return by_name, _Version(kept, said, problem=str(error) if is_notebook else ""), []
    except Exception as error:  # noqa: BLE001 - whatever a file leads to costs only itself
        problem = f"it cannot be looked at: {type(error).__name__}: {error!s:.100}"
        return by_name, _Version(kept, said, problem=problem), []
    topics = [name.partition(".")[0] for name in seen.exercises if not is_quiz(name)]
    inside = [name for name in week.notebooks if name.partition("_")[2] in topics]
    if inside:
        by_name = max(inside, key=lambda name: topics.count(name.partition("_")[2]))
    if by_name:
        return by_name, _Version(kept, said, seen.answered), notes
    weeks = [other for other in course.weeks if {*topics} & _topics(other)]
    problem = "" if weeks else f"it is none of {week.name}'s notebooks"
    return "", _Version(kept, said, problem=problem, of=weeks[0] if weeks else None), notes


def _topics(week: Week) -> set[str]:
    return {name.partition("_")[2] for name in week.notebooks}


def _of_other_weeks(versions: Iterable[_Version]) -> Iterator[str]:
    """Say which files are of other weeks, as in the whole folder: of each week once."""
    by_week = {version.of.number: version for version in versions if version.of}
    for number, version in by_week.items():
        yield f"{version.kept.inside} is of week {number}: gradelib collect {number} takes it"


def _is_like_one(kept: Kept) -> bool:
    """Say whether a file begins as a notebook does, whatever its name is."""
    begin = _begin(kept)
    return begin.lstrip().startswith(b"{") and (b'"cells"' in begin or b'"nbformat"' in begin)


def _is_said(kept: Kept) -> bool:
    """Say whether a file is a zip, of which was said when it came why it is not opened."""
    return _is_zip(kept) and kept.path.stat().st_size > 0


def _is_zip(kept: Kept) -> bool:
    return kept.name.lower().endswith(".zip")


def _instead(kept: Kept) -> str:
    """Return what a file is that is no notebook, and what to do."""
    said = what_it_is(_begin(kept))
    what = "the zip cannot be opened" if _is_zip(kept) else "it is not a notebook"
    return f"{what}: {said}" if said else what


def _begin(kept: Kept) -> bytes:
    with kept.path.open("rb") as file:
        return file.read(4000)


def _before(chosen: _Version, versions: list[_Version]) -> list[Kept]:
    """Return what can be read of a notebook and is older than what counts."""
    readable = (v.kept for v in versions if not v.problem and not v.kept.doubtful)
    return [k for k in readable if k.order < chosen.kept.order and k.digest != chosen.kept.digest]


def _in_time(
    course: Course, due: dt.datetime | None, versions: list[_Version]
) -> tuple[list[_Version], list[str]]:
    """Leave out what came too late to count, where something came in time; say what that was."""
    if due is None or course.late is None:
        return versions, []
    ends = [counting_until(due, course.zone, course.late)]
    if course.late.counts == "on time":
        ends.append(on_time_until(due, course.zone, course.late))
    notes = []
    for end in ends:
        before = [v for v in versions if end is None or v.kept.time <= end]
        counts = any(v.answered and not v.problem and not v.kept.doubtful for v in before)
        if end is not None and counts and len(before) < len(versions):
            until = f"{end.astimezone(course.zone):%d %b %H:%M}"
            late = max((v for v in versions if v not in before), key=lambda v: v.kept.order)
            notes.append(f"{late.said} is later than {until}: what came before counts")
            versions = before
    return versions, notes


def _chosen(versions: list[_Version]) -> tuple[_Version, list[str]]:
    """Return the version that counts, and what a teacher should know of the others."""
    remarks = []
    readable = [v for v in versions if not v.problem]
    sure = [v for v in readable if not v.kept.doubtful]
    # The oldest first, files of one second by their names; then by how much is answered.
    order = sorted(sure or readable or versions, key=lambda v: (*v.kept.order, v.answered))
    newest = order[-1]
    if readable and not sure:
        remarks.append(f"{newest.said} counts, since only what is in doubt is there")
    if newest.answered or not any(v.answered for v in order):
        chosen = newest
    else:
        chosen = [v for v in order if v.answered][-1]
    for other in versions:
        if other.problem and not (readable and _is_export(other, chosen)):
            remarks.append(f"{other.said}: {other.problem}")
    for other in readable:
        if sure and other.kept.doubtful and other.kept.time >= chosen.kept.time:
            remarks.append(f"{chosen.said} counts; {other.said} is in doubt, by its receipt")
    for other in order:
        if other is not chosen and other.kept.digest != chosen.kept.digest:
            remarks += _beside_another(chosen, other)
    return chosen, remarks


def _is_export(other: _Version, chosen: _Version) -> bool:
    """Say whether a file came with a notebook that can be read, as a PDF or a script of it."""
    is_notebook = ".ipynb" in other.kept.name.lower()
    return not is_notebook and other.kept.time <= chosen.kept.time


def _beside_another(chosen: _Version, other: _Version) -> list[str]:
    """Say why a version does not count that could be meant to."""
    if other.kept.time < chosen.kept.time:
        if other.answered > chosen.answered:
            said = f"the older {other.said} answers {other.answered}, and not {chosen.answered}"
            return [f"{chosen.said} counts; {said}"]
        return []
    why = "is blank" if not other.answered else "has the same time"
    return [f"{chosen.said} counts; {other.said} {why}"]


def _put_beside(course: Course, choice: Choice, others: list[Kept]) -> None:
    """Choose what goes along: the newest of each name, as it lay to the notebook that counts."""
    homes = {kept.folders for kept in choice.notebooks.values()}
    room = course.limits.disk_megabytes * 500_000  # half of what the kernel may write
    left_out = []
    is_sure = not any(kept.doubtful for kept in choice.notebooks.values())
    for kept in others:
        below = [home for home in homes if kept.folders[: len(home)] == home]
        home = max(below, key=len, default=())
        name = "/".join((*kept.folders[len(home) :], kept.name))
        if (kept.doubtful and is_sure) or kept.name.lower() in OF_THE_COURSE:
            continue
        room -= kept.path.stat().st_size
        is_ours = name.split("/")[0] in ("data", "timestamp.txt")
        is_too_much = room < 0 or len(choice.beside) >= MOST_FILES
        if is_ours or is_too_much or name.lower().endswith((".zip", ".ipynb")):
            left_out.append(name)
        else:
            choice.beside[name] = kept
    if choice.beside:
        choice.notes.append(f"{_some(choice.beside)}: along with it")
    if left_out:
        choice.remarks.append(f"{_some(left_out)}: not along with it")


def _some(names: Iterable[str]) -> str:
    """Return some of the names, and how many more there are."""
    several = sorted(set(names))
    more = f" and {len(several) - 3} more" if len(several) > 3 else ""
    return ", ".join(several[:3]) + more


@functools.cache
def _data_sizes() -> dict[tuple[str, ...], int]:
    return {tuple(name.split("/")): path.stat().st_size for name, path in data_files().items()}


def is_of_the_course(inside: tuple[str, ...], size: int) -> bool:
    """Say whether a file is one that the course handed out, which need not be kept."""
    if "gradelib" in inside[:-1]:
        return True
    at = inside.index("data") if "data" in inside[:-1] else len(inside)
    return _data_sizes().get(inside[at + 1 :]) == size


def lay_out(course: Course, week: Week, student: str, choice: Choice) -> None:
    """Write the copies that nbgrader grades, and its timestamp, where they differ."""
    folder = course.class_folder / "submitted" / student / week.name
    time = max(kept.time for kept in choice.notebooks.values())
    files = {f"{name}.ipynb": kept.path.read_bytes() for name, kept in choice.notebooks.items()}
    files |= {name: kept.path.read_bytes() for name, kept in choice.beside.items()}
    files["timestamp.txt"] = f"{time:%Y-%m-%d %H:%M:%S} UTC".encode()
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:  # it is kept in collected/
            path.unlink()
