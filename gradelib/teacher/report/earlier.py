"""Hints that helped: what became of the known mistakes of hand-ins before the one that counts.

class/collected has all that was handed in, class/results what kernels answered to what was graded.
Nothing runs. Of a notebook whose code was never graded (by this gradelib, with these inputs) it is
only said that it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from gradelib.checking.verdict import Verdict
from gradelib.teacher.collect.again import has_a_choice
from gradelib.teacher.collect.choosing import choose
from gradelib.teacher.collect.rebuild import rebuild_file
from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.examiner import Examiner
from gradelib.teacher.grade.execute import files_beside, verdicts_of, work_of
from gradelib.teacher.gradebook.last_change import graded_at
from gradelib.teacher.kernels.run import Ran, Work
from gradelib.teacher.report.answers import Answer, hint_in

__all__ = ["Earlier", "Helped", "earlier", "helped"]

Verdicts = Mapping[str, Verdict]  # by exercise


@dataclass(frozen=True)
class Earlier:
    """A notebook that a student handed in before the one that counts."""

    student: str
    verdicts: Verdicts | None  # None where its code was never graded


@dataclass(frozen=True)
class Helped:
    """A hint that answers had earned before, and what became of them in the hand-in that counts."""

    exercise: str
    name: str  # of the known mistake; empty for a hint that is no author's
    hint: str
    students: int
    right: int
    same: int  # that earned the same hint again
    other: int  # something else that is wrong, or nothing


def earlier(
    course: Course, week: Week, examiner: Examiner, students: Iterable[str]
) -> Iterator[Earlier]:
    """Yield what these students handed in before what counts, notebook by notebook.

    Of whom the hand-in that counts is not graded yet, nothing.
    """
    for student in students:
        if graded_at(course, week, student) is None or not has_a_choice(course, week, student):
            continue
        folder = course.class_folder / "submitted" / student / week.name
        choice = choose(course, week, student)
        for name, older in choice.before.items():
            laid_out = folder / f"{name}.ipynb"
            if not laid_out.is_file() or not _same(laid_out, choice.notebooks[name].path):
                continue  # what counts is another one since a decision, and grade has yet to follow
            for kept in older:
                verdicts = _verdicts(course, week, examiner, folder, name, kept.path.read_bytes())
                yield Earlier(student, verdicts)


def _same(left: Path, right: Path) -> bool:
    return left.read_bytes() == right.read_bytes()


def _verdicts(
    course: Course, week: Week, examiner: Examiner, folder: Path, name: str, data: bytes
) -> Verdicts | None:
    """Judge a notebook by what kernels answered when it was graded; None where it never was."""
    nb = rebuild_file(course.class_folder / "release" / week.name / f"{name}.ipynb", data)
    if nb is None:
        return None
    files = files_beside(folder, course.class_folder / "source" / week.name)
    ran = _answered(course, nb, examiner, files)
    return verdicts_of(nb, ran, examiner) if ran else None


def _answered(
    course: Course, nb: NotebookNode, examiner: Examiner, files: Mapping[str, bytes]
) -> Ran | None:
    for sandboxed in (True, False):  # however it was graded
        work: Work = work_of(nb, examiner, files, sandboxed)
        ran = answer_store.load(course.class_folder / "results", work)
        if ran is not None and answer_store.left(work, ran) is None:
            return ran
    return None


def helped(
    before: Iterable[Earlier], now: Iterable[Answer], known: Mapping[str, Mapping[str, str]]
) -> list[Helped]:
    """Sum up by hint what became of the answers that had earned it before, in the order of `now`.

    `known` has by exercise and hint the names of the mistakes. A student counts once for a hint.
    """
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)  # by exercise and student
    for answer in now:
        answers[answer.exercise][answer.student] = answer
    had: dict[tuple[str, str], dict[str, Answer]] = defaultdict(dict)
    for one in before:
        for name, verdict in (one.verdicts or {}).items():
            hint, counts = hint_in(str(verdict))[0], answers[name].get(one.student)
            if hint and counts:
                had[name, hint][one.student] = counts
    places = {name: place for place, name in enumerate(answers)}
    return [
        _helped(name, known.get(name, {}).get(hint, ""), hint, [*those.values()])
        for (name, hint), those in sorted(had.items(), key=lambda item: places[item[0][0]])
    ]


def _helped(exercise: str, name: str, hint: str, answers: list[Answer]) -> Helped:
    right = sum(answer.status == "passed" for answer in answers)
    same = sum(answer.is_wrong and hint_in(answer.said)[0] == hint for answer in answers)
    return Helped(exercise, name, hint, len(answers), right, same, len(answers) - right - same)
