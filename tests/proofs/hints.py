"""Measure how many wrong answers get the hint that is due to them, and that none gets another's.

`solutions/<topic>/wild.py`, or the modules of a folder `wild`, hold wrong answers in other words
than the known mistakes. The last line of each docstring says what is due:

    Hint: not_itself      the hint of this known mistake, in whatever spelling
    Hint: any.printed     a habit, of `gradelib.checking.habits`
    Hint: none            no mistake's hint; a habit's may come, since it states a fact
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import types
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gradelib.checking.hints import find_hint, spelled
from gradelib.checking.judge import fails
from gradelib.checking.restrictions import source_of

from .subject import ROOT, Subject, subject

__all__ = ["Rate", "Wild", "fate", "rate", "topics", "wild"]

DUE = "Hint: "
HABIT = "any."
RIGHT, SILENT, ANOTHERS, PASSED = "right", "silent", "another's", "passed"


@dataclass(frozen=True)
class Wild:
    """A wrong answer to an exercise, and whose hint is due."""

    exercise: str
    name: str
    answer: Any
    due: str


@dataclass(frozen=True)
class Rate:
    """How many of the answers that are wrong in a known way got their hint, and which did not."""

    known: int
    right: int
    silent: list[str]
    anothers: list[str]  # with the hint that came
    passed: list[str]

    @property
    def share(self) -> float:
        return self.right / self.known if self.known else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.known}"


def topics() -> list[str]:
    """Return the topics that have wrong answers in other words."""
    return sorted({path.relative_to(ROOT).parts[1] for path in _files("*")})


def wild(topic: str) -> list[Wild]:
    """Read a topic's wrong answers, file by file, in the order in which they are written."""
    found = []
    for path in sorted(_files(topic)):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        nodes = ast.parse(path.read_text(encoding="utf-8")).body
        names = [n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        found += [_read(topic, name, getattr(module, name)) for name in names if "__" in name]
    return found


def _files(topic: str) -> list[Path]:
    """Return the modules that hold a topic's wrong answers; the folder's own head has none."""
    places = [*ROOT.glob(f"solutions/{topic}/wild.py"), *ROOT.glob(f"solutions/{topic}/wild/*.py")]
    return [path for path in places if path.name != "__init__.py"]


def _read(topic: str, name: str, answer: Any) -> Wild:
    function, _, how = name.partition("__")
    last = (inspect.getdoc(answer) or "").splitlines()[-1:] or [""]
    if not last[0].startswith(DUE):
        raise ValueError(f"{topic}: {name} does not say whose hint is due: end with `{DUE}none`")
    return Wild(f"{topic}.{function}", how, _named(answer, function), last[0][len(DUE) :].strip())


def _named(answer: Any, function: str) -> Any:
    """Return a function under the name that it has in a notebook."""
    if not isinstance(answer, types.FunctionType):
        return answer
    code = answer.__code__.replace(co_name=function, co_qualname=function)
    named = types.FunctionType(
        code, answer.__globals__, function, answer.__defaults__, answer.__closure__
    )
    named.__kwdefaults__ = answer.__kwdefaults__
    return named


def fate(one: Wild, asked: Subject) -> tuple[str, str]:
    """Say what became of a wrong answer on the visible cases, and which hint it got."""
    outcomes = asked.at_pace(one.due).run(one.answer, asked.visible)
    failing = partial(fails, asked.exercise)
    if not any(failing(*pair) for pair in zip(asked.visible, outcomes, strict=True)):
        return PASSED, ""
    source = source_of(one.answer)
    hint = find_hint(asked.exercise, asked.visible, outcomes, asked.known, failing, source)
    got = spelled(hint.name) if hint else ""
    if got == one.due or (one.due == "none" and (not got or got.startswith(HABIT))):
        return RIGHT, got
    if not got or got.startswith(HABIT):
        return SILENT, got
    return ANOTHERS, got


@functools.cache
def rate(topic: str) -> Rate:
    """Judge all of a topic's wrong answers. Those to which nothing is due count for another's."""
    fates = {one: fate(one, subject(one.exercise)) for one in wild(topic)}
    known = [one for one in fates if one.due != "none"]
    right = Counter(fates[one][0] for one in known)[RIGHT]
    said: dict[str, list[str]] = {SILENT: [], ANOTHERS: [], PASSED: []}
    for one, (what, got) in fates.items():
        if what != RIGHT:
            said[what].append(f"{one.exercise}__{one.name}: due {one.due}, got {got or 'none'}")
    return Rate(len(known), right, said[SILENT], said[ANOTHERS], said[PASSED])
