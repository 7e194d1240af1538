"""Section 2.1, "A rectangle": reference answers."""

import torch
from torch import Tensor


def truncate(ids: list[int], length: int, special: set[int]) -> list[int]:
    """Shorten a sequence to at most `length` ids, and keep all the special ones.

    Ordinary ids are dropped, the last one first, until no more than `length` ids are
    left. An id that is in `special` is never dropped, wherever it stands. What is left
    stays in its order. Returns a new list; `ids` stays unchanged.

    Raises:
        ValueError: the special ids alone are more than `length`.

    >>> truncate([101, 7, 8, 9, 102], length=4, special={101, 102})
    [101, 7, 8, 102]
    """
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError(f"length must be enough for all special ids: got {length}")
    kept = []
    for token in ids:
        room -= token not in special
        if token in special or room >= 0:
            kept.append(token)
    return kept


def pad_batch(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """Fill up short sequences with `pad`, so that all of them fit into one tensor.

    Each row gets as long as the longest sequence of `batch`. With side "right" the
    filling comes after the sequence, with side "left" before it. There is at least one
    sequence that is not empty, and the sequences stay unchanged.

    Shapes:
        returns: (batch, token), whole numbers (int64)

    Raises:
        ValueError: `side` is neither "left" nor "right".

    >>> pad_batch([[7, 8, 9], [5]], pad=0, side="left")
    tensor([[7, 8, 9],
            [0, 0, 5]])
    """
    if side not in {"left", "right"}:
        raise ValueError(f'side must be "left" or "right": got {side!r}')
    longest = max(len(ids) for ids in batch)
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return torch.tensor(rows)


def attention_mask(lengths: list[int], side: str = "right") -> Tensor:
    """Say which tokens of a padded batch are real: True for a token, False for padding.

    `lengths` has the number of tokens of each sequence before padding. All are padded
    to the longest, on `side`, which is "left" or "right", as `pad_batch` does it. At
    least one length is not 0.

    Shapes:
        returns: (batch, token), booleans

    >>> attention_mask([3, 1], side="left")
    tensor([[ True,  True,  True],
            [False, False,  True]])
    """
    places = torch.arange(max(lengths))
    mask = places < torch.tensor(lengths)[:, None]  # (batch, token)
    return mask if side == "right" else mask.flip(1)
