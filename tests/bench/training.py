"""How long `make models` takes: some steps of each training, times their number."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import torch

from data.training import decoder, encoder, translator
from data.training.loop import Batch, Run, _step

FIRST, STEPS = 10, 60  # not counted, and counted
VALIDATED = 200  # steps from one validation to the next
THREADS = 2


@dataclass
class Stage:
    """One run of the training loop."""

    name: str
    steps: int
    seconds: float  # a step, with what a validation adds to it

    @property
    def minutes(self) -> float:
        return self.steps * self.seconds / 60


def measure() -> Iterator[Stage]:
    """Yield each stage of the three trainings."""
    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        for module in (decoder, encoder, translator):
            stages: list[Stage] = []

            def some(
                run: Run,
                batch: Callable[[int], Batch],
                validate: Callable[[], float],
                stages: list[Stage] = stages,
            ) -> None:
                stages.append(_some(run, batch, validate))
                run.rows = [{"step": float(run.plan.steps)}]

            with ExitStack() as stack:
                folder = stack.enter_context(tempfile.TemporaryDirectory())
                stack.enter_context(patch.object(module, "train", some))
                stack.enter_context(patch.object(module, "report", lambda *_: {}))
                module.build(Path(folder))
            yield from stages
    finally:
        torch.set_num_threads(threads)


def _some(run: Run, batch: Callable[[int], Batch], validate: Callable[[], float]) -> Stage:
    for step in range(FIRST):
        _step(run, batch(step))
    start = time.perf_counter()
    for step in range(FIRST, FIRST + STEPS):
        _step(run, batch(step))
    middle = time.perf_counter()
    validate()
    end = time.perf_counter()
    seconds = (middle - start) / STEPS + (end - middle) / VALIDATED
    return Stage(run.plan.name, run.plan.steps, seconds)
