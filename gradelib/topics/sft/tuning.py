"""How notebook 10 tunes: steps on labelled chats by the student's loss, and recorded runs.

What makes the batches and the loss is the student's: both come in as arguments.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab.counted import Steps

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["COMMAND", "RECORDED", "Plan", "Row", "Tuned", "obeyed_of", "recorded", "tune"]

RECORDED = Path(__file__).with_name("recorded_runs.json")
COMMAND = "python -m tests.bench.tuning"
PARTS = 4  # in which the chats of a step are read
Row = tuple[list[int], list[bool]]  # ids of a chat, and which of them are learned
MakeBatch = Callable[[list[list[int]], list[list[bool]], int], "tuple[Tensor, Tensor, Tensor]"]
Loss = Callable[["Tensor", "Tensor"], "Tensor"]


@dataclass(frozen=True)
class Plan:
    """How long to tune, and how fast."""

    steps: int = 80
    together: int = 16  # chats in a step
    rate: float = 2e-3  # the highest
    warmup: int = 8  # steps
    limit: float = 90.0  # seconds: then it stops, however far it has come
    seed: int = 0


@dataclass
class Tuned:
    """What became of one tuning."""

    name: str
    planned: int
    losses: list[float] = field(default_factory=list)
    seconds: float = 0.0
    model: Any = None

    @property
    def is_whole(self) -> bool:
        """Say whether all steps were made that were planned."""
        return len(self.losses) == self.planned


def tune(
    run: Tuned, model: Any, rows: Sequence[Row], make_batch: MakeBatch, loss_of: Loss, plan: Plan
) -> Tuned:
    """Tune a model on chats, step by step, and keep the losses.

    The rate rises in a line and falls along a cosine to zero.
    """
    import torch

    run.model = model
    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01, fused=True)
    # Made at once: small tensors kept from each step would lie where large ones were freed.
    start, losses = time.perf_counter(), torch.zeros(plan.steps, device=device)
    steps = Steps(plan.steps, run.name)
    for step, some in zip(steps, _draws(len(rows), plan), strict=False):
        model.train()
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * pace(step - 1, plan)
        optimizer.zero_grad()
        picked = [rows[place] for place in some]
        losses[step - 1] = _learn(model, picked, make_batch, loss_of)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        run.seconds = time.perf_counter() - start
        if run.seconds > plan.limit:
            steps.stop()
    run.losses = losses[:step].tolist()
    model.eval()
    return run


def _learn(model: Any, picked: Sequence[Row], make_batch: MakeBatch, loss_of: Loss) -> Tensor:
    """Add the gradients of a step to those of the model, and return its loss.

    What is read together has about one length, and only what is learned gets logits. But for
    rounding, loss and gradients are those of all chats in one batch.
    """
    import torch

    device = next(model.parameters()).device
    whole = torch.zeros((), device=device)
    picked = sorted(picked, key=lambda row: len(row[0]))
    learned = sum(sum(mask[1:]) for _, mask in picked)  # before the first token nothing is read
    size = max(1, math.ceil(len(picked) / PARTS))
    for part in (picked[first : first + size] for first in range(0, len(picked), size)):
        made = make_batch([ids for ids, _ in part], [mask for _, mask in part], 0)
        input_ids, labels, mask = (tensor.to(device) for tensor in made)
        read = model.base_model(input_ids, attention_mask=mask.long(), use_cache=False)
        chats, places = (labels != -100).nonzero(as_tuple=True)
        chats, places = chats[places > 0], places[places > 0]  # (learned,)
        if not len(places):
            continue
        before = read.last_hidden_state[chats, places - 1]  # (learned, d_model)
        logits = model.get_output_embeddings()(before)  # (learned, vocab)
        # As one row of a batch, in which the logits at a place are about the next token.
        logits = torch.cat([logits, logits[-1:]])[None]
        told = torch.nn.functional.pad(labels[chats, places], (1, 0), value=-100)[None]
        loss = loss_of(logits, told) * len(places) / learned
        loss.backward()
        whole += loss.detach()
    return whole


def pace(step: int, plan: Plan) -> float:
    """Return which share of the highest rate a step has."""
    if step < plan.warmup:
        return (step + 1) / plan.warmup
    progress = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return 0.5 + 0.5 * math.cos(math.pi * progress)


def _draws(count: int, plan: Plan) -> Iterator[list[int]]:
    """Give which chats each step sees: all of them once, in a drawn order, then again."""
    rng, waiting = np.random.default_rng(plan.seed), list[int]()
    for _ in range(plan.steps):
        while len(waiting) < plan.together:
            waiting += rng.permutation(count).tolist()
        yield waiting[: plan.together]
        del waiting[: plan.together]


def recorded() -> dict[str, Any]:
    """Return what `COMMAND` has written: for each way to tune a list of runs, one a seed."""
    kept: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return kept


def obeyed_of(run: dict[str, Any]) -> list[bool]:
    """Return which test instructions a recorded run obeyed, in the order of the file."""
    return [sign == "1" for sign in run["obeyed"]]
