"""The command `gradelib`: thin, one function a command. Imports of weight are inside.

More stand in `student/commands.py`, `lab/commands.py`, `teacher/commands.py`,
`teacher/term/commands.py`, `author/commands.py`, and in folders of `teacher/`.
Exit codes: 0 all is well; 1 done, but something needs a look (it is in the table); 2 not done.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from gradelib.lab.commands import models
from gradelib.student.commands import student as of_student
from gradelib.terminal import plain

__all__ = ["app", "main"]

TEACHER = importlib.util.find_spec("gradelib.teacher") is not None  # not in a student's copy

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Checks and grades the exercises of From Transformers to LLMs.",
)
app.add_typer(models, name="models")


@app.callback()
def common(
    context: typer.Context,
    class_folder: Annotated[
        Path | None, typer.Option(help="where submissions and grades live, if not in ./class")
    ] = None,
) -> None:
    if class_folder is not None:
        os.environ["GRADELIB_CLASS"] = str(class_folder.resolve())
    context.obj = composed if TEACHER else None  # where `reset` finds what it brings back


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and the command that mends it."""
    from gradelib.student.doctor import report

    result = report()
    print(result.text)
    raise typer.Exit(0 if result.well else 1)


@app.command()
def submit(
    notebooks: Annotated[list[Path], typer.Argument(help="the week's notebooks")],
    student: Annotated[
        str, typer.Option(prompt="Your id, as your teacher knows it", help="your id; else asked")
    ],
    to: Annotated[Path, typer.Option(help="the folder for the zip")] = Path("."),
) -> None:
    """Pack your notebooks for handing in, and say which exercises are still blank.

    The notebooks stay as they are. Upload the zip where your teacher asks for it.
    """
    from gradelib.student.handin import files_imported, missing_notebooks, pack, seen
    from gradelib.student.notebook_files import is_kept_copy

    blank, unanswered = [], []
    for path in notebooks:
        if is_kept_copy(path):
            raise ValueError(f"{path.name} is an old copy that gradelib kept: name the notebook")
        found = seen(path)
        print(f"{path.name}: {len(found.attempted)} attempted, {len(found.blank)} blank")
        if not found.exercises:
            print("  it has no exercises of this course: is it the right file?")
        blank += found.blank
        unanswered += found.unanswered
    _list("Still blank", blank)
    _list("No words yet for", unanswered)
    _list("Not among these, and of the same week", missing_notebooks(notebooks))
    _list("These go along", files_imported(notebooks))
    print("Have you saved the notebooks? The zip holds what is on the disk.\n")
    print(f"Receipt: {pack(notebooks, student, to)}")


def _list(what: str, names: Iterable[str]) -> None:
    if said := ", ".join(names):
        print(f"{what}: {plain(said)}")


app.registered_commands += of_student.registered_commands

if TEACHER:
    from gradelib.author.commands import author, composed
    from gradelib.teacher.alike.commands import comparing
    from gradelib.teacher.autograder.commands import autograder
    from gradelib.teacher.commands import teacher
    from gradelib.teacher.platforms.commands import out
    from gradelib.teacher.report.commands import reports
    from gradelib.teacher.term.commands import roster, term
    from gradelib.teacher.written.commands import words

    for commands in (teacher, term, out, reports, words, comparing):
        app.registered_commands += commands.registered_commands
    app.add_typer(roster, name="roster")
    app.add_typer(autograder, name="autograder")
    app.add_typer(author, name="author")


NO_SUCH = (
    (FileNotFoundError, "is not there"),
    (IsADirectoryError, "is a folder: name a file"),
    (NotADirectoryError, "lies in what is no folder"),
    (PermissionError, "may not be read or written"),
)


def _said(error: Exception) -> str:
    """Return what an error says, without the system's own words for what is often mistyped."""
    if isinstance(error, OSError) and isinstance(error.filename, str | os.PathLike):
        for kind, what in NO_SUCH:
            if isinstance(error, kind):
                return f"{os.fspath(error.filename)} {what}"
    return str(error)


def main() -> None:
    """Run the command; what a person can mend is a message, not a traceback."""
    try:
        app()
    except (ValueError, OSError) as error:
        said = "\n".join(map(plain, _said(error).split("\n")))
        print(f"gradelib: {said}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if type(error).__name__ != "StoryError":  # of the author's part, which may not be there
            raise
        print(error, file=sys.stderr)
        sys.exit(2)
