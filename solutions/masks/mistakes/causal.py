"""Section 2.4, "Not looking ahead": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

causal_mask__not_itself = Edit(".tril(past)", ".tril(past - 1)")
"""A token may look at itself too: it is no secret, since it is the next one that it must
predict."""

causal_mask__one_too_far = Edit(".tril(past)", ".tril(past + 1)")
"""Your tokens see one token too much: the very one that they are to predict."""

causal_mask__looks_forward = Edit("tril", "triu")
"""In which triangle are your True? A row is a query: the last row may look at everything."""

causal_mask__marks_what_is_hidden = Edit(".tril(past)", ".triu(past + 1)")
"""Your mask is True for what must not be seen. Here True stands for "may look"."""

causal_mask__forgets_the_past = Edit(
    "past + tokens",
    "tokens",
    ".tril(past)",
    ".tril()",
)
"""How many keys are there if `past` is 3? The tokens of the past are keys as well."""

causal_mask__counts_from_the_wrong_end = Edit(".tril(past)", ".tril()")
"""At which key does your first query stop? The past comes before it, so it sees all of that."""


def causal_mask__hides_the_past(tokens: int, past: int = 0) -> Tensor:
    """You hide the past from everybody. Who may look at it?"""
    own = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([torch.zeros(tokens, past, dtype=torch.bool), own], dim=1)


def causal_mask__past_behind(tokens: int, past: int = 0) -> Tensor:
    """On which side do your keys of the past stand? They come before the others."""
    own = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([own, torch.ones(tokens, past, dtype=torch.bool)], dim=1)


causal_mask__past_asks_too = Edit(
    "ones(tokens",
    "ones(past + tokens",
    ".tril(past)",
    ".tril()",
)
"""How many rows does your mask have? The tokens of the past are keys and no queries."""

causal_mask__numbers = Edit(", dtype=torch.bool", "")
"""The right places, but as numbers. The task asks for booleans."""

decoder_mask__causal_only = Edit(
    "encoder_mask(attention_mask)", "encoder_mask(torch.ones_like(attention_mask))"
)
"""Your mask does not know about padding: is it the same for every row of the batch?"""

decoder_mask__padding_only = Edit(".tril()", "")
"""Your mask hides the padding, but may a token look at what comes after it?"""

decoder_mask__one_of_the_two = Edit(
    "encoder_mask(attention_mask).tril()",
    "encoder_mask(attention_mask) | causal_mask(attention_mask.shape[1])",
)
"""A key may be looked at if it is real *or* if it is not in the future. Is that enough?"""

decoder_mask__hides_the_wrong_side = Edit(
    "encoder_mask(attention_mask)", "encoder_mask(attention_mask).mT"
)
"""Look at a picture of your mask: does padding make empty rows, or empty columns? The keys are the
last axis."""

decoder_mask__blindfolds_padding = Edit(
    "encoder_mask(attention_mask)",
    "(encoder_mask(attention_mask) & encoder_mask(attention_mask).mT)",
)
"""You hide the keys that are padding, and the queries too. The docstring asks for less."""

decoder_mask__no_axis_for_heads = Edit(".tril()", ".tril().squeeze(1)")
"""How many axes does your mask have? One of size 1 is for the heads."""

decoder_mask__looks_forward = Edit("tril", "triu")
"""Padding is hidden, but your tokens look forward instead of back."""

decoder_mask__not_itself = Edit("tril()", "tril(-1)")
"""May a token look at itself? Look at the diagonal."""

position_ids__by_column = Edit(
    """attention_mask.cumsum(dim=1) - 1
    return positions.masked_fill(~attention_mask, 0)""",
    """torch.arange(attention_mask.shape[1])
    return positions.expand(attention_mask.shape)""",
)
"""You number the columns. Which number does the first real token of a row get if there is padding
before it?"""

position_ids__from_one = Edit("cumsum(dim=1) - 1", "cumsum(dim=1)")
"""Which number does the first real token get?"""

position_ids__padding_is_negative = Edit(".masked_fill(~attention_mask, 0)", "")
"""What number has your padding at the left? There is no embedding for a negative position."""

position_ids__padding_is_one = Edit(", 0)", ", 1)")
"""The tokens are right. Which number is padding to get?"""

position_ids__only_not_negative = Edit("masked_fill(~attention_mask, 0)", "clamp(min=0)")
"""Look at the padding on the right: which number does it get, and which should it?"""

position_ids__down_the_batch = Edit("dim=1", "dim=0")
"""Along which axis do you count? Each row counts for itself."""

position_ids__columns_of_tokens = Edit(
    "attention_mask.cumsum(dim=1) - 1",
    "torch.arange(attention_mask.shape[1]).expand(attention_mask.shape)",
)
"""The padding has number 0, but it has still pushed the tokens behind it further on."""

position_ids__counts_how_many_follow = Edit(
    "attention_mask.cumsum(dim=1) - 1", "attention_mask.flip(1).cumsum(dim=1).flip(1) - 1"
)
"""Your numbers fall from left to right. At which end does a sentence begin?"""

position_ids__floats = Edit("attention_mask.cumsum", "attention_mask.float().cumsum")
"""A position is a whole number. Of which type are yours?"""
