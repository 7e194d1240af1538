"""QLoRA from end to end on the tiny decoder: four bits, an update, steps, a merge, a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab.village import reward_parts
from gradelib.topics.beyond.qlora import inject, merged, size_of
from gradelib.topics.beyond.reading import INSTRUCTION, Example, adapt
from gradelib.topics.beyond.training import answers_of, mask_of

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.storyteller import Pair, Storyteller
    from gradelib.topics.beyond.library import Library
    from gradelib.topics.beyond.reading import Reader

__all__ = ["Adaptation", "happy", "in_four_bits"]

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


def in_four_bits(
    reader: Reader,
    library: Library,
    answer_log_prob: Callable[..., Tensor],
    build_prompt: Callable[..., str],
    steps: int,
) -> dict[str, list[object]]:
    """Quantize SmolLM2, adapt it for some steps to questions beside the right passage, and merge.

    Every fourth question is held out; the loss is that of six of these. Returns a table.
    """
    import torch

    asked = [n for n, page in enumerate(library.right.tolist()) if page >= 0]
    tests = _examples(library, build_prompt, asked[::4][:6])
    others = [n for place, n in enumerate(asked) if place % 4]
    known = _examples(library, build_prompt, others)
    columns: dict[str, list[object]] = {"SmolLM2": [], "loss a token": [], "megabytes": []}

    def note(name: str) -> None:
        ids, real, mask = reader.batch(tests, end=True)
        with torch.no_grad():
            logits = reader.model.eval()(ids, attention_mask=real.long()).logits
            loss = -answer_log_prob(logits, ids, mask, True).mean().item()
        columns["SmolLM2"].append(name)
        columns["loss a token"].append(f"{loss:.3f}")
        columns["megabytes"].append(f"{size_of(reader.model)[0] / 1e6:.0f}")

    note("as it is, in float32")
    torch.manual_seed(0)
    learning = inject(reader.model, rank=8, alpha=16)
    note("four bits in its blocks")
    if steps:
        adapt(reader, known, learning, answer_log_prob, steps)
        note(f"after {steps} steps")
    merged(reader.model)
    note("merged")
    return columns


def _examples(
    library: Library, build_prompt: Callable[..., str], numbers: Sequence[int]
) -> list[Example]:
    return [
        Example(
            build_prompt(INSTRUCTION, library.asked[number], [library.evidence(number)], 190),
            str(library.questions[number]["answer"]),
        )
        for number in numbers
    ]
