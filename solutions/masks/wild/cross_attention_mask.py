"""Wrong answers to `cross_attention_mask` in other words, with the hint due."""

import torch
from solutions.masks.reference import (
    encoder_mask,
)


def cross_attention_mask__axes_swapped(source_mask, target_tokens):
    """Swaps source and target.

    Hint: axes_swapped
    """
    b, n = source_mask.shape
    return source_mask[:, None, :, None].expand(b, 1, n, target_tokens)


def cross_attention_mask__one_row(source_mask, target_tokens):
    """Has one row instead of one for each token of the target.

    Hint: one_row_for_all
    """
    return source_mask.unsqueeze(1).unsqueeze(1)


def cross_attention_mask__causal(source_mask, target_tokens):
    """Hides the future as well, though there is none.

    Hint: looks_back_only
    """
    n = source_mask.shape[1]
    tril = torch.ones(target_tokens, n, dtype=torch.bool).tril()
    return source_mask[:, None, None, :] & tril


def cross_attention_mask__no_heads(source_mask, target_tokens):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    return source_mask[:, None, :].repeat(1, target_tokens, 1)


def cross_attention_mask__turned_round(source_mask, target_tokens):
    """Says True for what is hidden.

    Hint: marks_the_padding
    """
    return torch.logical_not(source_mask)[:, None, None].expand(-1, -1, target_tokens, -1)


def cross_attention_mask__numbers(source_mask, target_tokens):
    """Makes numbers instead of booleans.

    Hint: none
    """
    ones = torch.ones(len(source_mask), 1, target_tokens, 1)
    return ones * source_mask[:, None, None, :]


def cross_attention_mask__square(source_mask, target_tokens):
    """Makes a square of the source, as in an encoder.

    Hint: source_for_both
    """
    return encoder_mask(source_mask)


def cross_attention_mask__source_cut(source_mask, target_tokens):
    """Cuts the source to the length of the target.

    Hint: none
    """
    return encoder_mask(source_mask)[:, :, :target_tokens, :target_tokens]


def cross_attention_mask__everything(source_mask, target_tokens):
    """Lets look at padding too.

    Hint: forgets_the_padding
    """
    b, n = source_mask.shape
    return torch.ones(b, 1, target_tokens, n, dtype=torch.bool)


def cross_attention_mask__mixed_by_view(source_mask, target_tokens):
    """Repeats and reshapes, so that the sentences mix.

    Hint: none
    """
    b, n = source_mask.shape
    return source_mask.repeat(target_tokens, 1).view(b, 1, target_tokens, n)


def cross_attention_mask__heads_for_target(source_mask, target_tokens):
    """Puts the target where the heads are.

    Hint: none
    """
    return source_mask[:, None, None, :].repeat(1, target_tokens, 1, 1)


def cross_attention_mask__one_sentence_for_all(source_mask, target_tokens):
    """Uses the first sentence's padding for all.

    Hint: none
    """
    b, n = source_mask.shape
    return source_mask[0].expand(b, 1, target_tokens, n)


def cross_attention_mask__one_row_too_few(source_mask, target_tokens):
    """Makes one row too few.

    Hint: none
    """
    rows = [source_mask for _ in range(1, target_tokens)]
    return torch.stack([source_mask[:, None], *[r[:, None] for r in rows][1:]], dim=2)


def cross_attention_mask__squeezed(source_mask, target_tokens):
    """Takes away all axes of size one.

    Hint: no_axis_for_heads
    """
    return source_mask[:, None, None, :].repeat(1, 1, target_tokens, 1).squeeze()


def cross_attention_mask__shape_of_a_number(source_mask, target_tokens):
    """Takes the number of target tokens for a mask.

    Hint: none
    """
    n = target_tokens.shape[1]
    return source_mask[:, None, None, :].expand(-1, 1, n, -1)


def cross_attention_mask__lists(source_mask, target_tokens):
    """Returns lists instead of a tensor.

    Hint: none
    """
    return [[[row for _ in range(target_tokens)]] for row in source_mask.tolist()]


def cross_attention_mask__printed(source_mask, target_tokens):
    """Prints the mask and returns nothing.

    Hint: none
    """
    print(source_mask[:, None, None, :].expand(-1, 1, target_tokens, -1))
