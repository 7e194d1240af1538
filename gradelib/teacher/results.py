"""What kernels answered, kept by a hash of all that it depends on: class/results.

It is stored before the gradebook is touched, so that a run that was killed goes on where it was.
The folder may be deleted at any time: the kernels are then asked again.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import gradelib
from gradelib.teacher.bundle import PACKAGE
from gradelib.teacher.kernel import Ran, Work

__all__ = ["digest", "forget", "key", "load", "save", "write"]

BESIDE = ("answers", "compare", "exercise", "limits", "probe", "quiz")  # run in the kernel
INSTALLED = ("numpy", "torch", "transformers", "ipykernel")


def digest(parts: Iterable[bytes | str | Path]) -> str:
    """Return one hash of texts and of files, by name and content."""
    whole = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.name.encode() + (part.read_bytes() if part.is_file() else b"")
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def key(work: Work) -> str:
    """Return the hash of what a run depends on."""
    plain = [sorted(work.cells.items()), asdict(work.limits), dict(work.seconds), work.caged]
    topics = sorted({name.partition(".")[0] for name in work.asked})
    exercises = [PACKAGE / "exercises" / f"{topic}.py" for topic in topics]
    named = [part for pairs in (work.asked, work.files) for pair in pairs.items() for part in pair]
    return digest([_surroundings(), json.dumps(plain, sort_keys=True), *exercises, *named])


@functools.cache
def _surroundings() -> str:
    versions = [gradelib.__version__, platform.python_version(), *map(_version, INSTALLED)]
    ours = [PACKAGE / f"{name}.py" for name in BESIDE]
    return digest([*versions, *ours, *sorted((PACKAGE / "lab").glob("*.py"))])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def load(folder: Path, name: str) -> Ran | None:
    """Return what was stored under a key, or None if there is nothing that can be read."""
    try:
        return _ran(json.loads(_place(folder, name).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(folder: Path, name: str, ran: Ran) -> None:
    """Store what came of a run: all of it or nothing."""
    replies = {
        exercise: reply if isinstance(reply, str) else [base64.b64encode(reply).decode()]
        for exercise, reply in ran.replies.items()
    }
    plain = {"outputs": ran.outputs, "replies": replies, "stopped": ran.stopped}
    write(_place(folder, name), json.dumps(plain))


def forget(folder: Path, name: str) -> None:
    _place(folder, name).unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Write a file in one step: whoever is killed while writing leaves what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)


def _place(folder: Path, name: str) -> Path:
    return folder / name[:2] / f"{name}.json"


def _ran(plain: dict[str, Any]) -> Ran:
    replies = {
        name: reply if isinstance(reply, str) else base64.b64decode(reply[0])
        for name, reply in plain["replies"].items()
    }
    outputs, stopped = (
        {int(position): value for position, value in plain[part].items()}
        for part in ("outputs", "stopped")
    )
    return Ran(outputs, replies, stopped)
