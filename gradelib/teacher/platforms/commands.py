"""The command `gradelib export`, and what `gradelib feedback --to` does. Thin, as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from gradelib.teacher.gradebook.places import Kind, export_path

__all__ = ["out", "pack"]

out = typer.Typer()


@out.command()
def export(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")] = "",
    to: Annotated[Kind, typer.Option(help="for whom")] = "csv",
    file: Annotated[
        Path | None, typer.Option(help="what is written; else in class/, named after the week")
    ] = None,
    term: Annotated[bool, typer.Option("--term", help="the totals of all weeks")] = False,
) -> None:
    """Write the points: as CSV for a spreadsheet, or as a platform imports them.

    csv: a row a student, a column an exercise, the sum, late or not. moodle and canvas: a column
    for their gradebook, with their own ids, which come from class/roster.csv. gradescope: a zip
    with a results.json a student. What is not marked yet is empty, and not 0.

    With --term: each week's points and a total by the weights in course.toml, else by points.
    """
    from gradelib.teacher.course import Course
    from gradelib.teacher.gradebook.export import export as write
    from gradelib.teacher.platforms import grades, results

    course = Course.find()
    if term == bool(week):
        raise ValueError("name a week, such as gradelib export 1, or all of them: --term")
    if term and to == "gradescope":
        raise ValueError("Gradescope takes the points of one assignment: export it week by week")
    name = "term" if term else course.week(week).name
    path = file or export_path(course, name, to)
    waiting: list[str] = []
    if to == "gradescope":
        waiting = results.export_results(course, course.week(week), path)
    elif term:
        waiting = grades.export_term(course, path, to)
    elif to == "csv":
        print(f"{write(course, course.week(week), path)} students in {path}")
        return
    else:
        waiting = grades.export_week(course, course.week(week), path, to)
    print(f"written: {path}")
    if waiting:
        print(f"Not all is marked or handed in yet of {len(waiting)}: {', '.join(waiting)}")


def pack(week: str, to: Literal["moodle", "canvas"], file: Path | None) -> bool:
    """Pack the week's feedback for a platform; say whether all of it could be."""
    from gradelib.teacher.course import Course
    from gradelib.teacher.platforms.feedback_zip import pack_feedback

    course = Course.find()
    which = course.week(week)
    path = file or course.class_folder / f"feedback-{which.name}-{to}.zip"
    unknown = pack_feedback(course, which, path, to)
    print(f"written: {path}")
    if unknown:
        print(
            f"Left out, since no name of {to.capitalize()}'s is known for them: "
            f"{', '.join(unknown)}"
        )
    return not unknown
