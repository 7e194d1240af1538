"""The command `gradelib`: thin, one function a command. Imports of weight are inside.

More stand in `lab/commands.py`, `teacher/commands.py` and `author/commands.py`.
Exit codes: 0 all is well; 1 done, but something needs a look (it is in the table); 2 not done.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gradelib.lab.commands import models

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
    class_folder: Annotated[
        Path | None, typer.Option(help="where submissions and grades live, if not in ./class")
    ] = None,
) -> None:
    if class_folder is not None:
        os.environ["GRADELIB_CLASS"] = str(class_folder.resolve())


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
    from gradelib.student.handin import look, pack, read_notebook

    blank = []
    for path in notebooks:
        seen = look(read_notebook(path.read_bytes()))
        print(f"{path.name}: {len(seen.attempted)} attempted, {len(seen.blank)} blank")
        if not seen.exercises:
            print("  it has no exercises of this course: is it the right file?")
        blank += seen.blank
    if blank:
        print(f"Still blank: {', '.join(blank)}")
    print("Have you saved the notebooks? The zip holds what is on the disk.\n")
    print(f"Receipt: {pack(notebooks, student, to)}")


if TEACHER:
    from gradelib.author.commands import author
    from gradelib.teacher.commands import teacher

    app.registered_commands += teacher.registered_commands
    app.add_typer(author, name="author")


def main() -> None:
    """Run the command; what a person can mend is a message, not a traceback."""
    try:
        app()
    except (ValueError, OSError) as error:
        print(f"gradelib: {error}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        if type(error).__name__ != "StoryError":  # of the author's part, which may not be there
            raise
        print(error, file=sys.stderr)
        sys.exit(2)
