"""What became of a training in notebook 5: its curves, and a table of two ways to read.

What a title says is computed from the run. Where a slow computer has stopped it, the recorded run
stands beside it, and is called that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.tokens import show_table
from gradelib.topics.encoder_decoder.training import WEIGHTS, Training, recorded_runs

if TYPE_CHECKING:
    import torch
    from matplotlib.axes import Axes

__all__ = ["claim", "costs_of", "draw_training", "lend", "show_exposure"]


def claim(done: Training) -> str:
    """Say in a title what a training has come to."""
    right = f"{done.marks[-1].sentences:.0%} of new sentences right to the last mark"
    if done.is_whole:
        return f"After {done.planned} steps: {right}"
    return f"Slow computer: {done.steps[-1]} of {done.planned} steps, {right}"


def draw_training(done: Training, vocab: int) -> list[Axes]:
    """Draw the loss, and what is right, at each step; a recorded run beside one that was cut."""
    runs = {"yours": done}
    if not done.is_whole:
        runs["recorded run"] = recorded_runs()["translator"]["training"]
    left, right = figures.panels(claim(done), 2, width=9.2, share=False)
    for name, run in runs.items():
        _draw_run(left, right, name, run)
    left.set(
        xlabel="step", ylabel="loss (nats a word)", title="on new sentences, reading the truth"
    )
    right.set(xlabel="step", ylabel="right (%)", title="words: reading the truth; whole sentences")
    for panel in (left, right):
        panel.set_ylim(bottom=0)
        panel.title.set_fontsize(9)
    first, last = done.marks[0].loss, done.marks[-1].loss
    steps = f"In {done.steps[-1]} steps, {done.seconds:.0f} seconds,"
    print(f"ln {vocab} = {math.log(vocab):.2f}. {steps} ", end="")
    print(f"the loss went from {first:.2f} to {last:.2f} nats a word.")
    return [left, right]


def _draw_run(left: Axes, right: Axes, name: str, run: Training) -> None:
    shade = figures.colour("yours" if name == "yours" else "library")
    losses = [mark.loss for mark in run.marks]
    left.plot(run.steps, losses, "o-", color=shade, markersize=4)
    figures.label(left, run.steps[-1], losses[-1], name, shade, xytext=(-4, 12), ha="right")
    middle = len(run.steps) // 2
    for what, style, up in (("words", "o--", 10), ("sentences", "o-", -12)):
        shares = [100 * getattr(mark, what) for mark in run.marks]
        right.plot(run.steps, shares, style, color=shade, markersize=4)
        text = what if name == "yours" else f"{what}, recorded"
        figures.label(right, run.steps[middle], shares[middle], text, shade, xytext=(6, up))


def lend(model: torch.nn.Module, done: Training) -> None:
    """Give a translator whose training was cut the weights of the recorded run, and say so."""
    if done.is_whole:
        return
    from safetensors.torch import load_file

    weights = {name: weight.float() for name, weight in load_file(WEIGHTS).items()}
    model.load_state_dict(weights)
    print("Slow computer: from here on your translator has the weights of the recorded run, so")
    print("that there is something to look at. The code that uses them is yours.")


def costs_of(trained: dict[str, tuple[torch.nn.Module, Training]]) -> dict[str, dict[str, str]]:
    """Return columns of a table: weights, steps and seconds of some models that were trained."""
    count = {
        name: sum(weight.numel() for weight in model.parameters())
        for name, (model, _) in trained.items()
    }
    return {
        "weights": {name: f"{number / 1e6:.2f} M" for name, number in count.items()},
        "steps": {name: _steps(run) for name, (_, run) in trained.items()},
        "seconds": {name: f"{run.seconds:.0f}" for name, (_, run) in trained.items()},
    }


def _steps(run: Training) -> str:
    return f"{run.steps[-1]}" + ("" if run.is_whole else f" of {run.planned}")


def show_exposure(done: Training) -> None:
    """Show, step by step, what is right when a model reads the truth, and when it reads itself."""
    run, title = done, "New sentences, at some steps of your training"
    if not done.is_whole:
        run, title = recorded_runs()["translator"]["training"], "A recorded run (slow computer)"
    rows = [(step, mark) for step, mark in zip(run.steps, run.marks, strict=True) if step]
    rows = [(step, mark) for step, mark in rows if mark.sentences < 1]
    show_table(
        {
            "step": [step for step, _ in rows],
            "words right": [f"{mark.words:.1%}" for _, mark in rows],
            "sentences right": [f"{mark.sentences:.0%}" for _, mark in rows],
            "after a mistake, reading the truth": [f"{mark.after_forced:.0%}" for _, mark in rows],
            "after a mistake, reading itself": [f"{mark.after_free:.0%}" for _, mark in rows],
        },
        title,
    )
