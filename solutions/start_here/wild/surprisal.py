"""Wrong answers to `surprisal` in other words, with the hint due."""

import math

import numpy as np
import torch


def surprisal__bits(probabilities, index):
    """Takes the logarithm to base 2, so that the unit is the bit.

    Hint: bits
    """
    rows = torch.arange(probabilities.shape[0])
    return -torch.log2(probabilities[rows, index])


def surprisal__base_ten(probabilities, index):
    """Takes the logarithm to base 10.

    Hint: none
    """
    picked = np.array([float(p[i]) for p, i in zip(probabilities, index)], dtype=np.float32)
    return torch.from_numpy(-np.log10(picked))


def surprisal__no_minus(probabilities, index):
    """Forgets the minus sign.

    Hint: without_minus
    """
    chosen = probabilities.gather(1, index.unsqueeze(1)).squeeze(1)
    return torch.log(chosen)


def surprisal__averaged(probabilities, index):
    """Averages over the rows.

    Hint: averaged
    """
    p = probabilities[range(len(index)), index]
    return (-p.log()).mean()


def surprisal__summed(probabilities, index):
    """Adds the rows up to one number.

    Hint: averaged
    """
    total = 0
    for row, i in zip(probabilities, index):
        total += -torch.log(row[i])
    return total


def surprisal__one_minus_p(probabilities, index):
    """Takes one minus the probability instead of a logarithm.

    Hint: none
    """
    return 1 - probabilities[torch.arange(len(index)), index]


def surprisal__one_over_p(probabilities, index):
    """Takes one over the probability and forgets the logarithm.

    Hint: none
    """
    return 1 / probabilities[torch.arange(len(index)), index]


def surprisal__index_picks_rows(probabilities, index):
    """Uses the index to pick rows.

    Hint: picks_rows
    """
    return -torch.log(probabilities[index])


def surprisal__index_for_every_row(probabilities, index):
    """Picks all indices in all rows and gets a square.

    Hint: picks_whole_columns
    """
    return -probabilities[:, index].log()


def surprisal__gathered_as_a_column(probabilities, index):
    """Leaves the axis that gather needs, so that a column comes back.

    Hint: none
    """
    return -torch.log(torch.gather(probabilities, 1, index[:, None]))


def surprisal__entropy_of_the_row(probabilities, index):
    """Computes the entropy of each row and does not use the index.

    Hint: entropy
    """
    return -(probabilities * torch.log(probabilities)).sum(dim=1)


def surprisal__weighted_by_p(probabilities, index):
    """Multiplies the logarithm by the probability, as in the formula of entropy.

    Hint: none
    """
    p = probabilities[torch.arange(len(index)), index]
    return -p * torch.log(p)


def surprisal__cross_entropy_of_probabilities(probabilities, index):
    """Gives probabilities to cross_entropy, which takes softmax of them once more.

    Hint: takes_them_for_logits
    """
    import torch.nn.functional as F

    return F.cross_entropy(probabilities, index, reduction="none")


def surprisal__nll_with_its_mean(probabilities, index):
    """Uses nll_loss, which averages unless told not to.

    Hint: averaged
    """
    return torch.nn.functional.nll_loss(torch.log(probabilities), index)


def surprisal__nll_without_log(probabilities, index):
    """Gives probabilities to nll_loss, which takes no logarithm itself.

    Hint: none
    """
    return torch.nn.functional.nll_loss(probabilities, index, reduction="none")


def surprisal__clamped(probabilities, index):
    """Keeps the probability above a tiny number, so that nothing is infinite.

    Hint: never_infinite
    """
    p = probabilities[torch.arange(len(index)), index]
    return -torch.log(torch.clamp(p, min=1e-12))


def surprisal__small_number_added(probabilities, index):
    """Adds a small number before the logarithm, so that nothing is infinite.

    Hint: never_infinite
    """
    p = probabilities[torch.arange(len(index)), index]
    return -torch.log(p + 1e-8)


def surprisal__infinity_swept_away(probabilities, index):
    """Replaces what is infinite by 0.

    Hint: none
    """
    s = -torch.log(probabilities[torch.arange(len(index)), index])
    s[torch.isinf(s)] = 0
    return s


def surprisal__of_the_best(probabilities, index):
    """Takes the surprisal of the likeliest choice instead of the one that happened.

    Hint: of_the_most_likely
    """
    best = probabilities.max(dim=1).values
    return -best.log()


def surprisal__math_log(probabilities, index):
    """Uses math.log, which raises an error at 0.

    Hint: none
    """
    return torch.tensor([-math.log(row[i]) for row, i in zip(probabilities, index)])


def surprisal__list(probabilities, index):
    """Returns a list of numbers instead of a tensor.

    Hint: none
    """
    out = []
    for r in range(len(index)):
        out.append(-torch.log(probabilities[r, index[r]]).item())
    return out


def surprisal__last_row_only(probabilities, index):
    """Writes over the result in each turn of the loop, so that one row is left.

    Hint: none
    """
    for row in range(len(index)):
        result = -torch.log(probabilities[row][index[row]])
    return result


def surprisal__flat_index(probabilities, index):
    """Uses take, which counts through the whole tensor as if it were flat.

    Hint: none
    """
    return -torch.take(probabilities, index).log()


def surprisal__gathered_down(probabilities, index):
    """Gathers along the rows instead of the choices.

    Hint: none
    """
    return -probabilities.gather(0, index[None, :])[0].log()


def surprisal__counted_from_one(probabilities, index):
    """Counts the choices from 1.

    Hint: none
    """
    return -torch.log(probabilities[torch.arange(len(index)), index - 1])


def surprisal__all_choices(probabilities, index):
    """Returns the surprisal of every choice and does not use the index.

    Hint: none
    """
    return -torch.log(probabilities)


def surprisal__printed(probabilities, index):
    """Prints the result and returns nothing.

    Hint: none
    """
    print(-torch.log(probabilities[torch.arange(len(index)), index]))


def surprisal__softmax_first(probabilities, index):
    """Takes the probabilities for logits and makes a softmax of them.

    Hint: takes_them_for_logits
    """
    p = torch.softmax(probabilities, dim=-1)
    return -torch.log(p[torch.arange(len(p)), index])


def surprisal__rounded(probabilities, index):
    """Rounds to four digits, as the example prints them.

    Hint: none
    """
    s = -torch.log(probabilities[torch.arange(len(index)), index])
    return (s * 10000).round() / 10000
