"""How notebook 3 trains a small model: optimizers, a plan, the loop around the student's step.

The model, its loss and the step are the student's: they come in as arguments.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.lab.counted import Steps
from gradelib.lab.nan import no_nan

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["MuonAndAdamW", "Plan", "Run", "Training", "recorded_run", "train"]

Step = Callable[["torch.nn.Module", "Tensor", "MuonAndAdamW"], float]
LOSS = "the loss on new stories"
RECORDED = Path(__file__).with_name("recorded_run.json")


@dataclass(frozen=True)
class Plan:
    """How long to train, and how often to measure."""

    steps: int
    limit: float  # seconds: then it stops, however far it has come
    every: int = 50  # steps from one measurement to the next


@dataclass
class Training:
    """How a training went: the loss at some steps, on new text, and how long it took."""

    planned: int  # steps
    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)  # nats a token
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Say whether it made all the steps that were planned."""
        return self.steps[-1] == self.planned


@dataclass(frozen=True)
class Run:
    """A whole training that was recorded, for computers on which there is no time for one."""

    command: str  # that records it again
    steps: list[int]
    losses: list[float]  # nats a token, on new stories
    floor: float  # what the village itself needs on them
    counted: float  # what the trigram model needs on them
    text: str  # what the model told afterwards


def recorded_run() -> Run:
    """Return the run that ships with the course: `python -m tests.bench.learning` records it."""
    return Run(**json.loads(RECORDED.read_text(encoding="utf-8")))


class MuonAndAdamW:
    """Muon for the weights of linear layers and AdamW for all others, to be used like one.

    In 600 steps AdamW alone came to 3.4 nats a token, the two together to 0.95, when it was tried.
    In 300 steps the two came to 1.90 with a rate of 4e-3 for AdamW, and to 1.30 with this one.
    The course's own Muon stays in float32: torch's own computes in bfloat16, which takes many times
    as long on a processor without instructions for that.
    """

    def __init__(self, model: torch.nn.Module) -> None:
        import torch

        from gradelib.lab.muon import Muon

        linear = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
        hidden = [layer.weight for layer in linear]
        known = {id(weight) for weight in hidden}
        others = [weight for weight in model.parameters() if id(weight) not in known]
        adamw = torch.optim.AdamW(
            others, lr=1.6e-2, betas=(0.9, 0.95), weight_decay=0.0, fused=True
        )
        self.optimizers: list[torch.optim.Optimizer] = [adamw]
        if hidden:
            self.optimizers.append(Muon(hidden, lr=0.02))
        self.highest = [group["lr"] for group in self.param_groups]
        self.weights = [*hidden, *others]

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """The groups of weights of both."""
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    def pace(self, part: float) -> None:
        """Set the learning rates to a share of the highest."""
        for group, rate in zip(self.param_groups, self.highest, strict=True):
            group["lr"] = rate * part

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients."""
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Move all weights by one step. Gradients that are long together are made shorter."""
        import torch

        loss = closure() if closure else None
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        return loss


def train(
    model: torch.nn.Module,
    step: Step,
    batches: Iterator[Tensor],
    measure: Callable[[], float],
    plan: Plan,
) -> Training:
    """Train a language model on batches of ids, and measure it at the beginning and every so often.

    The learning rate rises for a short while and then falls along a cosine.
    """
    optimizer = MuonAndAdamW(model)
    done, begun = Training(plan.steps, [0], [no_nan(measure(), LOSS)]), time.perf_counter()
    steps = Steps(plan.steps, "training")
    for number in steps:
        optimizer.pace(_pace(number / plan.steps))
        step(model, next(batches), optimizer)
        done.seconds = time.perf_counter() - begun
        late = done.seconds > plan.limit
        if number % plan.every == 0 or number == plan.steps or late:
            done.steps.append(number)
            done.losses.append(no_nan(measure(), LOSS))
        if late:
            steps.stop()
    return done


def _pace(part: float, warm: float = 0.05, least: float = 0.05) -> float:
    """Return the learning rate after a part of all steps, as a share of the highest."""
    if part < warm:
        return part / warm
    fall = 0.5 * (1 + math.cos(math.pi * (part - warm) / (1 - warm)))
    return least + (1 - least) * fall
