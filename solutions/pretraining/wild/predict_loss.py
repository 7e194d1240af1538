"""Wrong answers to `predict_loss` in other words, with the hint due."""

import math

import numpy as np

from solutions.pretraining.reference import fit_power_law


def predict_loss__n(sizes, losses, floor, size, t):
    """Divides by n.

    Hint: divided_by_n
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / n)
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__n_minus_one(sizes, losses, floor, size, t):
    """Takes the standard deviation of the residuals.

    Hint: divided_by_n_less_one
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    s = np.std(y - (np.log(factor) - exponent * x), ddof=1)
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__of_the_line(sizes, losses, floor, size, t):
    """Forgets the 1 below the root: where the line is, not where a new loss is.

    Hint: of_the_line_alone
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__no_root(sizes, losses, floor, size, t):
    """Forgets the root around the bracket.

    Hint: no_root
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * (1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__variance(sizes, losses, floor, size, t):
    """Takes s² for s.

    Hint: variance
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = sum(r**2) / (n - 2)
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__gaps(sizes, losses, floor, size, t):
    """Returns gaps.

    Hint: gaps
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__logarithms(sizes, losses, floor, size, t):
    """Returns logarithms of gaps.

    Hint: logarithms
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = float(math.log(factor) - exponent * z)
    return float(mid - off), mid, float(mid + off)


def predict_loss__same_on_both_sides(sizes, losses, floor, size, t):
    """Makes the interval a number of losses, the same up and down.

    Hint: around_the_gap
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = floor + factor * size**-exponent
    return float(mid - off), mid, float(mid + off)


def predict_loss__residuals_of_losses(sizes, losses, floor, size, t):
    """Takes the residuals of the losses, not of the logarithms.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    sizes, losses = np.array(sizes), np.array(losses)
    n, x = len(sizes), np.log(sizes)
    r = losses - (floor + factor * sizes**-exponent)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__sizes_below_the_root(sizes, losses, floor, size, t):
    """Puts the sizes below the root, not their logarithms.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    plain = np.array(sizes)
    far = (size - plain.mean()) ** 2 / ((plain - plain.mean()) ** 2).sum()
    off = t * s * math.sqrt(1 + 1 / n + far)
    mid = math.log(factor) - exponent * math.log(size)
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__how_far_forgotten(sizes, losses, floor, size, t):
    """Is as sure far away as nearby.

    Hint: not_wider_far_away
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    off = t * s * math.sqrt(1 + 1 / n)
    mid = math.log(factor) - exponent * math.log(size)
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__t_forgotten(sizes, losses, floor, size, t):
    """Gives one s to both sides.

    Hint: no_t
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__expected_first(sizes, losses, floor, size, t):
    """Gives what is expected first.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid, mid - off, mid + off))


def predict_loss__upper_first(sizes, losses, floor, size, t):
    """Gives the highest first.

    Hint: highest_first
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid + off, mid, mid - off))


def predict_loss__variance_of_x(sizes, losses, floor, size, t):
    """Divides by the variance of x, a mean and not a sum.

    Hint: sizes_in_the_spread
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / x.var())
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__whole_loss_in_logarithms(sizes, losses, floor, size, t):
    """Works with logarithms of losses, and adds the floor at the end.

    Hint: no_floor
    """
    x, y = np.log(sizes), np.log(losses)
    k, c = np.polyfit(x, y, 1)
    n = len(x)
    r = y - (c + k * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = c + k * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__new_size_not_log(sizes, losses, floor, size, t):
    """Forgets the logarithm of the new size below the root.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    r = y - (np.log(factor) - exponent * x)
    s = math.sqrt(sum(r**2) / (n - 2))
    off = t * s * math.sqrt(1 + 1 / n + (size - x.mean()) ** 2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * math.log(size)
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + min(off, 300)))


def predict_loss__only_beyond(sizes, losses, floor, size, t):
    """Takes the distance from the largest size, and none below it.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n = len(x)
    s = math.sqrt(sum((y - (np.log(factor) - exponent * x)) ** 2) / (n - 2))
    z = math.log(size)
    far = max(z, x.mean()) - x.mean()
    off = t * s * math.sqrt(1 + 1 / n + far**2 / sum((x - x.mean()) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))


def predict_loss__middle_of_the_ends(sizes, losses, floor, size, t):
    """Takes the middle between the first and the last size for the mean.

    Hint: none
    """
    factor, exponent = fit_power_law(sizes, losses, floor)
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    n, middle = len(x), (x[0] + x[-1]) / 2
    s = math.sqrt(sum((y - (np.log(factor) - exponent * x)) ** 2) / (n - 2))
    z = math.log(size)
    off = t * s * math.sqrt(1 + 1 / n + (z - middle) ** 2 / sum((x - middle) ** 2))
    mid = math.log(factor) - exponent * z
    return tuple(floor + math.exp(v) for v in (mid - off, mid, mid + off))
