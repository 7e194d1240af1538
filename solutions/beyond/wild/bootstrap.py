"""Wrong answers to `bootstrap` in other words, with the hint due."""

import math
import random

import torch


def bootstrap__down_the_columns(values, drawn, level=0.95):
    """Averages over the samples.

    Hint: mean_of_columns
    """
    means = values[drawn].mean(dim=0)
    tail = (1 - level) / 2
    return torch.quantile(means, tail).item(), torch.quantile(means, 1 - tail).item()


def bootstrap__whole_tail_below(values, drawn, level=0.95):
    """Leaves 1 - level out on each side.

    Hint: all_outside_below
    """
    means = values[drawn].mean(dim=1)
    return torch.quantile(means, 1 - level).item(), torch.quantile(means, level).item()


def bootstrap__lowest_level(values, drawn, level=0.95):
    """Holds the lowest `level`, and not the middle.

    Hint: none
    """
    means = values[drawn].mean(dim=1)
    return means.min().item(), torch.quantile(means, level).item()


def bootstrap__of_the_values(values, drawn, level=0.95):
    """Takes the quantiles of the values, not of their means.

    Hint: of_the_values
    """
    tail = (1 - level) / 2
    return torch.quantile(values, tail).item(), torch.quantile(values, 1 - tail).item()


def bootstrap__of_all_draws(values, drawn, level=0.95):
    """Takes quantiles of all that was drawn.

    Hint: none
    """
    every = values[drawn].flatten()
    tail = (1 - level) / 2
    return every.quantile(tail).item(), every.quantile(1 - tail).item()


def bootstrap__normal(values, drawn, level=0.95):
    """Takes 1.96 standard deviations to each side.

    Hint: normal
    """
    means = values[drawn].mean(dim=1)
    centre, spread = means.mean().item(), means.std(unbiased=False).item()
    return centre - 1.96 * spread, centre + 1.96 * spread


def bootstrap__nearest(values, drawn, level=0.95):
    """Sorts and takes the means at the places, with no line between.

    Hint: not_interpolated
    """
    means = sorted(values[row].mean().item() for row in drawn)
    tail = (1 - level) / 2
    n = len(means)
    return means[int(tail * n)], means[min(n - 1, int((1 - tail) * n))]


def bootstrap__nearest_inside(values, drawn, level=0.95):
    """Rounds the places inwards.

    Hint: not_interpolated
    """
    means = sorted(values[row].mean().item() for row in drawn)
    tail, last = (1 - level) / 2, len(drawn) - 1
    return means[math.ceil(tail * last)], means[math.floor((1 - tail) * last)]


def bootstrap__draws_itself(values, drawn, level=0.95):
    """Draws samples of its own.

    Hint: none
    """
    random.seed(0)
    everything = values.tolist()
    means = [sum(random.choices(everything, k=drawn.shape[1])) / drawn.shape[1] for _ in drawn]
    quantiles = torch.tensor(means).quantile(torch.tensor([(1 - level) / 2, (1 + level) / 2]))
    return quantiles[0].item(), quantiles[1].item()


def bootstrap__medians(values, drawn, level=0.95):
    """Takes the median of each sample.

    Hint: medians
    """
    medians = values[drawn].median(dim=1).values
    tail = (1 - level) / 2
    return medians.quantile(tail).item(), medians.quantile(1 - tail).item()


def bootstrap__of_the_numbers(values, drawn, level=0.95):
    """Averages the numbers of the stories, and not their values.

    Hint: none
    """
    means = drawn.float().mean(dim=1)
    tail = (1 - level) / 2
    return means.quantile(tail).item(), means.quantile(1 - tail).item()


def bootstrap__no_repeats(values, drawn, level=0.95):
    """Makes a set of each sample: a story that was drawn twice counts once.

    Hint: none
    """
    means = torch.stack([values[row.unique()].mean() for row in drawn])
    tail = (1 - level) / 2
    return means.quantile(tail).item(), means.quantile(1 - tail).item()


def bootstrap__always_95(values, drawn, level=0.95):
    """Writes 2.5% and 97.5% in.

    Hint: always_95
    """
    means = values[drawn].mean(dim=1)
    return means.quantile(0.025).item(), means.quantile(0.975).item()


def bootstrap__tensors(values, drawn, level=0.95):
    """Returns tensors.

    Hint: any.form
    """
    means = values[drawn].mean(dim=1)
    tail = (1 - level) / 2
    return torch.quantile(means, tail), torch.quantile(means, 1 - tail)


def bootstrap__upper_first(values, drawn, level=0.95):
    """Swaps the ends.

    Hint: swapped
    """
    means = values[drawn].mean(dim=1)
    tail = (1 - level) / 2
    return means.quantile(1 - tail).item(), means.quantile(tail).item()


def bootstrap__basic(values, drawn, level=0.95):
    """Mirrors the quantiles at the mean: the basic bootstrap.

    Hint: none
    """
    means, mean = values[drawn].mean(dim=1), values.mean().item()
    tail = (1 - level) / 2
    return 2 * mean - means.quantile(1 - tail).item(), 2 * mean - means.quantile(tail).item()


def bootstrap__sums(values, drawn, level=0.95):
    """Adds up each sample.

    Hint: sums
    """
    totals = values[drawn].sum(dim=1)
    tail = (1 - level) / 2
    return totals.quantile(tail).item(), totals.quantile(1 - tail).item()


def bootstrap__half_of_the_level(values, drawn, level=0.95):
    """Takes level / 2 to be the tail.

    Hint: level_itself
    """
    means = values[drawn].mean(dim=1)
    return means.quantile(level / 2).item(), means.quantile(1 - level / 2).item()


def bootstrap__around_the_middle(values, drawn, level=0.95):
    """Makes it as wide on both sides, around the mean of the values.

    Hint: none
    """
    means, mean = values[drawn].mean(dim=1), values.mean()
    half = (means - mean).abs().quantile(level).item()
    return mean.item() - half, mean.item() + half


def bootstrap__shares_as_percent(values, drawn, level=0.95):
    """Gives shares to `percentile`, which wants per cent.

    Hint: none
    """
    import numpy as np

    means = values.numpy()[drawn.numpy()].mean(axis=1)
    tail = (1 - level) / 2
    low, high = np.percentile(means, [tail, 1 - tail])
    return float(low), float(high)


def bootstrap__divides_by_the_stories(values, drawn, level=0.95):
    """Divides each sample by the number of stories, not by its own size.

    Hint: none
    """
    means = values[drawn].sum(dim=1) / len(values)
    tail = (1 - level) / 2
    return means.quantile(tail).item(), means.quantile(1 - tail).item()


def bootstrap__divides_by_the_stories(values, drawn, level=0.95):
    """Divides each sample by the number of stories, not by its own size.

    Hint: none
    """
    means = values[drawn].sum(dim=1) / len(values)
    tail = (1 - level) / 2
    return means.quantile(tail).item(), means.quantile(1 - tail).item()
