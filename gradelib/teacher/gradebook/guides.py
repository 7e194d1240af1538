"""The marking guide beside each written answer, in the formgrader alone: it never ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Bool, Unicode

from gradelib.author.compose import guides, story_path
from gradelib.checking.tags import CellTag

__all__ = ["Guides"]

FORMGRADER = "submission_id"  # what its pages know, and feedback does not


class Guides(Preprocessor):
    """Puts a guide above the answer that it is for, on a page for whoever marks."""

    enabled = Bool(True).tag(config=True)
    course = Unicode(".", help="the course's folder").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        name, root = str(resources.get("notebook_id", "")), Path(self.course)
        if FORMGRADER not in resources or not story_path(root, name).is_file():
            return nb, resources
        known = guides(root, name)
        cells: list[NotebookNode] = []
        for cell in nb.cells:
            tag = CellTag.of(cell)
            if tag.kind == "written" and tag.exercise in known:
                cells.append(_guide(known[tag.exercise], len(cells)))
            cells.append(cell)
        nb.cells = cells
        return nb, resources


def _guide(text: str, place: int) -> NotebookNode:
    lines = ["**Marking guide**", *text.splitlines()]
    quoted = "\n>\n".join(f"> {line}" for line in lines if line.strip())
    cell: NotebookNode = new_markdown_cell(quoted, id=f"guide-{place}")
    return cell
