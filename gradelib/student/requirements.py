"""What the course asks of a computer: its packages and their versions, and what of it is missing.

One home: pyproject.toml. A bundle has it as requirements.txt, an installed gradelib as metadata.
"""

from __future__ import annotations

import functools
import importlib.metadata
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

__all__ = ["FILE", "Need", "as_file", "asked", "needs", "on_colab", "unmet"]

FOLDER = Path(__file__).resolve().parents[2]  # in which gradelib lies
FILE = "requirements.txt"
HEADER = "# What the course needs. Made of pyproject.toml: pip install -r requirements.txt"
# Colab has a front end and an IPython of its own, and a package that takes another one breaks it.
# With these versions the notebooks were tried.
COLAB = {"ipython": ">=7.34", "ipywidgets": ">=7.7.1", "jupyterlab": ""}


@dataclass(frozen=True)
class Need:
    """A package, the versions that will do, and the one that is there."""

    name: str
    versions: str  # such as ">=5.0"; empty: it need not be there
    found: str | None = None

    @property
    def met(self) -> bool:
        if not self.versions:
            return True
        return self.found is not None and _is_in(self.found, self.versions)

    @property
    def line(self) -> str:
        """What pip takes: the name with the versions."""
        return f"{self.name}{self.versions}"


def on_colab() -> bool:
    """Say whether this runs on Colab."""
    return bool(find_spec("google") and find_spec("google.colab"))


@functools.cache
def asked() -> tuple[str, ...]:
    """Return the lines that pip takes, of a student's set alone."""
    text, project = _read(FOLDER / FILE), tomllib.loads(_read(FOLDER / "pyproject.toml"))
    if text.startswith(HEADER):
        return tuple(text.splitlines()[1:])
    if project.get("project", {}).get("name") == "gradelib":
        return tuple(project["project"]["dependencies"])
    lines = importlib.metadata.requires("gradelib") or []
    return tuple(line for line in lines if "extra ==" not in line)


def as_file() -> str:
    """Return the requirements.txt of a bundle."""
    return "\n".join([HEADER, *asked(), ""])


def needs() -> list[Need]:
    """Return what is asked here, with what is there. Imports none of the packages."""
    rules = COLAB if on_colab() else {}
    found = []
    for line in asked():
        name, *versions = re.split(r"\s*(?=[<>=!~])", line, maxsplit=1)
        found.append(Need(name, rules.get(name, "".join(versions)), _version(name)))
    return found


def unmet(names: Iterable[str] = ()) -> list[Need]:
    """Return what is missing or too old; of these packages, or of all."""
    chosen = set(names)
    return [need for need in needs() if not need.met and (not chosen or need.name in chosen)]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _is_in(version: str, versions: str) -> bool:
    """Compare as pip does. Without `packaging`, which is asked for too, nothing is compared."""
    try:
        from packaging.specifiers import SpecifierSet
    except ModuleNotFoundError:
        return True
    return SpecifierSet(versions).contains(version, prereleases=True)
