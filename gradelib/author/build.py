"""Write all that is built: the notebooks and the records. `gradelib build [--check]`."""

from __future__ import annotations

from pathlib import Path

import nbformat

from gradelib.author import StoryError
from gradelib.author.compose import student_notebook
from gradelib.author.record import record
from gradelib.author.story import read_story

__all__ = ["build"]


def build(root: Path, check: bool = False) -> list[Path]:
    """Build every story in `notebooks/src`, and return the files that changed.

    With `check` nothing is written: the files are those that a build would change. Raises
    StoryError for the first thing that an author has to mend.
    """
    folder = root / "notebooks"
    stories = sorted((folder / "src").glob("*.md"))
    if not stories:
        raise StoryError(folder / "src", 1, "there is no story here: write NN_topic.md")
    changed: list[Path] = []
    for path in stories:
        changed += record(root, read_story(path).topic, write=not check)
        notebook = student_notebook(root, path.stem)
        text = f"{nbformat.writes(notebook)}\n"
        built = folder / f"{path.stem}.ipynb"
        if not built.exists() or built.read_text(encoding="utf-8") != text:
            changed.append(built)
            if not check:
                built.write_text(text, encoding="utf-8")
    return changed
