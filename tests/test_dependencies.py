"""Every package that is imported is declared, in the group of those who import it."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import jupytext
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gradelib.teacher import package
from tests.test_packaging import project

ROOT = Path(__file__).parents[1]
OURS = {"gradelib", "solutions", "tests", "data"}
CONDA_NAMES = {"pytorch-cpu": "torch", "huggingface_hub": "huggingface-hub"}
PROGRAMS = {  # of the group `test`: run and not imported
    "coverage", "import-linter", "pytest-xdist",
}  # fmt: skip


def group(*extras: str) -> set[str]:
    """Return the names that a student's set and these extras declare."""
    lines = list(project()["dependencies"])
    for extra in extras:
        lines += project()["optional-dependencies"][extra]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield all statements, those inside others too, and no expression: there is no import."""
    for node in body:
        yield node
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            yield from statements(getattr(node, field, ()))


@functools.cache
def modules(source: str) -> frozenset[str]:
    """Return the top-level modules that a program imports, ours and Python's own aside."""
    return frozenset(_modules(source))


def _modules(source: str) -> Iterator[str]:
    for node in statements(ast.parse(source).body):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = (
                [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            )
        for name in names:
            module = name.partition(".")[0]
            if module and module not in sys.stdlib_module_names | OURS:
                yield module


@functools.cache
def installed() -> Mapping[str, list[str]]:
    return packages_distributions()


def imported(sources: Iterable[str]) -> set[str]:
    """Return the packages that programs import, by the names under which they are installed."""
    found = {module for source in sources for module in modules(source)}
    owners = installed()
    return {canonicalize_name(owners.get(module, [module])[0]) for module in found}


def code(*folders: str, without: str = "") -> list[str]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [
        path.read_text(encoding="utf-8")
        for path in paths
        if not without or without not in path.as_posix()
    ]


def stories() -> list[str]:
    """Return the code of each notebook, without IPython's own lines."""
    found = []
    for path in sorted((ROOT / "notebooks" / "src").glob("*.md")):
        cells = [cell.source for cell in jupytext.read(path).cells if cell.cell_type == "code"]
        lines = [line for cell in cells for line in cell.splitlines()]
        found += ["\n".join(line for line in lines if not line.lstrip().startswith(("!", "%")))]
    return found


def test_what_ships_to_students_needs_a_students_set_alone():
    shipped = [
        path.read_text(encoding="utf-8") for path in package.shipped() if path.suffix == ".py"
    ]
    assert imported([*shipped, *stories()]) - group() == set()


def test_what_teachers_and_authors_run_needs_no_test_tools():
    folders = [f"gradelib/{folder}" for folder in sorted(package.NOT_SHIPPED)]
    assert imported(code(*folders, without="grade/cluster")) - group("teacher") == set()
    clusters = [p.read_text(encoding="utf-8") for p in package.PACKAGE.rglob("grade/cluster*.py")]
    assert imported(clusters) - group("teacher", "cluster") == set()


def test_the_rest_needs_what_is_declared_for_it():
    solutions = code("solutions")
    assert imported(solutions) - group() == set()
    everything = group("teacher", "postgres", "cluster", "test")
    assert imported(code("tests", "data")) - everything == set()


def test_every_package_for_tests_is_used():
    only = group("test") - group()
    assert only - imported(code("tests", "data")) == PROGRAMS


@pytest.mark.parametrize("source", ["import zmq.asyncio", "def f():\n    from zmq import Context"])
def test_an_import_is_seen_wherever_it_stands(source):
    assert imported([source]) == {"pyzmq"}


def test_a_students_environment_holds_a_students_set_and_nothing_else():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    asked = [Requirement(line) for line in environment["dependencies"]]
    conda = {CONDA_NAMES.get(one.name, one.name): str(one.specifier) for one in asked}
    python = conda.pop("python")
    ours = [Requirement(line) for line in project()["dependencies"]]
    assert conda == {one.name: str(one.specifier) for one in ours}
    assert project()["requires-python"] in python.split(",")
