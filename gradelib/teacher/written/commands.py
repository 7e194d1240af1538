"""The command `gradelib written`. Thin, as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["words"]

words = typer.Typer()


@words.command()
def written(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")],
    read: Annotated[
        Path | None, typer.Option(help="enter the points of this CSV, as it was written here")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="the CSV; else in class/")] = None,
) -> None:
    """List all answers in words: a page to read, with the marking guide, and a CSV to mark in.

    There are no names, and the order says nothing. Fill in the points and comments, and read the
    CSV back with --read. The formgrader shows the same marks. Marks in the CSV that were not read
    back yet stay in it.
    """
    from gradelib.teacher.course import Course
    from gradelib.teacher.files import write_whole
    from gradelib.teacher.gradebook.nbgrader_settings import relative
    from gradelib.teacher.written.answers import answers_to
    from gradelib.teacher.written.files import page_of, read_marks, write_sheet
    from gradelib.teacher.written.unread import unread

    course = Course.find()
    which = course.week(week)
    if read is not None:
        done = read_marks(course, which, read)
        print(f"{done.marked} answers are marked, {done.changed} of them anew; {done.left} are not")
        for problem in done.problems:
            print(problem)
        raise typer.Exit(1 if done.problems else 0)
    sheet = file or course.class_folder / f"written-{which.name}.csv"
    page = sheet.with_suffix(".html")
    found = unread(sheet, answers_to(course, which))
    print(f"{write_sheet(sheet, found.asked)} answers, to be marked in {sheet}")
    if found.kept:
        print(f"{found.kept} of them keep the marks that were in it and were not read with --read")
    if found.copy:
        print(f"It said other than what is entered: as it was it is kept in {found.copy}")
    write_whole(page, page_of(course, which, found.asked, relative(sheet, course)).encode())
    print(f"To read them, with the marking guide: {page}")
