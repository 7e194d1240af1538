"""What kernels answered, kept by a hash of all that it depends on: class/results.

It is stored before the gradebook is touched, so that a run that was killed goes on where it was.
A file a notebook; in it each answer stands beside a hash of what was asked, so that a changed
exercise is asked for alone. The folder may be deleted at any time: kernels are then asked again.
"""

from __future__ import annotations

import ast
import base64
import functools
import hashlib
import inspect
import json
import os
import platform
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import gradelib
from gradelib.checking.exercise import Drive, Exercise
from gradelib.checking.records import find_any
from gradelib.student.handin import defined
from gradelib.teacher.kernels.run import Ran, Reply, Work
from gradelib.teacher.package import beside_answers, data_files

__all__ = [
    "data",
    "digest",
    "driver",
    "forget",
    "key",
    "left",
    "load",
    "question",
    "save",
    "write",
]

INSTALLED = ("numpy", "torch", "transformers", "ipykernel")
ABOUT = {".md", ".png"}
ADDS = {"case", "compare", "drive", "invariant"}  # decorators that leave a function as it is


def digest(parts: Iterable[bytes | str | Path]) -> str:
    """Return one hash of texts and of files, by name and content."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.name.encode() + (part.read_bytes() if part.is_file() else b"")
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def key(work: Work) -> str:
    """Return the hash of what the cells of a notebook depend on: not of what is asked then."""
    plain = [sorted(work.cells.items()), work.limits.model_dump(), work.sandboxed]
    files = [part for pair in work.files.items() for part in pair]
    return digest([_surroundings(), json.dumps(plain, sort_keys=True), *files])


def question(work: Work, name: str) -> str:
    """Return the hash of what is asked about an exercise, and of how the kernel goes about it.

    Tolerance, invariants, points, hints and the reference are no part of it: they judge.
    """
    exercise = find_any(name)
    limits = [work.seconds[name], exercise.seconds]
    plain = [*limits, exercise.kind, exercise.without, exercise.may_change]
    return _hashed(name, json.dumps(plain), driver(exercise), work.asked[name])


@functools.cache
def _hashed(*parts: bytes | str) -> str:
    return digest(parts)


def driver(exercise: Exercise) -> str:
    """Return the source of what drives an answer, with all of the exercises' code that it uses."""
    return _source_of(exercise.driver) if exercise.driver else ""


@functools.cache
def _source_of(function: Drive) -> str:
    module = sys.modules[function.__module__]
    if function.__name__ not in _statements(module):  # made in some other way than by `def`
        return inspect.getsource(module)
    wanted, used = [(module.__name__, function.__name__)], dict[tuple[str, str], str]()
    while wanted:
        place = wanted.pop()
        statements = _statements(sys.modules[place[0]]).get(place[1], [])
        if statements and place not in used:
            used[place] = "\n".join(map(ast.unparse, statements))
            wanted += [named for part in statements for named in _names(part, *place)]
    return "\n".join(used[place] for place in sorted(used))


def _names(statement: ast.stmt, module: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the names that the statement of a name uses, each with the module to look into."""
    if isinstance(statement, ast.ImportFrom) and ".exercises." in (statement.module or ""):
        for imported in statement.names:
            if name in (imported.name, imported.asname):
                yield statement.module or "", imported.name
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            yield module, node.id


@functools.cache
def _statements(module: ModuleType) -> dict[str, list[ast.stmt]]:
    """Return a module's statements by the names that they define."""
    statements: dict[str, list[ast.stmt]] = {}
    for statement in ast.parse(inspect.getsource(module)).body:
        if isinstance(statement, ast.FunctionDef):
            statement.decorator_list = [d for d in statement.decorator_list if not _adds(d)]
            names = [statement.name]
        else:
            names = defined(ast.unparse(statement))
        for name in names:
            statements.setdefault(name, []).append(statement)
    return statements


def _adds(decorator: ast.expr) -> bool:
    """Say whether a decorator is such as `@softmax.case`: it names all of its exercise."""
    return isinstance(decorator, ast.Attribute) and decorator.attr in ADDS


@functools.cache
def _surroundings() -> str:
    versions = [gradelib.__version__, platform.python_version(), *map(_version, INSTALLED)]
    return digest([*versions, *beside_answers(), data()])


@functools.cache
def data() -> str:
    """Return the hash of the data that a notebook may read. What is written about it is none."""
    files = [(name, path) for name, path in data_files().items() if path.suffix not in ABOUT]
    return digest(part for pair in files for part in pair)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def load(folder: Path, work: Work) -> Ran | None:
    """Return what is stored of a notebook, with the answers to what would be asked now.

    None if it never ran, or what is stored cannot be read.
    """
    try:
        plain = json.loads(_place(folder, work).read_bytes())
        outputs, stopped = (
            {int(position): value for position, value in plain[part].items()}
            for part in ("outputs", "stopped")
        )
        replies = {
            name: _from_json(reply)
            for name, (asked, reply) in plain["replies"].items()
            if name in work.asked and asked == question(work, name)
        }
        return Ran(outputs, replies, stopped)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # half a file, or of an older gradelib: then the kernel is asked again


def left(work: Work, known: Ran | None) -> Work | None:
    """Return what is still to be done of this work; None if that is nothing."""
    if known is None:
        return work
    asked = {name: request for name, request in work.asked.items() if name not in known.replies}
    return replace(work, asked=asked) if asked else None


def save(folder: Path, work: Work, ran: Ran) -> Ran:
    """Store what came of a run, of all of the work or what was left; return all that is known.

    The outputs are those of this run. It is all stored or nothing.
    """
    before = load(folder, work)
    replies = (before.replies if before else {}) | ran.replies
    return _store(folder, work, replace(ran, replies=replies))


def forget(folder: Path, work: Work, names: Collection[str] = ()) -> None:
    """Forget what was answered about these exercises; without names, all of the notebook."""
    if not names:
        _place(folder, work).unlink(missing_ok=True)
    elif (known := load(folder, work)) and not known.replies.keys().isdisjoint(names):
        kept = {name: reply for name, reply in known.replies.items() if name not in names}
        _store(folder, work, replace(known, replies=kept))


def _store(folder: Path, work: Work, ran: Ran) -> Ran:
    replies = {name: [question(work, name), _as_json(reply)] for name, reply in ran.replies.items()}
    plain = {"outputs": ran.outputs, "replies": replies, "stopped": ran.stopped}
    write(_place(folder, work), json.dumps(plain))
    return ran


def write(path: Path, text: str) -> None:
    """Write a file in one step: whoever is killed while writing leaves what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)


def _place(folder: Path, work: Work) -> Path:
    name = key(work)
    return folder / name[:2] / f"{name}.json"


def _as_json(reply: Reply) -> Any:
    return reply if isinstance(reply, str) else [base64.b64encode(reply).decode()]


def _from_json(plain: Any) -> Reply:
    return plain if isinstance(plain, str) else base64.b64decode(plain[0])
