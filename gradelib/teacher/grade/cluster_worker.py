"""What a worker of a Dask cluster does for a grader, and says of itself.

An answer must not depend on where it was given. So a worker has the same gradelib, packages and
data as the computer that asks, or does nothing. Judges nothing.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import platform
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from distributed import get_worker

from gradelib import __version__
from gradelib.sandbox.confine import available
from gradelib.teacher.course import CourseError
from gradelib.teacher.grade.answer_store import INSTALLED, digest
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.run import Work
from gradelib.teacher.package import CODE, PACKAGE, data_files

__all__ = ["ClusterError", "Report", "digest_of", "do", "report", "surroundings"]

HIDDEN = ("solutions", "tests", "class")  # of a checkout: not for a kernel to read
LOCK = threading.Lock()


class ClusterError(CourseError):
    """The cluster cannot be used, or is there no more. The message says what to do."""


@dataclass(frozen=True)
class Report:
    """What a worker says of itself."""

    surroundings: Mapping[str, str]  # what it works with: name -> version, or hash of a file
    changed: bool  # whether its files are no more what it works with
    no_sandbox: tuple[str, ...]  # why it cannot shut submissions in


async def report(sandboxed: bool) -> Report:
    """Say of this process what it works with. The event loop goes on meanwhile."""
    return await asyncio.to_thread(_report, sandboxed)


def _report(sandboxed: bool) -> Report:
    first = _first_surroundings()
    return Report(first, surroundings() != first, tuple(_no_sandbox()) if sandboxed else ())


def do(expected: str, fn: Callable[[Work], Any], work: Work) -> Any:
    """Do it, on a worker, unless that came later and is not like the computer that asks."""
    if digest_of(_first_surroundings()) != expected or (work.sandboxed and _no_sandbox()):
        raise ClusterError(
            f"the worker {get_worker().address} joined later, and is not like this computer or "
            "cannot sandbox. Nothing is lost: run the same command again, and it says what is amiss"
        )
    with LOCK, workspace.prepared({}):  # so that threads do not open a zygote each
        pass
    checkout = PACKAGE.parent if (PACKAGE.parent / "course.toml").is_file() else None
    hidden = [str(checkout / name) for name in HIDDEN] if checkout else []
    return fn(replace(work, hidden=(*work.hidden, *hidden)))


@functools.cache
def _no_sandbox() -> list[str]:
    return available()


@functools.cache
def _first_surroundings() -> dict[str, str]:
    """Return what this process works with: what was there when it was first asked."""
    return surroundings()


def surroundings() -> dict[str, str]:
    """Return all that an answer may depend on beside the work: versions, and hashes of files."""
    parts = {"Python": platform.python_version(), "gradelib": __version__}
    parts |= {name: _version(name) for name in (*INSTALLED, "dask", "distributed")}
    parts |= {f"data/{name}": _hash(path) for name, path in data_files().items()}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in CODE and path.is_file():
            parts[f"gradelib/{path.relative_to(PACKAGE).as_posix()}"] = _hash(path)
    return parts


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(surroundings: Mapping[str, str]) -> str:
    return digest(part for pair in sorted(surroundings.items()) for part in pair)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
