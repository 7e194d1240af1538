"""A training loop that can be interrupted at any moment and goes on from where it was.

What a step sees depends only on the seed and the step's number, so that a run in one piece and a
run in many pieces are the same run. The environment variable DEVICE says where the model lives
("cuda" for an accelerator), and WORKERS how many processes draw what the next steps see.
"""

from __future__ import annotations

import csv
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from data.training.muon import Muon

Batch = dict[str, Tensor]
DEVICE = torch.device(os.environ.get("DEVICE", "cpu"))
WORKERS = int(os.environ.get("WORKERS", "0"))
CHUNK = 8  # steps whose batches are drawn together
AHEAD = 4  # chunks that each worker draws ahead


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
    beta2: float = 0.98
    matrix_rate: float = 0.0  # above 0: Muon for the matrices inside, AdamW for the rest
    last_rate: float = 0.1  # of the learning rate, at the end


@dataclass
class Run:
    """A model in training, and its folder under build/training."""

    plan: Plan
    model: nn.Module
    folder: Path
    loss: Callable[[nn.Module, Batch], Tensor] = lambda model, batch: model(**batch).loss
    unit: str = "token"  # that the loss is a mean over

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.model.to(DEVICE)
        self.optimizers = optimizers(self.plan, self.model)
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
        state = torch.load(self.checkpoint, weights_only=True, map_location=DEVICE)
        if state["plan"] != vars(self.plan):
            print(f"{self.plan.name}: the plan has changed, so training begins again")
            return
        self.model.load_state_dict(state["model"])
        self.step, self.rows = state["step"], state["rows"]
        if self.step < self.plan.steps:  # what is finished needs none, and may come without them
            for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
                optimizer.load_state_dict(saved)
        print(f"{self.plan.name}: goes on from step {self.step}")

    def save(self) -> None:
        """Write the checkpoint beside the old one, then take its place in one go."""
        state = {
            "plan": vars(self.plan),
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
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


class _Drawn(Dataset[list[dict[str, np.ndarray]]]):
    """What the steps of a chunk see, as arrays: a tensor on its way holds a file open."""

    def __init__(self, batch: Callable[[int], Batch], first: int, steps: int):
        self.batch, self.first, self.steps = batch, first, steps

    def __len__(self) -> int:
        return -(-(self.steps - self.first // CHUNK * CHUNK) // CHUNK)

    def __getitem__(self, number: int) -> list[dict[str, np.ndarray]]:
        start = (self.first // CHUNK + number) * CHUNK
        steps = range(max(start, self.first), min(start + CHUNK, self.steps))
        return [{name: t.numpy() for name, t in self.batch(step).items()} for step in steps]


def drawn(batch: Callable[[int], Batch], first: int, steps: int) -> Iterator[Batch]:
    """Give what each step from `first` on sees, on the device, drawn ahead by WORKERS processes."""
    loader: DataLoader[list[dict[str, np.ndarray]]] = DataLoader(
        _Drawn(batch, first, steps),
        batch_size=None,
        num_workers=WORKERS,
        prefetch_factor=AHEAD if WORKERS else None,
        collate_fn=_as_it_is,
    )
    for chunk in loader:
        for arrays in chunk:
            yield {
                name: torch.from_numpy(array).to(DEVICE, non_blocking=True)
                for name, array in arrays.items()
            }


def _as_it_is(chunk: list[dict[str, np.ndarray]]) -> list[dict[str, np.ndarray]]:
    return chunk


def train(
    run: Run, batch: Callable[[int], Batch], validate: Callable[[], float], log_every: int = 50
) -> None:
    """Train to the end of the plan. `batch(step)` gives what the model sees at a step."""
    run.resume()
    losses: list[Tensor] = []
    start, first = time.time(), run.step
    for seen in drawn(batch, first, run.plan.steps):
        rate = learning_rate(run.plan, run.step)
        set_rates(run, rate)
        losses.append(_step(run, seen))
        run.step += 1
        last = run.step == run.plan.steps
        if run.step % log_every == 0 or last:
            checked = validate() if run.step % (4 * log_every) == 0 or last else math.nan
            loss = float(torch.stack(losses).mean())
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
    run.write_log()
    run.model.cpu()  # what comes after, measures


def _step(run: Run, batch: Batch) -> Tensor:
    torch.manual_seed(run.plan.seed * 1_000_003 + run.step)  # for dropout
    run.model.train()
    loss = run.loss(run.model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    for optimizer in run.optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return loss.detach()


def optimizers(plan: Plan, model: nn.Module) -> list[torch.optim.Optimizer]:
    """Return AdamW for all weights; or Muon for the matrices of layers, and AdamW for the rest."""
    parameters = dict(model.named_parameters())
    inside = [p for name, p in parameters.items() if p.dim() == 2 and ".h." in name]
    matrices = inside if plan.matrix_rate else []
    taken = {id(p) for p in matrices}
    others = [p for p in parameters.values() if id(p) not in taken]
    decay = 0.0 if matrices else plan.weight_decay  # embeddings alone are not drawn to zero
    groups = [
        {"params": [p for p in others if p.dim() > 1], "weight_decay": decay},
        {"params": [p for p in others if p.dim() <= 1], "weight_decay": 0.0},
    ]
    found: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(groups, plan.learning_rate, betas=(0.9, plan.beta2))
    ]
    if matrices:
        found.append(Muon(matrices, plan.matrix_rate, weight_decay=plan.weight_decay))
    return found


def set_rates(run: Run, rate: float) -> None:
    """Give each optimizer its learning rate; Muon's follows the same course."""
    for optimizer in run.optimizers:
        own = run.plan.matrix_rate / run.plan.learning_rate if isinstance(optimizer, Muon) else 1.0
        for group in optimizer.param_groups:
            group["lr"] = rate * own


def learning_rate(plan: Plan, step: int) -> float:
    """Rise in a line, then fall along a cosine to the last rate."""
    if step < plan.warmup:
        return plan.learning_rate * (step + 1) / plan.warmup
    progress = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    middle, swing = (1 + plan.last_rate) / 2, (1 - plan.last_rate) / 2
    return plan.learning_rate * (middle + swing * math.cos(math.pi * progress))


@torch.no_grad()
def mean_loss(model: nn.Module, batches: list[Batch]) -> float:
    """Return the mean loss over batches, each as heavy as its number of labels."""
    model.eval()
    total = count = 0.0
    for batch in batches:
        labels = int((batch["labels"] != -100).sum())
        total += float(model(**on_device_of(model, batch)).loss) * labels
        count += labels
    return total / count


def on_device_of(model: nn.Module, batch: Batch) -> Batch:
    """Return a batch where the model is."""
    device = next(model.parameters()).device
    return {name: tensor.to(device) for name, tensor in batch.items()}
