"""What kind of computer this is, and what is known to go wrong on it. Imports nothing heavy."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from gradelib.student.requirements import on_colab, unmet

__all__ = ["active_environment", "in_conda", "in_notebook", "system", "troubles"]

# Without these torch says "DLL load failed"; torch/__init__.py looks for the same ones.
WINDOWS_LIBRARIES = ("vcruntime140.dll", "msvcp140.dll", "vcruntime140_1.dll")
RUNTIME = "https://aka.ms/vs/17/release/vc_redist.x64.exe"


def system() -> str:
    """Return the name of the system, such as "macOS 15.1 on arm64"."""
    if on_colab():
        return "Colab"
    name = {"Darwin": f"macOS {platform.mac_ver()[0]}"}.get(platform.system())
    return f"{name or f'{platform.system()} {platform.release()}'} on {platform.machine()}"


def in_notebook() -> bool:
    """Say whether this runs in the kernel of a notebook."""
    return "ipykernel" in sys.modules


def in_conda() -> bool:
    """Say whether this Python belongs to an environment of conda's."""
    return (Path(sys.prefix) / "conda-meta").is_dir()


def active_environment() -> Path | None:
    """Return the environment that was activated in the terminal from which this was started."""
    name = os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX")
    return Path(name) if name else None


def troubles() -> Iterator[tuple[str, str]]:
    """Yield what is wrong with this computer, each by a name, with what to do."""
    if platform.system() == "Windows":
        yield from _windows()
    elif platform.system() == "Darwin" and platform.machine() == "x86_64" and unmet(["torch"]):
        yield "processor", _intel_mac()


def _windows() -> Iterator[tuple[str, str]]:
    gone = [name for name in WINDOWS_LIBRARIES if not _loads(name)]
    if gone and platform.machine() != "ARM64":
        yield "C++ runtime", f"{gone[0]} is missing, and torch needs it: install {RUNTIME}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _intel_mac() -> str:
    asked = ["sysctl", "-n", "sysctl.proc_translated"]
    said = subprocess.run(asked, capture_output=True, text=True)
    if said.stdout.strip() == "1":
        return "this Python is made for Intel: install conda for Apple silicon (arm64)"
    return "pip has no torch of today for Macs with Intel: use conda, or Colab"
