"""How notebook 5 trains: a plan, a loop around the student's loss, and an exam now and then.

Model, loss and translation are the student's: they come in as arguments.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.lab.compute import Quickest, threads
from gradelib.lab.counted import Steps
from gradelib.lab.nan import no_nan
from gradelib.topics.encoder_decoder.pairs import Pair, Words

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["Exam", "Mark", "Plan", "Training", "recorded_runs", "train"]

Loss = Callable[[Any, "Tensor", "Tensor"], "Tensor"]  # of a model, source ids and target ids
RECORDED = Path(__file__).with_name("recorded_runs.json")
WEIGHTS = Path(__file__).with_name("recorded_translator.safetensors")
COMMAND = "python -m tests.bench.translating"  # records the runs


@dataclass(frozen=True)
class Plan:
    """How long to train, and how often to measure."""

    steps: int
    limit: float  # seconds: then it stops, however far it has come
    every: int = 60  # steps from one measurement to the next
    cores: int = 1  # that there are


@dataclass(frozen=True)
class Mark:
    """What an exam says of a model. All but the loss are shares, from 0 to 1."""

    loss: float  # nats a word, reading the truth
    words: float  # right, reading the truth
    sentences: float  # right to the last mark
    after_forced: float  # words right after a sentence's first mistake, reading the truth
    after_free: float  # the same, reading what was written


@dataclass
class Training:
    """How a training went: an exam at some steps, and the seconds that the steps took."""

    planned: int  # steps
    steps: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Say whether it made all the steps that were planned."""
        return self.steps[-1] == self.planned

    def as_dict(self) -> dict[str, Any]:
        """Return plain data, rounded, to be kept in a file."""
        marks = [{k: round(v, 4) for k, v in asdict(mark).items()} for mark in self.marks]
        return {"planned": self.planned, "steps": self.steps, "marks": marks}


@dataclass(frozen=True)
class Exam:
    """Sentences that a model has not been trained on, and how it does on them."""

    source: Tensor  # (sentence, source)
    target: Tensor  # (sentence, target)
    pad: int

    @classmethod
    def on(cls, words: Words, some: Sequence[Pair]) -> Exam:
        """Take some pairs."""
        source = words.batch([pair["en"] for pair in some])
        return cls(source, words.batch([pair["de"] for pair in some]), words.pad)

    def read(
        self,
        model: Any,
        shift_right: Callable[[Tensor, int], Tensor],
        sequence_loss: Callable[..., Tensor],
        translate: Callable[..., Tensor],
    ) -> Mark:
        """Examine a translator by the student's functions. It reads the truth, then itself."""
        import torch

        with torch.no_grad():
            read = shift_right(self.target, Words.start)
            logits = model.decode(read, model.encode(self.source), self.source)
            loss = float(sequence_loss(logits, self.target, self.pad))
            longest = self.target.shape[1] + 2
            written = translate(model, self.source, Words.start, Words.end, longest)
        return self.mark(loss, logits.argmax(dim=2), written)

    def mark(self, loss: float, guesses: Tensor, written: Tensor) -> Mark:
        """Compare what a model guesses while it reads the truth, and what it writes, with it.

        Shapes:
            guesses: (sentence, target)
            written: (sentence, new)
        """
        import torch

        wide = self.target.shape[1]
        fill = max(0, wide - written.shape[1])
        free = torch.nn.functional.pad(written, (0, fill), value=self.pad)[:, :wide]
        real = self.target != self.pad
        wrong = (guesses != self.target) & real
        later = (wrong.cumsum(dim=1) - wrong.long() > 0) & real  # behind the first mistake
        return Mark(
            loss,
            _share(~wrong, real),
            float((~wrong.any(dim=1)).float().mean()),
            _share(guesses == self.target, later),
            _share(free == self.target, later),
        )


def _share(right: Tensor, of: Tensor) -> float:
    """Return which share of some places is right; of none at all, all of them are."""
    return float(right[of].float().mean()) if of.any() else 1.0


def train(
    model: torch.nn.Module,
    loss: Loss,
    batches: Iterator[tuple[Tensor, Tensor]],
    measure: Callable[[], Mark],
    plan: Plan,
) -> Training:
    """Train a model on batches of source and target, and measure it every so often.

    The learning rate rises for a short while and then falls along a cosine: to its end with the
    last step, or, on a slow computer, with the last second.
    """
    from gradelib.lab.muon import MuonAndAdamW

    optimizer, quickest = MuonAndAdamW(model), Quickest(plan.cores)
    done = Training(plan.steps, [0], [measure()])
    steps = Steps(plan.steps, "training")
    for number in steps:
        begun = time.perf_counter()
        optimizer.pace(pace(max(number / plan.steps, done.seconds / plan.limit)))
        with threads(quickest.count):
            optimizer.follow(no_nan(loss(model, *next(batches)), "the loss of a step"))
        quickest.took(time.perf_counter() - begun)
        done.seconds += time.perf_counter() - begun
        late = done.seconds > plan.limit
        if number % plan.every == 0 or number == plan.steps or late:
            done.steps.append(number)
            done.marks.append(measure())
        if late:
            steps.stop()
    return done


def pace(part: float, warm: float = 0.05, least: float = 0.02) -> float:
    """Return the learning rate after a part of a training, as a share of the highest."""
    if part < warm:
        return part / warm
    fall = 0.5 * (1 + math.cos(math.pi * min(1.0, (part - warm) / (1 - warm))))
    return least + (1 - least) * fall


def recorded_runs() -> dict[str, Any]:
    """Return whole trainings that ship with the course, for computers without time for one."""
    runs: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    for name in ("translator", "prompted"):
        found = runs[name]
        found["training"] = Training(
            found["planned"], found["steps"], [Mark(**mark) for mark in found["marks"]]
        )
    return runs
