"""Whom the roster has for a name that a platform wrote: by login, by number, by name."""

from __future__ import annotations

from gradelib.student.names import variants
from gradelib.teacher.collect.platforms import Named
from gradelib.teacher.roster import Entry, Question, Roster

__all__ = ["entry_of"]


def entry_of(roster: Roster, named: Named) -> Entry | None:
    """Return who is meant, or None for nobody in the roster. Raises Question where it may be two.

    A number that the platform gives each hand-in anew counts only beside the name of its student.
    """
    for code, sure in ((named.login, True), (named.number, named.lasting)):
        entry = roster.with_code(code) if code else None
        if entry is not None and _fits(named.name, entry.name):
            return entry
        if entry is not None and sure:
            raise Question(
                f"{named.label[:80]} is called {entry.name} in the roster: is it {entry.id}?"
            )
    by_name = roster.with_name(named.name) if named.name else None
    if by_name and named.lasting and by_name.platform not in ("", named.number):
        raise Question(
            f"{named.name} of the roster has the number {by_name.platform}, and not {named.number}"
        )
    return by_name


def _fits(name: str, entered: str) -> bool:
    """Say whether two names may be one person's: one has all the words of the other."""
    if not name or not entered:
        return True
    for one in map(str.split, variants(name)):
        for other in map(str.split, variants(entered)):
            together = "".join(one)
            squeezed = len(one) == 1 and all(word in together for word in other)
            if squeezed or {*one} <= {*other} or {*other} <= {*one}:
                return True
    return False
