"""Stop code that runs too long, from inside its own process.

Where the platform has timers (`SIGALRM`, main thread) they also end a `sleep`; elsewhere an
exception is raised in the running thread, which ends any loop of Python code. The timer goes on
ticking, so that a loop which swallows exceptions is hit again. Code that hangs inside C, or that
fights back, is for whoever owns the process: at grading that is the teacher's side.
"""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["OutOfTime", "time_limit"]

TICK = 0.1  # seconds between two tries to stop


class OutOfTime(BaseException):
    """The time is up. Not an Exception, so that `except Exception` does not swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body when it takes longer than `seconds`."""
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer"):
        with _by_signal(seconds):
            yield
    else:
        with _by_thread(seconds):
            yield


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, TICK)
    try:
        yield
    finally:
        _quietly(lambda: signal.setitimer(signal.ITIMER_REAL, 0))
        _quietly(lambda: signal.signal(signal.SIGALRM, before))


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    target = ctypes.c_ulong(threading.get_ident())
    done = threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(OutOfTime))
            wait = TICK

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(target, None)


def _quietly(action) -> None:
    """Do `action` even where the last tick of the timer arrives in the middle of it."""
    while True:
        try:
            action()
            return
        except OutOfTime:
            continue
