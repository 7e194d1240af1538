"""What comes back from a kernel: what a notebook may hold, bytes, or why there is nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output

__all__ = ["Answer", "Stopped", "code_cell", "error_output", "valid_outputs"]


class Stopped(Exception):
    """The kernel is of no more use. The message says why; `late` that its time was up.

    `unsure`: it may have been the cell's doing, or that of the question beside it.
    """

    def __init__(self, why: str, late: bool = False, unsure: bool = False) -> None:
        super().__init__(why)
        self.late, self.unsure = late, unsure


class Answer(NamedTuple):
    """What a kernel answered to a question, which is not believed."""

    packed: bytes | None = None  # the outcomes; none where it sent none
    signs: str = ""  # what it says of them, as `serve` does


def error_output(kind: str, message: str) -> dict[str, Any]:
    """Return an error as a cell's output has it."""
    return dict(new_output("error", ename=kind, evalue=message, traceback=[f"{kind}: {message}"]))


def code_cell(source: str, outputs: Sequence[Any] = ()) -> NotebookNode:
    """Return a cell that nothing has validated, which would take longer than most cells run."""
    cell: dict[str, Any] = {"cell_type": "code", "id": "one", "metadata": {}}
    more = {"execution_count": None, "source": source, "outputs": [*outputs]}
    node: NotebookNode = nbformat.from_dict({**cell, **more})
    return node


def valid_outputs(cell: Any) -> list[dict[str, Any]]:
    """Return a cell's outputs if a notebook may hold them: a kernel can send anything."""
    if not cell.outputs:
        return []
    text = json.dumps(cell.outputs, default=str, ensure_ascii=False).encode("utf-8", "replace")
    cell = code_cell(cell.source, json.loads(text))
    try:
        nbformat.validate(new_notebook(cells=[cell]), relax_add_props=True)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        message = f"what the cell put out is not an output of a notebook: {error!s:.200}"
        return [error_output("Malformed", message)]
    return [dict(output) for output in cell.outputs]
