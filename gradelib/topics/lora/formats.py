"""Other ways to spend few bits, as tables for the student's `quantize`, and how far each is off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.topics.lora.training import losses_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from gradelib.topics.lora.texts import Batch

__all__ = ["Format", "Found", "distance", "formats", "linear_weights", "measure_formats",
           "shares_of"]  # fmt: skip

FP4 = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)  # E2M1 of the OCP microscaling formats (2023)


@dataclass(frozen=True)
class Format:
    """A table of values between -1 and 1, and how many bits a place in it takes."""

    name: str
    bits: int
    table: Tensor


@dataclass(frozen=True)
class Found:
    """What a format does to a model: bits, error, and loss on texts that it knows."""

    format: Format
    bits: float  # a weight, with its share of the scales
    error: float  # root of the mean square, as a share of that of the weights
    loss: float  # nats a token


def formats(normal_table: Callable[..., Tensor]) -> list[Format]:
    """Return five formats, the one with the most bits first."""
    import torch

    fp4 = torch.tensor(sorted({sign * value / FP4[-1] for value in FP4 for sign in (-1, 1)}))
    return [
        Format("int8", 8, torch.linspace(-1, 1, 255)),
        Format("NF4", 4, normal_table(4)),
        Format("int4", 4, torch.linspace(-1, 1, 15)),
        Format("fp4", 4, fp4),
        Format("NF2", 2, normal_table(2)),
    ]


def linear_weights(model: Any) -> dict[str, Tensor]:
    """Return the matrices of all linear layers in the blocks of a GPT-2, by name."""
    named = model.transformer.h.named_parameters()
    return {name: weight for name, weight in named if weight.dim() == 2}


def shares_of(model: Any, block: int) -> Tensor:
    """Return all these weights, each divided by the largest absolute value of its block."""
    import torch

    rows = [w.detach().reshape(-1, block) for w in linear_weights(model).values()]
    blocks = torch.cat(rows)
    return (blocks / blocks.abs().amax(dim=1, keepdim=True)).flatten()


def distance(shares: Tensor, table: Tensor) -> float:
    """Return how far it is from a share to the nearest value of a table, on average."""
    import torch

    middles = (table[1:] + table[:-1]) / 2
    nearest = table[torch.bucketize(shares, middles)]
    return float((nearest - shares).abs().mean())


def measure_formats(
    build: Callable[[], Any],
    wanted: Sequence[Format],
    functions: tuple[Callable[..., Any], Callable[..., Tensor], Callable[..., float]],
    batches: Sequence[Batch],
    block: int = 64,
) -> list[Found]:
    """Quantize the linear layers of new models in each format, and measure what it does.

    `build` returns a model that is called with ids and attention mask and has its decoder as
    `model`. `functions` are the student's `quantize`, `dequantize` and `bits_per_weight`.
    """
    import torch
    from tqdm.auto import tqdm

    quantize, dequantize, bits_per_weight = functions
    results = []
    for one in tqdm(wanted, "formats", leave=False):
        whole = build()
        off = size = 0.0
        with torch.no_grad():
            for weight in linear_weights(whole.model).values():
                codes, scales = quantize(weight.detach(), one.table, block)
                near = dequantize(codes, scales, one.table, tuple(weight.shape))
                off += float((near - weight).square().sum())
                size += float(weight.square().sum())
                weight.copy_(near)
        loss = losses_on(whole, batches)
        results.append(Found(one, bits_per_weight(one.bits, block), (off / size) ** 0.5, loss))
    return results
