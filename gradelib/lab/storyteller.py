"""The tiny decoder as a policy: the endings that it writes, and their rewards.

Notebooks 11 and 12 train it by preferences.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from gradelib.lab import data
from gradelib.lab.branches import Branches
from gradelib.lab.village import true_reward
from gradelib.lab.writing import go_on

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["Pair", "Storyteller", "Written", "preferences", "true_rewards"]

LONGEST = 230  # tokens of a story; the decoder's context is 256
KNOWN = 4  # readings that a frozen body remembers
TOGETHER = 128  # stories that are written, or judged, at a time


class Pair(TypedDict):
    """Two endings of a beginning, of which somebody chose one."""

    prompt: str
    chosen: str
    rejected: str
    chosen_reward: float
    rejected_reward: float


@dataclass(frozen=True)
class Written:
    """Stories that a policy wrote, with the beginnings that it was given."""

    texts: list[str]  # beginning and ending, without special tokens
    ids: Tensor  # (story, token), padded on the right
    attention_mask: Tensor  # (story, token), True for real tokens
    mask: Tensor  # (story, token - 1), True in column t if the policy wrote the token in t + 1

    def some(self, rows: Tensor) -> Written:
        """Return a part of the stories."""
        texts = [self.texts[row] for row in rows.tolist()]
        return Written(texts, self.ids[rows], self.attention_mask[rows], self.mask[rows])


class Storyteller:
    """The tiny decoder and its tokenizer. Every text begins with the end token."""

    def __init__(self, device: str = "cpu", together: int = TOGETHER) -> None:
        from gradelib.lab import models

        loaded: tuple[Any, Any] = models.load("decoder")
        self.model, self.tokenizer = loaded[0].to(device), loaded[1]
        self.device, self.together = device, together
        self.end: int = self.tokenizer.eos_token_id
        self.d_model: int = self.model.config.n_embd

    def judge(self, name: str) -> Callable[[Sequence[str]], Tensor]:
        """Return a reward model that comes with the course, as a judge of whole stories."""
        import torch

        from gradelib.lab import models

        model: Any = models.load(name)[0]
        model.to(self.device)

        def judge(texts: Sequence[str]) -> Tensor:
            with torch.no_grad():
                read = Branches(self.rows(texts), self.device)
                scores: Tensor = model.score(read.hidden(model.transformer)[read.last])
            return scores.squeeze(-1).cpu()

        return judge

    def policy(self) -> Any:
        """Return a copy of the decoder that may be trained."""
        return copy.deepcopy(self.model)

    def body(self, frozen: bool = False) -> torch.nn.Module:
        """Return a copy of the decoder without its last layer: a vector for each token.

        A frozen one does not learn. So it remembers what it read last, and reads it only once.
        """
        import torch

        class Body(torch.nn.Module):
            def __init__(self, inner: torch.nn.Module) -> None:
                super().__init__()
                self.inner = inner.requires_grad_(not frozen)
                self.known: list[tuple[Tensor, Tensor, Tensor]] = []

            def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
                for told, mask, hidden in self.known:
                    if ids.equal(told) and attention_mask.equal(mask):
                        return hidden
                read = Branches.of(ids, attention_mask)
                hidden = torch.nn.functional.embedding(read.where, read.hidden(self.inner))
                if frozen:
                    self.known = [*self.known[1 - KNOWN :], (ids, attention_mask, hidden)]
                return hidden

        return Body(copy.deepcopy(self.model.transformer))

    def padded(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Return ids and attention mask of rows of unequal length, padded on the right."""
        import torch

        lengths = torch.tensor([len(row) for row in rows])
        mask = torch.arange(int(lengths.max())) < lengths[:, None]
        ids = torch.full(mask.shape, self.end)
        ids[mask] = torch.tensor([number for row in rows for number in row])
        return ids.to(self.device), mask.to(self.device)

    def read(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return whole stories as a reward model reads them: ids and attention mask."""
        return self.padded(self.rows(texts))

    def rows(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of whole stories, each with the end token before it."""
        found = self.tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return [[self.end, *row][:LONGEST] for row in found]

    def endings(self, prompts: Sequence[str], endings: Sequence[str]) -> Written:
        """Return given endings as if a policy had written them, each with its end token."""
        import torch

        begun = self.tokenizer(list(prompts), add_special_tokens=False)["input_ids"]
        texts = [f"{prompt} {ending}" for prompt, ending in zip(prompts, endings, strict=True)]
        rows = self.tokenizer(texts, add_special_tokens=False)["input_ids"]
        ids, real = self.padded([[self.end, *row, self.end][:LONGEST] for row in rows])
        starts = torch.tensor([len(row) + 1 for row in begun], device=self.device)
        wrote = real & (torch.arange(ids.shape[1], device=self.device) >= starts[:, None])
        return Written(texts, ids, real, wrote[:, 1:])

    def write(
        self, model: Any, prompts: Sequence[str], seed: int, temperature: float = 1.0
    ) -> Written:
        """Let a policy go on from each beginning until its end token."""
        import torch

        starts = self.tokenizer(list(prompts), add_special_tokens=False)["input_ids"]
        starts = [[self.end, *row] for row in starts]
        luck = torch.Generator(self.device).manual_seed(seed)
        model = model.eval()
        rows: list[list[int]] = []
        for first in range(0, len(starts), self.together):
            some = starts[first : first + self.together]
            rows += go_on(model, some, self.end, LONGEST, temperature, luck)
        ids, real = self.padded(rows)
        begun = torch.tensor([len(start) for start in starts], device=self.device)
        wrote = real & (torch.arange(ids.shape[1], device=self.device) >= begun[:, None])
        texts = self.tokenizer.batch_decode(ids, skip_special_tokens=True)
        return Written(texts, ids, real, wrote[:, 1:])


def preferences(split: str = "train", kind: str = "preferences") -> list[Pair]:
    """Return the shipped pairs of endings: see data/preferences/README.md."""
    return [json.loads(line) for line in data.lines(f"{kind}/{split}.jsonl.gz")]


def true_rewards(texts: Sequence[str]) -> Tensor:
    """Return the true reward of whole stories, (story,)."""
    import torch

    return torch.tensor([true_reward(text) for text in texts])
