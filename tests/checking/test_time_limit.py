"""A time limit counts what is computed: not what others compute, not what is imported."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from gradelib.checking import time_limit as module
from gradelib.checking.time_limit import PATIENCE, OutOfTime
from gradelib.checking.time_limit import limited as run_limited

SLOW_IMPORT = """
import time
end = time.thread_time() + 0.5
while time.thread_time() < end:
    pass
"""


def compute(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def in_a_thread(action) -> list[str]:
    """Run an action in a thread that is not the main one; return how it ended."""
    ended = []

    def run() -> None:
        try:
            action()
            ended.append("well")
        except OutOfTime:
            ended.append("out of time")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return ended


def limited(seconds: float, action, *arguments) -> None:
    run_limited(seconds, lambda: action(*arguments))


def test_what_computes_too_long_is_stopped():
    with pytest.raises(OutOfTime):
        limited(0.2, compute, 60)
    assert in_a_thread(lambda: limited(0.2, compute, 60)) == ["out of time"]


def test_what_waits_for_others_is_not():
    """On a busy computer the clock on the wall runs while an answer does not."""
    limited(0.2, time.sleep, 0.6)
    assert in_a_thread(lambda: limited(0.2, time.sleep, 0.6)) == ["well"]


def test_what_sleeps_for_ever_is_stopped_all_the_same():
    with pytest.raises(OutOfTime):
        limited(0.1, time.sleep, 1000 * PATIENCE)


def test_an_import_is_not_stopped_and_does_not_count(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("slow_once", "slow_twice"):
        (tmp_path / f"{name}.py").write_text(SLOW_IMPORT)
    limited(0.2, __import__, "slow_once")
    assert in_a_thread(lambda: limited(0.2, __import__, "slow_twice")) == ["well"]
    assert {"slow_once", "slow_twice"} <= set(sys.modules)


def test_an_import_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(module, "IMPORTS", 0.3)
    (tmp_path / "endless.py").write_text("while True:\n    pass\n")
    with pytest.raises(OutOfTime):
        limited(0.2, __import__, "endless")


def test_what_swallows_the_exception_is_hit_again():
    hits = []

    def stubborn() -> None:
        while len(hits) < 3:
            try:
                compute(60)
            except OutOfTime as error:
                hits.append(type(error))

    limited(0.2, stubborn)
    assert hits == [OutOfTime] * 3


def test_nothing_is_left_of_a_limit_that_was_kept():
    limited(0.2, compute, 0.05)
    compute(0.4)


@pytest.fixture
def few_hits(monkeypatch):
    """A thread that does not stop is left behind sooner than in two seconds."""
    if sys.gettrace() is not None and sys.version_info < (3, 12):
        pytest.skip(
            "CPython 3.11 does not go on where it is traced, as by `make coverage`, until "
            "a thread has raised what was set for it: one that sleeps does not"
        )
    monkeypatch.setattr(module, "HITS", 4)


def test_in_a_thread_what_sleeps_for_ever_is_left_behind(few_hits):
    """As on Windows: nothing wakes a thread that sleeps, but whoever checks goes on."""
    began = time.monotonic()
    ended = in_a_thread(lambda: limited(0.1, time.sleep, 60))
    assert ended == ["out of time"]
    assert time.monotonic() - began < 30 < 60


def test_in_a_thread_what_swallows_the_exception_is_left_behind(few_hits):
    enough = threading.Event()

    def stubborn() -> None:
        while not enough.is_set():
            try:
                compute(0.01)
            except OutOfTime:
                continue

    assert in_a_thread(lambda: limited(0.1, stubborn)) == ["out of time"]
    enough.set()


def test_without_timers_the_main_thread_is_limited_too(monkeypatch, few_hits):
    """As on Windows, which has no SIGALRM."""
    monkeypatch.delattr(module.signal, "setitimer")
    with pytest.raises(OutOfTime):
        limited(0.2, compute, 60)
    with pytest.raises(OutOfTime):
        limited(0.1, time.sleep, 60)
    assert run_limited(0.2, lambda: 7) == 7
    with pytest.raises(ValueError, match="its own"):
        limited(0.2, int, "its own")


def test_in_a_thread_torch_keeps_gradients_as_outside(monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.delattr(module.signal, "setitimer")
    with torch.no_grad():
        assert run_limited(1, torch.is_grad_enabled) is False
    assert run_limited(1, torch.is_grad_enabled) is True
