"""Wrong answers in groups that answer alike, so that the next known mistake can be written.

What kernels answered is in class/results. It is opened by the examiner alone, as at grading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gradelib.teacher.course import Course, Week
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.exam import Unusable
from gradelib.teacher.grade.examiner import Examiner
from gradelib.teacher.grade.execute import files_beside, work_of
from gradelib.teacher.kernels.run import Ran
from gradelib.teacher.report.answers import Answer, graded_path, open_graded

__all__ = ["Replies", "grouped"]

LARGEST = 5_000_000  # bytes of a reply that is compared with others
Same = Callable[[Answer, Answer], bool | None]


def grouped(answers: Iterable[Answer], same: Same) -> list[list[Answer]]:
    """Return answers in groups, the largest first. `same` says None of what cannot be compared.

    Each is compared with the first of each group; what cannot be compared is alone.
    """
    groups: list[list[Answer]] = []
    for answer in answers:
        for group in groups:
            if same(group[0], answer):
                group.append(answer)
                break
        else:
            groups.append([answer])
    return sorted(groups, key=lambda group: -len(group))


class Replies:
    """Says of two answers whether their kernels answered alike, in all cases."""

    def __init__(self, course: Course, week: Week, examiner: Examiner) -> None:
        self.course, self.week, self.examiner = course, week, examiner
        self._ran: dict[tuple[str, str], Ran | None] = {}

    def same(self, left: Answer, right: Answer) -> bool | None:
        one, other = self.reply(left), self.reply(right)
        if isinstance(one, str) or isinstance(other, str):
            return one == other and one != ""
        try:
            return self.examiner.alike(left.exercise, one, other)
        except Unusable:
            return None

    def reply(self, answer: Answer) -> bytes | str:
        """Return what was answered, or why there is nothing; an empty text if that is unknown."""
        ran = self._answered(answer.student, answer.notebook)
        replies = ran.replies.get(answer.exercise, []) if ran else []
        packed = [reply.packed for reply in replies if isinstance(reply.packed, bytes)]
        if packed:
            return packed[0] if len(packed[0]) <= LARGEST else ""
        return next((str(reply.packed) for reply in replies), "")

    def _answered(self, student: str, notebook: str) -> Ran | None:
        key = student, notebook
        if key not in self._ran:
            self._ran = dict(list(self._ran.items())[-50:])  # as many as are soon asked for again
            self._ran[key] = self._load(student, notebook)
        return self._ran[key]

    def _load(self, student: str, notebook: str) -> Ran | None:
        nb = open_graded(self.course, self.week, student, notebook)
        if nb is None:
            return None
        folder = graded_path(self.course, self.week, student, notebook).parent
        store = self.course.class_folder / "results"
        for sandboxed in (True, False):  # however it was graded
            work = work_of(nb, self.examiner, files_beside(folder), sandboxed)
            if (ran := answer_store.load(store, work)) is not None:
                return ran
        return None
