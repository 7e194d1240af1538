"""Wrong answers to `obey_rate` in other words, with the hint due."""

import math
import statistics

import numpy as np
import torch


def obey_rate__percent(obeyed):
    """Gives percent.

    Hint: percent
    """
    n = len(obeyed)
    p = obeyed.count(True) / n
    return 100 * p, 100 * math.sqrt(p * (1 - p) / n)


def obey_rate__one_less(obeyed):
    """Divides by n - 1, as the textbook does for a sample.

    Hint: one_less
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    if n == 1:
        return p, 0.0
    return p, math.sqrt(p * (1 - p) / (n - 1))


def obey_rate__stdev(obeyed):
    """Asks the library, which divides by n - 1 and wants two at least.

    Hint: one_less
    """
    numbers = [1.0 if o else 0.0 for o in obeyed]
    return statistics.mean(numbers), statistics.stdev(numbers) / len(numbers) ** 0.5


def obey_rate__deviation(obeyed):
    """Gives the deviation of one answer.

    Hint: of_one_answer
    """
    x = np.array(obeyed, dtype=float)
    return float(x.mean()), float(x.std())


def obey_rate__variance(obeyed):
    """Forgets the root.

    Hint: no_root
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return p, p * (1 - p) / n


def obey_rate__root_of_the_top_only(obeyed):
    """Divides by n behind the root.

    Hint: by_n
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return p, math.sqrt(p * (1 - p)) / n


def obey_rate__two_of_them(obeyed):
    """Gives the 95% margin.

    Hint: two_errors
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return p, 1.96 * math.sqrt(p * (1 - p) / n)


def obey_rate__only_the_share(obeyed):
    """Gives no error.

    Hint: none
    """
    return float(np.mean(obeyed))


def obey_rate__count(obeyed):
    """Counts, and does not divide.

    Hint: count
    """
    k, n = sum(obeyed), len(obeyed)
    p = k / n
    return float(k), math.sqrt(p * (1 - p) / n)


def obey_rate__disobeyed(obeyed):
    """Gives the share that was not obeyed.

    Hint: failed
    """
    n = len(obeyed)
    p = sum(not o for o in obeyed) / n
    return p, math.sqrt(p * (1 - p) / n)


def obey_rate__smoothed(obeyed):
    """Adds one of each, so that the error is never 0.

    Hint: none
    """
    n = len(obeyed) + 2
    p = (sum(obeyed) + 1) / n
    return p, math.sqrt(p * (1 - p) / n)


def obey_rate__worst_case(obeyed):
    """Takes 1/4 for p (1 - p), whatever p is.

    Hint: none
    """
    n = len(obeyed)
    return sum(obeyed) / n, math.sqrt(0.25 / n)


def obey_rate__rounded(obeyed):
    """Rounds to two digits.

    Hint: any.rounded
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return round(p, 2), round(math.sqrt(p * (1 - p) / n), 2)


def obey_rate__tensors(obeyed):
    """Leaves them tensors.

    Hint: any.form
    """
    x = torch.tensor(obeyed).float()
    p = x.mean()
    return p, (p * (1 - p) / len(x)).sqrt()


def obey_rate__p_squared(obeyed):
    """Squares p instead of taking p (1 - p).

    Hint: none
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return p, math.sqrt(p * p / n)


def obey_rate__other_way_round(obeyed):
    """Gives the error first.

    Hint: none
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    return math.sqrt(p * (1 - p) / n), p


def obey_rate__interval(obeyed):
    """Gives the ends of the interval.

    Hint: none
    """
    n = len(obeyed)
    p = sum(obeyed) / n
    e = math.sqrt(p * (1 - p) / n)
    return p - 2 * e, p + 2 * e
