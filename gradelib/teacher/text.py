"""Texts that a student chose, made fit for a terminal and a table."""

from __future__ import annotations

__all__ = ["clean"]

LONGEST = 200  # characters of any text of a student's in a line


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text in one line, cut, without what steers a terminal or turns letters around."""
    head = text[: 4 * longest]
    words = "".join(c if c.isprintable() else " " for c in head).split()
    line = " ".join(words)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
