"""Wrong answers to `pad_batch` in other words, with the hint due."""

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence


def pad_batch__always_on_the_right(batch, pad, side="right"):
    """Pads on the right, whatever the side is.

    Hint: always_right
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(row) for row in batch)
    return torch.tensor([row + [pad] * (n - len(row)) for row in batch])


def pad_batch__sides_swapped(batch, pad, side="right"):
    """Swaps left and right.

    Hint: sides_swapped
    """
    n = max(len(row) for row in batch)
    if side == "left":
        return torch.tensor([row + [pad] * (n - len(row)) for row in batch])
    elif side == "right":
        return torch.tensor([[pad] * (n - len(row)) + row for row in batch])
    raise ValueError("side")


def pad_batch__any_other_is_left(batch, pad, side="right"):
    """Takes every other side for left and raises nothing.

    Hint: any_side
    """
    n = max(map(len, batch))
    rows = []
    for row in batch:
        fill = [pad] * (n - len(row))
        rows.append(row + fill if side == "right" else fill + row)
    return torch.tensor(rows)


def pad_batch__any_other_is_right(batch, pad, side="right"):
    """Takes every other side for right and raises nothing.

    Hint: any_side
    """
    n = max(map(len, batch))
    out = torch.full((len(batch), n), pad)
    for i, row in enumerate(batch):
        if side == "left":
            out[i, n - len(row) :] = torch.tensor(row)
        else:
            out[i, : len(row)] = torch.tensor(row)
    return out


def pad_batch__left_turned_round(batch, pad, side="right"):
    """Turns the padded rows round for the left, tokens included.

    Hint: backwards
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    out = pad_sequence([torch.tensor(r, dtype=torch.long) for r in batch], True, pad)
    return out.flip(1) if side == "left" else out


def pad_batch__rows_and_columns_swapped(batch, pad, side="right"):
    """Forgets batch_first, so that rows and columns are swapped.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [torch.tensor(r, dtype=torch.long) for r in batch]
    return pad_sequence(rows, padding_value=pad, padding_side=side)


def pad_batch__zeros(batch, pad, side="right"):
    """Fills up with 0 instead of `pad`.

    Hint: with_zeros
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.zeros(len(batch), n, dtype=torch.long)
    for i, row in enumerate(batch):
        for j, token in enumerate(row):
            out[i, j if side == "right" else n - len(row) + j] = token
    return out


def pad_batch__floats(batch, pad, side="right"):
    """Makes a tensor of floats.

    Hint: floats
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.ones(len(batch), n) * pad
    for i, row in enumerate(batch):
        if side == "right":
            out[i, : len(row)] = torch.tensor(row)
        else:
            out[i, n - len(row) :] = torch.tensor(row)
    return out


def pad_batch__int32(batch, pad, side="right"):
    """Makes whole numbers of 32 bits.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    a = np.full((len(batch), n), pad, dtype=np.int32)
    for i, row in enumerate(batch):
        start = 0 if side == "right" else n - len(row)
        a[i, start : start + len(row)] = row
    return torch.from_numpy(a)


def pad_batch__numpy(batch, pad, side="right"):
    """Returns an array of numpy instead of a tensor.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    width = [(0, n - len(r)) if side == "right" else (n - len(r), 0) for r in batch]
    return np.array(
        [np.pad(r, w, constant_values=pad) for r, w in zip(batch, width)], dtype=np.int64
    )


def pad_batch__lists(batch, pad, side="right"):
    """Returns lists instead of a tensor.

    Hint: a_list
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    if side == "right":
        return [r + [pad] * (n - len(r)) for r in batch]
    return [[pad] * (n - len(r)) + r for r in batch]


def pad_batch__ragged(batch, pad, side="right"):
    """Makes a tensor of the rows before they are filled up.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    x = torch.tensor(batch)
    n = x.shape[1]
    return F.pad(x, (0, n), value=pad)


def pad_batch__sequences_changed(batch, pad, side="right"):
    """Fills up the sequences that it was given.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    for row in batch:
        while len(row) < n:
            if side == "right":
                row.append(pad)
            else:
                row.insert(0, pad)
    return torch.tensor(batch)


def pad_batch__to_the_first(batch, pad, side="right"):
    """Takes the first sequence for the longest.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = len(batch[0])
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__to_the_largest(batch, pad, side="right"):
    """Takes the largest list for the longest.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = len(max(batch))
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__to_the_shortest(batch, pad, side="right"):
    """Cuts all to the shortest instead of filling up.

    Hint: cut_to_the_shortest
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = min(len(r) for r in batch)
    if side == "right":
        return torch.tensor([r[:n] for r in batch], dtype=torch.long)
    return torch.tensor([r[len(r) - n :] for r in batch], dtype=torch.long)


def pad_batch__one_too_wide(batch, pad, side="right"):
    """Makes the rows one longer than the longest sequence.

    Hint: always_one_more
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch) + 1
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__empty_row_from_the_end(batch, pad, side="right"):
    """Counts from the end with -len(row), which for an empty sequence is the whole row.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.full((len(batch), n), pad, dtype=torch.long)
    for i, row in enumerate(batch):
        if side == "right":
            out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        else:
            out[i, -len(row) :] = torch.tensor(row, dtype=torch.long)
    return out


def pad_batch__asserts(batch, pad, side="right"):
    """Asserts instead of raising a ValueError.

    Hint: any_side
    """
    assert side in ("left", "right")
    n = max(len(r) for r in batch)
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__list_of_tensors(batch, pad, side="right"):
    """Returns a list with a tensor for each row and forgets to stack them.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    rows = []
    for r in batch:
        missing = n - len(r)
        width = (0, missing) if side == "right" else (missing, 0)
        rows.append(F.pad(torch.tensor(r, dtype=torch.long), width, value=pad))
    return rows


def pad_batch__side_in_a_text(batch, pad, side="right"):
    """Looks for the side in a text, so that a part of a word is a side too.

    Hint: none
    """
    if side not in "left right":
        raise ValueError("side")
    n = max(len(row) for row in batch)
    if side == "right":
        return torch.tensor([row + [pad] * (n - len(row)) for row in batch])
    return torch.tensor([[pad] * (n - len(row)) + row for row in batch])


def pad_batch__side_in_small_letters(batch, pad, side="right"):
    """Makes small letters of the side first.

    Hint: none
    """
    side = side.lower()
    if side not in ("left", "right"):
        raise ValueError("side")
    rows = [torch.tensor(row, dtype=torch.int64) for row in batch]
    return torch.nn.utils.rnn.pad_sequence(
        rows, batch_first=True, padding_value=pad, padding_side=side
    )


def pad_batch__short_numbers(batch, pad, side="right"):
    """Keeps the ids in 16 bits on the way, which a large id does not fit.

    Hint: none
    """
    import numpy as np

    if side not in ("left", "right"):
        raise ValueError("side")
    out = np.full((len(batch), max(len(row) for row in batch)), pad, dtype=np.int16)
    for row, ids in zip(out, batch):
        at = 0 if side == "right" else len(row) - len(ids)
        row[at : at + len(ids)] = np.array(ids, dtype=np.int64).astype(np.int16)
    return torch.from_numpy(out).long()
