"""`submit()` in a notebook: how it is handed in from here, and what is in it.

It hands nothing in and changes no file: on a student's computer `python -m gradelib submit` packs
the zip, on Colab the notebook itself is downloaded.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from gradelib.checking import session
from gradelib.student.colab import own_notebook
from gradelib.student.handin import (
    Look,
    Unreadable,
    look,
    missing_notebooks,
    read_notebook,
    seen,
)
from gradelib.student.progress import own_file
from gradelib.student.requirements import on_colab

__all__ = ["submit"]

WIDTH = 90  # characters: a notebook breaks longer lines within a name
ON_COLAB = """\
To hand in from Colab:
1. Choose Runtime → Restart session and run all, so that all of it works from a fresh start.
2. Choose File → Download → Download .ipynb.
3. Do the same with each notebook of the week, and hand in the files as they are, where your
   teacher asks for them."""
ELSEWHERE = """\
To hand in:
1. Choose Kernel → Restart Kernel and Run All Cells, and save.
2. In a terminal in this folder: python -m gradelib submit {notebooks} --student YOUR-ID
3. Upload the zip that it names where your teacher asks for it."""
FROM_CHECKS = "Colab does not say what is in the notebook. By the checks of this session:"


def submit() -> None:
    """Print how to hand in this notebook from here, and what its receipt says."""
    if on_colab():
        print(ON_COLAB)
        data = own_notebook()
        if data is None:
            _say(FROM_CHECKS, _checked())
        else:
            _say("It holds:", look(read_notebook(data)))
        return
    path = own_file()
    names = sorted([path.name, *missing_notebooks([path])]) if path else ["NOTEBOOK.ipynb"]
    print(ELSEWHERE.format(notebooks=" ".join(names)))
    if path is not None:
        _say_of(path)


def _say_of(path: Path) -> None:
    try:
        _say("As it was saved last, the receipt says:", seen(path))
    except Unreadable as error:
        print(f"As it was saved last it cannot be handed in: {error}")


def _checked() -> Look:
    """Return what the checks of this session know: what was checked is attempted or not."""
    blank = [name for name, status in session.STATUS.items() if status == "not attempted"]
    return Look(attempted=[name for name in session.STATUS if name not in blank], blank=blank)


def _say(first: str, found: Look) -> None:
    print(f"\n{first}")
    if found.week:
        print(f"- week: {found.week}")
    for what, names in (
        ("attempted", found.attempted),
        ("still blank", found.blank),
        ("answered in words", found.written),
        ("no words yet", found.unanswered),
    ):
        if names:
            line = f"- {what} ({len(names)}): {', '.join(names)}"
            print(textwrap.fill(line, WIDTH, subsequent_indent="  "))
