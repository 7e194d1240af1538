"""The house: no import circle, no arrow that runs back up, and trust that is a folder."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from gradelib.teacher import package
from gradelib.teacher.package import PACKAGE

ROOT = Path(__file__).parents[1]
COMMANDS = {"gradelib.cli", "gradelib.__main__"}  # they ask what is there before they import it


@functools.cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("gradelib", cache_dir=None)


def names(files: list[Path]) -> set[str]:
    """Return the modules of some files by their dotted names."""
    plain = [path.relative_to(PACKAGE.parent).with_suffix("") for path in files]
    return {".".join(path.parts).removesuffix(".__init__") for path in plain}


def code(files: list[Path]) -> list[Path]:
    return [path for path in files if path.suffix == ".py"]


def needed(module: str) -> set[str]:
    """Return a module with all of gradelib that it imports, however far down."""
    return {module} | imports().find_upstream_modules(module)


def test_nobody_imports_upwards_or_in_a_circle():
    lint = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_no_module_is_part_of_a_circle():
    assert [one for one in imports().modules if one in imports().find_upstream_modules(one)] == []


def test_what_ships_imports_nothing_that_does_not():
    ships = names(code(package.shipped()))
    assert {"gradelib.checking.session", "gradelib.student.doctor", "gradelib.cli"} <= ships
    assert not [name for name in ships if name.split(".")[1:2] in (["author"], ["teacher"])]
    for name in ships - COMMANDS:
        assert needed(name) <= ships, name


def test_what_is_staged_beside_an_answer_imports_nothing_else():
    staged = names(code(package.staged()))
    assert {"gradelib.sandbox.zygote", "gradelib.checking.serve"} <= staged
    for name in staged - COMMANDS:
        assert needed(name) <= staged, name


@pytest.mark.parametrize("start", ["gradelib.checking.serve", "gradelib.sandbox.zygote"])
def test_answers_are_stored_by_all_that_runs_beside_them(start):
    """What an exercise asks is hashed with each answer; the rest with the notebook."""
    beside = package.beside_answers()
    assert needed(start) <= names(code(beside))
    assert {*(PACKAGE / "teacher" / "kernels").glob("*.py")} <= {*beside}


def test_all_of_a_topics_pictures_count_beside_an_answer_and_its_cases_do_not():
    beside = package.beside_answers()
    assert PACKAGE / "topics" / "masks" / "explorer.py" in beside
    assert PACKAGE / "topics" / "masks" / "exercises" / "causal.py" not in beside
    assert PACKAGE / "topics" / "start_here" / "exercises.py" not in beside
    assert PACKAGE / "topics" / "masks" / "records.json" not in beside


@pytest.mark.parametrize(
    "start",
    [
        "gradelib.teacher.grade.grading",
        "gradelib.teacher.grade.execute",
        "gradelib.teacher.grade.exam",
        "gradelib.teacher.collect.rebuild",
        "gradelib.teacher.kernels.run",
    ],
)
def test_a_grade_depends_on_all_that_makes_it(start):
    assert needed(start) <= names(code(package.judging()))


def test_every_file_of_gradelib_has_its_place():
    """A new folder is the teacher's, a student's or staged: nothing falls between."""
    every = {path for path in PACKAGE.rglob("*") if path.suffix in package.CODE}
    every = {path for path in every if "__pycache__" not in path.parts}
    rest = every - {*package.shipped(), *package.staged(), *package.judging()}
    places = {path.relative_to(PACKAGE).parts[:2] for path in rest}
    assert places == {
        ("author", "commands.py"),
        ("teacher", "alike"),
        ("teacher", "autograder"),
        ("teacher", "commands.py"),
        ("teacher", "platforms"),
        ("teacher", "rehearsal"),
        ("teacher", "report"),
        ("teacher", "written"),
        ("teacher", "release"),
        ("teacher", "term"),
    }


def test_the_picture_in_the_design_page_is_true():
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    picture = page.split("```text\n")[1].split("```")[0]
    drawn = picture[picture.index("gradelib/") : picture.index("data/  ")]
    folders = {*re.findall(r"(\w+)/", drawn)} - {"gradelib", "topic"}
    made = [
        path for path in (PACKAGE, PACKAGE / "teacher", PACKAGE / "lab") for path in path.iterdir()
    ]
    assert folders == {p.name for p in made if p.is_dir() and p.name != "__pycache__"}
    for path in (PACKAGE / "checking").glob("[a-z]*.py"):
        assert re.search(rf"\b{path.stem}\b", drawn), path
