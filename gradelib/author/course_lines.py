"""In which line of a TOML file a table or a key stands: tomllib does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["Lines", "said_of_syntax"]

Place = tuple[int | str, ...]
ADVICE = (  # words of tomllib, and what to write then
    ("Invalid value", 'text needs quotes, as in "text"; a date is 2026-02-20T23:59:59'),
    ("Cannot overwrite", "it stands twice: take one of the two away"),
    ("Cannot declare", "this table stands twice: write its lines under one of the two"),
    ("Illegal character", "close the text with a quote in the same line"),
    ("Unterminated string", "close the text with a quote"),
    ("Expected newline or end of document", "one line takes one value; text needs quotes"),
    ("Expected '='", "a line is a name, = and a value, or [table]"),
    ("Unclosed array", "close the list with ]"),
)


class Lines:
    """The lines of a file that tomllib can read."""

    def __init__(self, text: str) -> None:
        self._at: dict[Place, int] = {}
        self._read(text)

    def of(self, place: Sequence[int | str]) -> int:
        """Return the line of a key, such as ("weeks", 0, "due"), or of the table around it."""
        for end in range(len(place), 0, -1):
            if tuple(place[:end]) in self._at:
                return self._at[tuple(place[:end])]
        return 1

    def _read(self, text: str) -> None:
        table: Place = ()
        counts: dict[Place, int] = {}
        for number, statement in _statements(text):
            (*_, place) = [(), *_places(tomllib.loads(statement))]
            if not statement.lstrip().startswith("["):
                for inner in _places(tomllib.loads(statement)):
                    self._at.setdefault((*table, *inner), number)
                continue
            is_array = statement.lstrip().startswith("[[")
            names = tuple(part for part in place if isinstance(part, str))
            table = _with_indices(names if not is_array else names[:-1], counts)
            if is_array:
                table = (*table, names[-1])
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            self._at.setdefault(table, number)


def _with_indices(names: Place, counts: Mapping[Place, int]) -> Place:
    """Put into the name of a table which of an array of tables it is in: the last so far."""
    place: Place = ()
    for name in names:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place])
    return place


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header and each key with its value, however many lines it has."""
    begun, held = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not held and not line.split("#")[0].strip():
            continue
        begun = begun if held else number
        held += line + "\n"
        try:
            tomllib.loads(held)
        except tomllib.TOMLDecodeError:  # its value goes on in the next line
            continue
        yield begun, held
        held = ""


def _places(tree: Any, above: Place = ()) -> Iterator[Place]:
    """Yield the places of all that is in a tree, a table before what is in it."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*above, key))


def said_of_syntax(error: Exception) -> str:
    """Return what tomllib says, its line first, with what to write."""
    message = str(error)
    found = re.fullmatch(r"(.*?) \(at (?:line (\d+), column \d+|(end of document))\)", message)
    if found is None:
        return message
    advice = next((said for words, said in ADVICE if found[1].startswith(words)), "")
    place = f"line {found[2]}" if found[2] else "at its end"
    return f"{place}: {found[1]}" + (f": {advice}" if advice else "")
