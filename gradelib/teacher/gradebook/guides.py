"""The marking guide beside each written answer, in the formgrader alone: it never ships.

It stands above the answer as text. Where each of its lines says what it is worth, its points can be
clicked, and add up to the score.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Bool, Unicode

from gradelib.author.compose import guides, story_path
from gradelib.checking.tags import CellTag

__all__ = ["TEMPLATE", "Guides", "points_in"]

FORMGRADER = "submission_id"  # what its pages know, and feedback does not
TEMPLATE = Path(__file__).with_name("formgrader") / "points_to_click.html.j2"
POINTS = "marking_points"  # under which that template finds them
WORTH = re.compile(
    r"\W*(?:(?P<number>\d+(?:\.\d+)?)|half a) points?\b"
    r"(?P<less> (?:is |are )?(?:lost|off)\b)?",
    re.IGNORECASE,
)


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
                guide = known[tag.exercise]
                cells.append(_guide(guide, len(cells)))
                grade = cell.metadata.get("nbgrader", {}).get("grade_id")
                if grade and (points := points_in(guide)):
                    resources.setdefault(POINTS, {})[grade] = points
            cells.append(cell)
        nb.cells = cells
        return nb, resources


def points_in(guide: str) -> list[dict[str, Any]]:
    """Return each line of a guide with the points that it gives or, below 0, takes.

    Nothing where a line does not begin with that: then a person has to add up.
    """
    lines = [line for line in guide.splitlines() if line.strip()]
    found = [(line, WORTH.match(line)) for line in lines]
    if not all(worth for _, worth in found):
        return []
    return [{"points": _worth(worth), "text": line} for line, worth in found if worth]


def _worth(found: re.Match[str]) -> float:
    points = float(found["number"] or 0.5)
    return -points if found["less"] else points


def _guide(text: str, place: int) -> NotebookNode:
    lines = ["**Marking guide**", *text.splitlines()]
    quoted = "\n>\n".join(f"> {line}" for line in lines if line.strip())
    cell: NotebookNode = new_markdown_cell(quoted, id=f"guide-{place}")
    return cell
