"""Section 12.3: other right answers. They must pass."""

import math

from torch import Tensor


def win_rate__loop(first: Tensor, second: Tensor, margin: float = 0.0) -> float:
    points = 0.0
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        points += 1.0 if one - other > margin else 0.0 if other - one > margin else 0.5
    return points / len(first)


def win_rate__sign(first: Tensor, second: Tensor, margin: float = 0.0) -> float:
    apart = first - second
    clear = apart.sign() * (apart.abs() > margin)
    return float(clear.mean() / 2 + 0.5)


def wilson__as_he_wrote_it(wins: float, count: int, z: float = 1.96) -> tuple[float, float]:
    lost = count - wins
    centre = (wins + z * z / 2) / (count + z * z)
    half = z / (count + z * z) * math.sqrt(wins * lost / count + z * z / 4)
    return centre - half, centre + half


def wilson__by_the_roots(wins: float, count: int, z: float = 1.96) -> tuple[float, float]:
    share, loss = wins / count, z**2 / count
    a, b, c = 1 + loss, -(2 * share + loss), share**2
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def bootstrap__numpy(values: Tensor, drawn: Tensor, level: float = 0.95) -> tuple[float, float]:
    import numpy as np

    means = values.numpy().astype(float)[drawn.numpy()].mean(axis=1)
    low, high = np.percentile(means, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)


def bootstrap__by_hand(values: Tensor, drawn: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = sorted(values[row].double().mean().item() for row in drawn)

    def at(share: float) -> float:
        place = share * (len(means) - 1)
        below = min(int(place), len(means) - 1)
        above = min(below + 1, len(means) - 1)
        return means[below] + (place - below) * (means[above] - means[below])

    return at((1 - level) / 2), at((1 + level) / 2)


def wilson__in_float32(wins: float, count: int, z: float = 1.96) -> tuple[float, float]:
    import torch

    share, more = torch.tensor(wins / count), z**2 / count
    half = z * torch.sqrt(share * (1 - share) / count + more / (4 * count))
    low, high = ((share + more / 2 + side) / (1 + more) for side in (-half, half))
    return max(low.item(), 0.0), min(high.item(), 1.0)
