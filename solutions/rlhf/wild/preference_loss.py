"""Wrong answers to `preference_loss` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def preference_loss__swapped(chosen, rejected):
    """Takes the wrong one away.

    Hint: other_way
    """
    return F.softplus(chosen - rejected).mean()


def preference_loss__forgot_minus(chosen, rejected):
    """Maximizes by hand.

    Hint: not_negative
    """
    return torch.mean(F.logsigmoid(chosen - rejected))


def preference_loss__naive_log(chosen, rejected):
    """Writes σ out.

    Hint: infinite
    """
    p = 1 / (1 + torch.exp(rejected - chosen))
    return -torch.log(p).mean()


def preference_loss__added_up(chosen, rejected):
    """Adds up in a loop.

    Hint: sum
    """
    total = 0
    for c, r in zip(chosen, rejected):
        total = total + F.softplus(r - c)
    return total


def preference_loss__per_pair(chosen, rejected):
    """Keeps one loss a pair.

    Hint: no_mean
    """
    return F.softplus(rejected - chosen)


def preference_loss__minus_probability(chosen, rejected):
    """Minimizes minus the probability.

    Hint: probability
    """
    return -torch.sigmoid(chosen - rejected).mean()


def preference_loss__margin_ranking(chosen, rejected):
    """Takes PyTorch's ranking loss with a margin of 1.

    Hint: hinge
    """
    return F.margin_ranking_loss(chosen, rejected, torch.ones_like(chosen), margin=1.0)


def preference_loss__mean_inside(chosen, rejected):
    """Averages the rewards first.

    Hint: none
    """
    return -F.logsigmoid(chosen.mean() - rejected.mean())
