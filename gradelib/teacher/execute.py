"""nbgrader's Execute, ours: the kernel gives answers, the teacher's process judges them."""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Unicode

from gradelib.judge import Finding, Verdict
from gradelib.submit import as_python, defined
from gradelib.teacher.course import Course
from gradelib.teacher.examine import Examination
from gradelib.teacher.kernel import Ran, Work, error_output, run

__all__ = ["Execute"]


class Execute(NbgraderExecute):
    """The first of nbgrader's autograde_preprocessors.

    Notebooks without exercises of ours go nbgrader's own way, and so do single check cells that
    a teacher wrote by hand: they run in the kernel, in their place.
    """

    course = Unicode(".", help="the course's folder").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        names = [_name(cell) for cell in nb.cells if _kind(cell) == "check"]
        if not names:
            return super().preprocess(nb, resources, km)
        examination = _examination(self.course)
        nb = copy.deepcopy(nb)
        if unreadable := nb.metadata.get("gradelib", {}).get("unreadable"):
            ran = Ran(replies=dict.fromkeys(names, f"the file cannot be read: {unreadable}"))
        else:
            ran = run(_work(nb, names, examination, Path(resources["metadata"]["path"])))
        _show_outputs(nb, ran)
        for cell in nb.cells:
            if _kind(cell) == "check":
                _show_verdict(cell, _verdict(nb, _name(cell), ran, examination))
        return nb, resources


@functools.cache
def _examination(root: str) -> Examination:
    return Examination(Course.find(Path(root)))


def _kind(cell: NotebookNode) -> str:
    return cell.metadata.get("gradelib", {}).get("kind", "")


def _name(cell: NotebookNode) -> str:
    return cell.metadata["gradelib"]["exercise"]


def _work(nb: NotebookNode, names: list[str], examination: Examination, folder: Path) -> Work:
    """Choose what runs: not the checks, nor demonstrations that are as they were handed out."""
    skipped = {"check", "demonstration", "missing"}
    cells = {
        position: cell.source
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code" and _kind(cell) not in skipped and cell.source.strip()
    }
    asked = {name: examination.inputs(name) for name in names}
    seconds = {name: examination.exercise(name).seconds for name in names}
    return Work(cells, asked, seconds, examination.course.limits, folder)


def _show_outputs(nb: NotebookNode, ran: Ran) -> None:
    for position, outputs in ran.outputs.items():
        nb.cells[position].outputs = [NotebookNode(output) for output in outputs]
    for position, why in ran.stopped.items():
        if position not in ran.outputs:
            nb.cells[position].outputs = [NotebookNode(error_output("Stopped", why))]


def _verdict(nb: NotebookNode, name: str, ran: Ran, examination: Examination) -> Verdict:
    """Judge what the kernel answered, or say why it did not."""
    function = name.partition(".")[2]
    written = [
        (position, cell)
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code"
        and _kind(cell) != "missing"
        and function in defined(cell.source)
    ]
    reply = ran.replies[name]
    if isinstance(reply, str):
        return _error(examination, name, reply)
    source = "\n\n".join(as_python(cell.source) for _, cell in written)
    notebook = "\n\n".join(as_python(c.source) for c in nb.cells if c.cell_type == "code")
    try:
        verdict = examination.judge(name, reply, source, notebook)
    except Exception as error:  # noqa: BLE001 - whatever a forged answer leads to costs only itself
        return _error(examination, name, f"the answer cannot be judged: {error}")
    if verdict.status == "not attempted" and written:
        position, _ = written[-1]
        failed = [o for o in ran.outputs.get(position, []) if o["output_type"] == "error"]
        if failed:
            said = f"its cell does not run: {failed[0]['ename']}: {failed[0]['evalue']}"
            return _error(examination, name, said)
    return verdict


def _error(examination: Examination, name: str, said: str) -> Verdict:
    finding = Finding("the notebook", "", said, kind="error")
    return Verdict(name, "error", examination.exercise(name).points, 0, [finding])


def _show_verdict(cell: NotebookNode, verdict: Verdict) -> None:
    """Put the verdict and its points where nbgrader looks for them."""
    most = float(cell.metadata["nbgrader"]["points"])  # as they were when the week was released
    points = f"{most * verdict.points / verdict.possible:g}"
    shown: Mapping[str, str] = {"text/html": verdict._repr_html_(), "text/plain": str(verdict)}
    cell.outputs = [
        new_output("display_data", shown),
        new_output("execute_result", {"text/plain": points}, execution_count=None),
    ]
    cell.metadata["gradelib"] = {**cell.metadata["gradelib"], "status": verdict.status}
