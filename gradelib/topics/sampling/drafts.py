"""What drafting is worth: whole stories by a cheap model that drafts and a good one that reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gradelib.lab import figures
from gradelib.lab.tokens import Strip, show_strips
from gradelib.topics.sampling.progress import DELAY

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel

__all__ = ["draft_stories", "show_calls"]

Runs = list[list[list[int]]]  # of some stories: for each call of the target, the ids it gave


def draft_stories(
    draft: LanguageModel,
    target: LanguageModel,
    block: Callable[..., Tensor],
    start: Tensor,
    lengths: Sequence[int] = (1, 2, 4, 8),
) -> dict[int, Runs]:
    """Tell two stories for each number of ids that are drafted at a time."""
    from tqdm.auto import tqdm

    from gradelib.lab.language_models import Speculation

    told = {}
    for length in tqdm(lengths, desc="drafting", leave=False, delay=DELAY):
        pair = Speculation(draft.next_logits, target.all_logits, block, length)
        told[length] = [
            pair.generate(start, seed, max_new=110, end=target.end) for seed in range(2)
        ]
    return told


def show_calls(told: dict[int, Runs], token: Callable[[int], str], shown: int = 4) -> Axes:
    """Show one story, cut where the target was called, and how many tokens came from one call."""
    blocks = told[shown][0]
    note = f"{sum(map(len, blocks))} tokens, {len(blocks)} calls of the target"
    strips = [[token(number) for number in block] for block in blocks]
    show_strips(Strip(strips, f"a story, {shown} tokens drafted at a time", note=note))
    means = {
        length: sum(len(block) for run in runs for block in run) / sum(map(len, runs))
        for length, runs in told.items()
    }
    most = max(means, key=means.__getitem__)
    title = f"{most} drafted at a time give most: {means[most]:.2f} tokens per call of the target"
    rows = {f"{length} drafted": {"yours": mean} for length, mean in means.items()}
    return figures.bars(rows, title, x="tokens per call of the target", digits=2)
