"""The commands of an author: `gradelib author …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["author"]

author = typer.Typer(no_args_is_help=True, help="For whoever writes the course.")


@author.callback()
def common() -> None:
    """Keep `new-topic` a command of its own, though it is the only one."""


@author.command("new-topic")
def new_topic(
    name: Annotated[str, typer.Argument(help="such as word_vectors")],
    number: Annotated[int | None, typer.Option(help="of the notebook; else the next one")] = None,
) -> None:
    """Write a small topic to begin with: story, reference, mistakes, alternatives, exercises."""
    from gradelib.author.new_topic import new_topic as write

    here = Path.cwd()
    root = next((f for f in (here, *here.parents) if (f / "course.toml").is_file()), here)
    files = write(root, name, number)
    for path in files:
        print(f"written: {path.relative_to(root).as_posix()}")
    print(f'In course.toml, add "{files[0].stem}" to the notebooks of its week. Then `make build`.')
