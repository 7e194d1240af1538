"""Wrong answers to `bits_per_weight` in other words, with the hint due."""


def bits_per_weight__just_bits(bits, block, group=None):
    """The code alone.

    Hint: scales_forgotten
    """
    return float(bits)


def bits_per_weight__plus_32(bits, block, group=None):
    """A whole scale.

    Hint: a_scale_each
    """
    if group:
        return bits + 8 + 32 / group
    return bits + 32.0


def bits_per_weight__fp16(bits, block, group=None):
    """Scales of 16 bits.

    Hint: half_floats
    """
    if group:
        return bits + (8 + 32 / group) / block
    return bits + 16 / block


def bits_per_weight__single(bits, block, group=None):
    """No double quantization.

    Hint: never_double
    """
    return bits + 32 / block


def bits_per_weight__group_in_weights(bits, block, group=None):
    """A group of weights.

    Hint: groups_of_weights
    """
    if group is None:
        return bits + 32 / block
    return bits + 8 / block + 32 / group


def bits_per_weight__eight_only(bits, block, group=None):
    """No float for the group.

    Hint: second_scale_forgotten
    """
    return bits + (8 if group else 32) / block
