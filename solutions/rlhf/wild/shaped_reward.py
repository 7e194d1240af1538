"""Wrong answers to `shaped_reward` in other words, with the hint due."""

import torch


def shaped_reward__bonus(scores, policy, reference, mask, weight):
    """Adds the distance.

    Hint: paid_for_distance
    """
    r = weight * (policy - reference) * 1.0
    r[~mask] = 0
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] += scores[i]
    return r


def shaped_reward__at_the_end(scores, policy, reference, mask, weight):
    """Puts the score into the last column.

    Hint: last_column
    """
    r = torch.where(mask, -weight * (policy - reference), 0.0)
    r[:, -1] += scores
    return r * 1.0


def shaped_reward__all_tokens(scores, policy, reference, mask, weight):
    """Gives each token the score.

    Hint: score_everywhere
    """
    return torch.where(mask, scores.unsqueeze(1) - weight * (policy - reference), 0.0)


def shaped_reward__full_price(scores, policy, reference, mask, weight):
    """Forgets the weight.

    Hint: no_weight
    """
    r = torch.where(mask, reference - policy, 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] += scores[i]
    return r


def shaped_reward__at_the_start(scores, policy, reference, mask, weight):
    """Gives the score to the first one written.

    Hint: first_token
    """
    r = torch.where(mask, weight * (reference - policy), 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().min()] += scores[i]
    return r


def shaped_reward__by_length(scores, policy, reference, mask, weight):
    """Takes the number of tokens for the place.

    Hint: count_is_place
    """
    r = weight * (reference - policy)
    last = mask.sum(1) - 1
    r[torch.arange(len(r)), last] += scores
    return r.masked_fill(~mask, 0.0)


def shaped_reward__set_not_added(scores, policy, reference, mask, weight):
    """Overwrites the cost of the last token.

    Hint: last_is_free
    """
    r = torch.where(mask, weight * (reference - policy), 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] = scores[i]
    return r


def _limited(scores, policy, reference, mask, weight, most_score, most_far):
    far = (policy - reference).clamp(-most_far, most_far)
    rewards = torch.where(mask, -weight * far, 0.0)
    for row, there in enumerate(mask):
        rewards[row, there.nonzero()[-1]] += scores[row].clamp(-most_score, most_score)
    return rewards


def shaped_reward__scores_limited(scores, policy, reference, mask, weight):
    """Lets no score go beyond 10, as libraries do.

    Hint: none
    """
    return _limited(scores, policy, reference, mask, weight, 10, torch.inf)


def shaped_reward__distance_limited(scores, policy, reference, mask, weight):
    """Lets no distance go beyond 10.

    Hint: none
    """
    return _limited(scores, policy, reference, mask, weight, torch.inf, 10)
