"""The student wheel: what ships of gradelib with the data, as pip installs it.

It is built of a copy that has only what ships, so that nothing has to be left out. hatchling
writes it, without the network; the same files in give the same bytes out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

import gradelib
from gradelib.student import handed_out, requirements
from gradelib.student.handed_out import HandedOut
from gradelib.teacher.package import copy, copy_package

__all__ = ["make_wheel"]

PROJECT = """\
[project]
name = "gradelib"
version = {version}
description = "Checks the exercises of a course: what students install"
requires-python = ">=3.11"
dependencies = {dependencies}
license-files = ["LICENSE"]

[project.scripts]
gradelib = "gradelib.cli:main"

[tool.hatch.build]
ignore-vcs = true  # wherever the class folder lies: all that is here ships

[tool.hatch.build.targets.wheel]
packages = ["gradelib"]

[tool.hatch.build.targets.wheel.force-include]
"data" = "gradelib_data"
"""


def make_wheel(root: Path, week: HandedOut, to: Path) -> Path:
    """Write the wheel of a week into the folder `to`, and return it. `root` has the licence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_package(folder)
        (folder / "gradelib" / handed_out.FILE).write_text(week.as_file(), encoding="utf-8")
        if (root / "LICENSE").is_file():
            copy(root / "LICENSE", folder / "LICENSE")
        (folder / "pyproject.toml").write_text(_project(requirements.asked()), encoding="utf-8")
        (path,) = WheelBuilder(name).build(directory=str(to), versions=["standard"])
    return Path(path)


def _project(dependencies: Iterable[str]) -> str:
    return PROJECT.format(
        version=json.dumps(gradelib.__version__), dependencies=json.dumps(list(dependencies))
    )
