"""Section 11.8: reference answers."""

from torch import Tensor

from solutions.rlhf.reference.advantages import group_advantages
from solutions.rlhf.reference.distance import kl_estimates
from solutions.rlhf.reference.policies import ppo_loss


def grpo_loss(
    new: Tensor,
    old: Tensor,
    reference: Tensor,
    scores: Tensor,
    mask: Tensor,
    weight: float,
) -> Tensor:
    """Return GRPO's loss: PPO's with the advantages of groups, and the distance.

    Each token of a story has the story's advantage in its group, as `group_advantages`
    says it. To `ppo_loss` with its usual clip comes `weight` times the mean k3 of
    `kl_estimates`, between `new` and `reference`, over all tokens where `mask` is True.
    What stands elsewhere does not count, be it minus infinity.

    Source: Shao and others (2024), equation 3, with one mean over all tokens.

    Shapes:
        new:       (story, token), log-probabilities now, with gradients
        old:       (story, token), log-probabilities when the tokens were drawn
        reference: (story, token), log-probabilities of the reference
        scores:    (group, member); row by row in the order of the stories
        mask:      (story, token), booleans; at least one is True
        returns:   ()
    """
    advantages = group_advantages(scores).flatten()[:, None].expand_as(new)
    distance = kl_estimates(new, reference)[2][mask].mean()
    return ppo_loss(new, old, advantages, mask) + weight * distance
