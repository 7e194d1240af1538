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


def preference_loss__stable_by_hand(chosen, rejected):
    """Writes a stable softplus by hand: its slope is 0 where both rewards are the same.

    Hint: corner
    """
    d = chosen - rejected
    rest = torch.log1p(torch.exp(-torch.abs(d)))
    return torch.where(d >= 0, rest, rest - d).mean()


def preference_loss__stable_with_clamp(chosen, rejected):
    """The same with a clamp: its slope is twice as steep there.

    Hint: corner
    """
    d = rejected - chosen
    return (d.clamp(min=0) + torch.log1p(torch.exp(-d.abs()))).mean()


def preference_loss__both_branches(chosen, rejected):
    """Computes both branches of a `where`: infinity times 0 is NaN in the gradient.

    Hint: none
    """
    d = chosen - rejected
    low, high = torch.log1p(torch.exp(-d)), torch.log1p(torch.exp(d)) - d
    return torch.where(d >= 0, low, high).mean()
