"""The command `gradelib report`. Thin, as cli.py."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["reports"]

reports = typer.Typer()


@reports.command()
def report(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")] = "",
    file: Annotated[
        Path | None, typer.Option(help="the page; else in class/. The data lies beside it")
    ] = None,
    term: Annotated[bool, typer.Option("--term", help="each student through the weeks")] = False,
) -> None:
    """Say what the class got wrong: a page to open in a browser, and the same as data (JSON).

    For each exercise: how many passed, which known mistakes were made, and the wrong answers that
    none explains, in groups that answer alike. The examples have no names. Run it after grade.
    """
    from gradelib.teacher.course import Course
    from gradelib.teacher.files import write_whole
    from gradelib.teacher.gradebook.nbgrader_settings import relative
    from gradelib.teacher.platforms.term import term_of
    from gradelib.teacher.report.data import report_of, term_data
    from gradelib.teacher.report.page import term_page, week_page
    from gradelib.terminal import spinner

    course = Course.find()
    if term == bool(week):
        raise ValueError("name a week, such as gradelib report 1, or all of them: --term")
    name = "term" if term else course.week(week).name
    path = file or course.class_folder / f"report-{name}.html"
    beside = path.with_suffix(".json")
    if term:
        standing = term_of(course)
        page, data = term_page(course.title, standing), term_data(course.title, standing)
    else:
        with spinner("looking at what was graded"):
            found = report_of(course, course.week(week))
        page, data = week_page(found, relative(beside, course)), asdict(found)
    write_whole(path, page.encode())
    write_whole(beside, json.dumps(data, indent=1, ensure_ascii=False).encode())
    print(f"written: {path}\nwritten: {beside}")
