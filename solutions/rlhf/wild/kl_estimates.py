"""Wrong answers to `kl_estimates` in other words, with the hint due."""

import torch


def kl_estimates__upside_down(policy, reference):
    """Has the sides swapped everywhere.

    Hint: all_swapped
    """
    r = policy - reference
    return -r, r.pow(2) / 2, r.exp() - 1 - r


def kl_estimates__square(policy, reference):
    """Forgets the half.

    Hint: not_half
    """
    r = reference - policy
    return -r, r.pow(2), torch.exp(r) - 1 - r


def kl_estimates__ratio_in_k3(policy, reference):
    """Has the ratio of the policy to the reference in k3 only.

    Hint: wrong_sign
    """
    logr = policy - reference
    return logr, 0.5 * logr**2, logr.exp() - 1 - logr


def kl_estimates__expm1(policy, reference):
    """Leaves the control variate out.

    Hint: ratio_only
    """
    r = reference - policy
    return -r, r * r / 2, torch.expm1(r)


def kl_estimates__averaged(policy, reference):
    """Returns three numbers.

    Hint: means
    """
    r = reference - policy
    return (-r).mean(), (r**2).mean() / 2, (r.exp() - 1 - r).mean()


def kl_estimates__abs(policy, reference):
    """Makes k1 positive.

    Hint: absolute
    """
    r = reference - policy
    return torch.abs(r), r**2 / 2, r.exp() - r - 1


def kl_estimates__plus(policy, reference):
    """Adds d in k3.

    Hint: in_place_of_d
    """
    r = reference - policy
    return -r, r**2 / 2, r.exp() + r - 1


@torch.no_grad()
def kl_estimates__without_gradients(policy, reference):
    """Lets no gradient through.

    Hint: no_learning
    """
    d = reference - policy
    return -d, d**2 / 2, d.exp() - 1 - d


def kl_estimates__cut(policy, reference):
    """Puts a limit to the distance, lest it overflow.

    Hint: none
    """
    d = (reference - policy).clamp(-5, 5)
    return -d, d**2 / 2, d.exp() - 1 - d


def kl_estimates__third_cut(policy, reference):
    """Puts a limit to the third alone.

    Hint: none
    """
    d = reference - policy
    return -d, d * d / 2, torch.expm1(d.clamp(-10, 10)) - d


def kl_estimates__half_of_the_square(policy, reference):
    """Detaches one of the two factors of a square.

    Hint: none
    """
    d = reference - policy
    return -d, d * d.detach() / 2, d.exp() - 1 - d


def kl_estimates__exponential_detached(policy, reference):
    """Detaches the exponential.

    Hint: none
    """
    d = reference - policy
    return -d, d.square() / 2, torch.exp(d.detach()) - 1 - d
