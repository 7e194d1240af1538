"""The stories that notebook 3 trains on and measures with, as tensors, and a model that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel

__all__ = ["Corpus", "NewStories", "counting_model", "new_stories", "padded_stories"]

Encode = Callable[[list[str]], Sequence[Sequence[int]]]
Logits = Callable[["Tensor"], "Tensor"]  # (row, position) -> (row, position, token)
Loss = Callable[["Tensor", "Tensor", "Tensor"], "Tensor"]  # of logits, ids, and which are real
CHUNK = 500  # texts to encode at once: a tokenizer keeps much more than ids while it works
BATCH = 20  # stories to read at once


def _encode(teller: LanguageModel) -> Encode:
    def encode(texts: list[str]) -> Sequence[Sequence[int]]:
        rows: Sequence[Sequence[int]] = teller.tokenizer(texts, add_special_tokens=False)[
            "input_ids"
        ]
        return rows

    return encode


class Corpus:
    """Stories one behind the other, each with the end token after it, and blocks cut out of them.

    Packed documents were in notebook 2. Here nothing is hidden: a block may look back into the
    story before, as in most pretraining, and learns that the end token closes a subject.
    """

    def __init__(self, encode: Encode, texts: Sequence[str], end: int) -> None:
        import torch
        from tqdm.auto import tqdm

        starts = tqdm(range(0, len(texts), CHUNK), "reading stories", leave=False)
        chunks = (list(texts[start : start + CHUNK]) for start in starts)
        self.rows = [[*ids, end] for chunk in chunks for ids in encode(chunk)]
        self.ids = torch.tensor([end, *(token for row in self.rows for token in row)])

    @classmethod
    def told_to(cls, teller: LanguageModel, count: int) -> Corpus:
        """Return the first stories that the tiny decoder was trained on, in its own tokens."""
        from gradelib.lab import data

        texts = [story["text"] for story in data.stories("train")[:count]]
        return cls(_encode(teller), texts, teller.end)

    def blocks(self, count: int, length: int, seed: int) -> Iterator[Tensor]:
        """Yield batches (count, length) from random places, without end."""
        import torch

        generator = torch.Generator().manual_seed(seed)
        places = torch.arange(length)
        while True:
            starts = torch.randint(len(self.ids) - length, (count, 1), generator=generator)
            yield self.ids[starts + places]


def padded_stories(encode: Encode, texts: Sequence[str], end: int) -> tuple[Tensor, Tensor]:
    """Return stories as one batch, each between two end tokens, and which ids are real.

    Shapes:
        returns: two of (story, token): whole numbers, and booleans
    """
    import torch

    rows = [torch.tensor([end, *ids, end]) for ids in encode(list(texts))]
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=end)
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(ids.shape[1]) < lengths.unsqueeze(1)


@dataclass(frozen=True)
class NewStories:
    """Stories that no model has seen, and the entropy of the village on them."""

    ids: Tensor  # (story, token)
    real: Tensor  # (story, token), False for padding
    floor: float  # nats a token: what the grammar itself needs

    def loss(self, speak: Logits, loss_of: Loss) -> float:
        """Return the mean surprisal of a token, in nats, where each token counts the same."""
        import torch

        nats = 0.0
        with torch.no_grad():
            for rows in self.real.sum(dim=1).argsort().split(BATCH):  # of about the same length
                real = self.real[rows, : int(self.real[rows[-1]].sum())]
                ids = self.ids[rows, : real.shape[1]]
                nats += loss_of(speak(ids), ids, real).item() * int(real[:, 1:].sum())
        return nats / int(self.real[:, 1:].sum())


def new_stories(teller: LanguageModel, count: int) -> NewStories:
    """Return the first stories that were kept apart for validation, in a model's own tokens."""
    from gradelib.lab import data, village

    told, encode = data.stories("validation")[:count], _encode(teller)
    ids, real = padded_stories(encode, [story["text"] for story in told], teller.end)
    known = [dict(story) for story in told]
    floor = village.floor(known, lambda text: len(encode([text])[0]) + 1)
    return NewStories(ids, real, floor)


def counting_model(corpus: Corpus, vocab: int) -> Logits:
    """Return a trigram model of a corpus, which gives logits at every position."""
    import torch
    from tqdm.auto import tqdm

    from gradelib.lab.language_models import Trigram

    counter = Trigram(tqdm(corpus.rows, "counting", leave=False), vocab)

    def logits(ids: Tensor) -> Tensor:
        ends = range(1, ids.shape[1] + 1)
        return torch.stack([counter.next_logits(ids[:, :end]) for end in ends], dim=1)

    return logits
