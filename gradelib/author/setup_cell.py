"""The first cell of each notebook: on Colab it gets what is missing, elsewhere it does nothing.

It may use nothing of gradelib before gradelib is there. What Colab needs beside gradelib is in
`gradelib/student/colab.py`.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

from gradelib.author import StoryError
from gradelib.author.course_colab import badge
from gradelib.author.course_file import FILE, ColabTable, CourseFileError, read_course_file

__all__ = ["badge_of", "setup_source"]

WIDTH = 88  # columns
# What was uploaded counts more than the address. It is installed anew in each session, so that
# another zip can take the place of a wrong one.
SETUP = """\
# On Colab this fetches what is missing. Elsewhere it does nothing.
import sys
from importlib.util import find_spec

on_colab = find_spec("google") and find_spec("google.colab")
if on_colab and "gradelib" not in sys.modules:
    import importlib
    import os
    import subprocess
    import zipfile
    from pathlib import Path

    said = again = ""
    for packed in sorted(Path.cwd().glob("*.zip"), key=os.path.getmtime):
        data, why = packed.read_bytes(), "is another zip than the course's"
        try:
            files = zipfile.ZipFile(packed)
            if any("/gradelib" in name for name in files.namelist()):
                if broken := files.testzip():
                    raise zipfile.BadZipFile(f"{{broken}} is damaged")
                files.extractall()
        except Exception as error:
            why = f"is damaged or not all there ({{error}})" if data else "is empty"
            if data.lstrip().startswith(b"<"):
                why = "is a web page and no zip: one that asks you to sign in, say"
            print(f"{{packed.name}} {{why}}.")
            again = "(upload it again: as many bytes here as on your own computer) "
        said += f"{{packed.name}}, {{len(data):,}} bytes, {{why}}. "
    get = {get}
    for week in sorted(Path.cwd().glob("*/gradelib*"))[-1:]:  # of the last week
        os.chdir(week.parent)
        sys.path.insert(0, os.getcwd())
        said, get = "", [str(week)] if week.suffix == ".whl" else []
    if get:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        pip += ["--force-reinstall", *get]
        said += subprocess.run(pip, capture_output=True, text=True).stderr
        importlib.invalidate_caches()
if not find_spec("gradelib"):
    raise ImportError(said + again + {colab} if on_colab else {elsewhere})
if on_colab:
    from gradelib.student import colab
    colab.prepare({notebook})

from gradelib import check, hint, progress, submit"""
ON_COLAB = (
    "The course's files are not here yet. Click on the folder at the left edge, then on "
    "the arrow that points up, and choose the zip that your teacher handed out: the zip "
    "itself, since Colab takes no folders. When it is there, run this cell again. "
    "Colab forgets it when the session ends."
)
ELSEWHERE = (
    "gradelib is not beside this notebook. Keep all files of the course's zip together, "
    "and start JupyterLab in their folder, as its README says."
)


def setup_source(root: Path, notebook: str) -> str:
    """Return the code of the first cell of `NN_topic`, with the course's way to Colab.

    Raises StoryError where course.toml cannot be read.
    """
    install = _colab(root).install
    get = f'[] if find_spec("gradelib") else [{_wrapped(install)}]'
    return SETUP.format(
        get=get if install else "[]",
        colab=_wrapped(ON_COLAB),
        elsewhere=_wrapped(ELSEWHERE),
        notebook=json.dumps(notebook),
    )


def badge_of(root: Path, notebook: str) -> str:
    """Return the Markdown of the notebook's badge, or nothing where it has no address on Colab.

    Raises StoryError where course.toml cannot be read.
    """
    address = _colab(root).notebooks
    return badge(address, notebook) if address else ""


def _colab(root: Path) -> ColabTable:
    try:
        return read_course_file(root).colab
    except (OSError, CourseFileError) as error:
        problems = error.problems if isinstance(error, CourseFileError) else [str(error)]
        raise StoryError(root / FILE, 1, "; ".join(problems)) from None


def _wrapped(text: str) -> str:
    """Return a text as Python's parts of one string, on lines that are not too long."""
    lines = textwrap.wrap(text, WIDTH - 12, drop_whitespace=False)
    return "(\n" + "\n".join(f"        {json.dumps(line)}" for line in lines) + "\n    )"
