"""What a command shows in a terminal: a table, and a line that says how far it is.

A student may have chosen any part of what is shown. So no character of it moves the cursor, turns
the writing round or hides something.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

__all__ = ["plain", "spinner", "table"]

WIDE = 120  # columns, where the output is no terminal
NARROW = 24  # characters of a line that can still be read
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # categories of characters that are not shown


def plain(text: object, most: int = 0) -> str:
    """Return a text in one line without escapes, with at most `most` characters of it, if given.

    >>> plain("ana\\x1b[2J\\nben")
    'ana�[2J ben'
    """
    long = str(text)
    long = long[: 4 * most] if most else long  # before the work, not after it
    spaced = " ".join(long.split())
    seen = "".join("�" if unicodedata.category(c) in UNSEEN else c for c in spaced)
    return seen if not most or len(seen) <= most else f"{seen[: most - 1]}…"


def table(columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Print a table, as wide as the terminal is or COLUMNS says, else 120. Cells may have lines.

    Where the last column would be too narrow to read, what stands in it comes below the table.
    """
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console()
    wide = console.width if console.is_terminal or "COLUMNS" in os.environ else WIDE
    cells = [["\n".join(map(plain, str(cell).split("\n"))) for cell in row] for row in rows]
    below = _left(columns, cells, wide) < 0
    shown = Table()
    for column in columns[:-1] if below else columns:
        shown.add_column(column, overflow="fold")  # an id that is cut off is no id
    for row in cells:
        shown.add_row(*map(Text, row[:-1] if below else row))
    console.print(shown, width=wide)
    for row in cells if below else ():
        if row[-1]:
            console.print(Text(f"{row[0]}:"), width=wide)
            console.print(Padding(Text(row[-1]), (0, 0, 0, 2)), width=wide)


def _left(columns: list[str], rows: list[list[str]], wide: int) -> int:
    """Return how many characters more than it needs the last column has."""
    needs = [
        max(len(line) for cell in column for line in cell.split("\n"))
        for column in zip(columns, *rows, strict=True)
    ]
    borders = 3 * len(columns) + 1
    return wide - borders - sum(needs[:-1]) - min(needs[-1], NARROW)


def spinner(text: str) -> AbstractContextManager[Any]:
    """Return a status line on stderr, for a `with` statement; `update` changes what it says."""
    from rich.console import Console

    return Console(stderr=True).status(text)
