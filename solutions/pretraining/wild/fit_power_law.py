"""Wrong answers to `fit_power_law` in other words, with the hint due."""

import math

import numpy as np


def fit_power_law__floor_forgotten(sizes, losses, floor):
    """Fits the losses, not the gaps.

    Hint: no_floor
    """
    k, c = np.polyfit(np.log(np.array(sizes)), np.log(np.array(losses)), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__floor_after_the_log(sizes, losses, floor):
    """Takes logarithms first, and the floor off afterwards.

    Hint: none
    """
    k, c = np.polyfit(np.log(np.array(sizes)), np.log(np.array(losses)) - np.log(floor), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__slope(sizes, losses, floor):
    """Gives the slope, with its sign.

    Hint: sign
    """
    x, y = np.log(sizes), np.log([loss - floor for loss in losses])
    k = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    return float(np.exp(y.mean() - k * x.mean())), float(k)


def fit_power_law__log_factor(sizes, losses, floor):
    """Leaves the factor a logarithm.

    Hint: logarithm_of_the_factor
    """
    k, c = np.polyfit(np.log(sizes), np.log([loss - floor for loss in losses]), 1)
    return float(c), float(-k)


def fit_power_law__swapped(sizes, losses, floor):
    """Gives the exponent first.

    Hint: exponent_first
    """
    k, c = np.polyfit(np.log(sizes), np.log([loss - floor for loss in losses]), 1)
    return float(-k), float(np.exp(c))


def fit_power_law__names_swapped(sizes, losses, floor):
    """Takes the start for the slope.

    Hint: none
    """
    start, slope = np.polyfit(np.log(sizes), np.log([loss - floor for loss in losses]), 1)
    return float(np.exp(start)), float(-slope)


def fit_power_law__half_logarithms(sizes, losses, floor):
    """Takes the logarithms of the sizes only.

    Hint: gaps_not_in_logarithms
    """
    k, c = np.polyfit(np.log(sizes), [loss - floor for loss in losses], 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__other_half(sizes, losses, floor):
    """Takes the logarithms of the gaps only: an exponential law.

    Hint: sizes_not_in_logarithms
    """
    k, c = np.polyfit(np.array(sizes), np.log([loss - floor for loss in losses]), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__ends(sizes, losses, floor):
    """Draws the line through the first and the last point.

    Hint: the_ends
    """
    x = [math.log(s) for s in sizes]
    y = [math.log(loss - floor) for loss in losses]
    k = (y[-1] - y[0]) / (x[-1] - x[0])
    return math.exp(y[0] - k * x[0]), -k


def fit_power_law__bases(sizes, losses, floor):
    """Takes log10, and exp back.

    Hint: base_ten
    """
    k, c = np.polyfit(np.log10(sizes), np.log10([loss - floor for loss in losses]), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__other_regression(sizes, losses, floor):
    """Fits the sizes by the gaps.

    Hint: turned_round
    """
    y, x = np.log(sizes), np.log([loss - floor for loss in losses])
    k, c = np.polyfit(x, y, 1)
    return float(np.exp(-c / k)), float(-1 / k)


def fit_power_law__of_the_losses_themselves(sizes, losses, floor):
    """Lets large gaps count more, as least squares without logarithms nearly does.

    Hint: none
    """
    gaps = np.array(losses) - floor
    k, c = np.polyfit(np.log(sizes), np.log(gaps), 1, w=gaps)
    return float(np.exp(c)), float(-k)


def fit_power_law__floor_from_the_data(sizes, losses, floor):
    """Takes the smallest loss for the floor.

    Hint: none
    """
    gaps = np.array(losses) - min(losses) + 1e-9
    k, c = np.polyfit(np.log(sizes), np.log(gaps), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__mean_of_slopes(sizes, losses, floor):
    """Averages the slopes between neighbours.

    Hint: none
    """
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    k = float(np.mean(np.diff(y) / np.diff(x)))
    return float(np.exp(y.mean() - k * x.mean())), -k


def fit_power_law__through_the_origin(sizes, losses, floor):
    """Fits a line through the origin.

    Hint: none
    """
    x, y = np.log(sizes), np.log(np.array(losses) - floor)
    k = float((x * y).sum() / (x * x).sum())
    return 1.0, -k


def fit_power_law__inverse_sign(sizes, losses, floor):
    """Adds the floor.

    Hint: floor_added
    """
    k, c = np.polyfit(np.log(sizes), np.log(np.array(losses) + floor), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__array(sizes, losses, floor):
    """Returns an array.

    Hint: any.form
    """
    k, c = np.polyfit(np.log(sizes), np.log(np.array(losses) - floor), 1)
    return np.array([np.exp(c), -k])


def fit_power_law__one_loss_for_each_size(sizes, losses, floor):
    """Keeps losses by their sizes, so that the last one of a size is left.

    Hint: none
    """
    runs = dict(zip(sizes, losses))
    gaps = np.array(list(runs.values())) - floor
    k, c = np.polyfit(np.log(list(runs)), np.log(gaps), 1)
    return float(np.exp(c)), float(-k)


def fit_power_law__positive(sizes, losses, floor):
    """Takes the size of the slope, whatever its sign.

    Hint: none
    """
    k, c = np.polyfit(np.log(sizes), np.log(np.array(losses) - floor), 1)
    return float(np.exp(c)), float(abs(k))
