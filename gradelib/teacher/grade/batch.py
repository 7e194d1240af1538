"""Run what a week's students handed in, some notebooks at a time, and store what came of it.

Workers get plain data and give plain data; they hold no answers and no gradebook, and each has a
zygote of its own. Judging is for the parent.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.teacher.collect.rebuild import read_released, rebuild_file
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.examiner import examiner_of
from gradelib.teacher.grade.execute import files_beside, is_python, work_of
from gradelib.teacher.grade.options import GradingOptions, Progress
from gradelib.teacher.grade.processes import processes
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.run import Ran, Work, run

if TYPE_CHECKING:
    from gradelib.teacher.grade.cluster import Cluster

__all__ = ["cores", "run_all"]

BESIDE_OTHERS = 3.0  # times the limit: beside three others code took up to 1.8 times as long
AHEAD = 5  # notebooks that wait for each worker: enough that none idles, few enough to hold


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    course: Course,
    week: Week,
    students: list[str],
    options: GradingOptions,
    progress: Progress,
    is_free: Callable[[str], bool] = lambda student: True,
) -> Iterator[str]:
    """Run what is not stored yet; yield each student when there is nothing left to run of theirs.

    Who is not free when it is their turn, is left out. What cannot be run here is run again, or
    said, where it is graded. Raises CourseError where the cluster cannot be used, or is there no
    more.
    """
    countdown = _Countdown(course, week, students, progress)
    batch = _Batch(course, week, options, countdown)
    with _workers(options, len(students)) as (pool, at_a_time):
        for student in students:
            if not is_free(student):
                countdown.leave_out(student)
                continue
            yield from batch.hand_out(pool, student)
            while len(batch.running) > AHEAD * at_a_time:
                yield from batch.take_in()
        while batch.running:
            yield from batch.take_in()
        yield from batch.try_late_ones_alone(pool)


class _Countdown:
    """Says how far it is, and how long it will take."""

    def __init__(self, course: Course, week: Week, students: list[str], progress: Progress) -> None:
        self.notebooks = {s: len(_notebooks(course, week, s)) for s in students}
        self.total, self.done = sum(self.notebooks.values()), 0
        self.start = time.monotonic()
        self.progress = progress

    def leave_out(self, student: str) -> None:
        self.total -= self.notebooks[student]

    def tick(self, student: str) -> None:
        self.done += 1
        seconds = (time.monotonic() - self.start) / self.done * (self.total - self.done)
        left = f"{seconds / 60:.0f} minutes" if seconds > 90 else f"{seconds:.0f} seconds"
        self.progress(f"{self.done} of {self.total} notebooks, about {left} left ({student})")


class _Batch:
    """Notebooks that are being run."""

    def __init__(
        self, course: Course, week: Week, options: GradingOptions, countdown: _Countdown
    ) -> None:
        self.course, self.week, self.options = course, week, options
        self.countdown = countdown
        self.store = course.class_folder / "results"
        self.running: dict[Future[Ran], tuple[str, Work, Work]] = {}
        self.late: list[tuple[str, Work, Work]] = []  # student, all of the work, what was left
        self.alone = options.jobs <= 1 and not options.cluster
        self.left: Counter[str] = Counter()  # notebooks that still run, by student

    def hand_out(self, pool: Executor, student: str) -> Iterator[str]:
        """Give a student's notebooks to workers; yield the student if there is nothing to run."""
        for path in _notebooks(self.course, self.week, student):
            work, left = self.planned(path)
            if work is None or left is None:
                self.countdown.tick(student)
                continue
            self.submit(pool, student, work, left)
        if not self.left[student]:
            yield student

    def planned(self, path: Path) -> tuple[Work | None, Work | None]:
        """Return what a notebook takes, and what of it is not stored; nothing for a broken one."""
        try:
            work = _work(self.course, self.week, path, self.options.sandboxed)
            return work, self.left_of(work) if work else None
        except CourseError:
            raise
        except Exception:  # noqa: BLE001 - it costs only itself, and is said where it is graded
            return None, None

    def submit(self, pool: Executor, student: str, work: Work, left: Work) -> None:
        left = replace(left, patience=1.0 if self.alone else BESIDE_OTHERS)
        with contextlib.suppress(BrokenProcessPool):  # then it is run where it is graded
            self.running[pool.submit(run, left)] = student, work, left
            self.left[student] += 1

    def left_of(self, work: Work) -> Work | None:
        """Return what of this work is not stored, or is to be done again."""
        if self.options.anew:
            answer_store.forget(self.store, work, self.options.exercises)
        return answer_store.left(work, answer_store.load(self.store, work))

    def take_in(self) -> Iterator[str]:
        """Wait for some notebook, store what came of it; yield students of whom that was all."""
        done = wait(self.running, return_when=FIRST_COMPLETED).done
        for future in sorted(done, key=lambda future: future.exception() is not None):
            if isinstance(error := future.exception(), CourseError):  # the cluster is gone
                raise error
            student, work, left = self.running.pop(future)
            self.left[student] -= 1
            with contextlib.suppress(Exception):  # it is run, or said, where it is graded
                ran = future.result()
                if ran.late and not self.alone:
                    self.late.append((student, work, left))
                    continue
                answer_store.save(self.store, work, ran)
            self.countdown.tick(student)
            if self.is_done(student):
                yield student

    def is_done(self, student: str) -> bool:
        return not self.left[student] and all(student != late for late, *_ in self.late)

    def try_late_ones_alone(self, pool: Executor) -> Iterator[str]:
        """Run once more, with nothing beside it, what ran out of time beside others."""
        late, self.late, self.alone = self.late, [], True
        for number, (student, work, left) in enumerate(late):
            self.countdown.progress(f"{student} ran out of time: once more, alone")
            self.submit(pool, student, work, left)
            more = [other for other, *_ in late[number + 1 :]]
            while self.running:
                yield from (done for done in self.take_in() if done not in more)


