"""How learning platforms name what they hand over: who, which number, when, which attempt.

Each form is as its platform documents or writes it; `tests/teacher/test_platforms.py` has one
example of each. What is here says only what a name says, not whom it means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Named", "blackboard_report", "read_file", "read_folder"]


@dataclass(frozen=True)
class Named:
    """What the name of a file or a folder says."""

    platform: str
    name: str = ""
    number: str = ""  # by which the platform knows the student, or this hand-in
    login: str = ""
    time: dt.datetime | None = None  # on the platform's clock, without a zone
    late: bool = False
    file: str = ""  # the file's own name, without what the platform put before it
    lasting: bool = True  # whether the number is the student's, and not of this hand-in alone

    @property
    def label(self) -> str:
        """The words of an id for this student, where no roster has another."""
        return f"{self.name} {self.number}".strip() if self.number else self.login or self.name


def _moodle(found: re.Match[str]) -> Named:
    own = found["file"] or ""  # since Moodle 4.1 a folder ends with the kind
    file = own.removeprefix("_") if found["kind"] == "file" else ""
    return Named("Moodle", found["name"], found["number"], file=file, lasting=False)


def _canvas(found: re.Match[str]) -> Named:
    late = bool(found["late"])
    return Named("Canvas", found["name"], found["number"], late=late, file=found["file"])


def _ilias(found: re.Match[str]) -> Named:
    name = f"{found['last']} {found['first']}"
    return Named("ILIAS", name, found["number"], found["login"])


def _brightspace(found: re.Match[str]) -> Named:
    time = _time(found["time"])
    return Named("Brightspace", found["name"], found["number"], time=time, file=found["file"] or "")


def _blackboard(found: re.Match[str]) -> Named:
    time = dt.datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
    return Named("Blackboard", login=found["login"], time=time, file=found["file"] or "")


def _nbgrader(found: re.Match[str]) -> Named:
    # Seconds have a fraction there: nbgrader orders hand-ins by it.
    time = _time(re.sub(r"\.\d+", "", found["time"].removesuffix(" UTC")))
    zoned = time.replace(tzinfo=dt.UTC) if time and found["time"].endswith("UTC") else time
    return Named("nbgrader", login=found["login"], time=zoned)


def _gradescope(found: re.Match[str]) -> Named:
    return Named("Gradescope", "submission", found["number"], lasting=False)


Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], Named]]
DAY = r"\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,9}\.?,? \d{4}|\d{4}-\d\d-\d\d"
MOODLE = (
    re.compile(
        r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)(?P<file>_.*)?", re.S
    ),
    _moodle,
)
BLACKBOARD = (
    re.compile(
        r"(?P<before>.*_)?(?P<login>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})"
        r"(?:_(?P<file>.*)|\.txt)?",
        re.S,
    ),
    _blackboard,
)
BRIGHTSPACE = (
    re.compile(
        rf"(?P<number>\d+)-\d+ ?- ?(?P<name>.+?) ?- ?(?P<time>(?:{DAY}),? \d{{1,2}}[:.]?\d\d"
        r"(?: ?[AaPp]\.?[Mm]\.?)?)(?: ?- ?(?P<file>.+\..+))?",
        re.S,
    ),
    _brightspace,
)
CANVAS = (
    re.compile(
        r"(?P<name>[^_]+)_(?P<late>(?i:late)_)?(?P<number>\d+)_(?:(?:text|question)_)?\d+_(?P<file>.+)",
        re.S,
    ),
    _canvas,
)
ILIAS = (
    re.compile(r"(?P<last>[^_]+)_(?P<first>[^_]+)_(?P<login>[^_]+)_(?P<number>\d+)", re.S),
    _ilias,
)
NBGRADER = (
    re.compile(
        r"(?P<login>[^+]+)\+[^+]+\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*(?: UTC)?)(\+.*)?"
    ),
    _nbgrader,
)
GRADESCOPE = (re.compile(r"submission_(?P<number>\d+)"), _gradescope)
FOLDERS: tuple[Reader, ...] = (MOODLE, BLACKBOARD, BRIGHTSPACE, NBGRADER, GRADESCOPE, ILIAS)
FILES: tuple[Reader, ...] = (MOODLE, BLACKBOARD, BRIGHTSPACE, CANVAS)
CLOCK = ("%I%M %p", "%I:%M %p", "%H%M", "%H:%M", "%H:%M:%S", "%H.%M")
DAYS = ("%b %d, %Y", "%B %d, %Y", "%d %b, %Y", "%d %B, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")


def read_folder(name: str) -> Named | None:
    """Return what the name of a folder says, or None where no platform writes it so."""
    return _read(name, FOLDERS)


def read_file(name: str) -> Named | None:
    """Return what the name of a file says, or None where no platform writes it so."""
    return _read(name, FILES)


def _read(name: str, readers: tuple[Reader, ...]) -> Named | None:
    for pattern, named in readers:
        if len(name) <= 500 and (found := pattern.fullmatch(name)):
            try:
                return named(found)
            except ValueError:  # a date that is none
                continue
    return None


def _time(text: str) -> dt.datetime | None:
    """Read a platform's date, in English as platforms write it, or None."""
    spaced = " ".join(text.replace(".", "").split()) if re.search("[AaPp]", text) else text
    for day in DAYS:
        for clock in CLOCK:
            for between in (" ", ", "):
                try:
                    return dt.datetime.strptime(_padded(spaced), f"{day}{between}{clock}")
                except ValueError:
                    continue
    return None


def _padded(text: str) -> str:
    """Write 901 AM as 0901 AM: strptime would read it as half past something."""
    return re.sub(r"(?<!\d)(\d)(\d\d)( ?[AaPp][Mm])?$", r"0\1\2\3", text)


def blackboard_report(text: str) -> tuple[str, str] | None:
    """Return the name and the login that Blackboard's .txt beside an attempt says, or None."""
    found = re.search(r"^(?:Name|Nombre|Nom): (.+) \(([^()\s]+)\)\s*$", text[:2000], re.M)
    return (found[1].strip(), found[2]) if found else None
