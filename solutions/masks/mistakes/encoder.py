"""Section 2.2, "Who may look at whom": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

encoder_mask__hides_the_wrong_side = Edit("[:, None, None]", "[:, None, :, None]")
"""Look at a picture of your mask: are there empty rows, or empty columns? The keys are the last
axis."""

encoder_mask__blindfolds_padding = Edit(
    "attention_mask[:, None, None].expand(batch, 1, tokens, tokens)",
    "attention_mask[:, None, :, None] & attention_mask[:, None, None]",
)
"""Padding must not be looked at. May it look itself? Read the docstring again."""

encoder_mask__no_axis_for_heads = Edit(
    "[:, None, None].expand(batch, 1, tokens", "[:, None].expand(batch, tokens"
)
"""How many axes does your mask have? One of size 1 is for the heads."""

encoder_mask__one_row_for_all = Edit(".expand(batch, 1, tokens, tokens)", "")
"""Your mask has one row for all queries. It could be broadcast, but which shape is asked for?"""

encoder_mask__marks_the_padding = Edit("return attention_mask", "return ~attention_mask")
"""You let everybody look at the padding, and at nothing else."""

encoder_mask__looks_back_only = Edit("tokens, tokens)", "tokens, tokens).tril()")
"""In an encoder, may a token look at what comes after it?"""

encoder_mask__heads_first = Edit(
    "[:, None, None].expand(batch, 1,", "[None, :, None].expand(1, batch,"
)
"""The axes are there, but which comes first: the batch or the heads?"""

additive_mask__upside_down = Edit("~mask", "mask")
"""You add 0 to what is hidden. What should be added to a score that may be seen?"""

additive_mask__infinity = Edit("torch.finfo(torch.float32).min", "-torch.inf")
"""Minus infinity is lower still. Which number does the task ask for?"""

additive_mask__one_to_look = Edit("zeros_like", "ones_like")
"""What do you add to the scores that may be seen? It should change nothing."""

additive_mask__minus_a_billion = Edit("torch.finfo(torch.float32).min", "-1e9")
"""-1e9 is low, but not the lowest. `torch.finfo` knows the limits of each type."""

additive_mask__the_smallest = Edit(").min", ").tiny")
"""The smallest positive number is very close to 0. Where are the lowest ones?"""

additive_mask__the_highest = Edit(").min", ").max")
"""Which sign has your number? Added to a score it should make it very low."""

additive_mask__ones_and_zeros = Edit(
    "zeros.masked_fill(~mask, torch.finfo(torch.float32).min)", "mask.float()"
)
"""1 and 0 are what a tokenizer returns. What happens to a score when you add 0 to it?"""
