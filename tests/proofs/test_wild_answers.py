"""What students write in other words than the known mistakes fails, too."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradelib.checking.exercise import in_topic
from gradelib.checking.habits import HABITS
from gradelib.checking.hints import spelled
from gradelib.checking.records import load
from tests.proofs.subject import ROOT, subject

FILES = sorted(ROOT.glob("solutions/*/wild.py"))
AT_LEAST = 5  # so many for each exercise


def wild(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield what each wrong answer is an answer to, its name, and itself."""
    spec = importlib.util.spec_from_file_location(f"wild_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and "__" in node.name:
            function, _, how = node.name.partition("__")
            yield f"{path.parent.name}.{function}", how, getattr(module, node.name)


def topics() -> list[str]:
    return [path.parent.name for path in FILES]


def test_every_topic_has_some():
    written = {path.parent.name for path in ROOT.glob("solutions/*/reference.py")}
    assert sorted(written - set(topics())) == []


@pytest.mark.parametrize("path", FILES, ids=topics())
def test_there_are_enough_for_each_exercise(path):
    count = dict.fromkeys(in_topic(path.parent.name), 0)
    for name, _, _ in wild(path):
        count[name] += 1
    assert {name: number for name, number in count.items() if number < AT_LEAST} == {}


@pytest.mark.parametrize("path", FILES, ids=topics())
def test_none_of_them_passes(path):
    passed = []
    for name, how, answer in wild(path):
        one = subject(name)
        if one.hurried.judged(answer, one.visible).passed:
            passed.append(f"{name}: {how}")
    assert passed == []


@pytest.mark.parametrize("path", FILES, ids=topics())
def test_the_hints_that_are_due_are_those_of_known_mistakes(path):
    habits = {habit.name for habit in HABITS}
    recorded = load(path.parent.name)
    known = {
        name: habits | {spelled(m.name) for m in recorded.mistakes(name)}
        for name, _, _ in wild(path)
    }
    strange = []
    for name, how, answer in wild(path):
        due = (answer.__doc__ or "").rpartition("Hint: ")[2].strip()
        if due != "none" and due not in known[name]:
            strange.append(f"{name}: {how} is due the hint of {due!r}")
    assert strange == []
