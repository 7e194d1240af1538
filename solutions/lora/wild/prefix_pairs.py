"""Wrong answers to `prefix_pairs` in other words, with the hint due."""

import torch


def prefix_pairs__swapped(prefix, heads, batch):
    """Values before keys.

    Hint: values_first
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    out = []
    for i in range(n):
        v, k = x[i]
        out.append((k.repeat(batch, 1, 1, 1), v.repeat(batch, 1, 1, 1)))
    return out


def prefix_pairs__viewed(prefix, heads, batch):
    """Views heads before places.

    Hint: heads_not_split
    """
    n, _, t, d = prefix.shape
    x = prefix.contiguous().view(n, 2, heads, t, d // heads)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__detached(prefix, heads, batch):
    """Works on the data.

    Hint: cannot_learn
    """
    n, _, t, d = prefix.shape
    x = prefix.data.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__unsqueezed(prefix, heads, batch):
    """A batch of one.

    Hint: one_text
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [(a.unsqueeze(0), b.unsqueeze(0)) for a, b in x]


def prefix_pairs__no_transpose(prefix, heads, batch):
    """Places before heads.

    Hint: not_turned
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads)
    return [(a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)) for a, b in x]


def prefix_pairs__lists(prefix, heads, batch):
    """Lists for pairs.

    Hint: none
    """
    n, _, t, d = prefix.shape
    x = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    return [[a.repeat(batch, 1, 1, 1), b.repeat(batch, 1, 1, 1)] for a, b in x]


def prefix_pairs__first_text_teaches(prefix, heads, batch):
    """A gradient of the keys from the first text alone.

    Hint: one_text_teaches
    """
    n, _, t, d = prefix.shape
    cut = prefix.view(n, 2, t, heads, d // heads).transpose(2, 3)
    keys = [torch.stack([k if i == 0 else k.detach() for i in range(batch)]) for k, _ in cut]
    return [(k, v.expand(batch, -1, -1, -1)) for k, (_, v) in zip(keys, cut, strict=True)]
