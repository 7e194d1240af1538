"""Record what QLoRA makes of SmolLM2 as a reader: the part "adapted" of notebook 12.

`python -m tests.bench.adapting` writes it into `gradelib/topics/beyond/recorded_runs.json`: the
loss of each step, and that of the questions which are held out. A run that was stopped begins anew.
"""

from __future__ import annotations

import os
import time
from typing import Any

import torch

from gradelib.topics.beyond.adapting import ALPHA, RANK, held_out, lessons, loss_on
from gradelib.topics.beyond.library import Library
from gradelib.topics.beyond.qlora import inject
from gradelib.topics.beyond.reading import Reader, adapt
from solutions.beyond.reference import answer_log_prob, build_prompt, chunk
from tests.bench.answering import rounded
from tests.bench.directly import enter

DEVICE = os.environ.get("DEVICE", "cpu")
STEPS = 30
LOOK = 15  # steps between two looks at the questions that are held out


class Adapting:
    """SmolLM2 on its way, and the questions that are held out."""

    def __init__(self) -> None:
        self.library, self.reader = Library.of(chunk), Reader.smollm2(DEVICE)
        self.tests = lessons(self.library, build_prompt, held_out(self.library))
        self.looks: list[dict[str, Any]] = []

    def look(self, steps: int, name: str = "adapted") -> None:
        """Note the loss on what is held out."""
        loss = loss_on(self.reader, self.tests, answer_log_prob)
        self.looks.append({"model": name, "steps": steps, "loss": round(loss, 4)})
        enter(self.looks, "adapted", "held_out")
        print(f"{name}, {steps} steps: {loss:.3f}", flush=True)

    def learn(self) -> list[float]:
        """Quantize and adapt; return the loss of each step."""
        self.look(0, "as it is")
        torch.manual_seed(0)
        learning = inject(self.reader.model, RANK, ALPHA)
        self.look(0, "in four bits")
        known = lessons(self.library, build_prompt)

        def watch(done: int) -> None:
            if done % LOOK == 0:
                self.look(done)

        return adapt(self.reader, known, learning, answer_log_prob, STEPS, watch=watch)


def main() -> None:
    """Record one run."""
    run, start = Adapting(), time.perf_counter()
    enter({"steps": STEPS}, "adapted")
    enter(rounded(torch.tensor(run.learn())), "adapted", "losses")
    print(f"{time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
