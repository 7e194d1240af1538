"""Gradescope's container, pretended: a folder in the place of /autograder, and its run."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradelib.author.compose import reference_answers, student_notebook, with_answers
from gradelib.checking.tags import CellTag
from gradelib.sandbox.confine import NO_SANDBOX, available
from gradelib.teacher.autograder.gradescope import write_gradescope
from gradelib.teacher.course import CLASS, Course
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import ROOT, saved, small_course

FIRST, SECOND = "00_start_here", "01_tokenization"
SANDBOXED = not available()
METADATA = {
    "id": 123456,
    "created_at": "2027-04-20T14:22:32.365935-07:00",
    "assignment": {"due_date": None, "id": 25828, "total_points": "20.0"},
    "users": [{"email": "ana@uni.example", "id": 1234, "name": "Ana Müller"}],
    "previous_submissions": [],
}
ON_TIME = dt.datetime.fromisoformat(METADATA["created_at"])
PEOPLE = ("ana,Ana Müller,ana@uni.example", "ben,Ben Berg,", "cleo,Ana Müller,cleo@uni.example")


def user(name: str, email: str = "", **other: object) -> dict[str, Any]:
    """Return one of the users of a submission, as Gradescope says it."""
    return {"name": name, "email": email, "id": 7, **other}


def two_notebooks(root: Path) -> Course:
    """Make a course whose only week has two notebooks, and being late costs."""
    course = small_course(root)
    path = course.root / "course.toml"
    text = path.read_text(encoding="utf-8").replace(f'["{FIRST}"]', f'["{FIRST}", "{SECOND}"]')
    late = '[late]\ngrace = "15m"\npenalty = "10%"\nlast_day = 7\n[limits]'
    text = text.replace("[limits]", late).replace("2100-01-01T00:00:00", "2027-04-21T00:00:00")
    path.write_text(text, encoding="utf-8")
    for name in ("pyproject.toml", "constraints.txt", "environment.yml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, course.root)
    return Course.find(course.root)


def solved(name: str, **other: str) -> bytes:
    """Return a notebook with all answers right, but for those that are given by function."""
    topic = name.partition("_")[2]
    blank = student_notebook(ROOT, name)
    answers = reference_answers(ROOT, topic) | {f"{topic}.{f}": s for f, s in other.items()}
    tags = [CellTag.of(cell) for cell in blank.cells]
    words = [tag.exercise for tag in tags if tag.kind == "written"]
    return saved(with_answers(blank, answers | dict.fromkeys(words, "It depends, and so on.")))


def installed(course: Course, folder: Path, **how: Any) -> Path:
    """Write the zip of the first week and unpack it as Gradescope does; return /autograder."""
    to = folder / "autograder.zip"
    write_gradescope(course, course.weeks[0], to, **{"sandboxed": SANDBOXED, **how})
    with zipfile.ZipFile(to) as packed:
        packed.extractall(folder / "autograder" / "source")
    return folder / "autograder"


def run(root: Path, files: Mapping[str, bytes], **other: Any) -> dict[str, Any]:
    """Hand in some files, run the autograder, return what results.json says."""
    for name in ("submission", "results"):
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).mkdir()
    laid(root / "submission", files)
    metadata = METADATA | other.pop("metadata", {})
    (root / "submission_metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    started(root, **other)
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_bytes())
    return found


def started(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `run_autograder` as Gradescope's harness does, with this Python."""
    plain = {key: text for key, text in os.environ.items() if key not in (CLASS, NO_SANDBOX)}
    env = plain | {
        "GRADELIB_AUTOGRADER": str(root),
        "GRADELIB_ENVIRONMENT": sys.prefix,
        **environment,
    }
    shutil.copy(root / "source" / "run_autograder", root)
    script = ["bash", str(root / "run_autograder")]
    return subprocess.run(script, cwd=root, env=env, capture_output=True, text=True, check=False)
