"""What keeps a version from being released: `python -m tests.release v1.2.3`.

The version stands in `gradelib/__init__.py`; the changelog and the citation follow it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

import gradelib

ROOT = Path(__file__).parents[1]
HEADING = re.compile(r"^## (?P<version>Unreleased|\d+\.\d+\.\d+)(?: - (?P<date>[\d-]+))?$", re.M)


def changelog() -> list[tuple[str, str, str]]:
    """Return the sections of the changelog: version, date (empty for Unreleased), text."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    return [
        (heading["version"], heading["date"] or "", text[heading.end() : end].strip())
        for heading, end in zip(found, ends, strict=True)
    ]


def citation() -> dict[str, str]:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def problems(tag: str) -> list[str]:
    """Return what does not fit the tag: nothing, if it may be released."""
    version = gradelib.__version__
    (_, _, unreleased), (newest, date, _), *_ = changelog()
    found = []
    if tag != f"v{version}":
        found.append(f"the tag is {tag}, gradelib/__init__.py says {version}")
    if newest != version:
        found.append(f"the newest version in CHANGELOG.md is {newest}, not {version}")
    if unreleased:
        found.append(f"CHANGELOG.md has lines under Unreleased: they belong under {version}")
    if (citation()["version"], citation()["date-released"]) != (newest, date):
        found.append(f"CITATION.cff names another version or date than {newest} of {date}")
    return found


if __name__ == "__main__":
    if said := problems(sys.argv[1]):
        sys.exit("\n".join(said))
