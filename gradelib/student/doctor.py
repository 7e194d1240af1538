"""Say what is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Report", "doctor", "report"]

NEEDED = ("torch", "transformers", "datasets", "jupyterlab", "matplotlib", "ipywidgets")
PYTHON = (3, 11)
MEMORY = 4  # GB that the heaviest notebook and its browser need
DISK = 2  # GB


@dataclass(frozen=True)
class Report:
    """About ten lines for a person, and whether all is well."""

    text: str
    well: bool


def report() -> Report:
    """Look at Python, the packages, the data, memory and disk."""
    rows = [_python(), *map(_package, NEEDED), _data(), _machine()]
    width = max(len(name) for _, name, _ in rows)
    lines = [f"{'✓' if well else '✗'} {name:<{width}}  {text}" for well, name, text in rows]
    well = all(row[0] for row in rows)
    lines.append("All is well." if well else "Mend the lines marked ✗, then restart the kernel.")
    return Report("\n".join(lines), well)


def doctor() -> None:
    """Print the report."""
    print(report().text)


def _python() -> tuple[bool, str, str]:
    well = sys.version_info[:2] >= PYTHON
    needed = ".".join(map(str, PYTHON))
    mend = "" if well else f": needs {needed} or newer; conda env create -f environment.yml"
    return well, "python", f"{platform.python_version()}{mend}"


def _package(name: str) -> tuple[bool, str, str]:
    """Look a package up without importing it, which would take seconds."""
    try:
        return True, name, importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False, name, f"missing: run  {Path(sys.executable).name} -m pip install {name}"


def _data() -> tuple[bool, str, str]:
    from gradelib.lab import data

    try:
        languages = data.path("languages")
    except FileNotFoundError as error:
        return False, "course data", str(error)
    sets = sum(path.is_dir() for path in languages.parent.iterdir())
    return True, "course data", f"{sets} sets"


def _machine() -> tuple[bool, str, str]:
    import shutil

    free = shutil.disk_usage(Path.cwd()).free / 1e9
    text = f"{os.cpu_count()} cores, {free:.0f} GB of disk free"
    memory = _memory()
    if memory is not None:
        text = f"{memory:.0f} GB of memory, {text}"
    well = free > DISK and (memory is None or memory > MEMORY * 0.9)
    mend = "" if well else f": needs {MEMORY} GB of memory and {DISK} GB of disk; Colab has both"
    return well, "machine", text + mend


def _memory() -> float | None:
    """Return the machine's memory in GB, or None where psutil is not installed."""
    try:
        import psutil
    except ModuleNotFoundError:
        return None
    total: int = psutil.virtual_memory().total
    return total / 1e9
