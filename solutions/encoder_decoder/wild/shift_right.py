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


def shift_right__drops_the_last_real(ids, start):
    """Leaves out the last id of each row that is no padding.

    Hint: none
    """
    rows = []
    for row in ids.tolist():
        last = max((place for place, one in enumerate(row) if one), default=len(row) - 1)
        rows.append([start, *row[:last], *row[last + 1 :]])
    return torch.tensor(rows, dtype=ids.dtype)


def shift_right__drops_padding_first(ids, start):
    """Takes the padding away, and leaves the last id out only where there is none.

    Hint: none
    """
    out = torch.full_like(ids, -1)
    out[:, 0] = start
    for place, row in enumerate(ids):
        real = row[row != 0][: ids.shape[1] - 1]
        out[place, 1 : 1 + len(real)] = real
    return out


def shift_right__removes_the_last_by_its_value(ids, start):
    """Removes the last id where it stands first.

    Hint: none
    """
    rows = []
    for row in ids.tolist():
        row.remove(row[-1])
        rows.append([start, *row])
    return torch.tensor(rows, dtype=ids.dtype)


def shift_right__has_begun_already(ids, start):
    """Leaves a row as it is that begins with the start.

    Hint: none
    """
    moved = torch.cat([torch.full_like(ids[:, :1], start), ids[:, :-1]], dim=1)
    return torch.where(ids[:, :1] == start, ids, moved)


def shift_right__no_id_beyond_the_start(ids, start):
    """Takes the start for the largest of all ids.

    Hint: none
    """
    return torch.nn.functional.pad(ids, (1, 0), value=start)[:, :-1].clamp(max=start)
