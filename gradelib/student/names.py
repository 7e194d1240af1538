"""What a student is called: in folders, in the gradebook, in a receipt.

An id is a part of paths, so it is checked strictly. A name as people and platforms write it
(`O'Brien, Pat Jr.`) becomes an id by leaving out what a path cannot have.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

__all__ = ["check_student", "file_name", "folded", "resembling", "student_id", "variants"]

LONGEST = 64  # characters of an id
BYTES = 120  # of an id or a file's name: a file system takes 255, and more is put before it
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
TWINS = str.maketrans(  # letters of other alphabets, and digits, that look like Latin letters
    "авекмнорстухіјѕԁԛԝαβεικνορτυχ01",
    "abekmhopctyxijsdqwabeiknoptuxol",
)
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|~]')  # in a file's name, on any system


def check_student(text: str) -> str:
    """Return a student's id as it is used for folders. Raises ValueError."""
    name = unicodedata.normalize("NFC", re.sub(r"\s+", "-", text.strip()))
    fits = re.fullmatch(r"\w[\w.@-]{0,63}", name) and len(name.encode()) <= 2 * BYTES
    if not fits or name.startswith("_") or name.endswith("."):
        raise ValueError(
            f"{text[:80]!r} cannot be a student's id: it takes letters, digits and . _ - @, "
            "begins with a letter or digit, and has at most 64 characters"
        )
    return name


def student_id(name: str) -> str:
    """Return an id for a name as people and platforms write it. Raises ValueError.

    >>> student_id("O'Brien, Pat Jr.")
    'O-Brien-Pat-Jr'
    """
    if re.search(r"[/\\\x00-\x1f\x7f]", name.strip()):
        raise ValueError(f"{name[:80]!r} cannot be a student's name: it has / or \\ or an escape")
    whole = unicodedata.normalize("NFC", name)
    whole = "".join(c for c in whole if unicodedata.category(c) != "Cf")  # such as zero width
    parts = re.sub(r"[^\w.@-]+", "-", whole)
    parts = re.sub(r"-{2,}", "-", re.sub(r"\.-", "-", parts)).strip("-._")
    return check_student(_shortened(parts, LONGEST, BYTES))


def file_name(text: str) -> str:
    """Return a file's name that every system can have, as near to `text` as that goes."""
    name = "".join("_" if unicodedata.category(c) in ("Cf", "Cs", "Cn") else c for c in text)
    name = UNFIT.sub("_", unicodedata.normalize("NFC", name)).strip(" ").rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and stem and len(ending) <= 10:
        return f"{_shortened(stem, 100, BYTES - len(ending.encode()))}.{ending}"
    return _shortened(name, 100, BYTES) or "_"


def _shortened(text: str, characters: int, size: int) -> str:
    """Cut a text that is too long, and say by a hash which one it was: no two become one."""
    if len(text) <= characters and len(text.encode()) <= size:
        return text
    mark = "-" + hashlib.sha256(text.encode()).hexdigest()[:8]
    kept = text[: characters - len(mark)]
    while len(kept.encode()) > size - len(mark):
        kept = kept[:-1]
    return kept.rstrip("-._ ") + mark


def folded(text: str) -> str:
    """Return a name without marks, case and what is no letter or digit, words apart.

    >>> folded("Müller, JÖRG")
    'muller jorg'
    """
    plain = "".join(LETTERS.get(c, c) for c in text.casefold())
    split = unicodedata.normalize("NFKD", plain)
    letters = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", letters))


def variants(text: str) -> list[str]:
    """Return a name folded, with marks left out, and with an e for them, as German has it."""
    return list(dict.fromkeys([folded(text), folded(text.translate(UMLAUTS))]))


def resembling(students: Iterable[str], known: Iterable[str]) -> dict[str, list[str]]:
    """Return for each student who of those known a person could take for the same one.

    They look alike, or one has a number after the same name and the other has none: two of one
    name with two numbers are two.
    """
    by_look: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, set[str]] = defaultdict(set)  # of those with a number
    for other in known:
        by_look[_look(other)].add(other)
        if name := _without_number(other):
            by_name[_look(name)].add(other)
    found = {}
    for student in students:
        name = _without_number(student)
        same = by_look[_look(name)] if name else by_name[_look(student)]
        found[student] = sorted((by_look[_look(student)] | same) - {student})
    return found


def _look(text: str) -> str:
    """Return the same text for two names that look the same."""
    return folded(text).replace(" ", "").translate(TWINS)


def _without_number(text: str) -> str:
    """Return a name without the number at its end, or nothing where there is none."""
    *words, last = folded(text).split() or [""]
    return " ".join(words) if last.isdigit() else ""
