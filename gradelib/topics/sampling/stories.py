"""Stories of the village in notebook 6: those really told, those of a model, what they are worth.

Nothing here chooses a token or measures a text: that is what the notebook's own functions do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gradelib.topics.sampling.progress import DELAY, counted

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel, Trigram

__all__ = [
    "Point", "Tales", "counting_model", "never_ending", "real_stories", "share_told", "until_end",
]  # fmt: skip

LONGEST = 170  # new ids of a story
NextLogits = Callable[["Tensor"], "Tensor"]


class Point(NamedTuple):
    """What stories are worth under one setting, in percent."""

    name: str
    different: float  # 4-grams
    right: float  # words before the first mistake


def share_told(text: str) -> float:
    """Return how much of a story the village could tell: its words before the first impossible one.

    It is a share of all words, and 1.0 for a story without a fault.
    """
    from gradelib.lab import village

    words = text.split(" ")
    right, wrong = 0, len(words) + 1
    while wrong - right > 1:  # a beginning of what can be told can be told
        half = (right + wrong) // 2
        possible = bool(village.next_words(" ".join(words[:half])))
        right, wrong = (half, wrong) if possible else (right, half)
    return right / len(words)


def real_stories(teller: LanguageModel, count: int) -> list[list[int]]:
    """Return the ids of stories that the decoder has not read: an end token, the story, another."""
    from gradelib.lab import data

    return [_ids(teller, story["text"]) for story in data.stories("validation")[:count]]


def counting_model(teller: LanguageModel, stories: int = 4000) -> Trigram:
    """Return a model that has counted what followed each pair of tokens in real stories."""
    from tqdm.auto import tqdm

    from gradelib.lab import data
    from gradelib.lab.language_models import Trigram

    texts = tqdm(data.stories("train")[:stories], desc="counting", leave=False, delay=DELAY)
    size = teller.next_logits(teller.encode("A")).shape[1]
    return Trigram([_ids(teller, story["text"]) for story in texts], size)


def _ids(teller: LanguageModel, text: str) -> list[int]:
    ids: list[int] = teller.encode(text)[0].tolist()
    return [*ids, teller.end]


def never_ending(next_logits: NextLogits, end: int) -> NextLogits:
    """Return `next_logits` with the end token forbidden, so that a text goes on and on."""

    def without_end(ids: Tensor) -> Tensor:
        logits = next_logits(ids).clone()
        logits[:, end] = float("-inf")
        return logits

    return without_end


def until_end(ids: Sequence[int], end: int, first: int = 1) -> list[int]:
    """Return ids up to the first `end` at or behind position `first`, and all where there is none.

    >>> until_end([0, 5, 6, 0, 0], end=0)
    [0, 5, 6, 0]
    """
    row = list(ids)
    return row[: row.index(end, first) + 1] if end in row[first:] else row


@dataclass
class Tales:
    """Stories from an empty beginning, by a student's functions, and what they are worth."""

    teller: LanguageModel
    generate: Callable[..., Tensor]
    sample: Callable[[Tensor, torch.Generator], Tensor]
    distinct_n: Callable[[list[list[int]], int], float]
    count: int = 60
    seconds: float = 100.0  # of work, after which no further setting is begun

    def measure(self, settings: Mapping[str, Callable[[Tensor], Tensor]]) -> list[Point]:
        """Tell stories under each change of the logits, and measure them.

        A slow computer measures only some of the settings, and says so.
        """
        begun, points = time.process_time(), list[Point]()
        calls = LONGEST * len(settings)
        with counted(self.teller.next_logits, "telling stories", calls) as next_logits:
            for name, change in settings.items():
                if points and time.process_time() - begun > self.seconds:
                    break
                points.append(Point(name, *self._worth(next_logits, change)))
        if len(points) < len(settings):
            told = f"{len(points)} of {len(settings)} settings"
            print(f"Slow computer: after {self.seconds:g} seconds of work {told} are measured.")
            print("Take fewer stories (`count`) to see them all.")
        return points

    def _worth(
        self, next_logits: NextLogits, change: Callable[[Tensor], Tensor]
    ) -> tuple[float, float]:
        import torch

        dice = torch.Generator().manual_seed(1)

        def choose(logits: Tensor, ids: Tensor) -> Tensor:
            return self.sample(change(logits), dice)

        end = self.teller.end
        nothing = torch.full((self.count, 1), end)  # a story begins with the end of another
        ids = self.generate(next_logits, nothing, choose, LONGEST, end)
        texts = [self.teller.decode(row) for row in ids.tolist()]
        plain = [self.teller.encode(text)[0].tolist() for text in texts]
        return 100 * self.distinct_n(plain, 4), 100 * sum(map(share_told, texts)) / self.count
