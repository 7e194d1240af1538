"""Wrong answers to `attention_mask` in other words, with the hint due."""

import torch


def attention_mask__numbers(lengths, side="right"):
    """Makes ones and zeros instead of booleans.

    Hint: ones_and_zeros
    """
    n = max(lengths)
    rows = []
    for length in lengths:
        if side == "left":
            rows.append([0] * (n - length) + [1] * length)
        else:
            rows.append([1] * length + [0] * (n - length))
    return torch.tensor(rows)


def attention_mask__floats(lengths, side="right"):
    """Makes a tensor of floats.

    Hint: ones_and_zeros
    """
    mask = torch.zeros(len(lengths), max(lengths))
    for i, n in enumerate(lengths):
        if side == "left":
            mask[i, mask.shape[1] - n :] = 1
        else:
            mask[i, :n] = 1
    return mask


def attention_mask__true_for_padding(lengths, side="right"):
    """Says True for padding, as PyTorch's key_padding_mask does.

    Hint: marks_the_padding
    """
    n = torch.tensor(lengths)[:, None]
    places = torch.arange(max(lengths))
    return places >= n if side == "right" else places < max(lengths) - n


def attention_mask__always_on_the_right(lengths, side="right"):
    """Does not use the side.

    Hint: always_right
    """
    return torch.arange(max(lengths)).expand(len(lengths), -1) < torch.tensor(lengths).unsqueeze(1)


def attention_mask__one_too_many(lengths, side="right"):
    """Lets one token too many be real, since it compares with <=.

    Hint: one_too_many
    """
    n = torch.tensor(lengths)[:, None]
    places = torch.arange(max(lengths))[None, :]
    mask = places <= n
    return mask if side == "right" else mask.flip(1)


def attention_mask__one_too_few_on_the_left(lengths, side="right"):
    """Hides the first token on the left, since it compares with >.

    Hint: none
    """
    longest = max(lengths)
    rows = []
    for n in lengths:
        if side == "right":
            rows.append([k < n for k in range(longest)])
        else:
            rows.append([k > longest - n for k in range(longest)])
    return torch.tensor(rows)


def attention_mask__rows_turned_round(lengths, side="right"):
    """Turns the order of the sentences round for the left instead of that of the places.

    Hint: turns_everything_round
    """
    places = torch.arange(max(lengths))
    mask = torch.stack([places < n for n in lengths])
    return torch.flip(mask, dims=[0]) if side == "left" else mask


def attention_mask__both_axes_turned_round(lengths, side="right"):
    """Turns both axes round for the left.

    Hint: turns_everything_round
    """
    places = torch.arange(max(lengths))
    mask = torch.stack([places < n for n in lengths])
    return torch.flip(mask, dims=(0, 1)) if side == "left" else mask


def attention_mask__empty_row_from_the_end(lengths, side="right"):
    """Counts from the end with -n, which for a length of 0 is the whole row.

    Hint: counts_from_the_end
    """
    mask = torch.zeros((len(lengths), max(lengths)), dtype=torch.bool)
    for i, n in enumerate(lengths):
        if side == "right":
            mask[i, :n] = True
        elif side == "left":
            mask[i, -n:] = True
    return mask


def attention_mask__lists(lengths, side="right"):
    """Returns lists instead of a tensor.

    Hint: none
    """
    n = max(lengths)
    if side == "left":
        return [[k >= n - length for k in range(n)] for length in lengths]
    return [[k < length for k in range(n)] for length in lengths]


def attention_mask__rows_and_columns_swapped(lengths, side="right"):
    """Swaps the axes: a row for each place and a column for each sentence.

    Hint: token_first
    """
    places = torch.arange(max(lengths))[:, None]
    n = torch.tensor(lengths)[None, :]
    return places < n if side == "right" else places >= max(lengths) - n


def attention_mask__square(lengths, side="right"):
    """Makes as many columns as there are sentences.

    Hint: none
    """
    n = torch.tensor(lengths)
    places = torch.arange(len(lengths))
    mask = places[None, :] < n[:, None]
    return mask.flip(1) if side == "left" else mask


def attention_mask__to_the_first(lengths, side="right"):
    """Takes the first sentence for the longest.

    Hint: none
    """
    n = lengths[0]
    mask = torch.zeros(len(lengths), n, dtype=torch.bool)
    for i, length in enumerate(lengths):
        for k in range(length):
            mask[i, k if side == "right" else n - 1 - k] = True
    return mask


def attention_mask__more_axes(lengths, side="right"):
    """Adds axes for heads and queries.

    Hint: none
    """
    places = torch.arange(max(lengths))
    n = torch.tensor(lengths)[:, None]
    mask = places < n if side == "right" else places >= max(lengths) - n
    return mask[:, None, None, :]


def attention_mask__sides_swapped(lengths, side="right"):
    """Swaps left and right.

    Hint: sides_swapped
    """
    n = max(lengths)
    mask = torch.zeros(len(lengths), n, dtype=torch.bool)
    for i in range(len(lengths)):
        if side == "left":
            mask[i, : lengths[i]] = True
        else:
            mask[i, n - lengths[i] :] = True
    return mask


def attention_mask__one_too_wide(lengths, side="right"):
    """Makes one column too many.

    Hint: none
    """
    places = torch.arange(max(lengths) + 1)
    n = torch.tensor(lengths)[:, None]
    mask = places < n
    return mask if side == "right" else mask.flip(-1)


def attention_mask__only_the_last_token(lengths, side="right"):
    """Marks one place a row instead of all up to it.

    Hint: none
    """
    mask = torch.zeros(len(lengths), max(lengths), dtype=torch.bool)
    for i, n in enumerate(lengths):
        if n:
            mask[i, n - 1 if side == "right" else max(lengths) - n] = True
    return mask


def attention_mask__printed(lengths, side="right"):
    """Prints the mask and returns nothing.

    Hint: none
    """
    n = max(lengths)
    for length in lengths:
        row = [True] * length + [False] * (n - length)
        print(row if side == "right" else row[::-1])
