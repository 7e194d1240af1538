"""Which tests are quick is said in one place, and what is said there is there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import E2E, LONGEST, MUST_SANDBOX, QUICK, TESTS, TRAINED, kind, rank
from tests.sandbox.programs import WITHOUT_LIBSECCOMP

FILES = sorted(TESTS.rglob("test_*.py"))


@pytest.mark.parametrize("pattern", [*QUICK, *E2E, *TRAINED, *LONGEST])
def test_every_pattern_names_a_file(pattern):
    assert [path for path in TESTS.glob(pattern) if path.name.startswith("test_")]


def test_there_are_tests_of_every_kind():
    assert {kind(path) for path in FILES} == {"quick", "e2e", "trained", ""}


def test_this_test_is_quick(request):
    assert request.node.get_closest_marker("quick")
    assert not request.node.get_closest_marker("e2e")


def test_no_example_of_hypothesis_has_a_deadline():
    from hypothesis import HealthCheck, settings

    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


@pytest.mark.trained
def test_what_trains_a_model_is_not_quick(request):
    assert not request.node.get_closest_marker("quick")


@pytest.mark.e2e  # it starts pytest and its workers
def test_a_worker_beside_others_has_one_thread(tmp_path):
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text(encoding="utf-8"))
    ask = "import os\ndef test(): assert os.environ.get('OMP_NUM_THREADS') == {}"
    env = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    env.pop("PYTEST_XDIST_WORKER", None)
    for workers, threads in (("0", None), ("2", "1")):
        (tmp_path / "test_threads.py").write_text(ask.format(repr(threads)))
        run = [sys.executable, "-m", "pytest", "-q", "-n", workers, str(tmp_path)]
        ran = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout


@pytest.mark.e2e
def test_this_test_is_not_since_its_mark_says_so(request):
    assert not request.node.get_closest_marker("quick")


@pytest.mark.e2e  # it starts pytest
def test_where_the_sandbox_must_be_had_no_test_runs_without_it(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_LIBSECCOMP)
    run = [sys.executable, "-m", "pytest", "--collect-only", "-q", __file__]
    env = os.environ | {"PYTHONPATH": str(tmp_path), MUST_SANDBOX: "1"}
    ran = subprocess.run(run, cwd=TESTS.parent, env=env, capture_output=True, text=True)
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "nothing can be sandboxed here" in ran.stderr


@pytest.mark.slow  # to see what the mark does: it takes no time
def test_this_test_is_slow_and_so_not_quick(request):
    assert not request.node.get_closest_marker("quick")


CHOICES = ("", "slow", "not slow", "quick")
COLLECT = """
import json, sys
import pytest

class Collected:
    def pytest_collection_finish(self, session):
        self.names = [item.name for item in session.items]

found = {}
for chosen in sys.argv[2:]:
    seen = Collected()
    arguments = ["--collect-only", "-m", chosen, sys.argv[1]]
    assert pytest.main(arguments, plugins=[seen]) == pytest.ExitCode.OK
    found[chosen] = seen.names
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def collected():
    """What each choice leaves of this file: all of them in one process, since it imports much."""
    run = [sys.executable, "-c", COLLECT, __file__, *CHOICES]
    ran = subprocess.run(run, cwd=TESTS.parent, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.mark.e2e  # it starts pytest
@pytest.mark.parametrize(
    ("chosen", "is_there"), zip(CHOICES, (True, True, False, False), strict=True)
)
def test_a_slow_test_is_left_out_only_where_that_is_asked_for(chosen, is_there, collected):
    assert ("test_this_test_is_slow_and_so_not_quick" in collected[chosen]) == is_there
    assert ("test_this_test_is_quick" in collected[chosen]) == (chosen != "slow")


def test_the_longest_files_come_first():
    assert len(set(LONGEST)) == len(LONGEST)
    assert rank(TESTS / LONGEST[0]) < rank(TESTS / LONGEST[1]) < rank(Path(__file__))


@pytest.mark.parametrize(
    ("target", "chosen"),
    [("test", ' -m "not slow"'), ("test-all", ""), ("quick-tests", ' -m "$(MARKS)"')],
)
def test_make_says_which_tests_it_leaves_out(target, chosen):
    makefile = (TESTS.parent / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition(f"\n{target}: ")[2].splitlines()[1]
    assert recipe == f"\t$(PYTEST){chosen}"
    assert "\nMARKS ?= quick\n" in makefile
