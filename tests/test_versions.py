"""The oldest and the newest versions are read off pyproject.toml."""

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests import versions


def test_every_requirement_names_its_oldest_version():
    for requirement in versions.requirements():
        assert versions.lower_bound(requirement) in requirement.specifier


def test_a_requirement_without_an_oldest_version_is_an_error():
    with pytest.raises(ValueError, match="names no oldest version: write torch>="):
        versions.lower_bound(Requirement("torch<3"))
    assert versions.lower_bound(Requirement("a[b]>=1.2,<2")) == Version("1.2")


def test_the_oldest_versions_are_the_lower_bounds_and_the_newest_are_free():
    oldest = dict(line.split("==") for line in versions.constraints("oldest"))
    bounds = {each.name: str(versions.lower_bound(each)) for each in versions.requirements()}
    assert oldest | {"torch": ""} == bounds | {"torch": ""}
    assert versions.constraints("newest", torch="any") == []


@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_torch_stays_at_the_tested_version_unless_told_otherwise(which):
    assert versions.tested("torch") in versions.constraints(which)
    assert versions.tested("torch") not in versions.constraints(which, torch="any")
