"""The version, the changelog and the citation say the same, and a wrong tag is stopped."""

import datetime
import re

import pytest

import gradelib
from tests import release

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_changelog_begins_with_what_is_not_released_and_goes_back_in_time():
    (first, no_date, _), *versions = release.changelog()
    assert (first, no_date) == ("Unreleased", "")
    dates = [datetime.date.fromisoformat(date) for _, date, _ in versions]
    assert dates == sorted(dates, reverse=True)
    assert versions[0][0] == gradelib.__version__


def test_its_sections_have_the_names_that_the_form_gives():
    _, _, text = release.changelog()[0]
    assert set(re.findall(r"^### (.+)$", text, re.M)) <= KINDS


def test_the_citation_names_the_version_and_its_date():
    version, date, _ = release.changelog()[1]
    cited = release.citation()
    assert (cited["version"], cited["date-released"]) == (version, date)
    assert {"cff-version", "message", "title", "authors", "license"} <= set(cited)


@pytest.mark.parametrize(
    ("tag", "version", "unreleased", "said"),
    [
        ("v1.2.3", "1.2.3", "", []),
        ("v1.2.4", "1.2.3", "", ["the tag is v1.2.4"]),
        ("1.2.3", "1.2.3", "", ["the tag is 1.2.3"]),
        ("v1.2.3", "1.2.3", "- A line.", ["lines under Unreleased"]),
        ("v1.3.0", "1.3.0", "", ["the newest version in CHANGELOG.md is 1.2.3"]),
    ],
)
def test_a_tag_is_released_only_if_all_fit(tag, version, unreleased, said, monkeypatch):
    log = [("Unreleased", "", unreleased), ("1.2.3", "2027-01-02", "- Another line.")]
    monkeypatch.setattr(release, "changelog", lambda: log)
    cited = {"version": "1.2.3", "date-released": "2027-01-02"}
    monkeypatch.setattr(release, "citation", lambda: cited)
    monkeypatch.setattr(gradelib, "__version__", version)
    found = release.problems(tag)
    assert len(found) == len(said)
    assert all(part in line for part, line in zip(said, found, strict=True))


def test_a_citation_of_another_version_is_not_released(monkeypatch):
    monkeypatch.setattr(release, "citation", lambda: {"version": "9.9.9", "date-released": ""})
    assert any("CITATION.cff" in line for line in release.problems("v9.9.9"))
