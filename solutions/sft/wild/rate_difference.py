"""Wrong answers to `rate_difference` in other words, with the hint due."""

import math
import statistics

import numpy as np
import torch

from solutions.sft.reference import obey_rate


def rate_difference__as_if_apart(first, second):
    """Adds the two variances, as if each had its own instructions.

    Hint: as_if_apart
    """
    (p, a), (q, b) = obey_rate(first), obey_rate(second)
    return q - p, math.sqrt(a**2 + b**2)


def rate_difference__errors_added(first, second):
    """Adds the two errors.

    Hint: as_if_apart
    """
    (p, a), (q, b) = obey_rate(first), obey_rate(second)
    return q - p, a + b


def rate_difference__errors_subtracted(first, second):
    """Subtracts the two errors, like the rates.

    Hint: none
    """
    (p, a), (q, b) = obey_rate(first), obey_rate(second)
    return q - p, abs(b - a)


def rate_difference__first_less_second(first, second):
    """Subtracts the second from the first.

    Hint: other_way
    """
    d = np.array(first, dtype=float) - np.array(second, dtype=float)
    return float(d.mean()), float(d.std() / len(d) ** 0.5)


def rate_difference__absolute(first, second):
    """Takes the size of the difference.

    Hint: none
    """
    d = [b - a for a, b in zip(first, second)]
    mean = sum(d) / len(d)
    var = sum(x * x for x in d) / len(d) - mean * mean
    return abs(mean), math.sqrt(var / len(d))


def rate_difference__numpy_bools(first, second):
    """Subtracts booleans of numpy, which it forbids.

    Hint: none
    """
    d = np.array(second) - np.array(first)
    return float(d.mean()), float(d.std() / np.sqrt(len(d)))


def rate_difference__sample_deviation(first, second):
    """Asks the library, which divides by n - 1.

    Hint: one_less
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    if len(d) < 2:
        return float(d[0]), 0.0
    return statistics.fmean(d), statistics.stdev(d) / math.sqrt(len(d))


def rate_difference__n_minus_one_of_a_single_one(first, second):
    """Writes n - 1 by itself, and divides by 0 for a single instruction.

    Hint: one_less
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    n = len(d)
    mean = sum(d) / n
    var = sum((x - mean) ** 2 for x in d) / (n - 1)
    return mean, (var / n) ** 0.5


def rate_difference__mean_not_taken_off(first, second):
    """Takes the mean of the squares for the variance.

    Hint: mean_not_taken_away
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    mean = sum(d) / len(d)
    return mean, math.sqrt(sum(x**2 for x in d) / len(d) / len(d))


def rate_difference__variance_of_a_rate(first, second):
    """Puts the difference into p (1 - p).

    Hint: of_one_model
    """
    n = len(first)
    p = (sum(second) - sum(first)) / n
    return p, math.sqrt(abs(p) * (1 - abs(p)) / n)


def rate_difference__of_those_apart(first, second):
    """Leaves out the instructions on which they agree.

    Hint: only_where_they_differ
    """
    d = [int(b) - int(a) for a, b in zip(first, second) if a != b]
    if not d:
        return 0.0, 0.0
    mean = sum(d) / len(d)
    return mean, math.sqrt((1 - mean**2) / len(d))


def rate_difference__disagreement(first, second):
    """Counts how often they differ, either way.

    Hint: without_a_sign
    """
    return obey_rate([a != b for a, b in zip(first, second)])


def rate_difference__only_gains(first, second):
    """Counts what the second won, not what it lost.

    Hint: none
    """
    return obey_rate([b and not a for a, b in zip(first, second)])


def rate_difference__deviation(first, second):
    """Does not divide by n.

    Hint: spread
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    return statistics.fmean(d), statistics.pstdev(d)


def rate_difference__n_outside(first, second):
    """Divides by n behind the root.

    Hint: by_n
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    return statistics.fmean(d), statistics.pstdev(d) / len(d)


def rate_difference__variance(first, second):
    """Forgets the root.

    Hint: no_root
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    return statistics.fmean(d), statistics.pvariance(d) / len(d)


def rate_difference__twice_as_many(first, second):
    """Takes 2n for the number of answers.

    Hint: two_n
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    return statistics.fmean(d), math.sqrt(statistics.pvariance(d) / (2 * len(d)))


def rate_difference__relative(first, second):
    """Says how much better in parts of the first.

    Hint: none
    """
    d = [int(b) - int(a) for a, b in zip(first, second)]
    mean = statistics.fmean(d)
    base = max(sum(first) / len(first), 1e-9)
    return mean / base, math.sqrt(statistics.pvariance(d) / len(d))


def rate_difference__only_the_difference(first, second):
    """Returns the difference alone.

    Hint: none
    """
    return (sum(second) - sum(first)) / len(first)
