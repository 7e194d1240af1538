"""Wrong answers to `implicit_reward` in other words, with the hint due."""

import torch


def implicit_reward__other_way(policy, reference, beta):
    """Takes the policy from the reference.

    Hint: swapped
    """
    return (reference.detach() - policy) * beta


def implicit_reward__no_detach(policy, reference, beta):
    """Lets the reference learn.

    Hint: reference_learns
    """
    return beta * policy - beta * reference


def implicit_reward__nothing_learns(policy, reference, beta):
    """Stands under no_grad as a whole.

    Hint: nothing_learns
    """
    with torch.no_grad():
        return beta * (policy - reference)


def implicit_reward__ratio(policy, reference, beta):
    """Divides one log-probability by the other.

    Hint: ratio
    """
    return beta * policy / reference.detach()


def implicit_reward__likelihood_ratio(policy, reference, beta):
    """Returns how many times likelier, and no logarithm of it.

    Hint: probability_ratio
    """
    return beta * torch.exp(policy - reference.detach())


def implicit_reward__divided_by_beta(policy, reference, beta):
    """Divides by beta, as by a temperature.

    Hint: divided
    """
    return (policy - reference.detach()) / beta


def implicit_reward__log_again(policy, reference, beta):
    """Takes the logarithm of what is one already.

    Hint: none
    """
    return beta * (torch.log(policy) - torch.log(reference.detach()))


def implicit_reward__beta_at_the_policy(policy, reference, beta):
    """Forgets the brackets.

    Hint: none
    """
    return beta * policy - reference.detach()


def implicit_reward__no_beta(policy, reference, beta):
    """Leaves beta out.

    Hint: no_beta
    """
    return policy - reference.detach()


def implicit_reward__averaged(policy, reference, beta):
    """Averages over the answers.

    Hint: none
    """
    return (beta * (policy - reference.detach())).mean()


def implicit_reward__wrong_one_detached(policy, reference, beta):
    """Detaches the policy in place of the reference.

    Hint: none
    """
    return beta * (policy.detach() - reference)


def implicit_reward__distance(policy, reference, beta):
    """Takes the distance, which has no sign.

    Hint: none
    """
    return beta * torch.abs(policy - reference.detach())


def implicit_reward__only_gains(policy, reference, beta):
    """Believes that a reward cannot be negative.

    Hint: none
    """
    return beta * torch.clamp(policy - reference.detach(), min=0.0)


def implicit_reward__by_probabilities(policy, reference, beta):
    """Divides probabilities, which are too small for a long answer.

    Hint: none
    """
    return beta * (policy.exp() / reference.detach().exp()).log()