def _notebooks(course: Course, week: Week, student: str) -> list[Path]:
    folder = course.class_folder / "submitted" / student / week.name
    return sorted(folder.glob("*.ipynb"))


def _work(course: Course, week: Week, path: Path, sandboxed: bool) -> Work | None:
    """Return what Execute will want of a notebook, or None where nothing is to be run now."""
    released_path = course.class_folder / "release" / week.name / path.name
    notebook = rebuild_file(released_path, path.read_bytes())
    if notebook is None or not is_python(read_released(released_path)):
        return None
    files = files_beside(path.parent, course.class_folder / "source" / week.name)
    return work_of(notebook, examiner_of(str(course.root)), files, sandboxed)


@contextlib.contextmanager
def _workers(options: GradingOptions, students: int) -> Iterator[tuple[Executor, int]]:
    """Open what runs notebooks; yield it, and how many it runs at a time."""
    jobs = min(options.jobs, students)
    if options.cluster and jobs:
        with _cluster(options.cluster, options.sandboxed) as cluster:
            yield cluster, cluster.jobs
        return
    if jobs <= 1:
        yield _InThisProcess(), jobs
        return
    with processes(jobs) as pool:
        for _ in range(jobs):  # while this process draws cases; what fails will do so again
            pool.submit(workspace.open_zygote)
        yield pool, jobs


def _cluster(address: str, sandboxed: bool) -> Cluster:
    try:
        from gradelib.teacher.grade.cluster import Cluster  # which needs the extra
    except ModuleNotFoundError as error:
        raise CourseError(
            f"--cluster needs Dask's distributed ({error}): pip install 'gradelib[cluster]'"
        ) from None
    return Cluster(address, sandboxed)


class _InThisProcess(Executor):
    """Does everything at once, here."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is the future's
            future.set_exception(error)
        return future
