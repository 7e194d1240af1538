"""Section 9.4: reference answers."""

import torch
from torch import Tensor


def pack(documents: list[list[int]], length: int, end: int) -> Tensor:
    """Put documents one after another, and cut the row into blocks of `length` tokens.

    Behind each document, the last one too, stands the token `end`. What is left at the
    end and does not fill a block is dropped.

    Shapes:
        returns: (block, length), int64

    >>> pack([[5, 6], [7], [8, 9]], length=3, end=0)
    tensor([[5, 6, 0],
            [7, 0, 8]])
    """
    row = [token for document in documents for token in [*document, end]]
    blocks = len(row) // length
    return torch.tensor(row[: blocks * length], dtype=torch.int64).view(blocks, length)
