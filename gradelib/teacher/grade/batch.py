"""Run what a week's students handed in, some notebooks at a time, and store what came of it.

Workers get plain data and give plain data; they hold no answers and no gradebook, and each has a
zygote of its own. Judging is for the parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from gradelib.student.handin import Unreadable, read_notebook
from gradelib.teacher.collect.rebuild import is_ours, restore
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.grade import answer_store
from gradelib.teacher.grade.execute import examination, files_beside, speaks_python, work_of
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.run import Ran, Work, run

if TYPE_CHECKING:
    from gradelib.teacher.grade.cluster import Cluster

__all__ = ["cores", "run_all"]

AHEAD = 3  # notebooks that wait for each worker: enough that none idles, few enough to hold


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    course: Course, week: Week, students: list[str], jobs: int, sandboxed: bool, force: bool,
    progress: Callable[[str], object], exercises: Collection[str] = (), cluster: str | None = None,
    is_free: Callable[[str], bool] = lambda student: True,
) -> Iterator[str]:  # fmt: skip
    """Run what is not stored yet; yield each student when there is nothing left to run of theirs.

    With `force` everything is run again, with `exercises` these are asked again.
    `cluster` is the address of a Dask scheduler, whose workers then do it, as many as they are.
    Who is not free when it is their turn, is left out.
    What cannot be run here is run again, or said, where it is graded. Raises CourseError where
    the cluster cannot be used, or is there no more.
    """
    clock = _Clock(course, week, students, progress)
    batch = _Batch(course, week, sandboxed, force, exercises, clock)
    with _workers(min(jobs, len(students)), sandboxed, cluster) as (pool, at_a_time):
        for student in students:
            if not is_free(student):
                clock.leave_out(student)
                continue
            yield from batch.hand_out(pool, student)
            while len(batch.running) > AHEAD * at_a_time:
                yield from batch.take_in()
        while batch.running:
            yield from batch.take_in()


class _Clock:
    """Says how far it is, and how long it will take."""

    def __init__(
        self, course: Course, week: Week, students: list[str], progress: Callable[[str], object]
    ) -> None:
        self.there = {student: len(_notebooks(course, week, student)) for student in students}
        self.total, self.done = sum(self.there.values()), 0
        self.start = time.monotonic()
        self.progress = progress

    def leave_out(self, student: str) -> None:
        self.total -= self.there[student]

    def tick(self, student: str) -> None:
        self.done += 1
        left = (time.monotonic() - self.start) / self.done * (self.total - self.done)
        said = f"{left / 60:.0f} minutes" if left > 90 else f"{left:.0f} seconds"
        self.progress(f"{self.done} of {self.total} notebooks, about {said} left ({student})")


class _Batch:
    """Notebooks that are being run."""

    def __init__(
        self, course: Course, week: Week, sandboxed: bool, force: bool, exercises: Collection[str],
        clock: _Clock,
    ) -> None:  # fmt: skip
        self.course, self.week, self.sandboxed = course, week, sandboxed
        self.force, self.exercises = force, exercises
        self.clock = clock
        self.folder = course.class_folder / "results"
        self.running: dict[Future[Ran], tuple[str, Work]] = {}
        self.left: Counter[str] = Counter()  # by student

    def hand_out(self, pool: Executor, student: str) -> Iterator[str]:
        """Give a student's notebooks to workers; yield the student if there is nothing to run."""
        for path in _notebooks(self.course, self.week, student):
            work = _work(self.course, self.week, path, self.sandboxed)
            left = self.left_of(work) if work else None
            if work is None or left is None:
                self.clock.tick(student)
                continue
            with contextlib.suppress(BrokenProcessPool):  # then it is run where it is graded
                self.running[pool.submit(run, left)] = student, work
                self.left[student] += 1
        if not self.left[student]:
            yield student

    def left_of(self, work: Work) -> Work | None:
        """Return what of this work is not stored, or is to be done again."""
        if self.force or self.exercises:
            answer_store.forget(self.folder, work, self.exercises)
        return answer_store.left(work, answer_store.load(self.folder, work))

    def take_in(self) -> Iterator[str]:
        """Wait for some notebook, store what came of it; yield students of whom that was all."""
        done = wait(self.running, return_when=FIRST_COMPLETED).done
        for future in sorted(done, key=lambda one: one.exception() is not None):
            if isinstance(gone := future.exception(), CourseError):  # the cluster is
                raise gone
            student, work = self.running.pop(future)
            with contextlib.suppress(Exception):  # it is run, or said, where it is graded
                answer_store.save(self.folder, work, future.result())
            self.clock.tick(student)
            self.left[student] -= 1
            if not self.left[student]:
                yield student


def _notebooks(course: Course, week: Week, student: str) -> list[Path]:
    folder = course.class_folder / "submitted" / student / week.name
    return sorted(folder.glob("*.ipynb"))


def _work(course: Course, week: Week, path: Path, sandboxed: bool) -> Work | None:
    """Return what Execute will want of a notebook, or None where nothing is to be run now."""
    released = course.class_folder / "release" / week.name / path.name
    if not released.is_file():
        return None
    try:
        blank, handed_in = nbformat.read(released, as_version=4), read_notebook(path.read_bytes())
        notebook = restore(blank, handed_in) if is_ours(blank) else handed_in
        files = files_beside(path.parent, course.class_folder / "source" / week.name)
        wanted = speaks_python(blank)
        return (
            work_of(notebook, examination(str(course.root)), files, sandboxed) if wanted else None
        )
    except Unreadable:
        return None


@contextlib.contextmanager
def _workers(jobs: int, sandboxed: bool, cluster: str | None) -> Iterator[tuple[Executor, int]]:
    """Open what runs notebooks; yield it, and how many it runs at a time."""
    if cluster and jobs:
        with _cluster(cluster, sandboxed) as workers:
            yield workers, workers.jobs
        return
    if jobs <= 1:
        yield _Here(), jobs
        return
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, workspace.begin, (os.getpid(),)) as pool:
        try:
            for _ in range(jobs):  # while this process draws cases; what fails will do so again
                pool.submit(workspace.open_zygote)
            yield pool, jobs
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - before:
                worker.terminate()
            raise


def _cluster(address: str, sandboxed: bool) -> Cluster:
    try:
        from gradelib.teacher.grade.cluster import Cluster  # which needs the extra
    except ModuleNotFoundError as error:
        raise CourseError(
            f"--cluster needs Dask's distributed ({error}): pip install 'gradelib[cluster]'"
        ) from None
    return Cluster(address, sandboxed)


class _Here(Executor):
    """Does everything at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is the future's
            future.set_exception(error)
        return future
