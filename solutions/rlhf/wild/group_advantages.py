"""Wrong answers to `group_advantages` in other words, with the hint due."""

import torch


def group_advantages__global(scores):
    """Normalizes over all.

    Hint: over_the_batch
    """
    return (scores - scores.mean()) / (scores.std(unbiased=False) + 1e-4)


def group_advantages__columns(scores):
    """Takes the other axis.

    Hint: across_groups
    """
    return (scores - scores.mean(0)) / (scores.std(0, unbiased=False) + 1e-4)


def group_advantages__baseline_only(scores):
    """As in Dr. GRPO, without the division.

    Hint: not_divided
    """
    return scores - scores.mean(-1, keepdim=True)


def group_advantages__torch_std(scores):
    """Leaves PyTorch's correction.

    Hint: one_less
    """
    d = scores - scores.mean(1, keepdim=True)
    if scores.shape[1] == 1:
        return d
    return d / (scores.std(1, keepdim=True) + 1e-4)


def group_advantages__nan(scores):
    """Divides 0 by 0.

    Hint: nothing_added
    """
    return (scores - scores.mean(1, keepdim=True)) / scores.std(1, keepdim=True, unbiased=False)


def group_advantages__leave_one_out(scores):
    """RLOO's baseline.

    Hint: without_itself
    """
    k = scores.shape[1]
    if k == 1:
        return torch.zeros_like(scores)
    others = (scores.sum(1, keepdim=True) - scores) / (k - 1)
    return (scores - others) / (scores.std(1, keepdim=True, unbiased=False) + 1e-4)


def group_advantages__softmax(scores):
    """Makes shares of the scores.

    Hint: none
    """
    return scores.softmax(dim=1) - 1 / scores.shape[1]


def group_advantages__mean_of_squares(scores):
    """Takes the variance from the mean of squares, which loses its digits far from 0.

    Hint: none
    """
    m = scores.mean(1, keepdim=True)
    var = ((scores**2).mean(1, keepdim=True) - m**2).clamp(min=0)
    return (scores - m) / (var.sqrt() + 1e-4)


def group_advantages__within_five(scores):
    """Lets nothing go beyond 5.

    Hint: none
    """
    deviation, mean = torch.std_mean(scores, dim=1, correction=0, keepdim=True)
    return ((scores - mean) / (deviation + 1e-4)).clamp(-5, 5)
