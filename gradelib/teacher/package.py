"""The course's own files by what may be done with them: trust is a folder.

What ships to students, what is staged beside a student's code, and what a grade depends on are
whole folders of gradelib. `tests/test_house.py` holds them to what the code imports.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

__all__ = [
    "CODE",
    "PACKAGE",
    "STEPS",
    "beside_answers",
    "copy_package",
    "data_files",
    "data_folder",
    "grading",
    "judging",
    "link",
    "shipped",
    "staged",
]

PACKAGE = Path(__file__).resolve().parents[1]
CODE = {".py", ".json", ".safetensors", ".toml", ".typed"}
NOT_SHIPPED = {"author", "sandbox", "teacher"}
NOT_STAGED = NOT_SHIPPED - {"sandbox"}
STEPS = {"steps.toml"}  # what `hint` says: no answer and no grade depends on it
COMMANDS = {"cli.py", "commands.py", "__main__.py"}
SAYS = {"platforms", "report", "term", "written", "alike", "autograder"}  # what came of it
NO_GRADE = COMMANDS | SAYS | {"rehearsal", "release"}  # on which no grade depends
NOT_DATA = {"build", "training", "__pycache__"}  # folders of data/ that do not ship


def shipped() -> list[Path]:
    """Return the files of gradelib that students get."""
    return list(_code(without=NOT_SHIPPED))


def staged() -> list[Path]:
    """Return the files of gradelib that kernels get: what students have, and the sandbox."""
    return list(_code(without=NOT_STAGED))


def beside_answers() -> list[Path]:
    """Return what an answer may depend on, beside what its exercise asks: that is asked alone.

    That is what runs beside it, and what runs its kernel.
    """
    asked = {"exercises.py", "exercises", "records.json", "records.safetensors"}
    staged_beside = _code(
        without=NOT_STAGED | COMMANDS | STEPS | {"terminal.py", "student"} | asked
    )
    kernels = _files(PACKAGE / "teacher" / "kernels", {"__pycache__"})
    return [*staged_beside, *(path for path in kernels if path.suffix in CODE)]


def grading(topics: Collection[str]) -> list[Path]:
    """Return the files of gradelib that grade these topics elsewhere: no other topic's."""
    return [
        path
        for path in _code(without=set())
        if path.relative_to(PACKAGE).parts[0] != "topics"
        or len(path.relative_to(PACKAGE).parts) == 2
        or path.relative_to(PACKAGE).parts[1] in topics
    ]


def judging() -> list[Path]:
    """Return what a grade depends on, beside its topic: that counts for its own notebook."""
    return list(_code(without=NO_GRADE | {"topics"}))


def _code(without: set[str]) -> Iterator[Path]:
    """Yield the files of code that are in none of these folders and have none of these names."""
    for path in _files(PACKAGE, without | {"__pycache__"}):
        if path.suffix in CODE:
            yield path


def _files(folder: Path, without: set[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not without & set(path.relative_to(folder).parts):
            yield path


def copy_package(folder: Path, files: list[Path] | None = None, copy_data: bool = False) -> None:
    """Put gradelib, by default what ships of it, and the data into `folder`."""
    for path in shipped() if files is None else files:
        copy(path, folder / "gradelib" / path.relative_to(PACKAGE))
    for name, path in data_files().items():
        (copy if copy_data else link)(path, folder / "data" / name)


def data_folder() -> Path | None:
    """Return where the data is: beside gradelib, in a checkout or as installed."""
    places = (PACKAGE.parent / "data", PACKAGE.parent / "gradelib_data")
    return next((path for path in places if path.is_dir()), None)


def data_files() -> dict[str, Path]:
    """Return what ships of the data, by name from its folder on."""
    data = data_folder()
    paths = [path for path in _files(data, NOT_DATA) if path.suffix != ".py"] if data else []
    return {path.relative_to(data or path).as_posix(): path for path in paths}


def copy(source: Path, target: Path) -> None:
    """Copy a file into a folder that need not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def link(source: Path, target: Path) -> None:
    """Make a link to a file or a folder, or a copy where there is no right to make links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(source.resolve())
    except OSError:  # Windows
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
