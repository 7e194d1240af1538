"""A computer that looks like Colab: google.colab is pretended, and gradelib is not there yet.

Also the first cell of a notebook, the zip that a student uploads, and a pip that writes down what
it is asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gradelib.author.setup_cell import setup_source

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


ADDRESS = "https://example.org/course/gradelib-0.1.0-py3-none-any.whl"
ASKED = "install --quiet --no-deps --force-reinstall"
# What pip is asked is written down; a package that is installed is one that can be imported.
PIP = """\
import os, sys
from pathlib import Path
with open(os.environ["ASKED"], "a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
if os.environ["PIP_SAYS"]:
    sys.exit(os.environ["PIP_SAYS"])
if "gradelib" in sys.argv[-1]:
    exec(os.environ["PUT"])
"""
PREPARE = "def prepare(notebook): print('looked at', notebook)\n"


def source(tmp_path: Path, install: str = "") -> str:
    (tmp_path / "course.toml").write_text(
        f'title = "c"\nname = "c"\n[colab]\ninstall = "{install}"\n'
        '[[weeks]]\nnumber = 1\ntitle = "w"\nnotebooks = ["00_start_here"]\n'
    )
    return setup_source(tmp_path, "00_start_here")


def bundle(folder: Path, week: int = 1, wheel: bool = False) -> None:
    """Write the zip that a student uploads: with a gradelib that says that it was found."""
    name = f"course-week{week:02}{'-colab' if wheel else ''}"
    made = folder / "made" / name
    if wheel:
        made.mkdir(parents=True)
        (made / ADDRESS.rpartition("/")[2]).touch()
    else:
        (made / "gradelib" / "student").mkdir(parents=True)
        names = f"check, hint, progress, submit = 'week {week}', None, None, None\n"
        (made / "gradelib" / "__init__.py").write_text(names)
        (made / "gradelib" / "student" / "__init__.py").touch()
        (made / "gradelib" / "student" / "colab.py").write_text(PREPARE)
    shutil.make_archive(str(folder / name), "zip", folder / "made", name)
    shutil.rmtree(folder / "made")


def run_setup(
    code: str, folder: Path, is_colab: bool = True, pip_says: str = ""
) -> subprocess.CompletedProcess:
    """Run the cell in a new Python that has no gradelib, in `folder`."""
    fake = fake_packages(folder, is_colab)
    (fake / "pip").mkdir(parents=True, exist_ok=True)
    (fake / "pip" / "__main__.py").write_text(PIP)
    (fake / "pip" / "__init__.py").touch()
    put = f"p = Path({str(fake)!r}, 'gradelib', 'student'); p.mkdir(parents=True, exist_ok=True)\n"
    put += "(p.parent / '__init__.py').write_text('check = hint = progress = submit = 1\\n')\n"
    put += f"(p / '__init__.py').touch()\n(p / 'colab.py').write_text({PREPARE!r})"
    asked = str(folder / "asked")
    return run_cell(code, folder, PYTHONPATH=str(fake), ASKED=asked, PUT=put, PIP_SAYS=pip_says)
