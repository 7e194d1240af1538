"""The quick tests with the oldest and the newest versions that pyproject.toml allows.

`python -m tests.versions [oldest] [newest]` makes an environment of its own for each in
`build/versions`. *Oldest* is of what we name ourselves; what comes with it is the newest that fits.

torch stays at the tested version, since other builds of it may bring gigabytes for GPUs; with
GRADELIB_TORCH=any it is treated like the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "versions"
EXTRAS = ("teacher", "postgres", "cluster", "test")
TORCH = "GRADELIB_TORCH"
# holds in the tested set alone
NOT_HERE = "tests/test_packaging.py::test_the_tested_set_is_the_one_installed"


def requirements() -> list[Requirement]:
    """Return what pyproject.toml asks for, without the tools of `make lint`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in EXTRAS:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


def lower_bound(requirement: Requirement) -> Version:
    """Return the oldest version that is allowed. Raises ValueError where none is named."""
    bounds = [Version(each.version) for each in requirement.specifier if each.operator == ">="]
    if not bounds:
        raise ValueError(f"{requirement} names no oldest version: write {requirement.name}>=...")
    return max(bounds)


def tested(name: str) -> str:
    """Return the line of constraints.txt that pins a package."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{name}=="))


def constraints(versions: str, torch: str = "") -> list[str]:
    """Return the lines for pip's --constraint. versions: 'oldest' or 'newest'."""
    pinned = [] if torch == "any" else [tested("torch")]
    if versions == "newest":
        return pinned
    return pinned + [
        f"{each.name}=={lower_bound(each)}"
        for each in requirements()
        if not pinned or each.name != "torch"
    ]


def make(versions: str) -> Path:
    """Make the environment anew; return its Python."""
    place = FOLDER / versions
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    chosen = FOLDER / f"{versions}-constraints.txt"
    chosen.write_text("\n".join(constraints(versions, os.environ.get(TORCH, ""))) + "\n")
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", "--upgrade", "pip"], check=True)
    ours = ["--constraint", str(chosen), "--editable", f".[{','.join(EXTRAS)}]"]
    subprocess.run([*pip, "install", "--quiet", *ours], cwd=ROOT, check=True)
    kept = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True)
    (FOLDER / f"{versions}-installed.txt").write_text(kept.stdout)
    return python


def passes(python: Path) -> bool:
    """Run the quick tests in an environment, and say whether they pass."""
    options = ["-n", "2", "--dist", "loadfile", "-m", "quick", "--deselect", NOT_HERE]
    return subprocess.run([str(python), "-m", "pytest", *options], cwd=ROOT).returncode == 0


def main(names: list[str]) -> int:
    """Try the versions that are named, or both; return the exit code."""
    failed = []
    for versions in names or ["oldest", "newest"]:
        print(f"--- the {versions} versions, in build/versions/{versions}", flush=True)
        if not passes(make(versions)):
            failed.append(versions)
    print(f"failed: {', '.join(failed)}" if failed else "passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
