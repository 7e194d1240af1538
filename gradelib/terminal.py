"""What a command shows in a terminal: a table, and a line that says how far it is.

A student may have chosen any part of what is shown. So no character of it moves the cursor, turns
the writing round or hides something.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

__all__ = ["plain", "spinner", "table"]

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
    """Print a table; 120 columns wide where the output is no terminal. Cells may have lines."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table()
    for column in columns:
        shown.add_column(column, overflow="fold")  # an id that is cut off is no id
    for row in rows:
        shown.add_row(*[Text("\n".join(map(plain, str(cell).split("\n")))) for cell in row])
    console = Console()
    console.print(shown, width=None if console.is_terminal else 120)


def spinner(text: str) -> AbstractContextManager[Any]:
    """Return a status line on stderr, for a `with` statement; `update` changes what it says."""
    from rich.console import Console

    return Console(stderr=True).status(text)
