"""Language models behind one function, `next_logits(ids)`, and drafting with a cheap one.

Nothing here chooses a token: that is what notebook 6 is about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from gradelib.lab.text import visible

if TYPE_CHECKING:
    import torch
    from torch import Tensor
    from transformers import Cache

    from gradelib.lab.models.interfaces import PretrainedModel, Tokenizer

__all__ = ["LanguageModel", "Speculation", "Trigram", "language_model"]


class LanguageModel:
    """A causal language model and its tokenizer.

    It remembers the keys and values of the rows that it saw last, so that one more id for each of
    them, or for some of them, costs one step only. Everything else is computed anew.
    """

    def __init__(
        self, model: PretrainedModel, tokenizer: Tokenizer, before: Sequence[int] = ()
    ) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.before = list(before)  # ids in front of every text
        self.end = tokenizer.eos_token_id
        self._seen: Tensor | None = None  # the ids whose keys and values are in the cache
        self._cache: Cache | None = None

    def encode(self, text: str) -> Tensor:
        """Return the ids of a text as one row, (1, position)."""
        import torch

        ids = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return torch.tensor([self.before + ids])

    def decode(self, ids: Sequence[int] | Tensor) -> str:
        """Return the text of one row of ids, without special tokens."""
        return self.tokenizer.decode(ids, skip_special_tokens=True)

    def token(self, number: int) -> str:
        """Return one token as it can be seen: a space as ␣."""
        return "the end" if number == self.end else visible(self.tokenizer.decode([number]))

    def next_logits(self, ids: Tensor) -> Tensor:
        """Return the logits of the next token: (row, position) -> (row, token)."""
        import torch

        cache = self._cache_for(ids)
        with torch.no_grad():
            output = self.model(
                ids if cache is None else ids[:, -1:],
                attention_mask=torch.ones_like(ids),
                past_key_values=cache,
                use_cache=True,
            )
        self._seen, self._cache = ids.clone(), output.past_key_values
        logits: Tensor = output.logits[:, -1].float()
        return logits

    def _cache_for(self, ids: Tensor) -> Cache | None:
        """Return the keys and values of all of `ids` but the last of each row, if they are known.

        Every row must begin with one that was seen last; the cache gets the rows in this order.
        """
        import torch

        if self._cache is None or self._seen is None or ids.shape[1] != self._seen.shape[1] + 1:
            return None
        places = {tuple(row): place for place, row in enumerate(self._seen.tolist())}
        order = [places.get(tuple(row)) for row in ids[:, :-1].tolist()]
        if None in order:
            return None
        if order != list(range(len(self._seen))):  # to reorder is to copy everything
            rows = cast("torch.LongTensor", torch.tensor(order, device=ids.device))
            self._cache.reorder_cache(rows)
        return self._cache

    def all_logits(self, ids: Tensor) -> Tensor:
        """Return the logits at every position: (row, position) -> (row, position, token)."""
        import torch

        with torch.no_grad():
            output = self.model(ids, attention_mask=torch.ones_like(ids), use_cache=False)
        logits: Tensor = output.logits.float()
        return logits


def language_model(name: str) -> LanguageModel:
    """Load a model by its short name. The course's decoder begins every text with its end token."""
    from gradelib.lab import models

    model, tokenizer = models.load(name)
    return LanguageModel(model, tokenizer, [tokenizer.eos_token_id] if name == "decoder" else [])


class Trigram:
    """A cheap model: it counts what followed the last two ids, and mixes in shorter contexts."""

    def __init__(self, texts: Sequence[Sequence[int]], size: int) -> None:
        self.size = size
        self.counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        runs = [Counter[tuple[int, ...]]() for _ in range(3)]  # of one, two and three ids
        for ids in texts:
            for length, seen in enumerate(runs, start=1):
                seen.update(zip(*(ids[start:] for start in range(length)), strict=False))
        for seen in runs:
            for run, times in seen.items():
                self.counts[run[:-1]][run[-1]] = times
        self._rows: dict[tuple[int, ...], Tensor] = {}
        self._mixed: dict[tuple[int, ...], Tensor] = {}

    def next_logits(self, ids: Tensor) -> Tensor:
        """Return log probabilities: (row, position) -> (row, token)."""
        import torch

        return torch.stack([self._row(tuple(row)) for row in ids[:, -2:].tolist()])

    def _row(self, last: tuple[int, ...]) -> Tensor:
        if last not in self._rows:
            row = self._mix(self._shorter(last[-1:]), last, 0.75)
            self._rows[last] = (row / row.sum()).log()
        return self._rows[last]

    def _shorter(self, last: tuple[int, ...]) -> Tensor:
        """Return what is mixed in, whatever stood before the last id."""
        import torch

        if last not in self._mixed:
            if last:
                self._mixed[last] = self._mix(self._shorter(()), last, 0.2)
            else:
                even = torch.full((self.size,), 1e-3 / self.size)
                self._mixed[last] = self._mix(even, last, 0.05)
        return self._mixed[last]

    def _mix(self, row: Tensor, context: tuple[int, ...], weight: float) -> Tensor:
        """Return a row to which what followed a context is added, (token,)."""
        import torch

        followed = self.counts.get(context)
        if not followed:
            return row
        numbers, times = map(torch.tensor, zip(*followed.items(), strict=True))
        return row.index_add(0, numbers, weight * times / times.sum())


@dataclass(frozen=True)
class Speculation:
    """A cheap model that drafts for a good one, some ids at a time."""

    draft: Callable[[Tensor], Tensor]  # (1, position) -> (1, token), logits of the next id
    target: Callable[[Tensor], Tensor]  # (1, position) -> (1, position, token), at every position
    block: Callable[[Tensor, Tensor, Tensor, torch.Generator], Tensor]  # a speculative_block
    length: int  # ids that are drafted at a time

    def generate(self, ids: Tensor, seed: int, max_new: int, end: int) -> list[list[int]]:
        """Continue one row of ids, and return the new ones: a list for each call of the target."""
        import torch

        dice, blocks = torch.Generator().manual_seed(seed), list[list[int]]()
        while sum(map(len, blocks)) < max_new:
            longer, guesses = self._drafted(ids, dice)
            wanted = self.target(longer)[0, -self.length - 1 :].softmax(dim=1)
            new = self.block(longer[0, -self.length :], guesses, wanted, dice)
            blocks.append(new.tolist())
            if end in blocks[-1]:
                blocks[-1] = blocks[-1][: blocks[-1].index(end) + 1]
                break
            ids = torch.cat([ids, new.unsqueeze(0)], dim=1)
        return blocks

    def _drafted(self, ids: Tensor, dice: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return the ids with the drafted ones, and the probabilities they were drawn from.

        Shapes:
            returns: (1, position + length) and (length, token)
        """
        import torch

        guesses = []
        for _ in range(self.length):
            guesses.append(self.draft(ids).softmax(dim=1))
            number = torch.multinomial(guesses[-1], 1, generator=dice)
            ids = torch.cat([ids, number], dim=1)
        return ids, torch.cat(guesses)
