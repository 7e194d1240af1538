"""Write a topic to begin with: a story, and a folder on each side of the wall. It builds."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

__all__ = ["new_topic"]

SKELETON = Path(__file__).parent / "skeleton"  # a topic called new_topic, of notebook 00
INSIDE = '"""Notebook 00: New topic."""\n'  # of the topic's package; that of the solutions is empty
PLACES = {
    "story.md": "notebooks/src/{notebook}.md",
    "reference.py": "solutions/{name}/reference.py",
    "mistakes.py": "solutions/{name}/mistakes.py",
    "alternatives.py": "solutions/{name}/alternatives.py",
    "exercises.py": "gradelib/topics/{name}/exercises.py",
}


def new_topic(root: Path, name: str, number: int | None = None) -> list[Path]:
    """Write the files of a topic, and return them. Its notebook has the next number, or `number`.

    Raises ValueError for a name or a number that cannot be, or that there is already.
    """
    stories = root / "notebooks" / "src"
    if not stories.is_dir():
        raise ValueError(f"there is no folder {stories}: go to the course's folder")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise ValueError(f"a topic is named like a module, such as word_vectors: got {name!r}")
    taken = {int(path.stem[:2]): path for path in stories.glob("[0-9][0-9]_*.md")}
    number = max(taken, default=-1) + 1 if number is None else number
    if number in taken:
        raise ValueError(f"number {number} is taken by {taken[number].name}: choose another one")
    if not 0 <= number <= 99:
        raise ValueError(f"a notebook has a number from 0 to 99: got {number}")
    folders = [root / "solutions" / name, root / "gradelib" / "topics" / name]
    for path in [*stories.glob(f"[0-9][0-9]_{name}.md"), *folders]:
        if path.exists():
            raise ValueError(
                f"there is a topic {name} already: {path.relative_to(root).as_posix()}"
            )
    return _write(root, name, number)


def _write(root: Path, name: str, number: int) -> list[Path]:
    notebook = f"{number:02d}_{name}"
    texts = {
        root / place.format(name=name, notebook=notebook): (SKELETON / file).read_text("utf-8")
        for file, place in PLACES.items()
    }
    texts[root / "solutions" / name / "__init__.py"] = ""
    texts[root / "gradelib" / "topics" / name / "__init__.py"] = INSIDE
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_adapted(text, name, number), encoding="utf-8")
    return list(texts)


def _adapted(text: str, name: str, number: int) -> str:
    """Return a text of the skeleton under another name and number."""
    title = name.replace("_", " ").capitalize()
    text = text.replace("new_topic", name).replace("New topic", title)
    text = text.replace("otebook 00", f"otebook {number:02d}")
    return re.sub(r"^(#+) 0\b", rf"\1 {number}", text, flags=re.MULTILINE)
