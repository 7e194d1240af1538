"""What became of a training in notebook 3: the curve, and what the model says before and after.

What a title says is computed from the run. Where a slow computer has stopped it, the recorded run
stands beside it, and is called that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.text import wrapped
from gradelib.topics.decoder.choosing import until_end
from gradelib.topics.decoder.training import recorded_run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.decoder.training import Training

__all__ = ["claim", "draw_training", "tell"]


def claim(done: Training, counted: float) -> str:
    """Say in a title what a training has shown. `counted` is what the trigram model needs."""
    if not done.is_whole:
        return f"Slow computer: {done.steps[-1]} of {done.planned} steps here, and a recorded run"
    if done.losses[-1] < counted:
        return f"After {done.planned} steps it knows more than a count of pairs can tell"
    return f"After {done.planned} steps it knows less than a count of pairs"


def draw_training(done: Training, vocab: int, floor: float, counted: float) -> Axes:
    """Draw the loss at each step, with the trigram model and the entropy. All in nats a token."""
    curves, shades = {"yours": (done.steps, done.losses)}, {}
    if not done.is_whole:
        run = recorded_run()
        name = "recorded run"
        curves[name], shades[name] = (run.steps, run.losses), figures.colour("library")
    axes = figures.lines(
        curves, claim(done, counted), x="step", y="loss (nats a token)", colours=shades
    )
    last = max(steps[-1] for steps, _ in curves.values())
    for height, name, kind, below in (
        (counted, f"trigram {counted:.2f}: has counted", "baseline", False),
        (floor, f"entropy {floor:.2f}: no model is lower, on average", "truth", True),
    ):
        shade = figures.colour(kind)
        axes.axhline(height, color=shade, linestyle="--")
        beside = {"xytext": (0, -10 if below else 10), "ha": "right"}
        figures.label(axes, last, height, name, shade, **beside)
    axes.set_ylim(bottom=-0.8)
    axes.margins(x=0.12)
    steps = f"In {done.steps[-1]} steps, {done.seconds:.0f} seconds,"
    print(f"ln {vocab} = {math.log(vocab):.2f}. {steps} ", end="")
    print(f"the loss went from {done.losses[0]:.2f} to {done.losses[-1]:.2f} nats a token.")
    return axes


def tell(teller: LanguageModel, before: Tensor, after: Tensor, done: Training) -> None:
    """Print what a model said before its training and after it, and where it had no time, so."""
    for name, ids in (("before", before), ("after", after)):
        print(wrapped(f"{name}: {teller.decode(until_end(ids, teller.end))}"), "\n")
    if not done.is_whole:
        run = recorded_run()
        steps = f"{done.steps[-1]} of {done.planned} steps"
        print(f"Slow computer: this model has made {steps}. After the recorded run:\n")
        print(wrapped(run.text))
