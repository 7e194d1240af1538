"""For all tests: without a cage where there is none, and never in the real gradebook."""

from __future__ import annotations

import pytest

from gradelib.sandbox.confine import NO_CAGE, available
from gradelib.teacher.course import GRADEBOOK


@pytest.fixture(scope="session", autouse=True)
def without_a_cage_where_there_is_none():
    """Tests of the cage itself skip there, each with the reason."""
    with pytest.MonkeyPatch.context() as patch:
        if available():
            patch.setenv(NO_CAGE, "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def without_the_real_gradebook():
    """The database that a teacher's environment or course.toml names is not for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(GRADEBOOK, "sqlite")
        yield
