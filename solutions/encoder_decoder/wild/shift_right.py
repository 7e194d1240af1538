"""Wrong answers to `shift_right` in other words, with the hint due."""

import torch


def shift_right__drops_the_first(ids, start):
    """Moves the words forward, and puts the start at the end.

    Hint: to_the_left
    """
    read = ids.clone()
    read[:, :-1] = ids[:, 1:]
    read[:, -1] = start
    return read


def shift_right__puts_it_in_front(ids, start):
    """Puts a column in front and leaves all words in.

    Hint: longer
    """
    column = torch.ones(ids.shape[0], 1, dtype=ids.dtype) * start
    return torch.hstack((column, ids))


def shift_right__overwrites_the_first(ids, start):
    """Writes the start over the first word.

    Hint: not_shifted
    """
    out = ids.clone()
    out[:, 0] = start
    return out


def shift_right__rolls(ids, start):
    """Rolls the row and forgets to write the start.

    Hint: round_the_corner
    """
    return torch.stack([torch.cat([row[-1:], row[:-1]]) for row in ids])


def shift_right__moves_sentences(ids, start):
    """Moves whole rows down.

    Hint: along_the_batch
    """
    out = torch.full_like(ids, start)
    out[1:] = ids[:-1]
    return out


def shift_right__in_floats(ids, start):
    """Fills a tensor of floats.

    Hint: none
    """
    out = torch.zeros(ids.shape)
    out[:, 0] = start
    out[:, 1:] = ids[:, :-1]
    return out


def shift_right__without_the_start(ids, start):
    """Cuts the last id off, and adds nothing.

    Hint: none
    """
    return ids[:, :-1]
