"""A computer that looks like Colab: google.colab is pretended, and gradelib is not there yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_GRADELIB = """\
import sys
sys.meta_path = [f for f in sys.meta_path if "Redirecting" not in getattr(f, "__name__", "")]
sys.path = [p for p in sys.path if p != {root!r}]
"""


def fake_packages(folder: Path, is_colab: bool = True) -> Path:
    """Write what a new Python finds first, beside `folder`, in which Colab works."""
    fake = folder.parent / "fake"
    for name in ("google/colab/__init__.py",) if is_colab else ():
        (fake / name).parent.mkdir(parents=True, exist_ok=True)
        (fake / name).touch()
    fake.mkdir(exist_ok=True)
    (fake / "sitecustomize.py").write_text(WITHOUT_GRADELIB.format(root=str(ROOT)))
    return fake


def run_cell(code: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a cell in a new Python in `folder`, and print what `check` is and where it is then."""
    run = [sys.executable, "-c", f"{code}\nimport os\nprint(check, os.getcwd())"]
    more = os.environ | {"PYTHONUTF8": "1"} | env
    return subprocess.run(run, cwd=folder, env=more, capture_output=True, text=True)
