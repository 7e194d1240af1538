"""Stop code that runs too long, from inside its own process.

What counts is processor time of the thread that runs the code, so that a busy computer makes no
right answer late; only what sleeps or waits is ended by the clock on the wall, ten times later.
Importing a library counts for nothing and is not interrupted: an import that is stopped half way
leaves a library that crashes.

Where the platform has timers (`SIGALRM`, main thread) they look at the code every tick; elsewhere a
second thread does, and an exception is raised in the running thread, which ends any loop of Python
code. The ticks go on, so that a loop which swallows exceptions is hit again. Code that hangs inside
C, or that fights back, is for whoever owns the process: at grading that is the teacher's side.
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["PATIENCE", "OutOfTime", "time_limit"]

TICK = 0.1  # seconds between two looks
PATIENCE = 10  # times the limit: what sleeps so long is stopped, too
IMPORTS = 120.0  # seconds on the wall that importing may take; torch takes a few
IMPORTING = "<frozen importlib"  # begins the file name of the frames of every import


class OutOfTime(BaseException):
    """The time is up. Not an Exception, so that `except Exception` does not swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body when it computes for longer than `seconds`."""
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer"):
        with _by_signal(seconds):
            yield
    else:
        with _by_thread(seconds):
            yield


class _Meter:
    """What a thread has used up since it began, without what it took to import."""

    def __init__(self, seconds: float, processor_time: Callable[[], float]) -> None:
        self.seconds = seconds
        self.processor_time = processor_time
        self.used = 0.0  # processor time, but for imports
        self.waited = 0.0  # on the wall, but for imports
        self.imported = 0.0  # on the wall
        self.last = processor_time(), time.monotonic()

    def is_over(self, frame: FrameType | None) -> bool:
        """Say whether the time is up for the code that stands at `frame`."""
        processor, wall = self.processor_time(), time.monotonic()
        computed, passed = processor - self.last[0], wall - self.last[1]
        self.last = processor, wall
        if _imports(frame):
            self.imported += passed
            return self.imported > IMPORTS
        self.used += computed
        self.waited += passed
        return self.used > self.seconds or self.waited > PATIENCE * self.seconds


def _imports(frame: FrameType | None) -> bool:
    """Say whether an import is under way at `frame`."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(IMPORTING):
            return True
        frame = frame.f_back
    return False


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    meter = _Meter(seconds, time.thread_time)

    def look(signum: int, frame: FrameType | None) -> None:
        if meter.is_over(frame):
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, look)
    tick = min(TICK, seconds)
    signal.setitimer(signal.ITIMER_REAL, tick, tick)
    try:
        yield
    finally:
        _quietly(lambda: signal.setitimer(signal.ITIMER_REAL, 0))
        _quietly(lambda: signal.signal(signal.SIGALRM, before))


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    number = threading.get_ident()
    target = ctypes.c_ulong(number)
    meter = _Meter(seconds, _processor_time_of(number))
    done = threading.Event()

    def watch() -> None:
        while not done.wait(min(TICK, seconds)):
            if meter.is_over(sys._current_frames().get(number)):
                ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(OutOfTime))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(target, None)


def _processor_time_of(thread: int) -> Callable[[], float]:
    """Return a clock of one thread's processor time; of the process, where there is none."""
    if not hasattr(time, "pthread_getcpuclockid"):  # Windows, macOS
        return time.process_time
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


def _quietly(action: Callable[[], object]) -> None:
    """Do `action` even where the last tick of the timer arrives in the middle of it."""
    while True:
        try:
            action()
            return
        except OutOfTime:
            continue
