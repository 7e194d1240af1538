"""Wrong answers to `temperature` in other words, with the hint due."""

import torch.nn.functional as F


def temperature__multiplied(logits, T):
    """Multiplies by T.

    Hint: upside_down
    """
    if T <= 0:
        raise ValueError
    return logits * T


def temperature__probabilities(logits, T):
    """Returns the probabilities at T.

    Hint: probabilities
    """
    if not T > 0:
        raise ValueError
    return F.softmax(logits / T, dim=-1)


def temperature__only_zero_refused(logits, T):
    """Refuses zero and takes negative ones.

    Hint: none
    """
    if T == 0:
        raise ValueError
    return logits / T


def temperature__never_refused(logits, T):
    """Refuses nothing.

    Hint: any
    """
    return logits.div(T)


def temperature__softmax_first(logits, T):
    """Divides the probabilities.

    Hint: of_the_probabilities
    """
    if T <= 0:
        raise ValueError
    return logits.softmax(dim=1) / T


def temperature__in_place(logits, T):
    """Divides the logits that were handed in.

    Hint: in_place
    """
    if T <= 0:
        raise ValueError
    logits /= T
    return logits


def temperature__whole_numbers(logits, T):
    """Divides without a rest.

    Hint: none
    """
    if T <= 0:
        raise ValueError
    return logits // T


def temperature__below_one_refused(logits, T):
    """Refuses what is below one.

    Hint: none
    """
    if T < 1:
        raise ValueError
    return logits / T


def temperature__not_below_a_tenth(logits, T):
    """Takes a low temperature for a tenth.

    Hint: none
    """
    if T <= 0:
        raise ValueError("T")
    return logits / max(T, 0.1)


def temperature__nearly_zero_refused(logits, T):
    """Refuses temperatures near zero too.

    Hint: none
    """
    if T < 1e-3:
        raise ValueError("T")
    return logits / T
