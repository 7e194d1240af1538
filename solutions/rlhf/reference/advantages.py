"""Section 11.5: reference answers."""

from torch import Tensor


def whiten(values: Tensor, mask: Tensor) -> Tensor:
    """Shift and stretch values so that their mean is 0 and their variance 1.

    Mean and variance are those of all values of the batch together where `mask` is
    True; the variance is the mean of the squared distances from the mean. Each value
    less the mean is divided by √(variance + 1e-8): the root of both together. Where
    `mask` is False stands 0, whatever stood there.

    Shapes:
        values:  (batch, token)
        mask:    (batch, token), booleans; at least one is True
        returns: (batch, token)

    >>> whiten(torch.tensor([[1.0, 3.0, 9.0]]), torch.tensor([[True, True, False]]))
    tensor([[-1.,  1.,  0.]])
    """
    real = values[mask]
    spread = (real.var(correction=0) + 1e-8).sqrt()
    return ((values - real.mean()) / spread).masked_fill(~mask, 0)


def group_advantages(scores: Tensor) -> Tensor:
    """Say of each story how much better it is than the others of the same beginning.

    That is its score less the mean of its group, divided by (√variance + 1e-4). The
    variance of a group is the mean of its squared distances from the mean. A group
    whose stories all have the same score teaches nothing: 0.

    Source: Shao and others (2024), *DeepSeekMath*, section 4.1.

    Shapes:
        scores:  (group, story): each row has the stories of one beginning
        returns: (group, story)

    >>> group_advantages(torch.tensor([[1.0, 3.0], [2.0, 2.0]]))
    tensor([[-0.9999,  0.9999],
            [ 0.0000,  0.0000]])
    """
    apart = scores - scores.mean(dim=1, keepdim=True)
    return apart / (scores.std(dim=1, correction=0, keepdim=True) + 1e-4)
