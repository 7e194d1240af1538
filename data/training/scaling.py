"""Scaling runs: how the loss falls with weights and tokens. `python -m data.training.scaling`.

Seven sizes, four budgets of tokens, three learning rates. A run is a trunk at a constant rate, off
which a branch goes at each budget and lets the rate fall to zero (Hägele and others, 2024): so one
trunk serves all budgets. Text is the village's, fresh, by a small BPE of its own, so that weights
are not all embeddings; the target is the token that was drawn, as with any text.

It may be stopped at any moment and goes on where it was. It runs at the lowest priority.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from data.training import decoder, stories
from data.training.loop import DEVICE, Batch, Plan, Run, train

ROOT = Path(__file__).parents[2]
OUT = ROOT / "data" / "scaling" / "runs.jsonl"
VOCABULARY = 512  # tokens
CONTEXT = 400  # tokens: no story is longer
BATCH = 16  # stories
COOLING = 0.2  # of a budget, in which the rate falls to zero
SEED = 2040
HELD_OUT = 500  # stories of the test split
BUDGETS = (1_000_000, 2_000_000, 4_000_000, 8_000_000)  # tokens
RATES = (4e-3, 8e-3, 1.6e-2)  # × (64 / width) ** 0.5
Record = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """The shape of a model."""

    layers: int
    width: int
    heads: int

    @property
    def weights(self) -> int:
        """Count all weights; the embedding is the last layer too."""
        inside = self.layers * (12 * self.width**2 + 13 * self.width)
        return inside + (VOCABULARY + CONTEXT + 2) * self.width


SIZES = (
    Size(3, 24, 2),
    Size(3, 48, 3),
    Size(4, 64, 4),
    Size(4, 96, 4),
    Size(5, 128, 4),
    Size(6, 176, 4),
    Size(7, 240, 6),
)


@cache
def tokenizer() -> PreTrainedTokenizerFast:
    """Train a byte-level BPE of few tokens on the training stories."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[decoder.END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(stories.texts("train"), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token=decoder.END, eos_token=decoder.END, pad_token=decoder.END
    )


@cache
def tokens_of_a_step() -> float:
    """Return the mean number of tokens that a step predicts."""
    texts = stories.texts("validation")
    found = tokenizer()(texts, add_special_tokens=False)["input_ids"]
    return BATCH * (sum(map(len, found)) / len(texts) + 1)  # and the end of each


def model(size: Size) -> GPT2LMHeadModel:
    torch.manual_seed(SEED)
    config = GPT2Config(
        vocab_size=VOCABULARY,
        n_positions=CONTEXT,
        n_embd=size.width,
        n_layer=size.layers,
        n_head=size.heads,
        activation_function="gelu_pytorch_tanh",
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    return GPT2LMHeadModel(config)


@cache
def batch(step: int) -> Batch:
    """Return the stories of a step, the same for every size and rate."""
    texts = stories.fresh(np.random.default_rng([SEED, step]), BATCH)
    whole = [f"{decoder.END}{text}{decoder.END}" for text in texts]
    rows = tokenizer()(whole, add_special_tokens=False)["input_ids"]
    longest = max(map(len, rows))
    padded = [[*row, *[0] * (longest - len(row))] for row in rows]
    labels = [[*row, *[-100] * (longest - len(row))] for row in rows]
    kept = [[*[1] * len(row), *[0] * (longest - len(row))] for row in rows]
    return {
        "input_ids": torch.tensor(padded),
        "labels": torch.tensor(labels),
        "attention_mask": torch.tensor(kept),
    }


@cache
def held_out() -> tuple[list[Batch], float]:
    """Return the stories that every run is measured on, and the entropy in nats a token."""
    batches = decoder.held_out(tokenizer(), "test", HELD_OUT)
    count = sum(int((one["labels"][:, 1:] != -100).sum()) for one in batches)
    known = stories.read("test")[:HELD_OUT]
    return batches, -sum(story["log_probability"] for story in known) / count


def steps_of(budget: int) -> tuple[int, int]:
    """Return how many steps the trunk takes to a budget's branch, and the branch itself."""
    every = round(budget / tokens_of_a_step())
    cooling = max(1, round(COOLING * every))
    return every - cooling, cooling


def stage(folder: Path, plan: Plan, size: Size, before: Path | None, first: int) -> Run:
    """Train a part of a run, from the checkpoint of the part before; `first` is its first step."""
    run = Run(plan, model(size), folder)
    if before and not run.checkpoint.exists():
        state = torch.load(before, weights_only=True, map_location=DEVICE)
        run.model.load_state_dict(state["model"])
        for optimizer, saved in zip(run.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
    train(run, lambda step: batch(first + step), lambda: float("nan"))
    return run


def measured(size: Size, rate: float, folder: Path, budgets: tuple[int, ...]) -> list[Record]:
    """Return the losses of a size and a rate at some budgets, in order."""
    found: list[Record] = []
    before, at = None, 0
    own = rate * (64 / size.width) ** 0.5
    for budget in budgets:
        until, cooling = steps_of(budget)
        warmup = 0 if before else min(100, until // 2)
        plan = Plan("trunk", until - at, own, warmup, 0.01, 100, beta2=0.95, last_rate=1.0)
        before = stage(folder / f"to-{budget}", plan, size, before, at).checkpoint
        at = until
        falling = Plan("branch", cooling, own, 0, 0.01, 100, beta2=0.95, last_rate=0.0)
        run = stage(folder / f"at-{budget}", falling, size, before, at)
        facts = {"budget": budget, "rate": rate, "learning_rate": own, "steps": until + cooling}
        found.append({"weights": size.weights, **asdict(size), **facts, **_losses(run, facts)})
    return found


def _losses(run: Run, facts: Record) -> Record:
    """Return how many tokens a run has seen, its loss on held-out stories, and their entropy."""
    batches, floor = held_out()
    return {
        "tokens": round(facts["steps"] * tokens_of_a_step()),
        "loss": decoder.per_token(run.model.to(DEVICE), batches),
        "floor": floor,
    }


def sweep(size: Size, folder: Path, note: Callable[[list[Record]], None]) -> None:
    """Make all runs of a size, and note what is known after each rate."""
    for rate in RATES:
        note(measured(size, rate, folder / f"{rate:g}", BUDGETS))


def runs(path: Path) -> list[Record]:
    """Return the runs that a file holds."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    os.nice(19)
    if hasattr(os, "sched_setscheduler"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    folder = Path(os.environ.get("TRAINING", ROOT / "build" / "training")) / "scaling"
    log: dict[tuple[int, float, int], Record] = {}
    for size in SIZES:

        def note(found: list[Record]) -> None:
            log.update({(r["weights"], r["rate"], r["budget"]): r for r in found})
            OUT.parent.mkdir(exist_ok=True)
            lines = [json.dumps(log[key]) + "\n" for key in sorted(log)]
            OUT.write_text("".join(lines), "utf-8")

        sweep(size, folder / f"{size.layers}x{size.width}", note)
        print(f"{size}: {len(log)} runs", flush=True)


if __name__ == "__main__":
    sys.exit(main())
