"""What the tests of gradebooks share: a course on either kind of database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from gradelib.teacher.course import GRADEBOOK, Course
from tests.teacher import postgres_server
from tests.teacher.small_course import ROOT

needs_postgres = pytest.mark.skipif(
    postgres_server.programs() is None, reason=postgres_server.INSTALL
)
KINDS = ["sqlite", pytest.param("postgresql", marks=needs_postgres)]
PATIENCE = 900  # seconds, on a computer that does much else


def keep_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test puts into the environment ends with it, the password too."""
    monkeypatch.setenv(GRADEBOOK, "sqlite")
    monkeypatch.setenv("PGPASSWORD", "")
    monkeypatch.delenv("PGPASSWORD")


def on(course: Course, url: str, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv(GRADEBOOK, url)
    return Course.find(course.root)


def nbgrader(course: Course, *command: str) -> subprocess.CompletedProcess:
    """Run nbgrader's own command in the course's folder, in which there is half a gradelib too."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )


def until(it_is_so: Callable[[], bool], meanwhile: Callable[[], object] = lambda: None) -> None:
    began = time.monotonic()
    while not it_is_so():
        assert time.monotonic() - began < PATIENCE
        meanwhile()
        time.sleep(0.05)
