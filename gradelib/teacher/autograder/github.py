"""A template repository for GitHub Classroom: the week's bundle, and a workflow beside it.

It is made of the bundle that `gradelib release` wrote, so it holds what students get and no more.
The workflow runs the visible checks; grading stays with the teacher.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from gradelib.teacher.autograder.gradescope import SCRIPTS
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.package import copy

__all__ = ["WORKFLOW", "write_github"]

WORKFLOW = Path(".github") / "workflows" / "checks.yml"
IGNORED = "__pycache__/\n.ipynb_checkpoints/\n.venv/\nchecks.txt\nreceipt.json\n"
README = """
## This repository

Commit your notebooks and push them, as often as you like. At each push the checks run on GitHub:
open the tab *Actions* and there the newest run to see which pass. The same in a terminal:

    python -m gradelib checks {notebooks}

A red cross says that something is still open, and costs nothing. Your teacher grades the newest
commit, with other numbers than those of the checks.
"""


def write_github(course: Course, week: Week, folder: Path) -> None:
    """Write the repository's files into a folder; what else lies there, such as `.git`, stays.

    Raises CourseError for a week without a bundle, and for a folder of something else.
    """
    bundle = course.class_folder / "bundles" / f"{course.name}-{week.name}"
    if not bundle.is_dir():
        raise CourseError(f"{week.name} has no bundle yet: run gradelib release {week.number}")
    strange = folder.is_dir() and any(path.name != ".git" for path in folder.iterdir())
    if folder.exists() and (not folder.is_dir() or (strange and not (folder / WORKFLOW).is_file())):
        raise CourseError(f"{folder} holds something else: name an empty folder with --to")
    notebooks = " ".join(shlex.quote(f"{name}.ipynb") for name in week.notebooks)
    workflow = (SCRIPTS / WORKFLOW.name).read_text(encoding="utf-8")
    (folder / WORKFLOW).parent.mkdir(parents=True, exist_ok=True)
    (folder / WORKFLOW).write_text(workflow.replace("NOTEBOOKS", notebooks), encoding="utf-8")
    for path in sorted(bundle.iterdir()):
        if path.is_dir():
            shutil.rmtree(folder / path.name, ignore_errors=True)
            shutil.copytree(path, folder / path.name)
        else:
            copy(path, folder / path.name)
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    readme = (bundle / "README.md").read_text(encoding="utf-8")
    text = readme + README.format(notebooks=notebooks)
    (folder / "README.md").write_text(text, encoding="utf-8")
