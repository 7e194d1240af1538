"""Wrong answers to `grpo_loss` in other words, with the hint due."""

import torch

from solutions.rlhf.reference import (
    group_advantages,
    kl_estimates,
    ppo_loss,
)


def grpo_loss__raw_scores(new, old, reference, scores, mask, weight):
    """Forgets the groups.

    Hint: scores_themselves
    """
    a = scores.reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask) + weight * kl_estimates(new, reference)[2][mask].mean()


def grpo_loss__first_estimator(new, old, reference, scores, mask, weight):
    """k1 in the loss.

    Hint: k1
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask) + weight * (new - reference)[mask].mean()


def grpo_loss__minus_kl(new, old, reference, scores, mask, weight):
    """Subtracts, as the objective in the paper does.

    Hint: distance_paid
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) - weight * (d.exp() - d - 1)[mask].mean()


def grpo_loss__without_reference(new, old, reference, scores, mask, weight):
    """Leaves the reference out.

    Hint: no_distance
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask)


def grpo_loss__old_for_reference(new, old, reference, scores, mask, weight):
    """Compares with the old policy.

    Hint: from_the_old
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = old.detach() - new
    return ppo_loss(new, old, a, mask) + weight * (d.exp() - d - 1)[mask].mean()


def grpo_loss__plain_kl(new, old, reference, scores, mask, weight):
    """No weight.

    Hint: no_weight
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) + (d.exp() - d - 1)[mask].mean()


def grpo_loss__kl_of_all_places(new, old, reference, scores, mask, weight):
    """The mask only in PPO.

    Hint: distance_everywhere
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) + weight * (d.exp() - d - 1).mean()


def grpo_loss__mask_as_a_factor(new, old, reference, scores, mask, weight):
    """Multiplies by the mask: NaN outside stays NaN.

    Hint: times_the_mask
    """
    a = group_advantages(scores).view(-1, 1)
    r = (new - old.detach()).exp()
    d = reference.detach() - new
    per = -(a * r).minimum(a * r.clamp(0.8, 1.2)) + weight * (d.exp() - 1 - d)
    return (per * mask).sum() / mask.sum()


def _parts(new, old, reference, scores):
    better = group_advantages(scores).reshape(-1, 1).expand_as(new).detach()
    return better, new - old.detach(), reference.detach() - new


def grpo_loss__ratio_limited(new, old, reference, scores, mask, weight):
    """Lets no ratio go beyond e^3.

    Hint: none
    """
    better, log_ratio, far = _parts(new, old, reference, scores)
    ratio = log_ratio.clamp(-3, 3).exp()
    gain = torch.minimum(better * ratio, better * ratio.clamp(0.8, 1.2))
    return (weight * (far.exp() - far - 1) - gain)[mask].mean()


def grpo_loss__distance_limited(new, old, reference, scores, mask, weight):
    """Lets no distance from the reference go beyond 10, as libraries do.

    Hint: none
    """
    better, log_ratio, far = _parts(new, old, reference, scores)
    ratio, far = log_ratio.exp(), far.clamp(-10, 10)
    gain = torch.minimum(better * ratio, better * ratio.clamp(0.8, 1.2))
    return (weight * (far.exp() - far - 1) - gain)[mask].mean()
