"""Notebooks as other programs save them. For the pretend class and the tests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

__all__ = ["EDITORS", "classic", "colab", "jupyterlab", "mixed_up", "vscode"]


def jupyterlab(notebook: NotebookNode) -> bytes:
    """As JupyterLab saves it after a run: outputs and execution counts."""
    nb = copy.deepcopy(notebook)
    for count, cell in enumerate((c for c in nb.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        cell.outputs = [new_output("stream", text="something was printed\n")]
    return _saved(nb)


def colab(notebook: NotebookNode) -> bytes:
    """Ids in the metadata, all other metadata of cells gone, a `colab` key, nbformat 4.0."""
    nb = _plain(notebook, minor=0)
    nb["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(nb["cells"]):
        cell["metadata"] = {"id": f"Xy{number:010d}"}
        if cell["cell_type"] == "code":
            cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/"}
    return json.dumps(nb, indent=2).encode()


def vscode(notebook: NotebookNode) -> bytes:
    """`vscode` keys, no ids, nbformat 4.2, no kernelspec, Windows line ends in the file."""
    nb = _plain(notebook, minor=2)
    nb["metadata"].pop("kernelspec", None)
    for cell in nb["cells"]:
        cell["metadata"]["vscode"] = {"languageId": cell["cell_type"]}
    return json.dumps(nb, indent=1, ensure_ascii=False).replace("\n", "\r\n").encode()


def classic(notebook: NotebookNode) -> bytes:
    """As the classic Notebook and JupyterLab 2 save it: nbformat 4.4, no ids."""
    nb = _plain(notebook, minor=4)
    nb["metadata"]["toc"] = {"base_numbering": 1}
    for cell in nb["cells"]:
        cell["metadata"] |= {"scrolled": True, "ExecuteTime": {"end_time": "2026-01-01"}}
    return json.dumps(nb).encode()


def mixed_up(notebook: NotebookNode) -> bytes:
    """Cells in another order, with others between them, as someone leaves it who tries a lot."""
    nb = copy.deepcopy(notebook)
    half = len(nb.cells) // 2
    nb.cells = nb.cells[half:] + nb.cells[:half]
    for place in range(len(nb.cells), 0, -7):
        nb.cells.insert(place, new_code_cell("print('does it work?')\n1 / 0"))
        nb.cells.insert(place, new_markdown_cell("## My notes"))
    return _saved(nb)


EDITORS: dict[str, Callable[[NotebookNode], bytes]] = {
    save.__name__: save for save in (jupyterlab, colab, vscode, classic, mixed_up)
}


def _saved(notebook: NotebookNode) -> bytes:
    return str(nbformat.writes(notebook)).encode()


def _plain(notebook: NotebookNode, minor: int) -> dict[str, Any]:
    nb: dict[str, Any] = json.loads(_saved(notebook))
    nb["nbformat_minor"] = minor
    for cell in nb["cells"]:
        cell.pop("id", None)
    return nb
