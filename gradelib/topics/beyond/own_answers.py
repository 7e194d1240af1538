"""Functions that the student wrote in earlier notebooks, taken out of the files beside this one.

Only definitions and imports are run, and only of what its saved check shows as passed. What cannot
be had is left out, and who asks takes a library in its place.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradelib.student.handin import Unreadable
from gradelib.student.notebook_files import notebooks_here, open_notebook, topic_of
from gradelib.student.progress import of_file
from gradelib.student.progress_report import Progress

__all__ = ["OwnAnswers"]

DEFINES = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass
class OwnAnswers:
    """What passed in the notebooks of a folder, and the functions themselves."""

    progress: list[Progress] = field(default_factory=list)
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)  # by topic.function

    @classmethod
    def of(cls, folder: Path | None = None, without: str = "beyond") -> OwnAnswers:
        """Read all notebooks of a folder but the one `without`."""
        found = cls()
        for path in notebooks_here(folder or Path.cwd()):
            try:
                told = of_file(path)
                topic, sources = topic_of(path, open_notebook(path)), list(_sources(path))
            except (OSError, Unreadable, ValueError):  # another program's, or a damaged one
                continue
            if topic == without or not told.tasks:
                continue
            found.progress.append(told)
            passed = {task.name for task in told.tasks if task.state == "passed"}
            space = _defined(sources) if passed else {}
            for name in passed:
                function = space.get(name.partition(".")[2])
                if callable(function):
                    found.functions[name] = function
        return found

    def use(self, name: str, other: Callable[..., Any]) -> tuple[Callable[..., Any], bool]:
        """Return the student's own function, or another one; and whether it is their own.

        Own work that stops is replaced by the other, so that a poster is never empty.
        """
        own = self.functions.get(name)
        return (own, True) if own else (other, False)


def _sources(path: Path) -> Iterator[str]:
    for cell in open_notebook(path).cells:
        if cell.cell_type == "code":
            yield cell.source


def _defined(sources: list[str]) -> dict[str, Any]:
    """Return what the definitions of a notebook's cells make."""
    space: dict[str, Any] = {}
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:  # a cell with magics, or one that is not finished
            continue
        for node in tree.body:
            if isinstance(node, DEFINES):
                part = ast.Module([node], [])
                try:
                    exec(compile(part, "<notebook>", "exec"), space)
                except Exception:  # noqa: BLE001 (an import that is missing here, and the like)
                    continue
    return space
