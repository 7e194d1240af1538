"""Say what is installed, what is missing or too old, and the command that mends it.

It knows a notebook from a terminal, conda, Colab, Windows and macOS. Nothing heavy is imported.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from gradelib.student import computer
from gradelib.student.requirements import FOLDER, Need, needs, on_colab, unmet

__all__ = ["Report", "Row", "doctor", "report"]

# Each has a line of its own; the others one together, if all is well with them.
SHOWN = ("torch", "transformers", "datasets", "jupyterlab", "matplotlib", "ipywidgets")
PYTHON = (3, 11)
MEMORY = 4  # GB that the heaviest notebook and its browser need
DISK = 2  # GB


@dataclass(frozen=True)
class Row:
    """One thing that the course needs, and what to do where it is not as it should be."""

    well: bool
    name: str
    text: str


@dataclass(frozen=True)
class Report:
    """About a dozen lines for a person, and whether all is well."""

    text: str
    well: bool


def report() -> Report:
    """Look at Python, the kernel, the packages and their versions, data, memory and disk."""
    rows = [_python(), _kernel(), *_packages(), _data(), _machine()]
    rows += [Row(False, name, text) for name, text in computer.troubles()]
    width = max(len(row.name) for row in rows)
    lines = [f"{'✓' if row.well else '✗'} {row.name:<{width}}  {row.text}" for row in rows]
    well = all(row.well for row in rows)
    again = (
        "restart the session (Runtime → Restart session)" if on_colab() else "restart the kernel"
    )
    lines.append("All is well." if well else f"Mend the lines marked ✗, then {again}.")
    return Report("\n".join(lines), well)


def doctor() -> None:
    """Print the report."""
    print(report().text)


def _python() -> Row:
    well = sys.version_info[:2] >= PYTHON
    needed = ".".join(map(str, PYTHON))
    mend = "" if well else f": needs {needed} or newer; conda env create -f environment.yml"
    return Row(well, "python", f"{platform.python_version()}{mend}")


def _kernel() -> Row:
    """Say which Python runs this: where something is missing, another one may have it."""
    own, active = Path(sys.prefix), computer.active_environment()
    same = active is None or active.resolve() == own.resolve()
    if same or on_colab() or not unmet():
        return Row(True, "environment", str(own))
    if computer.in_notebook():
        mend = "choose Kernel → Change Kernel → Python 3 (ipykernel)"
    else:
        mend = "open a new terminal, activate it again, and write python -m gradelib doctor"
    return Row(False, "environment", f"this is {own}, but {active} is activated: {mend}")


def _packages() -> list[Row]:
    all_needs = [need for need in needs() if need.versions]
    alone = [need for need in all_needs if need.name in SHOWN or not need.met]
    rest = len(all_needs) - len(alone)
    alone.sort(key=lambda need: SHOWN.index(need.name) if need.name in SHOWN else len(SHOWN))
    return [*map(_package, alone), Row(True, "others", f"{rest} more packages")]


def _package(need: Need) -> Row:
    if need.met:
        return Row(True, need.name, str(need.found))
    what = "missing" if need.found is None else f"{need.found}, but needs {need.versions}"
    return Row(False, need.name, f"{what}: run  {_mend(need)}")


def _mend(need: Need) -> str:
    """Return the command that brings a package, for the place in which this runs."""
    quoted = f'"{need.line}"'  # for every shell
    if on_colab() or computer.in_notebook():
        return f"%pip install {quoted}"
    if computer.in_conda() and (FOLDER / "environment.yml").is_file():
        return "conda env update --file environment.yml"
    return f'"{sys.executable}" -m pip install {quoted}'


def _data() -> Row:
    from gradelib.lab import data

    try:
        languages = data.path("languages")
    except FileNotFoundError as error:
        return Row(False, "course data", str(error))
    sets = sum(path.is_dir() for path in languages.parent.iterdir())
    return Row(True, "course data", f"{sets} sets")


def _machine() -> Row:
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    text = f"{os.cpu_count()} cores, {free:.0f} GB of disk free"
    memory = _memory()
    if memory is not None:
        text = f"{memory:.0f} GB of memory, {text}"
    well = free > DISK and (memory is None or memory > MEMORY * 0.9)
    mend = "" if well else f": needs {MEMORY} GB of memory and {DISK} GB of disk; Colab has both"
    return Row(well, "machine", f"{computer.system()}, {text}{mend}")


def _memory() -> float | None:
    """Return the machine's memory in GB, or None where psutil is not installed."""
    try:
        import psutil
    except ModuleNotFoundError:
        return None
    total: int = psutil.virtual_memory().total
    return total / 1e9
