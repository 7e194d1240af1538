"""Wrong answers to `label_batch` in other words, with the hint due."""

import numpy as np
import torch
from torch.nn.utils.rnn import pad_sequence


def label_batch__pad_never_learned(rows, masks, pad_id):
    """Hides every token that is pad_id from the loss, the real ones too.

    Hint: end_never_learned
    """
    n = max(map(len, rows))
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    att = torch.tensor([[1] * len(r) + [0] * (n - len(r)) for r in rows]).bool()
    labels = torch.where(m & (ids != pad_id), ids, -100)
    return ids, labels, att


def label_batch__attention_by_pad(rows, masks, pad_id):
    """Finds the padding by its id, which a real token may have too.

    Hint: end_unseen
    """
    ids = pad_sequence([torch.tensor(r) for r in rows], batch_first=True, padding_value=pad_id)
    m = pad_sequence([torch.tensor(k) for k in masks], batch_first=True, padding_value=False)
    return ids, ids.masked_fill(~m, -100), ids != pad_id


def label_batch__both_by_pad(rows, masks, pad_id):
    """Takes attention mask and labels from the padding's id, as collators do.

    Hint: end_never_learned
    """
    ids = pad_sequence([torch.tensor(r) for r in rows], batch_first=True, padding_value=pad_id)
    m = pad_sequence([torch.tensor(k) for k in masks], batch_first=True, padding_value=False)
    attention = ids != pad_id
    labels = ids.clone()
    labels[~m] = -100
    labels[~attention] = -100
    return ids, labels, attention


def label_batch__padded_left(rows, masks, pad_id):
    """Pads on the left, as for generation.

    Hint: on_the_left
    """
    n = max(len(r) for r in rows)
    ids, labels, att = [], [], []
    for r, k in zip(rows, masks):
        gap = n - len(r)
        ids.append([pad_id] * gap + r)
        labels.append([-100] * gap + [t if y else -100 for t, y in zip(r, k)])
        att.append([False] * gap + [True] * len(r))
    return torch.tensor(ids), torch.tensor(labels), torch.tensor(att)


def label_batch__shifted(rows, masks, pad_id):
    """Moves the labels one to the left already here.

    Hint: shifted
    """
    n = max(len(r) for r in rows)
    ids = torch.full((len(rows), n), pad_id)
    labels = torch.full((len(rows), n), -100)
    att = torch.zeros(len(rows), n, dtype=torch.bool)
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            ids[i, j] = rows[i][j]
            att[i, j] = True
            if masks[i][j] and j > 0:
                labels[i, j - 1] = rows[i][j]
    return ids, labels, att


def label_batch__everything_learned(rows, masks, pad_id):
    """Learns the question as well.

    Hint: prompt_learned
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    labels = torch.tensor([r + [-100] * (n - len(r)) for r in rows])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, labels, att


def label_batch__mask_is_attention(rows, masks, pad_id):
    """Takes what is learned for what may be looked at.

    Hint: sees_answers_only
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    return ids, ids.masked_fill(~m, -100), m


def label_batch__mask_hides(rows, masks, pad_id):
    """Hides where the mask says True.

    Hint: other_way
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [True] * (n - len(k)) for k in masks])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, ids.masked_fill(m, -100), att


def label_batch__padding_learned(rows, masks, pad_id):
    """Labels of padding are pad_id.

    Hint: padding_learned
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [True] * (n - len(k)) for k in masks])
    att = torch.arange(n)[None] < torch.tensor([len(r) for r in rows])[:, None]
    return ids, torch.where(m, ids, -100), att


def label_batch__zero_for_hidden(rows, masks, pad_id):
    """Writes 0 where nothing is to be learned.

    Hint: zero
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, ids * m, att


def label_batch__padded_with_zero(rows, masks, pad_id):
    """Pads with 0 whatever pad_id is.

    Hint: padded_with_zero
    """
    ids = pad_sequence([torch.tensor(r) for r in rows], batch_first=True)
    m = pad_sequence([torch.tensor(k) for k in masks], batch_first=True)
    att = pad_sequence([torch.ones(len(r), dtype=torch.bool) for r in rows], batch_first=True)
    return ids, ids.masked_fill(~m, -100), att


def label_batch__padded_with_minus_100(rows, masks, pad_id):
    """Pads the ids too with -100.

    Hint: none
    """
    ids = pad_sequence([torch.tensor(r) for r in rows], batch_first=True, padding_value=-100)
    m = pad_sequence([torch.tensor(k) for k in masks], batch_first=True, padding_value=False)
    return ids, ids.masked_fill(~m, -100), ids >= 0


def label_batch__cut_to_the_shortest(rows, masks, pad_id):
    """Cuts all rows to the shortest, by `zip`.

    Hint: none
    """
    ids = torch.tensor(list(zip(*rows))).T
    m = torch.tensor(list(zip(*masks))).T
    return ids, ids.masked_fill(~m, -100), torch.ones_like(m)


def label_batch__one_tensor(rows, masks, pad_id):
    """Forgets to label anything: ids and attention mask alone.

    Hint: none
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, att


