"""QLoRA from end to end on the tiny decoder: four bits, an update, steps, a merge, a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab.village import reward_parts
from gradelib.topics.beyond.qlora import inject, merged, size_of
from gradelib.topics.beyond.training import answers_of, mask_of

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.storyteller import Pair, Storyteller

__all__ = ["Adaptation", "happy"]

INSIDE = ".h."  # the blocks of GPT-2


def happy(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs whose chosen story ends well."""
    told = [(pair, f"{pair['prompt']} {pair['chosen']}") for pair in pairs]
    return [pair for pair, text in told if reward_parts(text)["ends_well"] > 0]


@dataclass
class Adaptation:
    """The decoder on its way to happy ends; each step returns a line of the table."""

    teller: Storyteller
    tests: Sequence[Pair]
    prompts: Sequence[str]
    answer_log_prob: Callable[..., Tensor]

    def line(self, name: str, model: Any, writes: bool = False) -> dict[str, object]:
        """Return what a model's loss on unseen happy ends is, and how often it writes one."""
        import torch

        wrote = self.teller.endings(
            [pair["prompt"] for pair in self.tests], [pair["chosen"] for pair in self.tests]
        )
        with torch.no_grad():
            total = answers_of(model.eval(), wrote, self.answer_log_prob)
        tokens = mask_of(wrote).sum(dim=1)
        ends = "–"
        if writes:
            texts = self.teller.write(model, self.prompts, seed=7).texts
            good = sum(reward_parts(text)["ends_well"] > 0 for text in texts)
            ends = f"{good} of {len(texts)}"
        size, learns = size_of(model)
        return {
            "the decoder": name,
            "loss a token": f"{(-total / tokens).mean().item():.3f}",
            "happy ends": ends,
            "megabytes": f"{size / 1e6:.1f}",
            "weights that learn": f"{learns:,}",
        }

    def run(
        self, pairs: Sequence[Pair], steps: int, rate: float = 2e-3, rank: int = 8
    ) -> list[dict[str, object]]:
        """Quantize, adapt, merge, and return the table of all four states."""
        import torch
        from tqdm.auto import tqdm

        lines = [self.line("as it is", self.teller.model, writes=True)]
        torch.manual_seed(0)
        model, rng = self.teller.policy(), np.random.default_rng(0)
        learning = inject(model, rank, 2 * rank, INSIDE)
        lines.append(self.line("in four bits", model))
        optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.0)
        model.train()
        for _ in tqdm(range(steps), "QLoRA", leave=False):
            some = [pairs[place] for place in rng.integers(len(pairs), size=12)]
            wrote = self.teller.endings(
                [one["prompt"] for one in some], [one["chosen"] for one in some]
            )
            tokens = mask_of(wrote).sum()
            loss = -answers_of(model, wrote, self.answer_log_prob).sum() / tokens
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        lines.append(self.line("adapted", model))
        lines.append(self.line("merged", merged(model), writes=True))
        return lines
