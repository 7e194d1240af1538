"""How long a notebook's kernels may compute and wait, and what this process has of memory.

A busy computer must not make a right answer late. So a cell, and a whole notebook, have so many
seconds of the kernel's processor time; what sleeps or waits is ended by the clock on the wall, ten
times later, as in gradelib/checking/time_limit.py.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import time
from collections.abc import Callable

import psutil

from gradelib.checking.time_limit import PATIENCE

__all__ = ["Clock", "Timer", "memory", "processor_time_of"]

CPUCLOCK = 2  # with a process's number, as Linux names clocks: what its threads have computed
WHY = "a slow computer, or a loop without end"


class Clock:
    """What the kernels of one notebook have used up, one after the other."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.used = 0.0  # processor time
        self.start = time.monotonic()

    @property
    def left(self) -> float:
        """Seconds of processor time that are left; none after too long a wait."""
        if time.monotonic() - self.start > PATIENCE * self.seconds:
            return 0.0
        return max(0.0, self.seconds - self.used)


class Timer:
    """What one piece of code has used up of its limit, in seconds, and of its notebook's."""

    def __init__(self, clock: Clock, limit: float, processor_time: Callable[[], float]) -> None:
        self.clock = clock
        self.limit = limit
        self.processor_time = processor_time
        self.before = processor_time()
        self.start = time.monotonic()
        self.seen = 0.0

    def look(self) -> str:
        """Say what is over: nothing, if there is time left. Counts for the notebook, too."""
        now = max(self.seen, self.processor_time() - self.before)  # a kernel that ended has none
        self.clock.used += now - self.seen
        self.seen = now
        if self.seen > self.limit:
            return f"it took longer than {self.limit:g} seconds: {WHY}"
        if time.monotonic() - self.start > PATIENCE * self.limit:
            return f"it took longer than {PATIENCE * self.limit:g} seconds, most of them waiting"
        if not self.clock.left:
            return f"the {self.clock.seconds:g} seconds for a notebook were over: {WHY}"
        return ""


def processor_time_of(pid: int | None, with_children: bool) -> float:
    """Return the seconds that a process has computed, with those that it started or without."""
    if pid is not None and not with_children and sys.platform == "linux":
        with contextlib.suppress(OSError):  # it ended: it has none
            return time.clock_gettime((~pid << 3) | CPUCLOCK)
        return 0.0
    seconds = 0.0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in [process, *(process.children(recursive=True) if with_children else [])]:
            with contextlib.suppress(psutil.Error):
                times = one.cpu_times()
                seconds += times.user + times.system + times.children_user + times.children_system
    return seconds


def memory() -> int:
    """Return the bytes of memory that this process has."""
    resident: int = _process(os.getpid()).memory_info().rss
    return resident


@functools.cache
def _process(number: int) -> psutil.Process:
    return psutil.Process(number)
