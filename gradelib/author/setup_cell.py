"""The first cell of each notebook: on Colab it gets what is missing, elsewhere it does nothing.

It may use nothing of gradelib before gradelib is there. What Colab needs beside gradelib is in
`gradelib/student/colab.py`.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

from gradelib.author import StoryError
from gradelib.author.course_file import FILE, CourseFileError, read_course_file

__all__ = ["setup_source"]

WIDTH = 88  # columns
SETUP = """\
# On Colab this fetches what is missing. Elsewhere it does nothing.
import sys
from importlib.util import find_spec

on_colab = find_spec("google") and find_spec("google.colab")
if on_colab and not find_spec("gradelib"):
{fetch}
if not find_spec("gradelib"):
    raise ImportError({colab} if on_colab else {elsewhere})
if on_colab:
    from gradelib.student import colab

    colab.install_what_is_missing()

from gradelib import check, hint, progress"""
# How gradelib comes to Colab: from an address that pip knows, or with the zip that was uploaded.
FETCH = """\
    import importlib
    import subprocess

    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, {install}], check=True)
    importlib.invalidate_caches()"""
UNPACK = """\
    import os
    import shutil
    from pathlib import Path

    for packed in Path.cwd().glob("*.zip"):
        shutil.unpack_archive(packed)
    for package in sorted(Path.cwd().glob("*/gradelib"))[-1:]:  # of the last week
        os.chdir(package.parent)
        sys.path.insert(0, os.getcwd())"""
ON_COLAB = (
    "the course's files are not here yet. Click on the folder at the left edge, then on "
    "the arrow that points up, and choose the zip that your teacher handed out: the zip "
    "itself, since Colab takes no folders. When it is there, run this cell again. "
    "Colab forgets it when the session ends."
)
ELSEWHERE = (
    "gradelib is not beside this notebook. Keep all files of the course's zip together, "
    "and start JupyterLab in their folder, as its README says."
)


def setup_source(root: Path) -> str:
    """Return the code of the first cell, in which the course's way to Colab stands.

    Raises StoryError where course.toml cannot be read.
    """
    try:
        install = read_course_file(root).colab.install
    except (OSError, CourseFileError) as error:
        problems = error.problems if isinstance(error, CourseFileError) else [str(error)]
        raise StoryError(root / FILE, 1, "; ".join(problems)) from None
    fetch = FETCH.format(install=json.dumps(install)) if install else UNPACK
    return SETUP.format(fetch=fetch, colab=_wrapped(ON_COLAB), elsewhere=_wrapped(ELSEWHERE))


def _wrapped(text: str) -> str:
    """Return a text as Python's parts of one string, on lines that are not too long."""
    lines = textwrap.wrap(text, WIDTH - 12, drop_whitespace=False)
    return "(\n" + "\n".join(f"        {json.dumps(line)}" for line in lines) + "\n    )"
