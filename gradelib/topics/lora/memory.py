"""How many bytes an adaptation takes: measured on the tiny decoder, worked out for large models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.compute import kept_for_gradients
from gradelib.topics.lora.methods import loss_of

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.topics.lora.texts import Batch

__all__ = ["LLAMAS", "Bytes", "Llama", "measured", "row", "worked_out"]

MOMENTS = 2  # numbers that AdamW keeps for each weight that trains
HALF, FULL = 2, 4  # bytes of a float of 16 bits, and of 32


@dataclass(frozen=True)
class Bytes:
    """What lies in memory while a model learns, in bytes."""

    held: int  # the weights and what stands for them, frozen or not
    gradients: int
    moments: int  # of AdamW
    forward: int = 0  # what the forward pass keeps for the backward pass

    @property
    def total(self) -> int:
        return self.held + self.gradients + self.moments + self.forward


def measured(model: torch.nn.Module, batch: Batch) -> Bytes:
    """Return what a model takes while it learns from a batch. Each tensor is counted once."""
    trained = sum(weight.nbytes for weight in model.parameters() if weight.requires_grad)
    forward = kept_for_gradients(model, lambda: loss_of(model, batch))
    return Bytes(_held(model), trained, MOMENTS * trained, forward)


def _tensors(model: torch.nn.Module) -> list[Tensor]:
    return [*model.parameters(), *model.buffers()]


def _held(model: torch.nn.Module) -> int:
    storages = {one.untyped_storage().data_ptr(): one for one in _tensors(model)}
    return sum(one.untyped_storage().nbytes() for one in storages.values())


@dataclass(frozen=True)
class Llama:
    """The sizes of a Llama 2. Touvron et al. (2023), and the models' own config files."""

    name: str
    layers: int
    d_model: int
    d_keys: int  # of all key heads together
    d_hidden: int
    vocab: int = 32_000

    @property
    def linear(self) -> list[tuple[int, int]]:
        """`d_in` and `d_out` of the linear layers in all blocks."""
        wide, keys, hidden = self.d_model, self.d_keys, self.d_hidden
        block = [(wide, wide), (wide, keys), (wide, keys), (wide, wide)]
        return [*block, (wide, hidden), (wide, hidden), (hidden, wide)] * self.layers

    @property
    def others(self) -> int:
        """Weights outside of these: two tables of the vocabulary, and the norms."""
        return 2 * self.vocab * self.d_model + (2 * self.layers + 1) * self.d_model

    @property
    def weights(self) -> int:
        """All weights."""
        return self.others + sum(d_in * d_out for d_in, d_out in self.linear)


LLAMAS = (
    Llama("7B", 32, 4096, 4096, 11008),
    Llama("70B", 80, 8192, 1024, 28672),
)


def worked_out(
    llama: Llama,
    rank: int,
    bits_per_weight: Callable[..., float],
) -> dict[str, Bytes]:
    """Return what three ways to adapt a Llama take, without what the forward pass keeps.

    Weights and gradients have 16 bits. AdamW keeps its numbers and a copy of each weight that
    trains in 32. In four bits are the linear layers of the blocks; all else keeps 16.
    """
    every, update = llama.weights, sum(rank * (d_in + d_out) for d_in, d_out in llama.linear)
    in_bits = every - llama.others
    small = round(in_bits * bits_per_weight(4, 64, 256) / 8) + HALF * llama.others
    return {
        "all weights": _with_training(HALF * every, every),
        f"LoRA, rank {rank}": _with_training(HALF * (every + update), update),
        f"QLoRA, rank {rank}": _with_training(small + HALF * update, update),
    }


def _with_training(held: int, trained: int) -> Bytes:
    return Bytes(held, HALF * trained, FULL * (MOMENTS + 1) * trained)


def row(name: str, found: Bytes, unit: float, digits: int = 1) -> tuple[Any, ...]:
    """Return a row for a table, in megabytes (1e6) or gigabytes (1e9)."""
    parts = found.held, found.gradients, found.moments, found.forward, found.total
    return (name, *(f"{part / unit:,.{digits}f}" for part in parts))
