"""A student's notebooks on the disk: found, read with what their cells showed, written whole.

A file is never written in place: a new one is made beside it and takes its name at once. What it
replaces stays beside it, as `02_masks.old.ipynb`.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.checking.tags import NotebookTag
from gradelib.student.handin import Unreadable, checked, read_notebook
from gradelib.student.notebook import saved_cells

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "ORIGINALS",
    "find_notebook",
    "is_kept_copy",
    "keep_copy",
    "near",
    "notebooks_here",
    "open_notebook",
    "original_of",
    "topic_of",
    "write_notebook",
]

PACKAGE = Path(__file__).resolve().parents[1]
ORIGINALS = ".original"  # the folder of a bundle with its notebooks as they were handed out
COPY = re.compile(r"\.old(-\d+)?")


def open_notebook(path: Path) -> NotebookNode:
    """Read a notebook with its outputs, as nbformat 4. Raises Unreadable, which names the file."""
    from nbformat.v4.rwbase import rejoin_lines

    data = path.read_bytes()
    try:
        notebook = read_notebook(data)
    except Unreadable as error:
        raise Unreadable(f"{path.name} cannot be read: {error}") from None
    for cell, saved in zip(notebook.cells, saved_cells(data), strict=False):
        if cell.cell_type == "code":
            cell.outputs = _outputs(saved.get("outputs"))
            count = saved.get("execution_count")
            cell.execution_count = count if type(count) is int else None
    whole: NotebookNode = rejoin_lines(notebook)
    return whole


def _outputs(saved: Any) -> list[NotebookNode]:
    """Return the outputs of a cell that are as nbformat has them."""
    import nbformat

    outputs = []
    for output in saved if isinstance(saved, list) else []:
        try:
            nbformat.validate(output, ref="output", version=4)
        except nbformat.ValidationError:
            continue  # some program's own: it can be had again by running the cell
        outputs.append(nbformat.from_dict(output))
    return outputs


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook in place of the file `path`, in one step."""
    import nbformat

    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(f"{nbformat.writes(notebook)}\n", encoding="utf-8")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def keep_copy(path: Path) -> Path:
    """Copy a notebook to a free name beside it, `02_masks.old.ipynb`, and return where it is."""
    numbers = ["", *(f"-{number}" for number in range(2, 1000))]
    names = [path.with_name(f"{path.stem}.old{number}{path.suffix}") for number in numbers]
    copy = next(name for name in names if not name.exists())
    beside = copy.with_name(f".{copy.name}.new")
    try:
        shutil.copy2(path, beside)  # with its time: a teacher takes the newest
        os.replace(beside, copy)
    finally:
        beside.unlink(missing_ok=True)
    return copy


def is_kept_copy(path: Path) -> bool:
    """Say whether a file is a copy that `keep_copy` made."""
    return bool(COPY.fullmatch(Path(path.stem).suffix))


def notebooks_here(folder: Path) -> list[Path]:
    """Return the notebooks in a folder, or else in its `notebooks`, without kept copies."""
    for place in (folder, folder / "notebooks"):
        paths = [path for path in sorted(place.glob("*.ipynb")) if not is_kept_copy(path)]
        if paths:
            return paths
    return []


def topic_of(path: Path, notebook: NotebookNode | None = None) -> str:
    """Return the topic that a notebook is about: by its tag, its checks, or its file's name."""
    if notebook is not None:
        if topic := NotebookTag.of(notebook).topic:
            return topic
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        topics = Counter(name.partition(".")[0] for source in code if (name := checked(source)))
        if topics:
            return topics.most_common(1)[0][0]
    return re.sub(r"\A\d+_", "", path.stem)


def find_notebook(name: str, folder: Path) -> Path:
    """Return the notebook meant by a path, by `02_masks` or by `masks`. Raises ValueError."""
    if name.endswith(".ipynb") and (folder / name).is_file():
        return folder / name
    paths = notebooks_here(folder)
    wanted = name.removesuffix(".ipynb")
    for path in paths:
        if wanted in (path.stem, topic_of(path)):
            return path
    if not paths:
        raise ValueError(f"there is no notebook in {folder}: go to the course's folder first")
    known = [path.stem for path in paths]
    raise ValueError(f"no notebook here is called {name!r}{near(wanted, known)}")


def near(name: str, known: Iterable[str]) -> str:
    """Return words about the names that are most like `name`, else about all there are."""
    words = {part: one for one in known for part in (one, re.split(r"[._]", one, maxsplit=1)[-1])}
    like = difflib.get_close_matches(name, words, n=3)
    found = dict.fromkeys(words[word] for word in like)
    if found:
        return f"; did you mean {' or '.join(found)}?"
    return f"; there are: {', '.join(dict.fromkeys(words.values()))}" if words else ""


def original_of(topic: str, *folders: Path) -> NotebookNode | None:
    """Return a topic's notebook as it was handed out, or None where it did not come along.

    It lies in the folder `.original` of the bundle: beside the notebook, or beside gradelib.
    """
    for folder in (*folders, PACKAGE.parent):
        for path in sorted((folder / ORIGINALS).glob("*.ipynb")):
            if topic_of(path) == topic:
                return open_notebook(path)
    return None
