"""Wrong answers to `best_of_n_kl` in other words, with the hint due."""

import math

import torch


def best_of_n_kl__log_n(n):
    """Only log n.

    Hint: only_the_logarithm
    """
    return float(torch.tensor(float(n), dtype=torch.float64).log())


def best_of_n_kl__in_bits(n):
    """In bits.

    Hint: bits
    """
    return math.log(n, 2) - 1 + 1 / n


def best_of_n_kl__minus_one_over_n(n):
    """Takes 1/n away.

    Hint: one_over_n
    """
    return math.log(n) - 1 / n


def best_of_n_kl__plus(n):
    """Adds what is to be taken away.

    Hint: added
    """
    return math.log(n) + 1 - 1 / n


def best_of_n_kl__turned(n):
    """Has the sign turned round.

    Hint: negative
    """
    return 1 - 1 / n - math.log(n)


def best_of_n_kl__base_ten(n):
    """Takes the other logarithm.

    Hint: decimal
    """
    return math.log(n, 10) - (n - 1) / n
