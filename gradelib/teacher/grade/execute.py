"""nbgrader's Execute, ours: the kernel gives answers, the teacher's process judges them."""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Unicode, default

from gradelib.checking.session import begin_there, global_names
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.checking.verdict import Finding, Verdict
from gradelib.sandbox.confine import wanted
from gradelib.student.handin import as_python, defined
from gradelib.teacher.course import Course
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.exam import Exam, Unusable
from gradelib.teacher.kernels.run import Ran, Work, error_output, run

__all__ = ["Execute", "exam_of", "files_beside", "is_python", "work_of"]

NOT_RUN = {"check", "demonstration", "missing"}


class Execute(NbgraderExecute):
    """The first of nbgrader's autograde_preprocessors.

    Cells that a teacher wrote by hand, with asserts and nbgrader's own marks, run in the same
    kernel in their place, and get the points that nbgrader sees in their output.
    """

    course = Unicode(".", help="the course's folder").tag(config=True)
    sandbox = Bool(help="whether kernels are shut in").tag(config=True)

    @default("sandbox")
    def _sandbox_is_wanted(self) -> bool:
        return wanted()

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        if not self.sandbox and not is_python(nb):
            plain: tuple[NotebookNode, Any] = super().preprocess(nb, resources, km)
            return plain
        exam = exam_of(self.course)
        nb = copy.deepcopy(nb)
        files = files_beside(Path(resources["metadata"]["path"]))
        work = work_of(nb, exam, files, self.sandbox)
        if unreadable := NotebookTag.of(nb).unreadable:
            ran = Ran(replies=dict.fromkeys(work.asked, f"the file cannot be read: {unreadable}"))
        else:
            ran = _ran(exam, work)
        _show_outputs(nb, ran)
        checks = {_name(cell): cell for cell in nb.cells if _kind(cell) == "check"}
        verdicts = {name: _verdict(nb, name, ran, exam) for name in checks}
        passed = {name: verdict.passed for name, verdict in verdicts.items()}
        for name, cell in checks.items():
            called = _called(_source(name, nb))
            _show_verdict(cell, begin_there(verdicts[name], called, passed))
        return nb, resources


@functools.cache
def exam_of(root: str) -> Exam:
    """Return the exam of the course in a folder; each process makes it once."""
    return Exam(Course.find(Path(root)))


def is_python(nb: NotebookNode) -> bool:
    kernelspec = nb.metadata.get("kernelspec", {})
    language = str(kernelspec.get("language") or kernelspec.get("name") or "python")
    return "python" in language.lower()


def files_beside(*folders: Path) -> dict[str, bytes]:
    """Return what lies beside the notebooks in these folders; the last one counts."""
    files = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not path.is_symlink() and not _comes_from_us(name):
                files[name] = path.read_bytes()
    return files


def _comes_from_us(name: str) -> bool:
    return name.endswith(".ipynb") or name == "timestamp.txt" or name.split("/")[0] == "data"


def work_of(nb: NotebookNode, exam: Exam, files: Mapping[str, bytes], sandboxed: bool) -> Work:
    """Say what runs: not the checks, nor demonstrations that are as they were handed out."""
    names = [_name(cell) for cell in nb.cells if _kind(cell) == "check"]
    course = exam.course
    secret = (course.root / "solutions", course.root / "tests", course.class_folder)
    cells = {
        position: cell.source
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code" and _kind(cell) not in NOT_RUN and cell.source.strip()
    }
    return Work(
        cells,
        asked={name: exam.request(name) for name in names},
        seconds={name: exam.seconds(name) for name in names},
        limits=course.limits,
        files=files,
        sandboxed=sandboxed,
        hidden=tuple(map(str, secret)),
    )


def _ran(exam: Exam, work: Work) -> Ran:
    """Return what was stored of this work; what is left of it is done now."""
    store = exam.course.class_folder / "results"
    known = answer_store.load(store, work)
    left = answer_store.left(work, known)
    if left is None and known is not None:
        return known
    return answer_store.save(store, work, run(left or work))


def _kind(cell: NotebookNode) -> str:
    return CellTag.of(cell).kind


def _name(cell: NotebookNode) -> str:
    return CellTag.of(cell).exercise


def _show_outputs(nb: NotebookNode, ran: Ran) -> None:
    for position, outputs in ran.outputs.items():
        nb.cells[position].outputs = [from_dict(output) for output in outputs]
    for position, why in ran.stopped.items():
        if position not in ran.outputs:
            nb.cells[position].outputs = [from_dict(error_output("Stopped", why))]


def _verdict(nb: NotebookNode, name: str, ran: Ran, exam: Exam) -> Verdict:
    """Judge what the kernel answered, or say why it did not."""
    written = _written(nb, name)
    source = _source(name, nb)
    notebook = "\n\n".join(as_python(c.source) for c in nb.cells if c.cell_type == "code")
    try:
        verdict = exam.judge(name, exam.read(name, ran.replies[name]), source, notebook)
    except Unusable as why:
        return _error(exam, name, str(why))
    except Exception as error:  # noqa: BLE001 - whatever a forged answer leads to costs only itself
        return _error(exam, name, f"the answer cannot be judged: {error!s:.300}")
    if verdict.status == "not attempted" and written:
        position, _ = written[-1]
        errors = [o for o in ran.outputs.get(position, []) if o["output_type"] == "error"]
        if errors:
            message = f"its cell does not run: {errors[0]['ename']}: {errors[0]['evalue']}"
            return _error(exam, name, message)
    return verdict


def _written(nb: NotebookNode, name: str) -> list[tuple[int, NotebookNode]]:
    """Return the cells that define an answer, with their positions."""
    function = name.partition(".")[2]
    return [
        (position, cell)
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code"
        and _kind(cell) != "missing"
        and function in defined(cell.source)
    ]


def _source(name: str, nb: NotebookNode) -> str:
    return "\n\n".join(as_python(cell.source) for _, cell in _written(nb, name))


def _called(source: str) -> list[str]:
    """Return the global names that an answer uses, if it can be compiled at all."""
    try:
        return global_names(compile(source, "<answer>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _error(exam: Exam, name: str, message: str) -> Verdict:
    finding = Finding("the notebook", "", message, kind="error")
    return Verdict(name, "error", exam.exercise(name).points, 0, [finding])


def _show_verdict(cell: NotebookNode, verdict: Verdict) -> None:
    """Put the verdict and its points where nbgrader looks for them."""
    most = float(cell.metadata["nbgrader"]["points"])  # as they were when the week was released
    points = f"{most if verdict.passed else 0:g}"
    texts = {"text/html": verdict._repr_html_(), "text/plain": str(verdict)}
    shown = {mime: text.encode("utf-8", "replace").decode() for mime, text in texts.items()}
    cell.outputs = [
        new_output("display_data", shown),
        new_output("execute_result", {"text/plain": points}, execution_count=None),
    ]
    replace(CellTag.of(cell), status=verdict.status).put_into(cell)
