"""What the sections draw: numbers, ids, masks, weights of layers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Inputs, Rng

Weights = dict[str, Tensor]


def normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def random_ids(rng: Rng, *shape: int, vocab: int, first: int = 0) -> Tensor:
    return torch.from_numpy(rng.integers(first, vocab, size=shape))


def dice(rng: Rng, *shape: int) -> Tensor:
    return torch.from_numpy(rng.random(size=shape).astype(np.float32))


def real_tokens(lengths: list[int], side: str = "right") -> Tensor:
    """An attention mask, padded to the longest on one side."""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    return mask if side == "right" else mask.flip(1)


def layer_of(answer: Callable[..., Any], init: Inputs, weights: Weights) -> Any:
    """Build what a student wrote, with the weights of the case."""
    layer = answer(**init)
    layer.load_state_dict(weights)
    return layer.eval()


def linear(rng: Rng, name: str, d_in: int, d_out: int) -> Weights:
    weight = normal(rng, d_out, d_in, spread=1.3 * d_in**-0.5)
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_out, spread=0.4)}


def layer_norm(rng: Rng, name: str, d_model: int) -> Weights:
    weight = torch.from_numpy(rng.uniform(0.4, 1.8, size=d_model).astype(np.float32))
    return {f"{name}.weight": weight, f"{name}.bias": normal(rng, d_model, spread=0.4)}


def attention_weights(rng: Rng, d_model: int, name: str = "") -> Weights:
    parts = [linear(rng, f"{name}{part}", d_model, d_model) for part in PARTS]
    return {key: value for part in parts for key, value in part.items()}


def layer_weights(rng: Rng, d_model: int, d_mlp: int, name: str = "") -> Weights:
    return {
        **attention_weights(rng, d_model, f"{name}attention."),
        **layer_norm(rng, f"{name}norm_1", d_model),
        **linear(rng, f"{name}up", d_model, d_mlp),
        **linear(rng, f"{name}down", d_mlp, d_model),
        **layer_norm(rng, f"{name}norm_2", d_model),
    }


PARTS = ("query", "key", "value", "out")
