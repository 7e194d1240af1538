"""For all tests: which kind each is, no sandbox where there is none, never the real gradebook."""

from __future__ import annotations

import functools
import gc
import os
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer.main
import typer.testing

from gradelib.sandbox.confine import NO_SANDBOX, available
from gradelib.teacher.course import GRADEBOOK

# Beside another worker a second thread waits for the first one's core: two of two threads each took
# three times as long as two of one. What a test starts inherits it.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
TESTS = Path(__file__).parent
MUST_SANDBOX = "GRADELIB_MUST_SANDBOX"  # in the environment: to have no sandbox is a failure
# They load trained models, train some, or prove something of every reference: too long to be quick.
TRAINED = (
    "lab/test_models_gguf.py",
    "topics/*_claims.py",
    "topics/*_lab.py",
    "topics/*_looks.py",
    "topics/test_devices.py",
    "topics/test_gradients_in_part.py",
    "topics/test_rounding.py",
    "topics/test_sampling_rows.py",
    "topics/test_shapes.py",
)
# Logic alone, and quick; CONTRIBUTING.md says what belongs here. A test in these files that takes
# longer is marked `e2e`, `trained` or `slow`.
QUICK = (
    "test_*.py",
    "checking/*",
    "student/*",
    "author/test_author_errors.py",
    "author/test_composing.py",
    "author/test_edits.py",
    "author/test_sections.py",
    "author/test_stubs.py",
    "lab/test_course_questions.py",
    "lab/test_figures.py",
    "lab/test_lab.py",
    "lab/test_models.py",
    "lab/test_written_*.py",
    "sandbox/test_confine*.py",
    "sandbox/test_linux.py",
    "teacher/test_course_file.py",
    "teacher/test_enrolment.py",
    "teacher/test_late.py",
    "teacher/test_alike.py",
    "teacher/test_report.py",
    "teacher/test_roster.py",
    "teacher/test_rulings.py",
    "teacher/test_sanitize.py",
    "teacher/test_words_found.py",
    "teacher/test_written.py",
    "topics/*",
)
# Kernels, servers, a browser, or a week of grading.
E2E = ("browser/*", "sandbox/test_unprivileged.py", "teacher/*")
# Files that take longest, the longest first, and after them the longest quick ones. Whoever runs
# them side by side begins with these, so that none is left to one worker alone while the others
# have nothing to do.
LONGEST = (
    "proofs/test_proofs.py",
    "teacher/test_term.py",
    "teacher/test_attacks.py",
    "teacher/test_two_graders.py",
    "author/test_no_answers.py",
    "proofs/test_hints.py",
    "teacher/test_regrading.py",
    "browser/test_browser.py",
    "teacher/test_cluster.py",
    "teacher/test_shown_and_graded.py",
    "lab/test_models_hub.py",
    "lab/test_village_data.py",
    "topics/test_encoder_looks.py",
    "lab/test_trained_models.py",
    "author/test_built_notebooks.py",
    "teacher/test_week.py",
    "teacher/test_github.py",
    "teacher/test_nbgraders_notebooks.py",
    "teacher/test_zygote_ends.py",
    "student/test_told_commands.py",
    "teacher/test_bad_input.py",
    "teacher/test_gradescope_zip.py",
    "teacher/test_settling.py",
    "teacher/test_zygote.py",
    "teacher/test_exchange.py",
    "teacher/test_kernel.py",
    "lab/test_village.py",
    "teacher/test_shipped.py",
    "lab/test_training_more.py",
    "topics/test_rounding.py",
    "teacher/test_written.py",
    "sandbox/test_confine.py",
    "topics/test_devices.py",
    "topics/test_shapes.py",
    "topics/test_tokenization.py",
    "topics/test_sampling.py",
)
# What is imported stays. To look through it for garbage, again and again, took seconds.
gc.disable()

OWN = ("e2e", "trained")  # marks of a single test, which count more than its file's


def kind(path: Path) -> str:
    """Return 'trained', 'quick', 'e2e', or nothing for a file. The first that names it counts."""
    name = path.relative_to(TESTS).as_posix()
    for mark, patterns in (("trained", TRAINED), ("quick", QUICK), ("e2e", E2E)):
        if any(fnmatch(name, pattern) for pattern in patterns):
            return mark
    return ""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m quick` import no other file: some need what only Linux has."""
    if config.option.markexpr != "quick" or not collection_path.name.startswith("test_"):
        return None
    return kind(collection_path) != "quick" or None


def rank(path: Path) -> int:
    """Return a file's place among the longest; all others come after them."""
    name = path.relative_to(TESTS).as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank(item.path))
    for item in items:
        mark = kind(item.path)
        if mark == "quick" and item.get_closest_marker("slow"):
            continue
        if mark and not any(map(item.get_closest_marker, OWN)):
            item.add_marker(mark)


def pytest_collection_finish() -> None:
    """From now on there is garbage, but not in what is here already."""
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Nothing hangs on the wall clock: on a busy computer an example may take long."""
    if getattr(config.option, "dist", "no") != "no":
        return  # it only hands out the tests, and the workers would wait for this import
    from hypothesis import HealthCheck, settings

    settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy")


def pytest_sessionstart() -> None:
    if os.environ.get(MUST_SANDBOX) and (reasons := available()):
        raise pytest.UsageError(
            f"{MUST_SANDBOX} is set, and nothing can be sandboxed here: {reasons}"
        )


@pytest.fixture(scope="session", autouse=True)
def without_a_sandbox_where_there_is_none():
    """Tests of the sandbox itself skip there, each with the reason."""
    with pytest.MonkeyPatch.context() as patch:
        if available():
            patch.setenv(NO_SANDBOX, "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def each_command_is_built_once():
    """Typer's runner builds all of `gradelib` for each call; that takes longer than many a call."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(typer.main.get_command)
        patch.setattr(typer.testing, "_get_command", once, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def without_the_real_gradebook():
    """The database that a teacher's environment or course.toml names is not for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(GRADEBOOK, "sqlite")
        yield
