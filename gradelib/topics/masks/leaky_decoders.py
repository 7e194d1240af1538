"""Four small decoders that are to guess the next token. Not all of them guess honestly.

Their text is random, so that an honest one cannot do better than chance.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

__all__ = ["FLOOR", "Suspect", "all_suspects", "train"]

WORDS, TOKENS, WIDTH = 8, 10, 32
FLOOR = math.log(WORDS)  # nats: the surprisal of a fair die with so many sides


class Suspect(nn.Module):
    """A decoder of one layer. Called on vectors (..., token, d_model), it returns logits."""

    may_look: Tensor

    def __init__(self, ahead: int = 0, window: int = TOKENS, centred: bool = False) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.places = nn.Embedding(TOKENS, WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.head = nn.Linear(WIDTH, WORDS)
        self.centred = centred
        back = torch.arange(TOKENS)[:, None] - torch.arange(TOKENS)
        may_look = (back >= -ahead) & (back < window)
        self.register_buffer("may_look", may_look, persistent=False)  # moves with the model

    def vectors(self, ids: Tensor) -> Tensor:
        """Return what the model begins with: a vector for each token, (..., token, d_model)."""
        words: Tensor = self.words(ids)
        return words + self.places.weight

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits of the next token at each place: (..., token, word)."""
        if self.centred:
            x = x - x.mean(dim=-2, keepdim=True)
        scores = self.query(x) @ self.key(x).mT / math.sqrt(WIDTH)
        weights = scores.masked_fill(~self.may_look, -torch.inf).softmax(dim=-1)
        logits: Tensor = self.head(x + weights @ self.value(x))
        return logits


def all_suspects() -> dict[str, Suspect]:
    """Return the four, untrained and always the same."""
    with torch.random.fork_rng():
        torch.manual_seed(1)
        return {
            "A": Suspect(),
            "B": Suspect(ahead=1),
            "C": Suspect(centred=True),
            "D": Suspect(window=3),
        }


def train(suspect: Suspect, steps: int = 300, seed: int = 2) -> float:
    """Train to guess the next token of random texts. Return the loss at the end, in nats."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(suspect.parameters(), lr=0.01)
    losses = []
    for _ in range(steps):
        ids = torch.randint(WORDS, (32, TOKENS + 1), generator=generator)
        logits = suspect(suspect.vectors(ids[:, :-1]))
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    last = losses[-50:]
    return sum(last) / len(last)
