"""Section 2.5, "Two sentences": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

cross_attention_mask__axes_swapped = Edit(
    "[:, None, None].expand(batch, 1, target_tokens, source)",
    "[:, None, :, None].expand(batch, 1, source, target_tokens)",
)
"""Whose are the queries, the target's or the source's? Their axis comes before the keys'."""

cross_attention_mask__looks_back_only = Edit(
    "target_tokens, source)", "target_tokens, source).tril()"
)
"""May the first token of the target look at the last of the source? The whole source is there
before the target begins."""

cross_attention_mask__no_axis_for_heads = Edit(
    "[:, None, None].expand(batch, 1,", "[:, None].expand(batch,"
)
"""How many axes does your mask have? One of size 1 is for the heads."""

cross_attention_mask__one_row_for_all = Edit(".expand(batch, 1, target_tokens, source)", "")
"""Your mask has one row for the whole target. Which shape is asked for?"""

cross_attention_mask__marks_the_padding = Edit("return source_mask", "return ~source_mask")
"""The target looks at the padding of the source, and at nothing else."""

cross_attention_mask__forgets_the_padding = Edit(
    "source_mask[:, None, None].expand(batch, 1, target_tokens, source)",
    "torch.ones(batch, 1, target_tokens, source, dtype=torch.bool)",
)
"""Your mask is True everywhere. What about the padding of the source?"""

cross_attention_mask__source_for_both = Edit("target_tokens, source)", "source, source)")
"""How many queries are there? They come from the target, not from the source."""
