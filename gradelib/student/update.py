"""Bring a new bundle into the folder of a student who has begun. Nothing of the student's is lost.

All is read before anything is written; each file is replaced in one step, and each notebook that
changes is kept beside the new one. Where it was interrupted, the same command goes on.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gradelib.student.bundle import open_bundle
from gradelib.student.handin import Unreadable
from gradelib.student.merge import Merged, merge
from gradelib.student.notebook_files import (
    ORIGINALS,
    keep_copy,
    notebooks_here,
    open_notebook,
    original_of,
    topic_of,
    write_notebook,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Updated", "update"]

CODE = "gradelib"


@dataclass
class Updated:
    """What became of a notebook."""

    path: Path
    said: str  # for the student
    kept: Path | None = None  # the copy of what was there
    well: bool = True


@dataclass
class Plan:
    """What will be written in place of a notebook, or for a new one."""

    path: Path
    notebook: NotebookNode
    merged: Merged | None = None
    unreadable: str = ""
    kept: Path | None = field(default=None)

    def carry_out(self) -> Updated:
        """Write the notebook, and keep what was there."""
        kept = keep_copy(self.path) if self.path.exists() else None
        write_notebook(self.notebook, self.path)
        if self.unreadable:
            return Updated(self.path, f"{self.unreadable}: the new one is blank", kept, False)
        if self.merged is None:
            return Updated(self.path, "new")
        parts = [f"{len(self.merged.answers)} answers moved in"]
        if self.merged.added:
            parts.append(f"{self.merged.added} cells of your own moved along")
        if self.merged.mended:
            parts.append(f"read again what is asked in {' and '.join(self.merged.mended)}")
        return Updated(self.path, f"mended: {', '.join(parts)}", kept)


def update(bundle: Path, folder: Path) -> list[Updated]:
    """Renew gradelib, data and notebooks in `folder` from a bundle's zip or folder.

    Raises ValueError for what is no bundle, and where the folder is no student's.
    """
    _check_folder(folder)
    with open_bundle(bundle, folder) as new:
        if new.resolve() == folder.resolve():
            raise ValueError(f"{bundle} is the folder that is to be renewed: name the new one")
        plans = list(_plans(new, folder))  # all is read before anything is written
        _renew_code(new / CODE, folder / CODE)
        for name in _others(new):
            _renew_file(new / name, folder / name)
        done = [plan.carry_out() if isinstance(plan, Plan) else plan for plan in plans]
        for path in sorted((new / ORIGINALS).glob("*.ipynb")):  # last: the next try needs the old
            _renew_file(path, folder / ORIGINALS / path.name)
        return done


def _check_folder(folder: Path) -> None:
    if (folder / "course.toml").exists():
        raise ValueError("this is the checkout of the course, and no student's folder: use git")
    if not notebooks_here(folder):
        raise ValueError(f"there is no notebook in {folder}: go to the course's folder first")


def _plans(new: Path, folder: Path) -> Iterator[Plan | Updated]:
    for path in sorted(new.glob("*.ipynb")):
        released = open_notebook(path)
        at = _place(path, topic_of(path, released), folder)
        if not at.exists():
            yield Plan(at, released)
            continue
        try:
            mine = open_notebook(at)
        except Unreadable as error:
            yield Plan(at, released, unreadable=str(error))
            continue
        begun = original_of(topic_of(path, released), folder)
        merged = merge(released, mine, begun)
        if merged is None:
            yield Updated(at, "as it was")
        else:
            yield Plan(at, merged.notebook, merged)


def _place(new: Path, topic: str, folder: Path) -> Path:
    """Return the student's notebook for one of the bundle: of its name, or of its topic."""
    same = folder / new.name
    if same.exists():
        return same
    for path in notebooks_here(folder):
        try:
            if topic_of(path, open_notebook(path)) == topic:
                return path
        except Unreadable:
            continue  # which notebook it was cannot be said: it stays as it is
    return same


def _others(new: Path) -> Iterator[Path]:
    """Yield what a bundle holds beside notebooks and code, by its name from the folder on."""
    for path in sorted(new.rglob("*")):
        name = path.relative_to(new)
        is_notebook = len(name.parts) == 1 and path.suffix == ".ipynb"
        if path.is_file() and not is_notebook and name.parts[0] not in (CODE, ORIGINALS):
            yield name


def _renew_file(source: Path, target: Path) -> None:
    """Put a file in place of another, in one step, unless they are the same."""
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(source, beside)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _renew_code(source: Path, target: Path) -> None:
    """Put the folder of gradelib in place of the old one, with nothing of it left over."""
    fresh, before = target.with_name(f".{CODE}.new"), target.with_name(f".{CODE}.old")
    for left in (fresh, before):  # of a run that was interrupted
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns("__pycache__"))
    if target.exists():
        target.rename(before)
    try:
        fresh.rename(target)
    except BaseException:  # also Ctrl-C: gradelib must be there
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)
