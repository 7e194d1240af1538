"""Write a trained model as transformers does: fp16 weights, tokenizer; log, curve, measures."""

from __future__ import annotations

import copy
import json
import math
import shutil
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from data.training.loop import Run


def export(
    run: Run, tokens: PreTrainedTokenizerBase, measured: dict[str, float], folder: Path
) -> None:
    """Write everything beside the old folder, and put it in its place when it is whole."""
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    model: Any = copy.deepcopy(run.model)
    assert isinstance(model, PreTrainedModel)
    model.to(torch.float16).save_pretrained(beside)
    tokens.save_pretrained(beside)
    written = beside / "tokenizer.json"  # a third of its size without the spaces
    compact = json.dumps(json.loads(written.read_text("utf-8")), separators=(",", ":"))
    written.write_text(compact + "\n", "utf-8")
    shutil.copy(run.folder / "log.csv", beside / "log.csv")
    rounded = {name: round(value, 4) for name, value in measured.items()}
    parameters = sum(p.numel() for p in run.model.parameters())
    facts = {"parameters": parameters, "steps": run.step_count, "test": rounded}
    (beside / "measured.json").write_text(json.dumps(facts, indent=1) + "\n")
    draw(run, measured, beside / "curve.png")
    card = folder / "README.md"
    if card.exists():
        shutil.copy(card, beside / "README.md")
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def draw(run: Run, measured: dict[str, float], path: Path) -> None:
    """Draw the loss against the step, with the floor where it is known."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 3.2), layout="constrained")
    steps = [row["step"] for row in run.rows]
    axes.plot(steps, [row["loss"] for row in run.rows], color="#0072B2", label="training")
    known = [row for row in run.rows if not math.isnan(row["validation"])]
    xs, ys = [row["step"] for row in known], [row["validation"] for row in known]
    axes.plot(xs, ys, "o-", color="#D55E00", label="validation", markersize=3)
    if "floor" in measured:
        axes.axhline(measured["floor"], color="#009E73", label="entropy: no model is lower")
    axes.set(xlabel="step", ylabel=f"loss (nats a {run.unit})", yscale="log")
    shown = [row["loss"] for row in run.rows] + ys + [measured.get("floor", math.inf)]
    lowest, highest = min(shown) / 1.5, max(row["loss"] for row in run.rows)
    ticks = [tick for tick in (0.01, 0.03, 0.1, 0.3, 1, 3, 10) if lowest < tick < highest]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks], minor=False)
    axes.minorticks_off()
    axes.set_title(f"How the {run.plan.name} learned")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=100, metadata={"Software": ""})
    plt.close(figure)
