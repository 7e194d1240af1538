"""What several sections draw and drive by: conversations, a small tokenizer, rows of ids."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gradelib.checking.exercise import Rng

__all__ = ["Cutter", "conversation_numbers", "drawn_masks", "drawn_rows", "said", "talk"]

NAMES = ("Anna", "Otto", "Vera", "Karl", "Mia", "Tom", "Lena", "Fritz")
THINGS = ("a goat", "the lantern", "two spoons", "plum cake", "a letter", "the old key")
DEEDS = ("lost", "found", "hid", "sold", "carried", "painted")
ONE_TURN = ("user", "assistant")
TWO_TURNS = (*ONE_TURN, *ONE_TURN)
Message = dict[str, str]


def said(rng: Rng, words: int = 1) -> str:
    """Return some short sentences of the village."""
    picks = [f"{rng.choice(NAMES)} {rng.choice(DEEDS)} {rng.choice(THINGS)}." for _ in range(words)]
    return " ".join(picks)


def talk(rng: Rng, roles: Sequence[str], sentences: Sequence[int] | None = None) -> list[Message]:
    """Return a conversation: for each role a message of one sentence, or of so many."""
    counts = sentences or [1] * len(roles)
    return [
        {"role": role, "content": said(rng, count)}
        for role, count in zip(roles, counts, strict=True)
    ]


class Cutter:
    """A tokenizer that takes the longest of its pieces that fits, else a single character."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = list(pieces)

    def __call__(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the ids of a text, and where the piece of each begins and ends."""
        ids, places, at = [], [], 0
        while at < len(text):
            fits = [piece for piece in self.pieces if text.startswith(piece, at)]
            piece = max(fits, key=len, default=text[at])
            number = self.pieces.index(piece) if fits else 1000 + ord(piece)
            ids.append(number)
            places.append((at, at + len(piece)))
            at += len(piece)
        return ids, places


def drawn_rows(rng: Rng, lengths: Sequence[int], vocab: int = 900) -> list[list[int]]:
    """Return rows of ids, none of them below 2."""
    return [rng.integers(2, vocab, size=length).tolist() for length in lengths]


def drawn_masks(rng: Rng, lengths: Sequence[int]) -> list[list[bool]]:
    """Return for each row which of its tokens are learned: all from some place on."""
    masks = []
    for length in lengths:
        start = int(rng.integers(1, length)) if length > 1 else 0
        masks.append([place >= start for place in range(length)])
    return masks


def conversation_numbers(lengths: Sequence[Sequence[int]], tokens: int) -> Tensor:
    """Return whose each token of each block is, with -1 behind the last one: (block, token)."""
    whose = []
    for block in lengths:
        row = [number for number, length in enumerate(block) for _ in range(length)]
        whose.append(row + [-1] * (tokens - len(row)))
    return torch.tensor(whose)
