"""What exercises draw as inputs: numbers, ids, masks, weights of layers. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Weights", "dice", "layer_norm", "layer_of", "linear", "normal", "random_ids",
           "real_tokens"]  # fmt: skip

Rng = np.random.Generator
Weights = dict[str, "Tensor"]


def normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    """Return numbers from a normal distribution, float32."""
    import torch

    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def random_ids(rng: Rng, *shape: int, vocab: int, first: int = 0) -> Tensor:
    """Return ids from `first` to `vocab` - 1, int64."""
    import torch

    return torch.from_numpy(rng.integers(first, vocab, size=shape))


def dice(rng: Rng, *shape: int) -> Tensor:
    """Return random numbers between 0 and 1, float32."""
    import torch

    return torch.from_numpy(rng.random(size=shape).astype(np.float32))


def real_tokens(lengths: Sequence[int], side: str = "right") -> Tensor:
    """Return an attention mask, padded to the longest on one side: (batch, token)."""
    import torch

    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    return mask.flip(1) if side == "left" else mask


def layer_of(answer: Callable[..., Any], init: dict[str, Any], weights: Weights) -> Any:
    """Build what a student wrote, with the weights of the case."""
    layer = answer(**init)
    layer.load_state_dict(weights)
    return layer.eval()


def linear(rng: Rng, name: str, d_in: int, d_out: int) -> Weights:
    """Return the weights of a linear layer that keeps numbers at about their size."""
    weight = normal(rng, d_out, d_in, spread=1.3 * d_in**-0.5)
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_out, spread=0.4)}


def layer_norm(rng: Rng, name: str, d_model: int) -> Weights:
    """Return the weights of a norm that is not the one it begins with."""
    import torch

    weight = torch.from_numpy(rng.uniform(0.4, 1.8, size=d_model).astype(np.float32))
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_model, spread=0.4)}
