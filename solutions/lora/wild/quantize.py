"""Wrong answers to `quantize` in other words, with the hint due."""

import torch


def quantize__global(weight, table, block):
    """The maximum of all.

    Hint: one_scale
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = torch.full((len(w),), weight.abs().max().item())
    return ((w / s.clamp(min=1e-12)[:, None]).unsqueeze(-1) - table).abs().argmin(-1), s


def quantize__max(weight, table, block):
    """The maximum without abs.

    Hint: largest_not_absolute
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.max(dim=1).values
    safe = torch.where(s > 0, s, torch.ones_like(s))
    return ((w / safe[:, None]).unsqueeze(-1) - table).abs().argmin(-1), s


def quantize__raw(weight, table, block):
    """Compares the weights as they are.

    Hint: not_divided
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    return torch.argmin((w[:, :, None] - table).abs(), dim=2), w.abs().max(1).values


def quantize__returns_values(weight, table, block):
    """The nearest values.

    Hint: values
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    n = w / s.clamp(min=1e-12)[:, None]
    return table[(n.unsqueeze(-1) - table).abs().argmin(-1)], s


def quantize__floor(weight, table, block):
    """The value below.

    Hint: rounds_down
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    n = w / torch.where(s > 0, s, torch.ones_like(s))[:, None]
    return ((n.unsqueeze(-1) >= table).sum(-1) - 1).clamp(min=0), s


def quantize__per_row(weight, table, block):
    """Scales by rows of the matrix, without a look at the block.

    Hint: none
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(weight.shape[0], -1)
    s = w.abs().max(1).values
    n = w / s.clamp(min=1e-12)[:, None]
    return (n.unsqueeze(-1) - table).abs().argmin(-1), s


def nearest(weight, table, block, least=lambda s: s):
    """What those below change: the number by which weights are divided."""
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    return ((w / least(s)[:, None]).unsqueeze(-1) - table).abs().argmin(-1), s


def quantize__epsilon(weight, table, block):
    """Adds a little.

    Hint: a_little_more
    """
    return nearest(weight, table, block, lambda s: s + 1e-8)


def quantize__clamped(weight, table, block):
    """Divides by a little at least.

    Hint: none
    """
    return nearest(weight, table, block, lambda s: s.clamp(min=1e-8))


def quantize__clamped_scales(weight, table, block):
    """Returns a little at least, too.

    Hint: at_least_a_little
    """
    codes, s = nearest(weight, table, block, lambda s: s.clamp(min=1e-8))
    return codes, s.clamp(min=1e-8)


def quantize__a_little_in_the_scale(weight, table, block):
    """Returns the scale with a little added.

    Hint: none
    """
    codes, s = nearest(weight, table, block, lambda s: s + 1e-8)
    return codes, s + 1e-8


def quantize__viewed(weight, table, block):
    """Wants it to lie row by row.

    Hint: as_it_lies
    """
    if weight.numel() % block:
        raise ValueError("block")
    return nearest(weight.view(-1, block), table, block, lambda s: torch.where(s > 0, s, 1))


def quantize__few_digits(weight, table, block):
    """Divides in bfloat16.

    Hint: none
    """
    if weight.numel() % block:
        raise ValueError("block")
    w = weight.reshape(-1, block)
    s = w.abs().max(1).values
    n = w.bfloat16() / torch.where(s > 0, s, 1).bfloat16()[:, None]
    return (n.unsqueeze(-1) - table).abs().argmin(-1), s
