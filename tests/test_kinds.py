"""Which tests are quick is said in one place, and what is said there is there."""

import pytest

from tests.conftest import E2E, QUICK, TESTS, kind

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
