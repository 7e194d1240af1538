"""The commands `gradelib progress`, `checks`, `reset`, `update`. Thin, as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gradelib.terminal import table

__all__ = ["student"]

RELOAD = (
    "Is it open in JupyterLab? Choose File → Reload Notebook from Disk, and restart its kernel."
)

student = typer.Typer()


@student.command()
def progress(
    notebook: Annotated[str | None, typer.Argument(help="such as 02_masks; else all")] = None,
) -> None:
    """Say what has passed, what is left, points, and the minutes left, in the saved notebooks."""
    from gradelib.student.handin import Unreadable
    from gradelib.student.notebook_files import find_notebook, notebooks_here
    from gradelib.student.progress import of_file

    here = Path.cwd()
    if notebook is not None:
        print(of_file(find_notebook(notebook, here)))
        return
    rows, unreadable = [], []
    for path in notebooks_here(here):
        try:
            seen = of_file(path)
        except Unreadable as error:
            unreadable.append(str(error))
        else:
            rows += [seen.row()] if seen.tasks else []
    if not rows and not unreadable:
        raise ValueError(f"there is no notebook of the course in {here}: go to its folder first")
    table(["notebook", "done", "points", "minutes left", "next"], rows)
    for line in unreadable:
        print(line)
    print("This is what the saved notebooks show. `progress` with a name says more of that one.")
    raise typer.Exit(1 if unreadable else 0)


@student.command()
def checks(
    notebooks: Annotated[list[str], typer.Argument(help="such as 02_masks.ipynb")],
) -> None:
    """Run notebooks as Run All does, and say which checks pass. No file is changed.

    The exit code is 0 where all that earns points has passed, else 1.
    """
    from gradelib.student.notebook_files import find_notebook
    from gradelib.student.run_checks import run_checks

    paths = [find_notebook(name, Path.cwd()) for name in notebooks]
    passed = [run_checks(path) for path in paths]
    raise typer.Exit(0 if all(passed) else 1)


@student.command()
def reset(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="such as masks.attention, or 02_masks for all of it")],
) -> None:
    """Bring back an exercise's stub, or a whole notebook, as it was handed out.

    The notebook as it is now stays beside it, under another name.
    """
    from gradelib.student.reset import reset as bring_back

    done = bring_back(what, Path.cwd(), context.obj)
    if not done.changed:
        print(f"{what} is as it was handed out: there is nothing to do.")
        return
    print(f"{what} is as it was handed out again, in {done.path.name}.")
    if done.kept:
        print(f"What was there is in {done.kept.name}.")
    print(RELOAD)


@student.command()
def update(
    bundle: Annotated[Path, typer.Argument(help="the new zip, or the folder that was in it")],
) -> None:
    """Bring a new bundle into this folder: your answers move into its notebooks.

    gradelib and data are renewed too. A notebook that changes stays beside the new one, under
    another name. Close the notebooks first.
    """
    from gradelib.student.update import update as renew

    done = renew(bundle, Path.cwd())
    for one in done:
        kept = f"; the old file is {one.kept.name}" if one.kept else ""
        print(f"{one.path.name}: {one.said}{kept}")
    print(
        "gradelib and data are renewed. `python -m gradelib doctor` says if a package is too old."
    )
    if any(one.kept for one in done):
        print("Open the mended notebooks again, and choose Run → Run All Cells.")
    raise typer.Exit(0 if all(one.well for one in done) else 1)
