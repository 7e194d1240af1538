"""Wrong answers to `sliding_window_mask` in other words, with the hint due."""

import torch
from solutions.masks.reference import (
    causal_mask,
)


def sliding_window_mask__one_too_many(tokens, window):
    """Lets one token too many be seen, since the token itself is not counted.

    Hint: one_too_many
    """
    return torch.tensor(
        [[q - window <= k <= q for k in range(tokens)] for q in range(tokens)], dtype=torch.bool
    )


def sliding_window_mask__one_too_few(tokens, window):
    """Lets one token too few be seen.

    Hint: none
    """
    q = torch.arange(tokens)[:, None]
    k = torch.arange(tokens)[None, :]
    return (k <= q) & (q - k < window - 1)


def sliding_window_mask__both_sides(tokens, window):
    """Lets each token look to both sides.

    Hint: both_ways
    """
    i = torch.arange(tokens)
    return (i[:, None] - i[None, :]).abs() < window


def sliding_window_mask__future_not_hidden(tokens, window):
    """Hides what is too far back and forgets the future.

    Hint: no_end_in_the_future
    """
    return torch.ones(tokens, tokens).triu(1 - window).bool()


def sliding_window_mask__no_window(tokens, window):
    """Does not use the window.

    Hint: no_window
    """
    return causal_mask(tokens)


def sliding_window_mask__itself_hidden(tokens, window):
    """Looks at the last tokens before itself and not at itself.

    Hint: not_itself
    """
    mask = torch.zeros(tokens, tokens, dtype=torch.bool)
    for q in range(tokens):
        for k in range(max(0, q - window), q):
            mask[q, k] = True
    return mask


def sliding_window_mask__forward(tokens, window):
    """Looks at the next tokens instead of the last ones.

    Hint: looks_forward
    """
    i = torch.arange(tokens)
    d = i[None, :] - i[:, None]
    return (d >= 0) & (d < window)


def sliding_window_mask__negative_start(tokens, window):
    """Begins a slice below 0 for the first rows, which Python counts from the end.

    Hint: none
    """
    mask = torch.zeros(tokens, tokens, dtype=torch.bool)
    for q in range(tokens):
        mask[q, q - window + 1 : q + 1] = True
    return mask


def sliding_window_mask__round_the_corner(tokens, window):
    """Lets the first tokens look round the corner at the last ones.

    Hint: none
    """
    mask = torch.zeros(tokens, tokens, dtype=torch.bool)
    for q in range(tokens):
        for back in range(window):
            mask[q, (q - back) % tokens] = True
    return mask


def sliding_window_mask__negative_index(tokens, window):
    """Goes below 0 with an index, which Python counts from the end.

    Hint: none
    """
    mask = torch.zeros(tokens, tokens, dtype=torch.bool)
    for q in range(tokens):
        for back in range(min(window, tokens)):
            mask[q, q - back] = True
    return mask


def sliding_window_mask__blocks(tokens, window):
    """Cuts the text into blocks and looks back inside of a block only.

    Hint: in_blocks
    """
    i = torch.arange(tokens)
    return (i[:, None] // window == i[None, :] // window) & (i[:, None] >= i[None, :])


def sliding_window_mask__bool_subtracted(tokens, window):
    """Subtracts booleans, which PyTorch does not do.

    Hint: none
    """
    full = torch.ones(tokens, tokens, dtype=torch.bool)
    return full.tril() - full.tril(-window)


def sliding_window_mask__floats(tokens, window):
    """Makes floats instead of booleans.

    Hint: numbers
    """
    ones = torch.ones(tokens, tokens)
    return ones.tril() - ones.tril(-window)


def sliding_window_mask__whole_numbers(tokens, window):
    """Makes whole numbers instead of booleans.

    Hint: numbers
    """
    return torch.tensor([[int(0 <= q - k < window) for k in range(tokens)] for q in range(tokens)])


def sliding_window_mask__lists(tokens, window):
    """Returns lists instead of a tensor.

    Hint: none
    """
    return [[0 <= q - k < window for k in range(tokens)] for q in range(tokens)]


def sliding_window_mask__either(tokens, window):
    """Combines the two conditions by or, so that everything is allowed.

    Hint: none
    """
    i = torch.arange(tokens)
    d = i[:, None] - i[None, :]
    return (d >= 0) | (d < window)


def sliding_window_mask__diagonal_for_window(tokens, window):
    """Takes the window for the diagonal of the triangle.

    Hint: none
    """
    return torch.ones(tokens, tokens, dtype=torch.bool).tril(diagonal=window)


def sliding_window_mask__turned_round(tokens, window):
    """Says True for what is hidden.

    Hint: none
    """
    i = torch.arange(tokens)
    d = i[:, None] - i
    return (d < 0) | (d >= window)


def sliding_window_mask__only_the_last(tokens, window):
    """Looks only at the token that stands window - 1 back.

    Hint: none
    """
    return torch.diag(torch.ones(max(tokens - window + 1, 0)), -(window - 1)).bool()[
        :tokens, :tokens
    ]


def sliding_window_mask__swapped(tokens, window):
    """Swaps query and key.

    Hint: looks_forward
    """
    q = torch.arange(tokens)[None, :]
    k = torch.arange(tokens)[:, None]
    return (k <= q) & (q - k < window)


def sliding_window_mask__squeezed(tokens, window):
    """Takes away axes of size one, so that one token has no table.

    Hint: none
    """
    i = torch.arange(tokens)
    d = i[:, None] - i
    return ((d >= 0) & (d < window)).squeeze()
