"""One set of versions, a light import, and a package that stays small."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted() -> dict[str, str]:
    """Return every requirement of pyproject.toml, extras included: name -> range."""
    extras = project()["optional-dependencies"]
    lines = project()["dependencies"] + [line for extra in extras.values() for line in extra]
    found = [Requirement(line) for line in lines]
    return {requirement.name: str(requirement.specifier) for requirement in found}


def constraints() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {name.lower().replace("_", "-"): Version(version) for name, version in pairs}


def test_every_requirement_is_pinned_inside_its_range():
    pinned = constraints()
    for name, versions in wanted().items():
        assert name in pinned, f"constraints.txt has no {name}: see CONTRIBUTING.md"
        assert Requirement(f"{name}{versions}").specifier.contains(pinned[name]), name


def test_the_tested_set_is_the_one_installed():
    import importlib.metadata

    for name in wanted():
        installed = Version(Version(importlib.metadata.version(name)).public)
        assert installed == constraints()[name], name


HEAVY = ("torch", "transformers", "datasets", "IPython", "matplotlib", "pandas", "nbgrader")


def test_importing_gradelib_brings_nothing_heavy():
    code = f"import gradelib, sys; gradelib.check; print([m for m in {HEAVY} if m in sys.modules])"
    run = [sys.executable, "-c", code]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


PACKAGE = ROOT / "gradelib"


# They help a student, and judge nothing.
HELPS = {"again.py", "habits.py", "hints.py", "inline.py", "likeness.py", "signs.py", "steps.py"}


def test_what_judges_an_answer_can_be_read_in_an_afternoon():
    files = [path for path in (PACKAGE / "checking").glob("*.py") if path.name not in HELPS]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) <= 2500


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_has_more_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
