"""Wrong answers to `dequantize` in other words, with the hint due."""


def dequantize__unscaled(codes, scales, table, shape):
    """Looks up only.

    Hint: no_scale
    """
    return table[codes.flatten()].view(shape)


def dequantize__raw_codes(codes, scales, table, shape):
    """Scales the codes.

    Hint: codes_for_values
    """
    return (codes.float() * scales.unsqueeze(1)).view(shape)


def dequantize__blocks(codes, scales, table, shape):
    """Keeps the blocks.

    Hint: not_shaped
    """
    return table[codes] * scales.unsqueeze(-1)


def dequantize__undone(codes, scales, table, shape):
    """Divides.

    Hint: divided
    """
    return (table[codes] / scales.unsqueeze(-1)).view(shape)


def dequantize__fortran(codes, scales, table, shape):
    """Reads down the columns.

    Hint: columns_first
    """
    return (table[codes] * scales.unsqueeze(-1)).transpose(0, 1).reshape(shape)


def dequantize__broadcast(codes, scales, table, shape):
    """No axis for the block.

    Hint: none
    """
    return (table[codes] * scales).reshape(shape)
