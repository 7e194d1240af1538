"""Section 10.3: other right answers. They must pass."""

import torch
from torch import Tensor


def label_batch__pad_sequence(
    rows: list[list[int]], masks: list[list[bool]], pad_id: int
) -> tuple[Tensor, Tensor, Tensor]:
    from torch.nn.utils.rnn import pad_sequence

    ids = [torch.tensor(row) for row in rows]
    labels = [row.where(torch.tensor(mask), -100) for row, mask in zip(ids, masks, strict=True)]
    real = [torch.ones_like(row, dtype=torch.bool) for row in ids]
    return (
        pad_sequence(ids, batch_first=True, padding_value=pad_id),
        pad_sequence(labels, batch_first=True, padding_value=-100),
        pad_sequence(real, batch_first=True, padding_value=False),
    )


def label_batch__lists(
    rows: list[list[int]], masks: list[list[bool]], pad_id: int
) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(map(len, rows))
    input_ids, labels, real = [], [], []
    for row, mask in zip(rows, masks, strict=True):
        gap = longest - len(row)
        input_ids.append(row + [pad_id] * gap)
        labels.append([n if yes else -100 for n, yes in zip(row, mask, strict=True)] + [-100] * gap)
        real.append([True] * len(row) + [False] * gap)
    return torch.tensor(input_ids), torch.tensor(labels), torch.tensor(real)


def truncate_left__only_if(
    ids: list[int], mask: list[bool], most: int
) -> tuple[list[int], list[bool]]:
    if len(ids) <= most:
        return ids, mask
    start = len(ids) - (most - 1)
    return [ids[0], *ids[start:]], [mask[0], *mask[start:]]


def truncate_left__deleted(
    ids: list[int], mask: list[bool], most: int
) -> tuple[list[int], list[bool]]:
    ids, mask = list(ids), list(mask)
    while len(ids) > most:
        del ids[1], mask[1]
    return ids, mask
