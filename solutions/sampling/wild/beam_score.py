"""Wrong answers to `beam_score` in other words, with the hint due."""

import torch


def beam_score__multiplied(log_probabilities, length, penalty):
    """Multiplies by the length to the penalty.

    Hint: multiplies
    """
    return log_probabilities * pow(length, penalty)


def beam_score__length_times_penalty(log_probabilities, length, penalty):
    """Divides by length times penalty.

    Hint: without_power
    """
    return log_probabilities / (length * penalty)


def beam_score__mean(log_probabilities, length, penalty):
    """Ignores the penalty.

    Hint: always_the_mean
    """
    return torch.div(log_probabilities, length)


def beam_score__powers_swapped(log_probabilities, length, penalty):
    """Takes the penalty to the power of the length.

    Hint: penalty_to_the_length
    """
    return log_probabilities / penalty**length


def beam_score__whole_numbers(log_probabilities, length, penalty):
    """Takes a whole number of the penalty.

    Hint: none
    """
    return log_probabilities / length ** int(penalty)


def beam_score__of_google(log_probabilities, length, penalty):
    """Uses the longer form of the paper.

    Hint: google
    """
    return log_probabilities / ((5 + length) / 6) ** penalty


def beam_score__no_length(log_probabilities, length, penalty):
    """Returns what came.

    Hint: none
    """
    return log_probabilities


def beam_score__subtracted(log_probabilities, length, penalty):
    """Subtracts the penalty for each token.

    Hint: none
    """
    return log_probabilities - penalty * length
