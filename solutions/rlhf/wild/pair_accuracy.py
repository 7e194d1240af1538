"""Wrong answers to `pair_accuracy` in other words, with the hint due."""

import torch


def pair_accuracy__greater_equal(chosen, rejected):
    """Counts ties as right.

    Hint: ties_count_whole
    """
    return sum(c >= r for c, r in zip(chosen.tolist(), rejected.tolist())) / len(chosen)


def pair_accuracy__strict(chosen, rejected):
    """Counts ties as wrong.

    Hint: ties_count_nothing
    """
    return sum(c > r for c, r in zip(chosen.tolist(), rejected.tolist())) / len(chosen)


def pair_accuracy__errors(chosen, rejected):
    """Counts what is wrong.

    Hint: other_way
    """
    d = chosen - rejected
    return float(((d < 0) + 0.5 * (d == 0)).mean())


def pair_accuracy__tensor(chosen, rejected):
    """Leaves it a tensor.

    Hint: a_tensor
    """
    d = chosen - rejected
    return ((d > 0) + 0.5 * (d == 0)).mean()


def pair_accuracy__counted(chosen, rejected):
    """Counts.

    Hint: number_of_pairs
    """
    return float((chosen > rejected).sum()) + 0.5 * float((chosen == rejected).sum())


def pair_accuracy__confidence(chosen, rejected):
    """Averages the probabilities.

    Hint: probability
    """
    return (1 / (1 + (rejected - chosen).exp())).mean().item()


def pair_accuracy__close(chosen, rejected):
    """Takes rewards that lie near each other for the same.

    Hint: none
    """
    same = torch.isclose(chosen, rejected)
    return ((chosen > rejected) & ~same).double().mean().item() + 0.5 * same.double().mean().item()


def pair_accuracy__half(chosen, rejected):
    """Compares in half the digits.

    Hint: none
    """
    return float((torch.sign(chosen.half() - rejected.half()) + 1).float().mean() / 2)
