"""Which tests are quick is said in one place, and what is said there is there."""

import os
import subprocess
import sys

import pytest

from tests.conftest import E2E, MUST_SANDBOX, QUICK, TESTS, kind

FILES = sorted(TESTS.rglob("test_*.py"))


@pytest.mark.parametrize("pattern", [*QUICK, *E2E])
def test_every_pattern_names_a_file(pattern):
    assert [path for path in TESTS.glob(pattern) if path.name.startswith("test_")]


def test_there_are_tests_of_every_kind():
    assert {kind(path) for path in FILES} == {"quick", "e2e", ""}


def test_this_test_is_quick(request):
    assert request.node.get_closest_marker("quick")
    assert not request.node.get_closest_marker("e2e")


@pytest.mark.e2e
def test_this_test_is_not_since_its_mark_says_so(request):
    assert not request.node.get_closest_marker("quick")


WITHOUT_LIBSECCOMP = """
import ctypes

class CDLL(ctypes.CDLL):
    def __init__(self, name, *more, **other):
        if name == "libseccomp.so.2":
            raise OSError("libseccomp.so.2: not on this computer")
        super().__init__(name, *more, **other)

ctypes.CDLL = CDLL
"""


def test_where_the_sandbox_must_be_had_no_test_runs_without_it(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_LIBSECCOMP)
    run = [sys.executable, "-m", "pytest", "--collect-only", "-q", __file__]
    env = os.environ | {"PYTHONPATH": str(tmp_path), MUST_SANDBOX: "1"}
    ran = subprocess.run(run, cwd=TESTS.parent, env=env, capture_output=True, text=True)
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "nothing can be sandboxed here" in ran.stderr
