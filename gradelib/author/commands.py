"""The commands of an author: `gradelib author …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["author", "composed"]

author = typer.Typer(no_args_is_help=True, help="For whoever writes the course.")


@author.command("new-topic")
def new_topic(
    name: Annotated[str, typer.Argument(help="such as word_vectors")],
    number: Annotated[int | None, typer.Option(help="of the notebook; else the next one")] = None,
) -> None:
    """Write a small topic to begin with: story, reference, mistakes, alternatives, exercises."""
    from gradelib.author.new_topic import new_topic as write

    root = _root()
    files = write(root, name, number)
    for path in files:
        print(f"written: {path.relative_to(root).as_posix()}")
    print(f'In course.toml, add "{files[0].stem}" to the notebooks of its week. Then `make build`.')


@author.command("new-mistake")
def new_mistake(
    exercise: Annotated[str, typer.Argument(help="such as masks.attention")],
    report: Annotated[Path, typer.Option("--from", help="the .json of gradelib report")],
    group: Annotated[int, typer.Option(min=1, help="which of its groups of wrong answers")] = 1,
    name: Annotated[str | None, typer.Option(help="what is wrong; else it is asked for")] = None,
    hint: Annotated[
        str | None, typer.Option(help="what a student will read; else asked for")
    ] = None,
) -> None:
    """Make a known mistake of a wrong answer that a report found. You write its hint."""
    from gradelib.author.new_mistake import new_mistake as write

    if not report.is_file():  # before anything is asked
        raise ValueError(f"{report} is not there: gradelib report WEEK writes it")
    name = name or typer.prompt("What is wrong, such as forgets_the_mask")
    hint = hint or typer.prompt("The hint that it earns")
    path, undefined = write(_root(), exercise, name, hint, report, group)
    print(f"written: {path}")
    if undefined:
        print(f"It uses what is not defined there: {', '.join(undefined)}")
    print("Read it, then gradelib build, and grade again: its hint is given from now on.")


def composed(topic: str) -> NotebookNode:
    """Return a topic's notebook as it is handed out, made of its story in this checkout."""
    from gradelib.author.compose import student_notebook
    from gradelib.author.story import find_notebook

    root = _root()
    return student_notebook(root, find_notebook(root, topic))


def _root() -> Path:
    """Return the course's folder: this one or one above, or this one where there is none."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "course.toml").is_file()), here)
