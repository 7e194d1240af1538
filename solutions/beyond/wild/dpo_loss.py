"""Wrong answers to `dpo_loss` in other words, with the hint due."""

import torch
from torch.nn import functional


def dpo_loss__plus(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Forgets the minus.

    Hint: no_minus
    """
    ratios = (chosen - rejected) - (reference_chosen - reference_rejected).detach()
    return functional.logsigmoid(beta * ratios).mean()


def dpo_loss__added(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Adds over the pairs.

    Hint: sum
    """
    ratios = (chosen - rejected) - (reference_chosen - reference_rejected).detach()
    return torch.nn.functional.softplus(-beta * ratios).sum()


def dpo_loss__each_pair(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Returns a loss for each pair.

    Hint: none
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return -functional.logsigmoid(better - worse)


def dpo_loss__log_of_sigmoid(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Takes the logarithm of the sigmoid in two steps, as the formula has it.

    Hint: underflow
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return -torch.log(torch.sigmoid(better - worse)).mean()


def dpo_loss__with_epsilon(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Guards the logarithm by a small number, and so it is wrong far out.

    Hint: underflow
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return -torch.log(torch.sigmoid(better - worse) + 1e-8).mean()


def dpo_loss__log1p(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Writes log(1 + e^-x) out.

    Hint: underflow
    """
    apart = beta * (chosen - rejected - reference_chosen.detach() + reference_rejected.detach())
    return torch.log1p(torch.exp(-apart)).mean()


def dpo_loss__no_reference(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Compares what the policy says only.

    Hint: no_reference
    """
    return -functional.logsigmoid(beta * (chosen - rejected)).mean()


def dpo_loss__the_worse_first(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Wants the rejected one.

    Hint: wrong_way
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return functional.softplus(better - worse).mean()


def dpo_loss__mean_inside(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Averages the rewards first, and has a single comparison.

    Hint: mean_first
    """
    better = (beta * (chosen - reference_chosen.detach())).mean()
    worse = (beta * (rejected - reference_rejected.detach())).mean()
    return -functional.logsigmoid(better - worse)


def dpo_loss__reference_learns(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Detaches nothing.

    Hint: none
    """
    policy_says = chosen - rejected
    reference_says = reference_chosen - reference_rejected
    return -functional.logsigmoid(beta * (policy_says - reference_says)).mean()


def dpo_loss__beta_outside(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Weighs the loss by beta, not the rewards.

    Hint: none
    """
    apart = chosen - reference_chosen.detach() - rejected + reference_rejected.detach()
    return -beta * functional.logsigmoid(apart).mean()


def dpo_loss__no_beta(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Has no beta at all.

    Hint: no_beta
    """
    apart = chosen - reference_chosen.detach() - rejected + reference_rejected.detach()
    return functional.softplus(-apart).mean()


def dpo_loss__rejected_is_fixed(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Detaches the rejected answer too.

    Hint: none
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected.detach() - reference_rejected.detach())
    return -functional.logsigmoid(better - worse).mean()


def dpo_loss__one_sided(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Rewards the chosen one alone.

    Hint: none
    """
    return -functional.logsigmoid(beta * (chosen - reference_chosen.detach())).mean()


def dpo_loss__two_sides_apart(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Has a loss for the chosen and one for the rejected answer, as KTO nearly does.

    Hint: none
    """
    better = functional.logsigmoid(beta * (chosen - reference_chosen.detach()))
    worse = functional.logsigmoid(-beta * (rejected - reference_rejected.detach()))
    return -(better + worse).mean()


def dpo_loss__sigmoid_only(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Forgets the logarithm.

    Hint: no_logarithm
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return -torch.sigmoid(better - worse).mean()


def dpo_loss__hinge(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Has a margin in place of the logistic loss.

    Hint: none
    """
    better = beta * (chosen - reference_chosen.detach())
    worse = beta * (rejected - reference_rejected.detach())
    return torch.clamp(1 - (better - worse), min=0).mean()


def dpo_loss__clamped(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Keeps the difference within 20, so that nothing becomes infinite.

    Hint: none
    """
    apart = beta * (chosen - reference_chosen.detach() - rejected + reference_rejected.detach())
    return -torch.log(torch.sigmoid(apart.clamp(-20, 20))).mean()


def dpo_loss__ratios_crossed(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Gets a sign of the reference wrong when opening the brackets.

    Hint: none
    """
    apart = chosen - rejected - reference_chosen.detach() - reference_rejected.detach()
    return -functional.logsigmoid(beta * apart).mean()


def dpo_loss__stable_by_hand(chosen, rejected, reference_chosen, reference_rejected, beta):
    """Writes a stable softplus by hand, which has a corner where the rewards are the same.

    Hint: corner
    """
    gap = chosen - reference_chosen.detach() - (rejected - reference_rejected.detach())
    gap = beta * gap
    rest = torch.log1p(torch.exp(-gap.abs()))
    return torch.where(gap >= 0, rest, rest - gap).mean()
