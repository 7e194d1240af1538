"""Sections 9.8 and 9.9: other right answers. They must pass."""

import math

import numpy as np


def fit_power_law__polynomial(
    sizes: list[float], losses: list[float], floor: float
) -> tuple[float, float]:
    gaps = [loss - floor for loss in losses]
    line = np.polynomial.Polynomial.fit(np.log(sizes), np.log(gaps), 1)
    start, slope = line.convert().coef
    return math.exp(start), -float(slope)


def fit_power_law__lstsq(
    sizes: list[float], losses: list[float], floor: float
) -> tuple[float, float]:
    x, y = np.log(np.array(sizes)), np.log(np.array(losses) - floor)
    (slope, start), *_ = np.linalg.lstsq(np.stack([x, np.ones_like(x)], axis=1), y, rcond=None)
    return float(np.exp(start)), float(-slope)


def fit_power_law__base_ten(
    sizes: list[float], losses: list[float], floor: float
) -> tuple[float, float]:
    slope, start = np.polyfit(np.log10(sizes), np.log10(np.array(losses) - floor), 1)
    return float(10**start), float(-slope)


def fit_power_law__by_hand(
    sizes: list[float], losses: list[float], floor: float
) -> tuple[float, float]:
    x = [math.log(size) for size in sizes]
    y = [math.log(loss - floor) for loss in losses]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    both = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    slope = both / sum((a - mean_x) ** 2 for a in x)
    return math.exp(mean_y - slope * mean_x), -slope


def predict_loss__by_matrices(
    sizes: list[float], losses: list[float], floor: float, size: float, t: float
) -> tuple[float, float, float]:
    table = np.stack([np.ones(len(sizes)), np.log(sizes)], axis=1)
    y = np.log(np.array(losses) - floor)
    inverse = np.linalg.inv(table.T @ table)
    line = inverse @ table.T @ y
    noise = ((y - table @ line) ** 2).sum() / (len(y) - 2)
    new = np.array([1.0, math.log(size)])
    off = t * math.sqrt(noise * (1 + new @ inverse @ new))
    low, middle, high = (floor + math.exp(new @ line + k * off) for k in (-1, 0, 1))
    return low, middle, high


def predict_loss__by_hand(
    sizes: list[float], losses: list[float], floor: float, size: float, t: float
) -> tuple[float, float, float]:
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    slope = np.cov(x, y)[0, 1] / np.var(x, ddof=1)
    start = y.mean() - slope * x.mean()
    r = y - (start + slope * x)
    s = math.sqrt(sum(r**2) / (len(x) - 2))
    far = (math.log(size) - np.mean(x)) ** 2 / np.sum((x - np.mean(x)) ** 2)
    factor = math.exp(t * s * math.sqrt(1 + 1 / len(x) + far))
    gap = math.exp(start) * size**slope
    return floor + gap / factor, floor + gap, floor + gap * factor


def compute_optimal__by_shares(
    flops: float, a: float, alpha: float, b: float, beta: float
) -> tuple[float, float]:
    product = flops / 6
    total = alpha + beta
    base = (a * alpha) ** (1 / total) / (b * beta) ** (1 / total)
    return base * product ** (beta / total), product ** (alpha / total) / base


def compute_optimal__searched(
    flops: float, a: float, alpha: float, b: float, beta: float
) -> tuple[float, float]:
    product, low, high = flops / 6, -10.0, 40.0
    for _ in range(200):  # the place where the slope of the gap is 0
        middle = (low + high) / 2
        n = 10**middle
        slope = beta * b * (product / n) ** -beta - alpha * a * n**-alpha
        low, high = (middle, high) if slope < 0 else (low, middle)
    return n, product / n


def fit_power_law__logarithms_in_float32(
    sizes: list[float], losses: list[float], floor: float
) -> tuple[float, float]:
    import torch

    x = torch.tensor(sizes).log()
    y = (torch.tensor(losses) - floor).log()
    middle, level = x.mean(), y.mean()
    slope = ((x - middle) * (y - level)).sum() / (x - middle).square().sum()
    return (level - slope * middle).exp().item(), -slope.item()
