"""Wrong answers to `pack_nibbles` in other words, with the hint due."""

import torch


def pack_nibbles__low_first(codes):
    """The first in the low bits.

    Hint: second_is_high
    """
    c = codes.flatten()
    return (c[0::2] | (c[1::2] << 4)).to(torch.uint8)


def pack_nibbles__long(codes):
    """Without the type.

    Hint: int64
    """
    c = codes.flatten()
    return c[0::2] * 16 + c[1::2]


def pack_nibbles__halved(codes):
    """First half with second half.

    Hint: halves
    """
    c = codes.flatten()
    n = len(c) // 2
    return ((c[:n] << 4) | c[n:]).to(torch.uint8)


def pack_nibbles__only_bytes(codes):
    """A byte for each code.

    Hint: one_each
    """
    return codes.reshape(-1).byte()


def pack_nibbles__decimal(codes):
    """Ten times the first.

    Hint: times_ten
    """
    c = codes.flatten()
    return (c[0::2] * 10 + c[1::2]).to(torch.uint8)


def pack_nibbles__row_wise(codes):
    """Pairs within the last axis.

    Hint: rows_kept
    """
    return ((codes[..., 0::2] << 4) | codes[..., 1::2]).to(torch.uint8)


def pack_nibbles__viewed(codes):
    """Wants them to lie row by row.

    Hint: as_they_lie
    """
    pairs = codes.view(-1, 2)
    return (pairs[:, 0] * 16 + pairs[:, 1]).to(torch.uint8)