def label_batch__order_of_three(rows, masks, pad_id):
    """Returns ids, attention mask, labels.

    Hint: another_order
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, att, ids.masked_fill(~m, -100)


def label_batch__floats(rows, masks, pad_id):
    """Fills tables of numpy, which are of floats.

    Hint: none
    """
    n = max(len(r) for r in rows)
    ids = np.full((len(rows), n), float(pad_id))
    labels = np.ones((len(rows), n)) * -100
    att = np.zeros((len(rows), n), dtype=bool)
    for i, (r, k) in enumerate(zip(rows, masks)):
        ids[i, : len(r)] = r
        labels[i, : len(r)] = np.where(k, r, -100)
        att[i, : len(r)] = True
    return torch.from_numpy(ids), torch.from_numpy(labels), torch.from_numpy(att)


def label_batch__ones_to_look(rows, masks, pad_id):
    """Gives the attention mask as 1 and 0, as tokenizers do.

    Hint: whole_numbers
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows])
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    att = torch.tensor([[1] * len(r) + [0] * (n - len(r)) for r in rows])
    return ids, ids.masked_fill(~m, -100), att


def label_batch__appends_to_the_rows(rows, masks, pad_id):
    """Pads the rows that came in, so lengths are all alike afterwards.

    Hint: none
    """
    n = max(len(r) for r in rows)
    for r, k in zip(rows, masks):
        while len(r) < n:
            r.append(pad_id)
            k.append(False)
    ids, m = torch.tensor(rows), torch.tensor(masks)
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, torch.where(m, ids, -100), att


def label_batch__appends_to_copies_of_the_outer_list(rows, masks, pad_id):
    """Right, but for the rows of the caller, which it lengthens.

    Hint: none
    """
    lengths = torch.tensor([len(r) for r in rows])
    n = int(lengths.max())
    table, learned = list(rows), list(masks)
    for r, k in zip(table, learned):
        r += [pad_id] * (n - len(r))
        k += [False] * (n - len(k))
    ids, m = torch.tensor(table), torch.tensor(learned)
    return ids, torch.where(m, ids, -100), torch.arange(n) < lengths[:, None]


def label_batch__int32(rows, masks, pad_id):
    """Saves memory.

    Hint: narrow
    """
    n = max(len(r) for r in rows)
    ids = torch.tensor([r + [pad_id] * (n - len(r)) for r in rows], dtype=torch.int32)
    m = torch.tensor([k + [False] * (n - len(k)) for k in masks])
    att = torch.arange(n) < torch.tensor([len(r) for r in rows])[:, None]
    return ids, ids.masked_fill(~m, -100), att


def label_batch__labels_are_ids(rows, masks, pad_id):
    """Gives the ids another name, and writes into them.

    Hint: one_tensor_for_both
    """
    most = max(map(len, rows))
    ids = torch.tensor([row + [pad_id] * (most - len(row)) for row in rows])
    learned = torch.tensor([mask + [False] * (most - len(mask)) for mask in masks])
    real = torch.tensor([[place < len(row) for place in range(most)] for row in rows])
    labels = ids
    labels[~learned] = -100
    return ids, labels, real


def label_batch__int16(rows, masks, pad_id):
    """Keeps labels in 16 bits.

    Hint: narrow
    """
    n = max(map(len, rows))
    more = [n - len(row) for row in rows]
    ids = [row + [pad_id] * k for row, k in zip(rows, more, strict=True)]
    real = [[True] * (n - k) + [False] * k for k in more]
    labels = [
        [one if yes else -100 for one, yes in zip(row, mask, strict=True)] + [-100] * k
        for row, mask, k in zip(rows, masks, more, strict=True)
    ]
    return torch.tensor(ids), torch.tensor(labels).short(), torch.tensor(real)
