"""What a command shows in a terminal: a table, and a line that says how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

__all__ = ["spinner", "table"]


def table(columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Print a table; 120 columns wide where the output is no terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(*columns)
    for row in rows:
        shown.add_row(*[escape(str(cell)) for cell in row])
    console = Console()
    console.print(shown, width=None if console.is_terminal else 120)


def spinner(text: str) -> AbstractContextManager[Any]:
    """Return a status line on stderr, for a `with` statement; `update` changes what it says."""
    from rich.console import Console

    return Console(stderr=True).status(text)
