"""Processes that work beside this one, and end with it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from gradelib.teacher.kernels import workspace

__all__ = ["keep", "kept", "processes"]

OFTEN = 20_000  # objects made between two looks for garbage: what a notebook has of them


def keep() -> None:
    """Leave what is there out of the search for garbage, which goes over it again and again."""
    gc.freeze()
    gc.set_threshold(OFTEN)


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Do so in the body alone: this process may have other work, too."""
    before, left_out = gc.get_threshold(), gc.get_freeze_count()
    keep()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not left_out:  # by somebody else
            gc.unfreeze()


@contextlib.contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Open fresh processes for work; where the body raises, end them in the middle of theirs."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, _begin, (os.getpid(),)) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


def _begin(parent: int) -> None:
    workspace.begin(parent)
    keep()
