"""A training loop that can be interrupted at any moment and goes on from where it was.

What a step sees depends only on the seed and the step's number, so that a run in one piece and a
run in many pieces are the same run.
"""

from __future__ import annotations

import csv
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

Batch = dict[str, Tensor]


@dataclass(frozen=True)
class Plan:
    """How long and how fast a model learns."""

    name: str
    steps: int
    learning_rate: float = 2e-3
    warmup: int = 100  # steps
    weight_decay: float = 0.05
    save_every: int = 100  # steps
    seed: int = 20_26


@dataclass
class Run:
    """A model in training, and its folder under build/training."""

    plan: Plan
    model: nn.Module
    folder: Path

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        groups = [
            {"params": [p for p in self.model.parameters() if p.dim() > 1]},
            {"params": [p for p in self.model.parameters() if p.dim() <= 1], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(
            groups, self.plan.learning_rate, betas=(0.9, 0.98), weight_decay=self.plan.weight_decay
        )
        self.step = 0
        self.rows: list[dict[str, float]] = []

    @property
    def step_count(self) -> int:
        """The steps of all stages."""
        return int(self.rows[-1]["step"])

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one of the same plan."""
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=True)
        if state["plan"] != vars(self.plan):
            print(f"{self.plan.name}: the plan has changed, so training begins again")
            return
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.rows = state["step"], state["rows"]
        print(f"{self.plan.name}: goes on from step {self.step}")

    def save(self) -> None:
        """Write the checkpoint beside the old one, then take its place in one go."""
        state = {
            "plan": vars(self.plan),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "rows": self.rows,
        }
        partial = self.checkpoint.with_suffix(".part")
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)
        self.write_log()

    def write_log(self) -> None:
        with (self.folder / "log.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, ["step", "loss", "validation", "learning_rate"])
            writer.writeheader()
            writer.writerows(self.rows)


def train(
    run: Run, batch: Callable[[int], Batch], validate: Callable[[], float], log_every: int = 50
) -> None:
    """Train to the end of the plan. `batch(step)` gives what the model sees at a step."""
    run.resume()
    losses: list[float] = []
    start, first = time.time(), run.step
    while run.step < run.plan.steps:
        rate = learning_rate(run.plan, run.step)
        for group in run.optimizer.param_groups:
            group["lr"] = rate
        losses.append(_step(run, batch(run.step)))
        run.step += 1
        last = run.step == run.plan.steps
        if run.step % log_every == 0 or last:
            checked = validate() if run.step % (4 * log_every) == 0 or last else math.nan
            loss = sum(losses) / len(losses)
            run.rows.append(
                {"step": run.step, "loss": loss, "validation": checked, "learning_rate": rate}
            )
            pace = (time.time() - start) / (run.step - first)
            left = (run.plan.steps - run.step) * pace / 60
            said = f"loss {loss:.3f}, validation {checked:.3f}, {left:.1f} minutes left"
            print(f"{run.plan.name}: step {run.step} of {run.plan.steps}, {said}", flush=True)
            losses.clear()
        if run.step % run.plan.save_every == 0 or last:
            run.save()


def _step(run: Run, batch: Batch) -> float:
    torch.manual_seed(run.plan.seed * 1_000_003 + run.step)  # for dropout
    run.model.train()
    with torch.autocast("cpu", torch.bfloat16):
        loss = run.model(**batch).loss
    loss.backward()
    nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    run.optimizer.step()
    run.optimizer.zero_grad(set_to_none=True)
    return loss.item()


def learning_rate(plan: Plan, step: int) -> float:
    """Rise in a line, then fall along a cosine to a tenth."""
    if step < plan.warmup:
        return plan.learning_rate * (step + 1) / plan.warmup
    progress = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return plan.learning_rate * (0.55 + 0.45 * math.cos(math.pi * progress))


@torch.no_grad()
def mean_loss(model: nn.Module, batches: list[Batch]) -> float:
    """Return the mean loss over batches, each as heavy as its number of labels."""
    model.eval()
    total = count = 0.0
    for batch in batches:
        labels = int((batch["labels"] != -100).sum())
        total += float(model(**batch).loss) * labels
        count += labels
    return total / count
