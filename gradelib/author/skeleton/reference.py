"""New topic: one sentence on what its functions do together."""

from torch import Tensor


def centred(numbers: Tensor) -> Tensor:
    """Subtract from each row its own mean.

    Shapes:
        numbers: (row, column)
        returns: (row, column)

    >>> import torch
    >>> centred(torch.tensor([[1.0, 2.0, 6.0]]))
    tensor([[-2., -1.,  3.]])
    """
    mean = numbers.mean(dim=1, keepdim=True)  # (row, 1)
    return numbers - mean
