"""One word in several sentences: how alike its vectors are, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["cosines", "draw_word", "within_and_across"]


def cosines(vectors: Tensor) -> Tensor:
    """Return the cosine of each two vectors: (text, d_model) to (text, text)."""
    import torch

    unit = torch.nn.functional.normalize(vectors, dim=1)
    return unit @ unit.T


def within_and_across(alike: Tensor, meanings: Sequence[str]) -> tuple[float, float]:
    """Return the lowest cosine of two texts with one meaning, and the highest of two with two."""
    pairs = list(combinations(range(len(meanings)), 2))
    same = [float(alike[i, j]) for i, j in pairs if meanings[i] == meanings[j]]
    other = [float(alike[i, j]) for i, j in pairs if meanings[i] != meanings[j]]
    return min(same), max(other)


def draw_word(word: str, vectors: Tensor, texts: Sequence[str], meanings: Sequence[str]) -> Any:
    """Draw the cosine of a word's vectors in each two texts. The title says what came out."""
    alike = cosines(vectors)
    within, across = within_and_across(alike, meanings)
    title = f"“{word}”: one meaning {within:.2f} or more, two meanings {across:.2f} or less"
    axes = figures.figure(title, width=8.4, height=3.6)
    axes.imshow(alike.tolist(), cmap="Blues", vmin=0.5, vmax=1.2)
    for row, values in enumerate(alike.tolist()):
        for column, value in enumerate(values):
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", color="black")
    axes.set(xticks=range(len(texts)), yticks=range(len(texts)), yticklabels=list(texts))
    axes.set(xticklabels=list(meanings), xlabel="cosine of the vectors")
    axes.grid(visible=False)
    return axes
