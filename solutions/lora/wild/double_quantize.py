"""Wrong answers to `double_quantize` in other words, with the hint due."""

from solutions.lora.reference import (
    dequantize,
    quantize,
)


def double_quantize__no_centre(scales, table, group):
    """Quantizes the scales as they are.

    Hint: no_mean
    """
    c, s = quantize(scales, table, group)
    return dequantize(c, s, table, scales.shape)


def double_quantize__centre_lost(scales, table, group):
    """Never adds the mean.

    Hint: mean_not_added
    """
    c, s = quantize(scales - scales.mean(), table, group)
    return dequantize(c, s, table, scales.shape)


def double_quantize__added_only(scales, table, group):
    """Adds what it never took.

    Hint: not_subtracted
    """
    c, s = quantize(scales, table, group)
    return dequantize(c, s, table, scales.shape) + scales.mean()


def double_quantize__by_group(scales, table, group):
    """A mean for each group.

    Hint: mean_of_each_group
    """
    g = scales.view(-1, group)
    m = g.mean(1, keepdim=True)
    c, s = quantize(g - m, table, group)
    return (dequantize(c, s, table, g.shape) + m).flatten()


def double_quantize__all_at_once(scales, table, group):
    """One block of all.

    Hint: one_group
    """
    m = scales.mean()
    c, s = quantize(scales - m, table, scales.numel())
    return dequantize(c, s, table, scales.shape) + m


def double_quantize__codes(scales, table, group):
    """Returns the codes.

    Hint: none
    """
    return quantize(scales - scales.mean(), table, group)[0].flatten().float()
