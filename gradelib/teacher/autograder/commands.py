"""The commands `gradelib autograder gradescope` and `… github`. Thin, as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from gradelib.teacher.autograder.parcel import Show

__all__ = ["autograder"]

WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="such as 1 or week01")]
WORDS: dict[str, Show] = {"now": "visible", "due": "after_due_date", "published": "after_published"}

autograder = typer.Typer(no_args_is_help=True, help="The grader on Gradescope, checks on GitHub.")


@autograder.command()
def gradescope(
    week: WeekArgument,
    show: Annotated[
        Literal["now", "due", "published"],
        typer.Option(help="when a student sees the results: at once, when due, with the grades"),
    ] = "published",
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help="grade also where nothing can be shut in")
    ] = False,
    torch_index: Annotated[
        str, typer.Option(help="the address from which pip gets a torch for processors")
    ] = "",
    file: Annotated[Path | None, typer.Option(help="the zip; else in class/autograder")] = None,
) -> None:
    """Write the zip that Gradescope takes as an autograder of a released week.

    It holds the solutions of the week: give it to Gradescope and to no student. Where Gradescope's
    container cannot shut a submission in, nothing is graded there, unless you say --no-sandbox
    here; docs/security.md says what a submission can do then.
    """
    from gradelib.teacher.autograder.gradescope import write_gradescope
    from gradelib.teacher.course import Course

    course = Course.find()
    which = course.week(week)
    path = file or course.class_folder / "autograder" / f"{which.name}-gradescope.zip"
    unknown = write_gradescope(course, which, path, not no_sandbox, WORDS[show], torch_index)
    print(f"written: {path}\nIt holds the solutions: upload it under Configure Autograder only.")
    if no_sandbox:
        print("Where it cannot be shut in, a submission can read the solutions and change its own")
        print("results: docs/security.md, under Gradescope.")
    if unknown:
        print(f"Their extensions are known there by name alone, since the roster has no address: "
              f"{', '.join(unknown)}")  # fmt: skip


@autograder.command()
def github(
    week: WeekArgument,
    to: Annotated[Path | None, typer.Option(help="the folder; else in class/autograder")] = None,
) -> None:
    """Write a template repository of a released week: what students get, and a workflow.

    The workflow runs the visible checks at each push. Nothing of the solutions is in it.
    """
    from gradelib.teacher.autograder.github import write_github
    from gradelib.teacher.course import Course

    course = Course.find()
    which = course.week(week)
    name = f"{course.name}-{which.name}"
    folder = to or course.class_folder / "autograder" / f"{name}-github"
    write_github(course, which, folder)
    print(f"written: {folder}\nPush it to a repository, and mark that as a template.")
