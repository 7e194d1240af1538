"""The exam in a process of its own: what a kernel answered is read and judged there, with limits.

A reply is up to fifty megabytes that a student chose. Whatever it makes of the process that reads
it, that process ends, another takes its place, and one exercise has no points. `gradelib grade`
itself never opens a reply. Nothing of a student's runs here either.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Literal

import psutil

from gradelib.checking.exercise import Exercise
from gradelib.checking.records import find_any
from gradelib.checking.time_limit import OutOfTime, time_limit
from gradelib.checking.verdict import Verdict
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.grade.exam import Exam, Unusable
from gradelib.teacher.grade.processes import keep
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.clock import processor_time_of

__all__ = ["Examiner", "examiner_of"]

SECONDS = 20.0  # of processor time to read and compare one reply
HARD = 3  # times that: then the process is ended from outside, whatever it does
MEMORY = 1024 * 2**20  # bytes that reading and comparing one reply may take
LOOK = 0.2  # seconds between two looks at the process
READS = ("judge", "alike")  # what opens what a student's kernel answered
PROGRAM = (sys.executable, "-P", "-m", "gradelib.teacher.grade.examiner")
Said = tuple[Literal["well", "unusable", "course"], Any]
open_now: dict[str, Examiner] = {}


class Examiner:
    """Asks and judges as `Exam` does, by a process that may end at any time."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
        self._requests: dict[str, tuple[bytes, float]] = {}

    def exercise(self, name: str) -> Exercise:
        return find_any(name)

    def request(self, name: str) -> bytes:
        """Return the inputs as a kernel is sent them."""
        return self._asked(name)[0]

    def seconds(self, name: str) -> float:
        """Return how long all of an exercise's cases may take."""
        return self._asked(name)[1]

    def judge(self, name: str, packed: bytes, source: str, notebook: str) -> Verdict:
        """Judge a reply. Raises Unusable, also where the process ends with it."""
        verdict: Verdict = self._ask("judge", name, packed, source, notebook)
        return verdict

    def alike(self, name: str, left: bytes, right: bytes) -> bool:
        """Say whether two replies are wrong in the same way. Raises Unusable, as `judge` does."""
        same: bool = self._ask("alike", name, left, right)
        return same

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            with contextlib.suppress(OSError):  # what it was never told
                self._process.communicate()
        self._process = None

    def _asked(self, name: str) -> tuple[bytes, float]:
        if name not in self._requests:
            self._requests[name] = self._ask("request", name)
        return self._requests[name]

    def _ask(self, what: str, *parts: Any) -> Any:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        process = self._process
        assert process
        assert process.stdin
        assert process.stdout
        try:
            with self._watch if what in READS else contextlib.nullcontext():
                _send((what, parts), process.stdin)
                how, result = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            if what == "request":  # nothing of a student's was there yet
                raise CourseError("the process that draws the cases ended") from None
            raise Unusable("the process that judged the answer ended: is it huge?") from None
        if how == "well":
            return result
        raise CourseError(result) if how == "course" else Unusable(result)

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [*PROGRAM, str(self.course.root), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        limit = HARD * SECONDS + self.course.limits.notebook_seconds  # the latter for mistakes
        self._watch = Watch(self._process, limit)


class Watch:
    """Ends a process that computes for so long that it does not hear of its own limit.

    What counts is what it computes in the body of a `with`. One thread looks at it all its life:
    one for each question would take longer than most answers.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.process, self.seconds = process, seconds
        self.before: float | None = None  # what it had computed when the body began
        threading.Thread(target=self._look, daemon=True).start()

    def __enter__(self) -> None:
        self.before = processor_time_of(self.process.pid, with_children=False)

    def __exit__(self, *error: object) -> None:
        self.before = None

    def _look(self) -> None:
        while self.process.poll() is None:
            time.sleep(LOOK)
            before, now = self.before, processor_time_of(self.process.pid, with_children=False)
            if before is not None and now - before > self.seconds:
                self.process.kill()


def _send(message: Any, pipe: IO[bytes]) -> None:
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def examiner_of(root: str) -> Examiner:
    """Return the examiner of the course in a folder; a process has one at a time."""
    if root not in open_now:
        for other in list(open_now):
            open_now.pop(other).close()
        open_now[root] = Examiner(Course.find(Path(root)))
        atexit.register(open_now[root].close)
    return open_now[root]


def _serve(root: str, parent: int) -> None:
    """Answer the grader on what was our input and output; nothing else is written there."""
    asks, hears = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    workspace.begin(parent)
    exam: Exam | None = None
    with contextlib.suppress(EOFError, OSError):  # whoever asked is gone
        while True:
            what, parts = pickle.load(asks)
            try:
                exam = exam or Exam(Course.find(Path(root)))
                said: Said = ("well", _ANSWERS[what](exam, *parts))
            except CourseError as error:
                said = ("course", str(error))
            except Unusable as why:
                said = ("unusable", str(why))
            except Exception as error:  # noqa: BLE001 - whatever a forged answer leads to
                if what == "request":
                    said = ("course", f"{parts[0]}: {type(error).__name__}: {error!s:.300}")
                else:
                    said = ("unusable", f"the answer cannot be judged: {error!s:.300}")
            _send(said, hears)


def _request(exam: Exam, name: str) -> tuple[bytes, float]:
    asked = exam.request(name), exam.seconds(name)
    keep()
    return asked


def _judge(exam: Exam, name: str, packed: bytes, source: str, notebook: str) -> Verdict:
    exam.inputs(name)  # drawn before anything is limited
    with _limited():
        outcomes = exam.read(name, packed)
        verdict = exam.compare(name, outcomes, source, notebook)
    if not exam.may_be_known(name, verdict):
        return verdict
    known = exam.mistakes(name, outcomes)  # which runs what the teacher wrote
    with _limited():
        return exam.compare(name, outcomes, source, notebook, known)


def _alike(exam: Exam, name: str, left: bytes, right: bytes) -> bool:
    exam.inputs(name)
    with _limited():
        return exam.alike(name, exam.read(name, left), exam.read(name, right))


_ANSWERS: dict[str, Callable[..., Any]] = {"request": _request, "judge": _judge, "alike": _alike}


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """Limit the time and the memory that the body takes. Raises Unusable."""
    try:
        with _memory_limited(), time_limit(SECONDS):
            yield
    except OutOfTime:
        raise Unusable(f"reading the answer took longer than {SECONDS:g} seconds") from None
    except MemoryError:
        raise Unusable(f"reading the answer took more than {MEMORY // 2**20} MB") from None
    except RecursionError:
        raise Unusable("the answer is nested too deep") from None


_process = functools.cache(psutil.Process)  # which asks Linux when it began


@contextlib.contextmanager
def _memory_limited() -> Iterator[None]:
    if sys.platform != "linux":  # elsewhere the system has no such limit
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    most = _process(os.getpid()).memory_info().data + MEMORY
    hard = before[1]
    resource.setrlimit(
        resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
