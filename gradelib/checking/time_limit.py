"""Stop code that runs too long, from inside its own process.

What counts is processor time of the thread that runs the code, so that a busy computer makes no
right answer late; only what sleeps or waits is ended by the clock on the wall, ten times later.
Importing a library counts for nothing and is not interrupted: an import that is stopped half way
leaves a library that crashes.

Where the platform has timers (`SIGALRM`, main thread) they look at the code every tick. Elsewhere
(Windows, other threads) the code runs in a thread of its own, in which an exception is raised; that
ends any loop of Python code, but nothing that sleeps or computes in C, so that such a thread is
left behind after a while. The ticks go on, so that a loop which swallows exceptions is hit again.
With timers, code that hangs inside C is for whoever owns the process: at grading that is the
teacher's side.
"""

from __future__ import annotations

import contextvars
import ctypes
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

__all__ = ["PATIENCE", "OutOfTime", "limited", "time_limit"]

T = TypeVar("T")

TICK = 0.1  # seconds between two looks
PATIENCE = 10  # times the limit: what sleeps so long is stopped, too
HITS = 20  # ticks after which a thread that does not stop is left behind
IMPORTS = 120.0  # seconds on the wall that importing may take; torch takes a few
IMPORTING = "<frozen importlib"  # begins the file name of the frames of every import


class OutOfTime(BaseException):
    """The time is up. Not an Exception, so that `except Exception` does not swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body when it computes for longer than `seconds`.

    Without timers, a body that sleeps is ended only when it wakes; `limited` goes on before that.
    """
    with _by_signal(seconds) if _has_timers() else _by_thread(seconds):
        yield


def limited(seconds: float, action: Callable[[], T]) -> T:
    """Return what `action` returns. Raises OutOfTime when it computes for longer than `seconds`."""
    if not _has_timers():
        return _in_a_thread(seconds, action)
    with _by_signal(seconds):
        return action()


def _has_timers() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer")


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


def _in_a_thread(seconds: float, action: Callable[[], T]) -> T:
    """Run `action` in a new thread, with the context of this one, and watch it."""
    results: list[T] = []
    errors: list[BaseException] = []
    begun, done = threading.Event(), threading.Event()

    def run() -> None:
        begun.wait()  # until somebody watches
        try:
            results.append(action())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            errors.append(error)
        finally:
            done.set()

    context, gradients = contextvars.copy_context(), _gradients()
    worker = threading.Thread(target=lambda: context.run(gradients, run), daemon=True)
    worker.start()
    assert worker.ident is not None, "it has started"
    meter = _Meter(seconds, _processor_time_of(worker.ident))
    begun.set()
    _watch(worker.ident, meter, done, HITS)
    if errors:
        raise errors[0]
    if not results:  # it swallowed every OutOfTime, or hangs in C
        raise OutOfTime
    return results[0]


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    """Watch the thread that runs the body from another one."""
    number, done = threading.get_ident(), threading.Event()
    meter = _Meter(seconds, _processor_time_of(number))
    watcher = threading.Thread(target=_watch, args=(number, meter, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(number), None)


def _watch(number: int, meter: _Meter, done: threading.Event, hits: float = math.inf) -> None:
    """Raise OutOfTime in a thread, tick by tick, from when its time is up until it is done."""
    while not done.wait(min(TICK, meter.seconds)) and hits > 0:
        if meter.is_over(sys._current_frames().get(number)):
            target = ctypes.c_ulong(number)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(OutOfTime))
            hits -= 1


def _gradients() -> Callable[[Callable[[], None]], None]:
    """Return a runner under which torch keeps gradients as here: each thread has its own switch."""
    torch = sys.modules.get("torch")
    if torch is None:
        return lambda action: action()
    kept = torch.is_grad_enabled()

    def run(action: Callable[[], None]) -> None:
        with torch.set_grad_enabled(kept):
            action()

    return run


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
