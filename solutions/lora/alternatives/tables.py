"""Section 8.5: other right answers. They must pass."""

import torch
from torch import Tensor


def normal_table__by_statistics(bits: int, tail: float = 0.9677083) -> Tensor:
    import statistics

    bell, half = statistics.NormalDist(), 2 ** (bits - 1)

    def side(count: int) -> list[float]:
        step = (tail - 0.5) / count
        return [bell.inv_cdf(tail - place * step) for place in range(count)]

    above = side(half)
    below = [-one for one in side(half - 1)] if half > 1 else []
    values = sorted([*below, 0.0, *above])
    return torch.tensor([value / max(values) for value in values])


def normal_table__by_distribution(bits: int, tail: float = 0.9677083) -> Tensor:
    normal = torch.distributions.Normal(torch.tensor(0.0).double(), torch.tensor(1.0).double())
    n = 2**bits // 2
    up = normal.icdf(torch.linspace(0.5, tail, n + 1, dtype=torch.float64)[1:])
    down = -normal.icdf(torch.linspace(tail, 0.5, n, dtype=torch.float64)[: n - 1])
    every = torch.cat([down, torch.zeros(1, dtype=torch.float64), up])
    return (every / every.abs().max()).to(torch.float32)


def quantize__by_middles(weight: Tensor, table: Tensor, block: int) -> tuple[Tensor, Tensor]:
    if weight.numel() % block != 0:
        raise ValueError("blocks do not fit")
    rows = weight.flatten().view(-1, block)
    scales = torch.maximum(rows.amax(1), -rows.amin(1))
    shares = torch.where(scales[:, None] > 0, rows / scales[:, None], torch.zeros_like(rows))
    return torch.bucketize(shares, (table[1:] + table[:-1]) / 2), scales


def quantize__block_by_block(weight: Tensor, table: Tensor, block: int) -> tuple[Tensor, Tensor]:
    every = weight.reshape(-1)
    if len(every) % block:
        raise ValueError("blocks do not fit")
    codes, scales = [], []
    for rows in every.split(block):
        scale = rows.abs().max()
        shares = rows / scale if scale > 0 else rows
        codes.append(torch.cdist(shares[:, None], table[:, None]).argmin(dim=1))
        scales.append(scale)
    return torch.stack(codes), torch.stack(scales)


def dequantize__loop(
    codes: Tensor, scales: Tensor, table: Tensor, shape: tuple[int, ...]
) -> Tensor:
    rows = [scale * table[row] for row, scale in zip(codes, scales, strict=True)]
    return torch.cat(rows).view(shape)


def dequantize__looked_up(
    codes: Tensor, scales: Tensor, table: Tensor, shape: tuple[int, ...]
) -> Tensor:
    values = torch.nn.functional.embedding(codes, table[:, None]).squeeze(-1)
    return torch.einsum("bk,b->bk", values, scales).reshape(*shape)
