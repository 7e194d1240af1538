"""Wrong answers to `perplexity` in other words, with the hint due."""

import math

import torch


def perplexity__mean_of_means(losses, counts):
    """Counts every batch the same.

    Hint: batches_count_the_same
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    return math.exp(sum(losses) / len(losses))


def perplexity__mean_of_perplexities(losses, counts):
    """Takes the mean of the batches' perplexities.

    Hint: mean_of_perplexities
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    total = 0.0
    for loss, count in zip(losses, counts):
        total += count * math.exp(loss)
    return total / sum(counts)


def perplexity__base_two(losses, counts):
    """Takes two to the power of nats.

    Hint: two_to_the_power
    """
    if len(losses) != len(counts):
        raise ValueError("lengths")
    mean = sum(a * b for a, b in zip(losses, counts)) / sum(counts)
    return pow(2, mean)


def perplexity__no_power(losses, counts):
    """Returns the mean surprisal itself.

    Hint: no_exponential
    """
    if len(losses) != len(counts):
        raise ValueError
    return sum(loss * n for loss, n in zip(losses, counts)) / sum(counts)


def perplexity__zipped(losses, counts):
    """Cuts the longer list off instead of refusing.

    Hint: zip_stops_early
    """
    pairs = list(zip(losses, counts))
    return math.exp(sum(loss * n for loss, n in pairs) / sum(n for _, n in pairs))


def perplexity__rounded(losses, counts):
    """Rounds to four digits, as the example does.

    Hint: none
    """
    if len(losses) != len(counts):
        raise ValueError
    mean = sum(loss * n for loss, n in zip(losses, counts)) / sum(counts)
    return round(math.exp(mean), 4)


def perplexity__tensor(losses, counts):
    """Returns a tensor.

    Hint: none
    """
    if len(losses) != len(counts):
        raise ValueError
    losses, counts = torch.tensor(losses), torch.tensor(counts)
    return ((losses * counts).sum() / counts.sum()).exp()


def perplexity__too_many_counts(losses, counts):
    """Refuses a missing count, and not a missing loss.

    Hint: none
    """
    if len(losses) > len(counts):
        raise ValueError("counts")
    return math.exp(sum(loss * n for loss, n in zip(losses, counts)) / sum(counts))
