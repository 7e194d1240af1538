"""The command `gradelib alike`. Thin, as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["comparing"]

comparing = typer.Typer()
SHOWN = 15  # pairs in the terminal


@comparing.command()
def alike(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")],
    file: Annotated[Path | None, typer.Option(help="the page; else in class/")] = None,
) -> None:
    """Show pairs whose code is more alike than the exercises make it: a place to look, no verdict.

    Names, comments and layout do not count, nor what the stub, the reference, other right answers
    and known mistakes have in them, nor what many students have.
    """
    from gradelib.teacher.alike.gather import base_of, pieces_of
    from gradelib.teacher.alike.page import alike_page
    from gradelib.teacher.alike.pairs import pairs_of
    from gradelib.teacher.course import Course, CourseError
    from gradelib.teacher.files import write_whole
    from gradelib.terminal import table

    course = Course.find()
    which = course.week(week)
    pieces = list(pieces_of(course, which))
    if not pieces:
        raise CourseError(f"{which.name} is not graded yet: run gradelib grade {which.number}")
    pairs = pairs_of(pieces, base_of(course, which))
    path = file or course.class_folder / f"alike-{which.name}.html"
    title = f"{course.title}, {which.name}: what is alike"
    write_whole(path, alike_page(title, pairs).encode("utf-8", "replace"))
    rows = [
        [p.left, p.right, f"{100 * p.part:.0f}", ", ".join(s.exercise for s in p.shared)]
        for p in pairs[:SHOWN]
    ]
    table(["student", "student", "percent alike", "where"], rows)
    print(f"{len(pairs)} pairs. This is a place to look, and no verdict: {path}")
