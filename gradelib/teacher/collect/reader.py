"""nbgrader's exporter, ours: how a notebook that is graded is read and written. Judges nothing.

A notebook that this process has in its memory already is not read again: what was rebuilt to be
run, and what the first of nbgrader's two runs has written for the second.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import OrderedDict
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from gradelib.student.handin import Unreadable, read_notebook
from gradelib.teacher.collect.notebook_text import text_of
from gradelib.teacher.collect.said import said_by_checks

__all__ = ["Reader", "keep"]

MOST_KEPT = 40  # notebooks that were run and wait to be graded
kept: OrderedDict[tuple[str, ...], NotebookNode] = OrderedDict()


def keep(released: Path, data: bytes, rebuilt: NotebookNode) -> None:
    """Keep what was rebuilt of a hand-in, for when it is graded: once, and only the last few."""
    kept[_key(released, data)] = rebuilt
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _key(released: Path, data: bytes) -> tuple[str, ...]:
    about = released.stat()
    digest = hashlib.sha256(data).hexdigest()
    return str(released.resolve()), f"{about.st_mtime_ns} {about.st_size}", digest


class Reader(NotebookExporter):
    """nbgrader's exporter, but a file that cannot be read becomes an empty notebook."""

    _sanitized: tuple[bytes, NotebookNode] | None = None  # what was written last, to be read next

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        path = Path(filename)
        data = path.read_bytes()
        notebook: NotebookNode | None = self._in_memory(data, resources)
        try:
            if notebook is None:
                notebook = read_notebook(data, resources.setdefault("notes", []))
            if self._is_sanitizing:
                resources["said"] = said_by_checks(data)
        except Unreadable as error:
            notebook = new_notebook()
            resources["unreadable"] = str(error)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(notebook, resources, **kw)

    @property
    def _is_sanitizing(self) -> bool:
        return bool(getattr(self.parent, "_sanitizing", False))

    def _in_memory(self, data: bytes, resources: Any) -> Any:
        """Return what this process knows of a file, if it is that."""
        if not self._is_sanitizing:
            written, self._sanitized = self._sanitized, None
            return written[1] if written and written[0] == data else None
        assert self.parent is not None  # nbgrader's converter
        names, coursedir = resources["nbgrader"], self.parent.coursedir
        folder = coursedir.format_path(coursedir.release_directory, ".", names["assignment"])
        released = Path(folder) / f"{names['notebook']}.ipynb"
        rebuilt = kept.pop(_key(released, data), None) if released.is_file() else None
        if rebuilt is None:
            return None
        resources["rebuilt"] = rebuilt
        return new_notebook()

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """Write a notebook; what the second of nbgrader's runs reads at once, in one line.

        nbconvert's way copies all of it twice and validates it twice.
        """
        exporter: Any = self  # nbconvert's, which has no types
        resources = exporter._init_resources(resources)
        made, resources = self._preprocess(nb, resources)
        resources["output_suffix"] = ".nbconvert"
        if not self._is_sanitizing:
            nbformat.validate(made, relax_add_props=True)  # once: after the second run
            return text_of(made), resources
        text = json.dumps(made, ensure_ascii=False)
        if os.linesep == "\n":  # else what is written is not what will be read
            self._sanitized = text.encode("utf-8", "surrogatepass"), made
        return text, resources

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Do as nbconvert's, but copy nothing: the notebook was read for this alone."""
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources
