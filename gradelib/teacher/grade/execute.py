"""nbgrader's Execute, ours: the kernel gives answers, the teacher's process judges them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Unicode, default

from gradelib.checking.exercise import Exercise
from gradelib.checking.session import begin_there, global_names
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.checking.verdict import Finding, Verdict
from gradelib.sandbox.confine import wanted
from gradelib.student.handin import as_python
from gradelib.teacher.collect.rebuild import add_remarks
from gradelib.teacher.course import Course
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.exam import Unusable
from gradelib.teacher.grade.examiner import examiner_of
from gradelib.teacher.grade.plan import answer_cells, answer_source, check_places, needed_cells
from gradelib.teacher.grade.remarks import remarks_on
from gradelib.teacher.kernels.outputs import error_output
from gradelib.teacher.kernels.run import END, Question, Ran, Reply, Work, run

__all__ = ["Execute", "Judge", "files_beside", "is_python", "verdicts_of", "work_of"]

NOT_RUN = {"check", "demonstration", "missing"}


class Judge(Protocol):
    """What asks and judges: `Exam` in this process, or `Examiner` in one of its own."""

    course: Course

    def exercise(self, name: str) -> Exercise: ...

    def request(self, name: str) -> bytes: ...

    def seconds(self, name: str) -> float: ...

    def judge(self, name: str, packed: bytes, source: str, notebook: str) -> Verdict: ...


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
        exam = examiner_of(self.course)
        files = files_beside(Path(resources["metadata"]["path"]))
        work = work_of(nb, exam, files, self.sandbox)
        if unreadable := NotebookTag.of(nb).unreadable:
            why = Reply(Question(), f"the file cannot be read: {unreadable}")
            ran = Ran(replies={name: [why] for name in work.asked})
        else:
            ran = _ran(exam, work)
        _show_outputs(nb, ran)
        verdicts = verdicts_of(nb, ran, exam)
        for name, cell in _checks(nb).items():
            _show_verdict(cell, verdicts[name])
        add_remarks(nb, remarks_on(nb, work, ran, verdicts))
        return nb, resources


def verdicts_of(nb: NotebookNode, ran: Ran, exam: Judge) -> dict[str, Verdict]:
    """Judge what a notebook answered, each exercise that has a check. Nothing runs."""
    code = "\n\n".join(as_python(c["source"]) for c in nb.cells if c["cell_type"] == "code")
    verdicts = {name: _verdict(nb, name, ran, exam, code) for name in _checks(nb)}
    passed = {name: verdict.passed for name, verdict in verdicts.items()}
    return {
        name: begin_there(verdict, _called(_source(name, nb)), passed)
        for name, verdict in verdicts.items()
    }


def _checks(nb: NotebookNode) -> dict[str, NotebookNode]:
    return {_name(cell): cell for cell in nb.cells if _kind(cell) == "check"}


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


def work_of(nb: NotebookNode, exam: Judge, files: Mapping[str, bytes], sandboxed: bool) -> Work:
    """Say what runs: not the checks, nor demonstrations that are as they were handed out."""
    places = check_places(nb.cells)
    course = exam.course
    secret = (course.root / "solutions", course.root / "tests", course.class_folder)
    cells = {
        position: cell.source
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code" and _kind(cell) not in NOT_RUN and cell.source.strip()
    }
    return Work(
        cells,
        asked={name: exam.request(name) for name in places},
        seconds={name: exam.seconds(name) for name in places},
        limits=course.limits,
        files=files,
        sandboxed=sandboxed,
        hidden=tuple(map(str, secret)),
        places=places,
        needs={
            name: tuple(position for position in needed if position in cells)
            for name, needed in needed_cells(nb.cells, places).items()
        },
    )


def _ran(exam: Judge, work: Work) -> Ran:
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


def _verdict(nb: NotebookNode, name: str, ran: Ran, exam: Judge, code: str) -> Verdict:
    """Judge what the kernel answered: where it was asked more than once, the best that counts.

    Of a function any answer that passes does, since each was given to questions that nobody had
    seen. A value could be guessed: there only the last one counts that was asked at a check.
    """
    guessed = exam.exercise(name).kind == "value"
    replies = sorted(ran.replies[name], key=lambda reply: _rank(reply.question))
    verdicts: list[Verdict] = []
    for reply in replies:
        verdicts.append(_judged(nb, name, reply, exam, code))
        attempted = verdicts[-1].status in ("passed", "failed")
        if verdicts[-1].passed or (guessed and attempted):
            return verdicts[-1]
    order = ("failed", "error", "not attempted")
    shown = min(verdicts, key=lambda verdict: order.index(verdict.status))
    return _with_its_cells_error(nb, name, ran, exam, shown)


def _rank(question: Question) -> tuple[bool, int, bool]:
    """Order the last check first, as it is before with some definitions alone, the end last."""
    return question.place == END, -question.place, question.alone


def _judged(nb: NotebookNode, name: str, reply: Reply, exam: Judge, code: str) -> Verdict:
    """Judge one reply, or say why that cannot be done. `code` is all of the notebook's."""
    if isinstance(reply.packed, str):
        return _error(exam, name, reply.packed)
    source = answer_source(nb.cells, name, reply.question.place)
    try:
        return exam.judge(name, reply.packed, source, code)
    except Unusable as why:
        return _error(exam, name, str(why))


def _with_its_cells_error(
    nb: NotebookNode, name: str, ran: Ran, exam: Judge, verdict: Verdict
) -> Verdict:
    """Say of an answer that is not there whether its cell raised."""
    written = answer_cells(nb.cells, name)
    if verdict.status != "not attempted" or not written:
        return verdict
    outputs = ran.outputs.get(written[-1], [])
    for output in outputs:
        if output["output_type"] == "error":
            message = f"its cell does not run: {output['ename']}: {output['evalue']}"
            return _error(exam, name, message)
    return verdict


def _source(name: str, nb: NotebookNode) -> str:
    return "\n\n".join(as_python(nb.cells[p].source) for p in answer_cells(nb.cells, name))


@functools.lru_cache(maxsize=4096)
def _called(source: str) -> list[str]:
    """Return the global names that an answer uses, if it can be compiled at all."""
    try:
        return global_names(compile(source, "<answer>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _error(exam: Judge, name: str, message: str) -> Verdict:
    finding = Finding("the notebook", "", message, kind="error")
    return Verdict(name, "error", exam.exercise(name).points, 0, [finding])


def _show_verdict(cell: NotebookNode, verdict: Verdict) -> None:
    """Put the verdict and its points where nbgrader looks for them."""
    most = float(cell.metadata["nbgrader"]["points"])  # as they were when the week was released
    points = f"{most if verdict.passed else 0:g}"
    texts = {"text/html": verdict._repr_html_(), "text/plain": str(verdict)}
    shown = {mime: text.encode("utf-8", "replace").decode() for mime, text in texts.items()}
    parts: list[dict[str, Any]] = [
        {"output_type": "display_data", "data": shown},
        {"output_type": "execute_result", "data": {"text/plain": points}, "execution_count": None},
    ]
    cell.outputs = [from_dict({"metadata": {}, **part}) for part in parts]
    replace(CellTag.of(cell), status=verdict.status).put_into(cell)
