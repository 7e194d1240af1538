"""Section 9.4: other right answers. They must pass."""

import torch
from torch import Tensor


def pack__concatenated(documents: list[list[int]], length: int, end: int) -> Tensor:
    row: list[int] = []
    for document in documents:
        row += document
        row.append(end)
    whole = torch.tensor(row, dtype=torch.int64)
    return whole[: len(row) - len(row) % length].reshape(-1, length)


def pack__sliced(documents: list[list[int]], length: int, end: int) -> Tensor:
    from itertools import chain

    row = list(chain.from_iterable([*document, end] for document in documents))
    blocks = [row[k : k + length] for k in range(0, len(row) - length + 1, length)]
    return torch.tensor(blocks, dtype=torch.long).reshape(len(blocks), length)
