"""Section 8.5: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

normal_table__not_scaled = Edit("(table / above[0]).float()", "table.float()")
"""Your largest value is not 1. By what are all of them divided?"""

normal_table__no_zero = Edit(
    "torch.cat([-below, above.new_zeros(1), above.flip(0)])", "torch.cat([-below, above.flip(0)])"
)
"""Zero itself is missing. A weight that is zero should come back as zero."""

normal_table__same_on_both_sides = Edit("(half + 1, half)", "(half + 1, half + 1)")
"""There is one value too many: with zero there are as many above and below, and that is an odd number. On
which side is there one less?"""

normal_table__more_below = Edit("(half + 1, half)", "(half, half + 1)")
"""One side has a value more than the other. Which?"""

normal_table__equal_distances = Edit("torch.special.ndtri(grid) for", "grid - 0.5 for")
"""Your values have equal distances. Where do the *quantiles* of the normal distribution lie?"""

normal_table__falling = Edit("(table / above[0]).float()", "(table / above[0]).float().flip(0)")
"""Your values fall. In rising order they are asked for."""

normal_table__float64 = Edit(".float()", "")
"""You return float64. In which type is the table asked for?"""

normal_table__with_the_middle = Edit(
    "for n in (half + 1, half)]",
    "for n in (half, half - 1)]",
    "dtype=torch.float64)[:-1]",
    "dtype=torch.float64)[:]",
)
"""The probability 0.5, whose quantile is 0, is one of your values above zero and below it. It is left out
there: how many probabilities does one begin with?"""


normal_table__own_tail = Edit("linspace(tail,", "linspace(0.9677083,")
"""The probabilities begin at `tail`, whatever it is. Yours always begin at the same number."""

quantize__one_scale = Edit(
    "scales = blocks.abs().amax(dim=1)", "scales = blocks.abs().max().expand(len(blocks))"
)
"""All your blocks have one scale, that of the largest weight of all. Each has its own."""

quantize__largest_not_absolute = Edit("blocks.abs().amax(dim=1)", "blocks.amax(dim=1)")
"""A weight may be negative, and the largest by size. What is the scale then?"""

quantize__not_divided = Edit(
    "shares = blocks / scales.where(scales > 0, 1)[:, None]", "shares = blocks"
)
"""The values of the table lie between -1 and 1. Are the weights brought there before they are compared?"""

quantize__nan = Edit("scales.where(scales > 0, 1)[:, None]", "scales[:, None]")
"""What is 0 divided by 0? In a block of zeros the code is that of the value nearest to 0."""

quantize__zero_scale_is_one = Edit(
    "return (shares", "scales = scales.where(scales > 0, 1)\n    return (shares"
)
"""A block of zeros has the scale 0. You return another one for it."""

quantize__values = Edit(
    "(shares[..., None] - table).abs().argmin(dim=-1), scales",
    "table[(shares[..., None] - table).abs().argmin(dim=-1)], scales",
)
"""You return the values. Codes are places in the table."""

quantize__rounds_down = Edit(
    "(shares[..., None] - table).abs().argmin(dim=-1)",
    "(torch.searchsorted(table, shares.contiguous(), right=True) - 1).clamp(min=0)",
)
"""You take the next value below. The nearest may be above."""

quantize__columns = Edit(
    "weight.reshape(-1, block)",
    "weight.reshape(weight.numel() // block, block) if weight.dim() < 2 else weight.movedim(-1, 0).reshape(-1, block)",
)
"""In which order do you take the weights? They go row by row, as they lie."""

quantize__the_rest_is_lost = Edit(
    "    if weight.numel() % block:\n"
    '        raise ValueError(f"{weight.numel()} weights cannot be cut into blocks of {block}")\n',
    "    weight = weight.flatten()[: weight.numel() // block * block]\n",
)
"""What becomes of weights that fill no block? A ValueError is asked for, before any of them is lost."""

quantize__in_rows_of_the_matrix = Edit(
    "blocks.abs().amax(dim=1)", "blocks.square().mean(dim=1).sqrt()"
)
"""Your scale is a kind of mean. Then some weights are larger than 1 after the division, and cut off. Which
number is the scale?"""

dequantize__no_scale = Edit("table[codes] * scales[:, None]", "table[codes]")
"""Your weights lie between -1 and 1. What was each block divided by?"""

dequantize__scale_of_the_column = Edit(
    "scales[:, None]", "scales.repeat(codes.shape[1])[: codes.numel()].view(codes.shape)"
)
"""You give neighbours the scales of different blocks. All weights of a row of `codes` have one scale."""

dequantize__codes_for_values = Edit("table[codes]", "codes")
"""A code is a place in the table. Which value stands there?"""

dequantize__not_shaped = Edit(".reshape(shape)", "")
"""Your weights still lie in blocks. Which shape is asked for?"""

dequantize__divided = Edit("* scales", "/ scales")
"""On the way to a code each weight was divided by its scale. And on the way back?"""

dequantize__columns_first = Edit("reshape(shape)", "T.reshape(shape)")
"""You read the blocks column by column. The weights lie row by row."""

quantize__a_little_more = Edit("scales.where(scales > 0, 1)[:, None]", "(scales[:, None] + 1e-8)")
"""You add a little to each scale, so that nothing is divided by 0. Where all weights of a block are
tiny, that little is much."""

quantize__at_least_a_little = Edit(
    "scales = blocks.abs().amax(dim=1)", "scales = blocks.abs().amax(dim=1).clamp(min=1e-8)"
)
"""Your scales are never below a small number. That of tiny weights is smaller still, and in a block of
zeros it is 0."""

quantize__as_it_lies = Edit("weight.reshape(-1, block)", "weight.view(-1, block)")
"""`view` wants numbers that lie row by row in memory. Those of a weight that was turned do not, such as
`weight.T`."""
