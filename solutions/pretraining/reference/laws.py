"""Sections 9.8 and 9.9: reference answers."""

import math

import numpy as np


def fit_power_law(
    sizes: list[float],
    losses: list[float],
    floor: float,
) -> tuple[float, float]:
    """Fit loss = floor + factor * size ** -exponent, and return (factor, exponent).

    The gap is what a loss is above the floor. In the logarithms of size and gap the law
    is a straight line: fit it by least squares. Each loss is above the floor, and there
    are at least two sizes.

    Source: Kaplan and others (2020), with a floor that is known.

    >>> law = fit_power_law([1.0, 10.0, 100.0], [2.5, 0.7, 0.52], floor=0.5)
    >>> [round(number, 6) for number in law]
    [2.0, 1.0]
    """
    gaps = np.array(losses) - floor
    slope, start = np.polyfit(np.log(sizes), np.log(gaps), 1)
    return float(np.exp(start)), float(-slope)


def predict_loss(
    sizes: list[float], losses: list[float], floor: float, size: float, t: float
) -> tuple[float, float, float]:
    """Predict the loss at another size by a power law: (lowest, expected, highest).

    Fit the law. Let x be the logarithms of the n sizes, and r how far the logarithms of
    the gaps are from the line. With s² = sum(r²) / (n - 2), the logarithm of the new
    gap is expected on the line, give or take

        t * s * sqrt(1 + 1 / n + (x_new - mean(x))² / sum((x - mean(x))²))

    Return losses again, not gaps and no logarithms. There are at least three sizes.

    >>> said = predict_loss([1.0, 10.0, 100.0], [2.5, 0.7, 0.53], 0.5, 1000.0, t=2.0)
    >>> [round(loss, 3) for loss in said]
    [0.502, 0.503, 0.506]
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    r = y - (np.log(factor) - exponent * x)
    s = np.sqrt((r**2).sum() / (len(x) - 2))
    new, spread = np.log(size), ((x - x.mean()) ** 2).sum()
    off = t * s * np.sqrt(1 + 1 / len(x) + (new - x.mean()) ** 2 / spread)
    middle = np.log(factor) - exponent * new
    low, expected, high = (floor + math.exp(y) for y in (middle - off, middle, middle + off))
    return low, expected, high


def compute_optimal(
    flops: float, a: float, alpha: float, b: float, beta: float
) -> tuple[float, float]:
    """Return the parameters N and tokens D that make the best of some operations.

    A run costs 6 N D = `flops`. The gap to the floor is a / N ** alpha + b / D ** beta.
    It is smallest where N = G (flops / 6) ** (beta / (alpha + beta)), with
    G = (alpha a / (beta b)) ** (1 / (alpha + beta)). The budget then says what D is.

    Source: Hoffmann and others (2022), equation 4.

    >>> best = compute_optimal(6e10, a=2.0, alpha=0.5, b=1.0, beta=0.5)
    >>> [round(number) for number in best]
    [200000, 50000]
    """
    base = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    parameters = base * (flops / 6) ** (beta / (alpha + beta))
    return parameters, flops / 6 / parameters
