"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""

import math
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence

from solutions.masks.reference import (
    additive_mask,
    causal_mask,
    encoder_mask,
    masked_softmax,
    sees,
)


def pad_batch__always_on_the_right(batch, pad, side="right"):
    """Pads on the right, whatever the side is.

    Hint: always_right
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(row) for row in batch)
    return torch.tensor([row + [pad] * (n - len(row)) for row in batch])


def pad_batch__sides_swapped(batch, pad, side="right"):
    """Swaps left and right.

    Hint: sides_swapped
    """
    n = max(len(row) for row in batch)
    if side == "left":
        return torch.tensor([row + [pad] * (n - len(row)) for row in batch])
    elif side == "right":
        return torch.tensor([[pad] * (n - len(row)) + row for row in batch])
    raise ValueError("side")


def pad_batch__any_other_is_left(batch, pad, side="right"):
    """Takes every other side for left and raises nothing.

    Hint: any_side
    """
    n = max(map(len, batch))
    rows = []
    for row in batch:
        fill = [pad] * (n - len(row))
        rows.append(row + fill if side == "right" else fill + row)
    return torch.tensor(rows)


def pad_batch__any_other_is_right(batch, pad, side="right"):
    """Takes every other side for right and raises nothing.

    Hint: any_side
    """
    n = max(map(len, batch))
    out = torch.full((len(batch), n), pad)
    for i, row in enumerate(batch):
        if side == "left":
            out[i, n - len(row) :] = torch.tensor(row)
        else:
            out[i, : len(row)] = torch.tensor(row)
    return out


def pad_batch__left_turned_round(batch, pad, side="right"):
    """Turns the padded rows round for the left, tokens included.

    Hint: backwards
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    out = pad_sequence([torch.tensor(r, dtype=torch.long) for r in batch], True, pad)
    return out.flip(1) if side == "left" else out


def pad_batch__rows_and_columns_swapped(batch, pad, side="right"):
    """Forgets batch_first, so that rows and columns are swapped.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [torch.tensor(r, dtype=torch.long) for r in batch]
    return pad_sequence(rows, padding_value=pad, padding_side=side)


def pad_batch__zeros(batch, pad, side="right"):
    """Fills up with 0 instead of `pad`.

    Hint: with_zeros
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.zeros(len(batch), n, dtype=torch.long)
    for i, row in enumerate(batch):
        for j, token in enumerate(row):
            out[i, j if side == "right" else n - len(row) + j] = token
    return out


def pad_batch__floats(batch, pad, side="right"):
    """Makes a tensor of floats.

    Hint: floats
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.ones(len(batch), n) * pad
    for i, row in enumerate(batch):
        if side == "right":
            out[i, : len(row)] = torch.tensor(row)
        else:
            out[i, n - len(row) :] = torch.tensor(row)
    return out


def pad_batch__int32(batch, pad, side="right"):
    """Makes whole numbers of 32 bits.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    a = np.full((len(batch), n), pad, dtype=np.int32)
    for i, row in enumerate(batch):
        start = 0 if side == "right" else n - len(row)
        a[i, start : start + len(row)] = row
    return torch.from_numpy(a)


def pad_batch__numpy(batch, pad, side="right"):
    """Returns an array of numpy instead of a tensor.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    width = [(0, n - len(r)) if side == "right" else (n - len(r), 0) for r in batch]
    return np.array(
        [np.pad(r, w, constant_values=pad) for r, w in zip(batch, width)], dtype=np.int64
    )


def pad_batch__lists(batch, pad, side="right"):
    """Returns lists instead of a tensor.

    Hint: a_list
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    if side == "right":
        return [r + [pad] * (n - len(r)) for r in batch]
    return [[pad] * (n - len(r)) + r for r in batch]


def pad_batch__ragged(batch, pad, side="right"):
    """Makes a tensor of the rows before they are filled up.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    x = torch.tensor(batch)
    n = x.shape[1]
    return F.pad(x, (0, n), value=pad)


def pad_batch__sequences_changed(batch, pad, side="right"):
    """Fills up the sequences that it was given.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    for row in batch:
        while len(row) < n:
            if side == "right":
                row.append(pad)
            else:
                row.insert(0, pad)
    return torch.tensor(batch)


def pad_batch__to_the_first(batch, pad, side="right"):
    """Takes the first sequence for the longest.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = len(batch[0])
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__to_the_largest(batch, pad, side="right"):
    """Takes the largest list for the longest.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = len(max(batch))
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__to_the_shortest(batch, pad, side="right"):
    """Cuts all to the shortest instead of filling up.

    Hint: cut_to_the_shortest
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = min(len(r) for r in batch)
    if side == "right":
        return torch.tensor([r[:n] for r in batch], dtype=torch.long)
    return torch.tensor([r[len(r) - n :] for r in batch], dtype=torch.long)


def pad_batch__one_too_wide(batch, pad, side="right"):
    """Makes the rows one longer than the longest sequence.

    Hint: always_one_more
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch) + 1
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__empty_row_from_the_end(batch, pad, side="right"):
    """Counts from the end with -len(row), which for an empty sequence is the whole row.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    out = torch.full((len(batch), n), pad, dtype=torch.long)
    for i, row in enumerate(batch):
        if side == "right":
            out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        else:
            out[i, -len(row) :] = torch.tensor(row, dtype=torch.long)
    return out


def pad_batch__asserts(batch, pad, side="right"):
    """Asserts instead of raising a ValueError.

    Hint: any_side
    """
    assert side in ("left", "right")
    n = max(len(r) for r in batch)
    if side == "right":
        return torch.tensor([r + [pad] * (n - len(r)) for r in batch])
    return torch.tensor([[pad] * (n - len(r)) + r for r in batch])


def pad_batch__list_of_tensors(batch, pad, side="right"):
    """Returns a list with a tensor for each row and forgets to stack them.

    Hint: none
    """
    if side not in ("left", "right"):
        raise ValueError(side)
    n = max(len(r) for r in batch)
    rows = []
    for r in batch:
        missing = n - len(r)
        width = (0, missing) if side == "right" else (missing, 0)
        rows.append(F.pad(torch.tensor(r, dtype=torch.long), width, value=pad))
    return rows


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

    Hint: none
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


def truncate__simple_slice(ids, length, special):
    """Cuts at the length, special or not.

    Hint: cuts_the_end_off
    """
    if len(special) > length:
        raise ValueError("too many special ids")
    return ids[:length]


def truncate__last_one_kept(ids, length, special):
    """Keeps the very last id and cuts before it, as if special ids stood only at the ends.

    Hint: keeps_only_the_last_special_id
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    if len(ids) <= length:
        return list(ids)
    return ids[: length - 1] + ids[-1:]


def truncate__first_ordinary_dropped(ids, length, special):
    """Drops ordinary ids from the front.

    Hint: drops_the_first
    """
    out = list(ids)
    while len(out) > length:
        for i, token in enumerate(out):
            if token not in special:
                del out[i]
                break
        else:
            raise ValueError("length")
    return out


def truncate__in_place(ids, length, special):
    """Drops ids from the list that it was given.

    Hint: none
    """
    i = len(ids) - 1
    while len(ids) > length:
        if i < 0:
            raise ValueError("length")
        if ids[i] not in special:
            ids.pop(i)
        i -= 1
    return ids


def truncate__no_error(ids, length, special):
    """Returns the special ids where they are too many, and raises nothing.

    Hint: never_refuses
    """
    room = length - sum(1 for i in ids if i in special)
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__error_also_if_they_fit(ids, length, special):
    """Raises also where the special ids are exactly as many as allowed.

    Hint: refuses_too_early
    """
    fixed = [i for i in ids if i in special]
    if len(fixed) >= length:
        raise ValueError("no room for ordinary ids")
    room = length - len(fixed)
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room:
            out.append(i)
            room -= 1
    return out


def truncate__removed_by_value(ids, length, special):
    """Removes by value, which takes the first equal id and not the last.

    Hint: takes_equal_ids_for_one
    """
    out = ids.copy()
    ordinary = [i for i in out if i not in special]
    while len(out) > length:
        if not ordinary:
            raise ValueError("length")
        out.remove(ordinary.pop())
    return out


def truncate__special_to_the_end(ids, length, special):
    """Puts the special ids behind the ordinary ones.

    Hint: special_ids_to_the_end
    """
    fixed = [i for i in ids if i in special]
    if len(fixed) > length:
        raise ValueError("length")
    ordinary = [i for i in ids if i not in special]
    return ordinary[: length - len(fixed)] + fixed


def truncate__same_list(ids, length, special):
    """Returns the list itself where nothing is to be cut.

    Hint: none
    """
    if len(ids) <= length:
        return ids
    room = length - sum(i in special for i in ids)
    if room < 0:
        raise ValueError("length")
    out = []
    for i in ids:
        if i in special or room > 0:
            out.append(i)
            room -= i not in special
    return out


def truncate__special_counted_once(ids, length, special):
    """Counts the different special ids, not how often they stand in the sequence.

    Hint: none
    """
    room = length - len(special)
    if room < 0:
        raise ValueError("length")
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__special_beside_the_length(ids, length, special):
    """Keeps `length` ordinary ids and the special ones beside them.

    Hint: forgets_to_count_special_ids
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    out, n = [], 0
    for i in ids:
        if i in special:
            out.append(i)
        elif n < length:
            out.append(i)
            n += 1
    return out


def truncate__one_too_short(ids, length, special):
    """Cuts one id too many, since it goes on while there are at least `length`.

    Hint: room_for_one_less
    """
    out = list(ids)
    for i in range(len(out) - 1, -1, -1):
        if len(out) < length:
            break
        if out[i] not in special:
            del out[i]
    if len(out) > length:
        raise ValueError("length")
    return out


def truncate__no_end(ids, length, special):
    """Never ends where there is nothing left to drop.

    Hint: none
    """
    out = list(ids)
    while len(out) > length:
        for k in reversed(range(len(out))):
            if out[k] not in special:
                del out[k]
                break
    return out


def truncate__only_special_left(ids, length, special):
    """Drops all the ordinary ids as soon as the sequence is too long.

    Hint: none
    """
    if len(ids) <= length:
        return list(ids)
    fixed = [i for i in ids if i in special]
    if len(fixed) > length:
        raise ValueError("length")
    return fixed


def truncate__only_from_the_end(ids, length, special):
    """Drops the last id if it is ordinary and stops at a special one.

    Hint: none
    """
    out = list(ids)
    while len(out) > length and out[-1] not in special:
        out.pop()
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return out


def truncate__filled_up(ids, length, special):
    """Fills a short sequence up to the length.

    Hint: none
    """
    fixed = sum(i in special for i in ids)
    if fixed > length:
        raise ValueError("length")
    room, out = length - fixed, []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out + [0] * (length - len(out))


def truncate__each_special_once(ids, length, special):
    """Keeps each special id once.

    Hint: none
    """
    out, seen = [], set()
    room = length - len(special & set(ids))
    if room < 0:
        raise ValueError("length")
    for i in ids:
        if i in special:
            if i not in seen:
                out.append(i)
                seen.add(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__cut_and_special_added(ids, length, special):
    """Cuts first and then adds the special ids that were lost, so that it gets too long.

    Hint: none
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return ids[:length] + [i for i in ids[length:] if i in special]


def truncate__nothing_cut(ids, length, special):
    """Returns a copy and cuts nothing.

    Hint: none
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return list(ids)


def truncate__tuple_and_set(ids, length, special):
    """Goes through a set of the ids, which loses their order and repetition.

    Hint: none
    """
    fixed = set(ids) & special
    if len(fixed) > length:
        raise ValueError("length")
    return list(fixed) + list(set(ids) - special)[: length - len(fixed)]


def encoder_mask__no_queries(attention_mask):
    """Adds axes but has one row instead of one for each query.

    Hint: one_row_for_all
    """
    return attention_mask[:, None, None, :]


def encoder_mask__queries_hidden(attention_mask):
    """Hides the rows of padding instead of the columns.

    Hint: hides_the_wrong_side
    """
    batch, n = attention_mask.shape
    return attention_mask.view(batch, 1, n, 1).expand(batch, 1, n, n)


def encoder_mask__both_hidden(attention_mask):
    """Hides rows of padding as well as columns.

    Hint: blindfolds_padding
    """
    m = attention_mask.unsqueeze(1).unsqueeze(2)
    return m & m.transpose(-1, -2)


def encoder_mask__product(attention_mask):
    """Multiplies the mask with itself, which hides rows too and makes numbers.

    Hint: blindfolds_padding
    """
    m = attention_mask.float()
    return torch.einsum("bq,bk->bqk", m, m).unsqueeze(1)


def encoder_mask__either(attention_mask):
    """Lets look where the query or the key is real.

    Hint: none
    """
    return attention_mask[:, None, :, None] | attention_mask[:, None, None, :]


def encoder_mask__numbers(attention_mask):
    """Makes whole numbers instead of booleans.

    Hint: none
    """
    b, n = attention_mask.shape
    return attention_mask.int()[:, None, None, :].repeat(1, 1, n, 1)


def encoder_mask__turned_round(attention_mask):
    """Says True for what is hidden.

    Hint: marks_the_padding
    """
    n = attention_mask.size(1)
    return (~attention_mask)[:, None, None, :].expand(-1, 1, n, -1)


def encoder_mask__causal(attention_mask):
    """Hides the future as well, as in a decoder.

    Hint: looks_back_only
    """
    n = attention_mask.shape[-1]
    return attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n, dtype=torch.bool))


def encoder_mask__no_heads(attention_mask):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return torch.stack([row.repeat(n, 1) for row in attention_mask])


def encoder_mask__heads_in_front(attention_mask):
    """Puts the axis for the heads in front of the batch.

    Hint: heads_first
    """
    n = attention_mask.shape[1]
    return attention_mask[None, :, None, :].expand(1, -1, n, -1)


def encoder_mask__additive(attention_mask):
    """Makes the additive form.

    Hint: none
    """
    n = attention_mask.shape[1]
    m = attention_mask[:, None, None, :].expand(-1, -1, n, -1)
    return torch.zeros(m.shape).masked_fill(~m, float("-inf"))


def encoder_mask__transposed_batch(attention_mask):
    """Uses .T, which swaps the batch and the tokens.

    Hint: none
    """
    return (attention_mask.unsqueeze(0) & attention_mask.T.unsqueeze(1)).unsqueeze(1)


def encoder_mask__as_many_rows_as_sentences(attention_mask):
    """Repeats the row for each sentence instead of for each token.

    Hint: none
    """
    batch = len(attention_mask)
    return attention_mask[:, None, None, :].repeat(1, 1, batch, 1)


def encoder_mask__everything(attention_mask):
    """Lets everybody look everywhere, at padding too.

    Hint: none
    """
    b, n = attention_mask.shape
    return torch.ones(b, 1, n, n, dtype=torch.bool)


def encoder_mask__itself_only(attention_mask):
    """Lets each token look at itself only.

    Hint: none
    """
    return torch.diag_embed(attention_mask)[:, None]


def encoder_mask__squeezed(attention_mask):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :].expand(-1, -1, n, -1).squeeze()


def encoder_mask__same_data_other_axes(attention_mask):
    """Repeats and reshapes, so that the rows of different sentences mix.

    Hint: none
    """
    b, n = attention_mask.shape
    return attention_mask.repeat(n, 1).reshape(b, 1, n, n)


def encoder_mask__lists(attention_mask):
    """Returns nested lists instead of a tensor.

    Hint: none
    """
    out = []
    for row in attention_mask.tolist():
        out.append([[row for _ in row]])
    return out


def additive_mask__minus_infinity(mask):
    """Uses minus infinity, which is no finite number.

    Hint: infinity
    """
    return torch.zeros(mask.shape).masked_fill(~mask, -math.inf)


def additive_mask__minus_a_billion(mask):
    """Uses -1e9, which is not the lowest number.

    Hint: minus_a_billion
    """
    return (~mask).float() * -1e9


def additive_mask__minus_ten_thousand(mask):
    """Uses -10000, as old code does.

    Hint: none
    """
    return (1.0 - mask.float()) * -10000.0


def additive_mask__copied_from_the_example(mask):
    """Copies the rounded number from the example.

    Hint: none
    """
    return torch.where(mask, 0.0, -3.4028e38)


def additive_mask__turned_round(mask):
    """Hides what may be looked at.

    Hint: upside_down
    """
    out = torch.zeros(mask.shape, dtype=torch.float32)
    out[mask] = torch.finfo(torch.float32).min
    return out


def additive_mask__one_to_look(mask):
    """Gives 1 instead of 0 where one may look.

    Hint: one_to_look
    """
    return torch.where(mask, 1.0, torch.finfo(torch.float32).min)


def additive_mask__bool_taken_from_one(mask):
    """Takes a boolean tensor away from 1, which PyTorch does not do.

    Hint: none
    """
    return (1 - mask) * torch.finfo(torch.float32).min


def additive_mask__zero_times_infinity(mask):
    """Multiplies by minus infinity, so that 0 becomes nan.

    Hint: infinity
    """
    return (~mask).float() * float("-inf")


def additive_mask__logarithm(mask):
    """Takes the logarithm of 1 and 0, which gives minus infinity.

    Hint: infinity
    """
    return torch.log(mask.float())


def additive_mask__ones_and_zeros(mask):
    """Makes ones and zeros of it and nothing more.

    Hint: ones_and_zeros
    """
    return mask.to(torch.float32)


def additive_mask__double(mask):
    """Uses the lowest number of float64.

    Hint: none
    """
    low = torch.finfo(torch.float64).min
    return torch.zeros(mask.shape, dtype=torch.float64).masked_fill(~mask, low)


def additive_mask__right_numbers_in_double(mask):
    """Returns float64 instead of float32.

    Hint: none
    """
    low = np.finfo(np.float32).min
    return torch.from_numpy(np.where(mask.numpy(), 0.0, float(low)))


def additive_mask__half(mask):
    """Uses the lowest number of float16.

    Hint: none
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float16).min)


def additive_mask__smallest_positive(mask):
    """Uses the smallest positive number instead of the lowest.

    Hint: the_smallest
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).tiny)


def additive_mask__smallest_positive_of_sys(mask):
    """Uses sys.float_info.min, which is positive and tiny.

    Hint: the_smallest
    """
    return torch.where(mask, torch.tensor(0.0), torch.tensor(-sys.float_info.min))


def additive_mask__largest_of_python(mask):
    """Uses the largest number of Python, which is infinite in float32.

    Hint: infinity
    """
    return torch.where(mask, torch.tensor(0.0), torch.tensor(-sys.float_info.max))


def additive_mask__positive(mask):
    """Uses the highest number instead of the lowest.

    Hint: the_highest
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).max)


def additive_mask__written_into_booleans(mask):
    """Writes the numbers into a tensor of booleans, where they become True.

    Hint: none
    """
    out = mask.clone()
    out[mask] = 0
    out[~mask] = torch.finfo(torch.float32).min
    return out


def additive_mask__minus_one(mask):
    """Gives -1 to what is hidden.

    Hint: none
    """
    return mask.float() - 1


def additive_mask__lists(mask):
    """Returns lists instead of a tensor.

    Hint: none
    """
    low = torch.finfo(torch.float32).min
    flat = [0.0 if m else low for m in mask.flatten().tolist()]
    return flat


def additive_mask__more_axes(mask):
    """Adds axes for batch and heads.

    Hint: none
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)[None, None]


def additive_mask__flat(mask):
    """Loses the shape of the mask.

    Hint: none
    """
    low = torch.finfo(torch.float32).min
    return torch.tensor([0.0 if m else low for m in mask.flatten()])


def masked_softmax__nan_where_all_is_hidden(scores, mask):
    """Leaves nan in a row in which all is hidden.

    Hint: nan_for_an_empty_row
    """
    return F.softmax(torch.where(mask, scores, float("-inf")), dim=-1)


def masked_softmax__mask_after_softmax(scores, mask):
    """Multiplies by the mask after the softmax, so that rows no longer sum to 1.

    Hint: hides_afterwards
    """
    return torch.softmax(scores, dim=-1) * mask


def masked_softmax__shared_anew_after_softmax(scores, mask):
    """Divides anew after the softmax, where a huge hidden score has left nothing to share.

    Hint: none
    """
    w = torch.softmax(scores, dim=-1) * mask
    return w / w.sum(dim=-1, keepdim=True)


def masked_softmax__shared_anew_with_nan_swept(scores, mask):
    """Divides anew after the softmax and sweeps nan away, so that some rows lose everything.

    Hint: none
    """
    w = torch.softmax(scores, dim=-1).masked_fill(~mask, 0.0)
    return torch.nan_to_num(w / w.sum(dim=-1, keepdim=True))


def masked_softmax__minus_a_billion(scores, mask):
    """Uses -1e9 for what is hidden, so that a hidden row looks at everything alike.

    Hint: even_in_an_empty_row
    """
    return torch.softmax(scores.masked_fill(mask == 0, -1e9), dim=-1)


def masked_softmax__minus_hundred(scores, mask):
    """Uses a small negative number, which leaves some weight.

    Hint: none
    """
    return torch.softmax(scores.masked_fill(~mask, -100.0), dim=-1)


def masked_softmax__scores_times_mask(scores, mask):
    """Makes hidden scores 0, which is a score like any other.

    Hint: zero_for_hidden_scores
    """
    return torch.softmax(scores * mask, dim=-1)


def masked_softmax__turned_round(scores, mask):
    """Hides what may be looked at.

    Hint: upside_down
    """
    w = torch.softmax(scores.masked_fill(mask, -torch.inf), dim=-1)
    return torch.nan_to_num(w)


def masked_softmax__along_the_queries(scores, mask):
    """Takes the softmax along the queries.

    Hint: queries_compete
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-2)
    return torch.nan_to_num(w)


def masked_softmax__along_axis_one(scores, mask):
    """Takes the softmax along axis 1, whatever axis that is.

    Hint: queries_compete
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=1)
    return w.nan_to_num(0.0)


def masked_softmax__alike_where_all_is_hidden(scores, mask):
    """Gives a hidden row equal weights.

    Hint: even_in_an_empty_row
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.nan_to_num(w, nan=1.0 / scores.shape[-1])


def masked_softmax__additive(scores, mask):
    """Adds the additive form, which a hidden score of infinity survives.

    Hint: adds_a_penalty
    """
    w = torch.softmax(scores + additive_mask(mask), dim=-1)
    return w * mask


def masked_softmax__additive_and_no_zeros(scores, mask):
    """Adds the additive form and forgets the rows in which all is hidden.

    Hint: adds_a_penalty
    """
    return torch.softmax(scores + additive_mask(mask), -1)


def masked_softmax__in_place(scores, mask):
    """Writes into the scores that it was given.

    Hint: none
    """
    scores.masked_fill_(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1).nan_to_num()


def masked_softmax__mask_as_an_index(scores, mask):
    """Uses the mask as an index, which needs the same shape.

    Hint: none
    """
    s = scores.clone()
    s[~mask] = float("-inf")
    return torch.nan_to_num(torch.softmax(s, dim=-1))


def masked_softmax__exp_at_once(scores, mask):
    """Takes exp without taking the maximum away, so that large scores overflow.

    Hint: none
    """
    e = torch.exp(scores) * mask
    total = e.sum(-1, keepdim=True)
    return torch.where(total > 0, e / total, 0.0)


def masked_softmax__maximum_of_the_hidden(scores, mask):
    """Takes away the maximum of all scores, hidden ones too.

    Hint: the_largest_of_all_scores
    """
    e = torch.exp(scores - scores.amax(-1, keepdim=True)) * mask
    total = e.sum(-1, keepdim=True)
    return torch.where(total == 0, torch.zeros_like(e), e / total)


def masked_softmax__small_number_below(scores, mask):
    """Adds a small number below the line, and multiplies only after exp.

    Hint: none
    """
    e = torch.exp(scores) * mask.float()
    return e / (e.sum(dim=-1, keepdim=True) + 1e-8)


def masked_softmax__logarithms(scores, mask):
    """Returns logarithms of the weights.

    Hint: none
    """
    return torch.log_softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)


def masked_softmax__only_if_all_is_hidden(scores, mask):
    """Returns zeros only if everything in all rows is hidden.

    Hint: nan_for_an_empty_row
    """
    if not mask.any():
        return torch.zeros_like(scores)
    return torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)


def masked_softmax__ambiguous(scores, mask):
    """Asks a whole tensor whether it is true.

    Hint: none
    """
    s = scores.masked_fill(~mask, float("-inf"))
    if mask.sum(-1) == 0:
        return torch.zeros_like(scores)
    return torch.softmax(s, dim=-1)


def masked_softmax__keepdim_forgotten(scores, mask):
    """Forgets keepdim when it finds the rows with nothing to look at.

    Hint: none
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.where(mask.any(dim=-1), w, torch.zeros_like(w))


def masked_softmax__hidden_taken_out(scores, mask):
    """Takes the visible scores out, which makes one long row of them.

    Hint: none
    """
    out = torch.zeros_like(scores)
    out[mask.expand_as(scores)] = torch.softmax(scores[mask.expand_as(scores)], dim=0)
    return out


def masked_softmax__smallest_score(scores, mask):
    """Gives what is hidden the smallest score.

    Hint: none
    """
    return torch.softmax(torch.where(mask, scores, scores.min()), dim=-1) * mask


def masked_softmax__scores_hidden_only(scores, mask):
    """Returns the scores with minus infinity and forgets the softmax.

    Hint: no_softmax
    """
    return scores.masked_fill(~mask, float("-inf"))


def masked_softmax__no_mask(scores, mask):
    """Does not use the mask.

    Hint: none
    """
    return torch.softmax(scores, dim=-1)


def masked_softmax__two_axes_only(scores, mask):
    """Goes through rows and columns, as if there were exactly two axes.

    Hint: none
    """
    out = torch.zeros(len(scores), len(scores[0]))
    for q in range(len(scores)):
        visible = [k for k in range(len(scores[q])) if mask[q][k]]
        if not visible:
            continue
        top = max(float(scores[q][k]) for k in visible)
        total = sum(math.exp(float(scores[q][k]) - top) for k in visible)
        for k in visible:
            out[q, k] = math.exp(float(scores[q][k]) - top) / total
    return out


def masked_softmax__squeezed(scores, mask):
    """Takes away all axes of size one at the end.

    Hint: none
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.nan_to_num(w).squeeze()


def attention__not_scaled(queries, keys, values, mask):
    """Does not divide by the square root of d_head.

    Hint: unscaled
    """
    return masked_softmax(torch.einsum("...qd,...kd->...qk", queries, keys), mask) @ values


def attention__divided_by_d(queries, keys, values, mask):
    """Divides by d_head and forgets the root.

    Hint: scaled_too_much
    """
    d = queries.size(-1)
    weights = masked_softmax(queries @ keys.transpose(-2, -1) / d, mask)
    return weights @ values


def attention__times_the_root(queries, keys, values, mask):
    """Multiplies by the square root instead of dividing.

    Hint: multiplied
    """
    scores = torch.matmul(queries, keys.transpose(-2, -1)) * queries.size(-1) ** 0.5
    return torch.matmul(masked_softmax(scores, mask), values)


def attention__root_of_the_keys(queries, keys, values, mask):
    """Divides by the root of the number of keys.

    Hint: scaled_by_the_keys
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-2])
    return masked_softmax(scores, mask) @ values


def attention__root_of_the_values(queries, keys, values, mask):
    """Divides by the root of d_value.

    Hint: scaled_by_the_values
    """
    d = values.shape[-1]
    return masked_softmax(queries @ keys.mT / d**0.5, mask) @ values


def attention__root_of_axis_one(queries, keys, values, mask):
    """Takes axis 1 for d_head, whatever axis that is.

    Hint: none
    """
    d = queries.shape[1]
    return masked_softmax(queries @ keys.mT / math.sqrt(d), mask) @ values


def attention__root_of_axis_zero(queries, keys, values, mask):
    """Takes the length of the queries for d_head.

    Hint: none
    """
    d = len(queries)
    return masked_softmax(queries @ keys.mT / math.sqrt(d), mask) @ values


def attention__t_of_a_batch(queries, keys, values, mask):
    """Uses .T, which turns all the axes of a batch round.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.T / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__first_axes_swapped(queries, keys, values, mask):
    """Swaps axes 0 and 1 of the keys, which fits two axes only.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.transpose(0, 1) / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__keys_not_swapped(queries, keys, values, mask):
    """Forgets to swap the axes of the keys.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__number_by_number(queries, keys, values, mask):
    """Multiplies queries and keys number by number.

    Hint: none
    """
    d = queries.shape[-1]
    scores = (queries * keys).sum(-1, keepdim=True) / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__mask_added(queries, keys, values, mask):
    """Adds the booleans to the scores.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.mT / math.sqrt(d) + mask
    return torch.softmax(scores, dim=-1) @ values


def attention__mask_turned_round(queries, keys, values, mask):
    """Hides what may be looked at.

    Hint: mask_upside_down
    """
    d = queries.shape[-1]
    return masked_softmax(queries @ keys.mT / math.sqrt(d), ~mask) @ values


def attention__mask_not_used(queries, keys, values, mask):
    """Does not use the mask.

    Hint: without_the_mask
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return torch.softmax(scores, -1) @ values


def attention__mask_after_softmax(queries, keys, values, mask):
    """Multiplies by the mask after the softmax.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return (torch.softmax(scores, -1) * mask) @ values


def attention__own_softmax_nan(queries, keys, values, mask):
    """Uses minus infinity and leaves nan where all is hidden.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    scores = scores.masked_fill(mask == False, float("-inf"))
    return F.softmax(scores, dim=-1) @ values


def attention__minus_a_billion(queries, keys, values, mask):
    """Uses -1e9, so that a query with nothing to look at gets the mean of all values.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    scores = scores.masked_fill(mask == 0, -1e9)
    return torch.softmax(scores, dim=-1) @ values


def attention__weights(queries, keys, values, mask):
    """Returns the weights.

    Hint: weights
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask)


def attention__answer_and_weights(queries, keys, values, mask):
    """Returns the weights beside the answer.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    weights = masked_softmax(scores, mask)
    return weights @ values, weights


def attention__weights_swapped(queries, keys, values, mask):
    """Swaps the axes of the weights before they meet the values.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask).mT @ values


def attention__scaled_after_softmax(queries, keys, values, mask):
    """Divides the weights instead of the scores.

    Hint: none
    """
    weights = masked_softmax(queries @ keys.mT, mask) / math.sqrt(keys.shape[-1])
    return weights @ values


def attention__three_axes_only(queries, keys, values, mask):
    """Names three axes, as if there were always one batch axis.

    Hint: none
    """
    scores = torch.einsum("bqd,bkd->bqk", queries, keys) / queries.shape[-1] ** 0.5
    return torch.einsum("bqk,bkv->bqv", masked_softmax(scores, mask), values)


def attention__batches_multiplied(queries, keys, values, mask):
    """Uses bmm, which takes exactly three axes.

    Hint: none
    """
    scores = torch.bmm(queries, keys.transpose(1, 2)) / queries.shape[-1] ** 0.5
    return torch.bmm(masked_softmax(scores, mask), values)


def attention__cosine(queries, keys, values, mask):
    """Takes the cosine of query and key instead of the dot product.

    Hint: none
    """
    scores = F.normalize(queries, dim=-1) @ F.normalize(keys, dim=-1).mT
    return masked_softmax(scores, mask) @ values


def attention__plain_mean(queries, keys, values, mask):
    """Takes the plain mean of the visible values.

    Hint: none
    """
    shape = torch.broadcast_shapes(mask.shape, (*queries.shape[:-1], keys.shape[-2]))
    m = mask.expand(shape).float()
    return m @ values / m.sum(-1, keepdim=True).clamp(min=1)


def attention__keys_mixed(queries, keys, values, mask):
    """Mixes the keys instead of the values.

    Hint: mixes_the_keys
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask) @ keys


def attention__root_of_whole_numbers(queries, keys, values, mask):
    """Cuts the root to a whole number.

    Hint: none
    """
    scores = queries @ keys.mT / int(math.sqrt(keys.shape[-1]))
    return masked_softmax(scores, mask) @ values


def causal_mask__upper(tokens, past=0):
    """Takes the upper triangle, so that each token looks ahead.

    Hint: looks_forward
    """
    return torch.ones(tokens, past + tokens).triu(past).bool()


def causal_mask__true_is_hidden(tokens, past=0):
    """Says True for what is hidden, as torch.nn.Transformer does.

    Hint: marks_what_is_hidden
    """
    return torch.triu(torch.ones(tokens, past + tokens, dtype=torch.bool), diagonal=past + 1)


def causal_mask__itself_hidden(tokens, past=0):
    """Hides the token itself.

    Hint: not_itself
    """
    k = torch.arange(past + tokens)
    q = torch.arange(past, past + tokens)
    return k[None, :] < q[:, None]


def causal_mask__one_too_far(tokens, past=0):
    """Lets each token look one further.

    Hint: one_too_far
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past + 1)


def causal_mask__diagonal_at_zero(tokens, past=0):
    """Forgets to move the diagonal by the past.

    Hint: counts_from_the_wrong_end
    """
    return torch.tril(torch.ones(tokens, tokens + past, dtype=torch.bool))


def causal_mask__past_not_used(tokens, past=0):
    """Does not use the past.

    Hint: forgets_the_past
    """
    return torch.tensor([[k <= q for k in range(tokens)] for q in range(tokens)])


def causal_mask__past_behind(tokens, past=0):
    """Puts the columns of the past behind instead of in front.

    Hint: past_behind
    """
    now = torch.ones(tokens, tokens).tril().bool()
    return torch.cat([now, torch.ones(tokens, past, dtype=torch.bool)], dim=1)


def causal_mask__past_hidden(tokens, past=0):
    """Hides the past.

    Hint: hides_the_past
    """
    now = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([torch.zeros(tokens, past, dtype=torch.bool), now], dim=1)


def causal_mask__past_asks_too(tokens, past=0):
    """Gives the past rows of its own.

    Hint: past_asks_too
    """
    n = past + tokens
    return torch.tril(torch.ones((n, n), dtype=torch.bool))


def causal_mask__first_rows(tokens, past=0):
    """Takes the first rows of the whole triangle instead of the last.

    Hint: counts_from_the_wrong_end
    """
    n = past + tokens
    return torch.tril(torch.ones((n, n), dtype=torch.bool))[:tokens]


def causal_mask__floats(tokens, past=0):
    """Makes ones and zeros instead of booleans.

    Hint: numbers
    """
    return torch.tril(torch.ones(tokens, tokens + past), diagonal=past)


def causal_mask__whole_numbers(tokens, past=0):
    """Makes whole numbers instead of booleans.

    Hint: numbers
    """
    m = torch.zeros(tokens, past + tokens, dtype=torch.long)
    for q in range(tokens):
        m[q, : past + q + 1] = 1
    return m


def causal_mask__lists(tokens, past=0):
    """Returns lists instead of a tensor.

    Hint: none
    """
    return [[k <= q + past for k in range(past + tokens)] for q in range(tokens)]


def causal_mask__additive(tokens, past=0):
    """Makes the additive form.

    Hint: none
    """
    return torch.full((tokens, past + tokens), float("-inf")).triu(past + 1)


def causal_mask__swapped(tokens, past=0):
    """Swaps rows and columns.

    Hint: none
    """
    k = torch.arange(past + tokens)[:, None]
    q = torch.arange(past, past + tokens)[None, :]
    return k <= q


def causal_mask__everything(tokens, past=0):
    """Lets everybody look everywhere.

    Hint: none
    """
    return torch.ones(tokens, past + tokens).bool()


def causal_mask__diagonal_only(tokens, past=0):
    """Lets each token look at itself only, beside the past.

    Hint: none
    """
    return torch.cat([torch.ones(tokens, past), torch.eye(tokens)], dim=1).bool()


def causal_mask__more_axes(tokens, past=0):
    """Adds axes for batch and heads.

    Hint: none
    """
    return torch.ones(1, 1, tokens, past + tokens, dtype=torch.bool).tril(past)


def causal_mask__last_row_missing(tokens, past=0):
    """Forgets the last row.

    Hint: none
    """
    m = torch.zeros(tokens, past + tokens, dtype=torch.bool)
    for q in range(tokens - 1):
        for k in range(past + q + 1):
            m[q, k] = True
    return m


def causal_mask__minus_past(tokens, past=0):
    """Moves the diagonal to the wrong side.

    Hint: counts_from_the_wrong_end
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(diagonal=-past)


def causal_mask__shape_in_one(tokens, past=0):
    """Adds instead of writing two sizes, so that the mask has one axis.

    Hint: none
    """
    mask = torch.ones(tokens + past)
    return torch.tril(mask).bool()


def decoder_mask__causal_only(attention_mask):
    """Forgets the padding.

    Hint: causal_only
    """
    b, n = attention_mask.shape
    return torch.ones(b, 1, n, n, dtype=torch.bool).tril()


def decoder_mask__padding_only(attention_mask):
    """Forgets the future.

    Hint: padding_only
    """
    return encoder_mask(attention_mask)


def decoder_mask__either(attention_mask):
    """Lets look where one of the two masks lets it.

    Hint: one_of_the_two
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] | causal_mask(n)


def decoder_mask__no_heads(attention_mask):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, :] & causal_mask(n)


def decoder_mask__always_itself(attention_mask):
    """Lets each token look at itself, padding too, so that no row is empty.

    Hint: none
    """
    n = attention_mask.shape[1]
    mask = encoder_mask(attention_mask) & causal_mask(n)
    return mask | torch.eye(n, dtype=torch.bool)


def decoder_mask__queries_hidden_too(attention_mask):
    """Hides rows of padding as well as columns.

    Hint: blindfolds_padding
    """
    n = attention_mask.shape[1]
    keys, queries = attention_mask[:, None, None, :], attention_mask[:, None, :, None]
    return keys & queries & causal_mask(n)


def decoder_mask__queries_hidden(attention_mask):
    """Hides the rows of padding instead of the columns.

    Hint: hides_the_wrong_side
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, :, None] & causal_mask(n)[None, None]


def decoder_mask__itself_hidden(attention_mask):
    """Hides the token itself.

    Hint: not_itself
    """
    n = attention_mask.shape[1]
    strict = torch.ones(n, n, dtype=torch.bool).tril(-1)
    return attention_mask[:, None, None, :] & strict


def decoder_mask__upper(attention_mask):
    """Takes the upper triangle.

    Hint: looks_forward
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] & torch.ones(n, n, dtype=torch.bool).triu()


def decoder_mask__numbers(attention_mask):
    """Multiplies numbers instead of combining booleans.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :].int() * torch.tril(torch.ones(n, n, dtype=torch.int))


def decoder_mask__no_new_axes(attention_mask):
    """Combines the masks as they are, without new axes.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask & causal_mask(n)


def decoder_mask__bool_and_float(attention_mask):
    """Combines booleans with a triangle of floats by &.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n))


def decoder_mask__and(attention_mask):
    """Writes `and` between two tensors.

    Hint: none
    """
    n = attention_mask.shape[1]
    return encoder_mask(attention_mask) and causal_mask(n)


def decoder_mask__turned_round(attention_mask):
    """Says True for what is hidden.

    Hint: none
    """
    n = attention_mask.shape[1]
    return ~(attention_mask[:, None, None, :] & causal_mask(n))


def decoder_mask__additive(attention_mask):
    """Makes the additive form.

    Hint: none
    """
    n = attention_mask.shape[1]
    return additive_mask(attention_mask[:, None, None, :] & causal_mask(n))


def decoder_mask__as_many_as_sentences(attention_mask):
    """Makes a triangle as large as the batch.

    Hint: none
    """
    n = len(attention_mask)
    return attention_mask[:, None, None, :] & causal_mask(n)


def decoder_mask__first_sentence_for_all(attention_mask):
    """Uses the first sentence's padding for all.

    Hint: none
    """
    b, n = attention_mask.shape
    return (attention_mask[0] & causal_mask(n)).expand(b, 1, n, n)


def decoder_mask__squeezed(attention_mask):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return (encoder_mask(attention_mask) & causal_mask(n)).squeeze()


def decoder_mask__running_product(attention_mask):
    """Stops at the first padding, so that on the left nothing is seen.

    Hint: none
    """
    b, n = attention_mask.shape
    seen = torch.cumprod(attention_mask.int(), dim=1).bool()
    return seen[:, None, None, :] & causal_mask(n)


def decoder_mask__t_of_a_batch(attention_mask):
    """Uses .T on a batch.

    Hint: none
    """
    n = attention_mask.shape[1]
    return (attention_mask.T[:, None] & causal_mask(n)).unsqueeze(1)


def decoder_mask__padding_sees_the_first(attention_mask):
    """Lets a row without anything to see look at the first place.

    Hint: none
    """
    n = attention_mask.shape[1]
    mask = encoder_mask(attention_mask) & causal_mask(n)
    mask[..., 0] |= ~mask.any(-1)
    return mask


def position_ids__places(attention_mask):
    """Counts the columns, padding too.

    Hint: by_column
    """
    return torch.arange(attention_mask.shape[1]).expand(*attention_mask.shape).clone()


def position_ids__places_times_mask(attention_mask):
    """Counts the columns and puts 0 at padding, so that on the left numbers are too high.

    Hint: columns_of_tokens
    """
    return torch.arange(attention_mask.shape[1]) * attention_mask


def position_ids__from_one(attention_mask):
    """Counts from 1.

    Hint: from_one
    """
    return torch.cumsum(attention_mask, dim=1) * attention_mask


def position_ids__cumsum_alone(attention_mask):
    """Takes the running sum as it is.

    Hint: from_one
    """
    return attention_mask.long().cumsum(-1)


def position_ids__minus_one_at_padding(attention_mask):
    """Leaves -1 at padding on the left.

    Hint: padding_is_negative
    """
    return attention_mask.long().cumsum(dim=-1) - 1


def position_ids__padding_of_minus_one(attention_mask):
    """Gives padding -1.

    Hint: padding_is_negative
    """
    p = attention_mask.long().cumsum(-1) - 1
    p[~attention_mask] = -1
    return p


def position_ids__padding_of_one(attention_mask):
    """Gives padding 1, as code of transformers does.

    Hint: padding_is_one
    """
    p = attention_mask.long().cumsum(-1) - 1
    return p.masked_fill(attention_mask == 0, 1)


def position_ids__padding_repeats(attention_mask):
    """Lets padding on the right repeat the last number.

    Hint: only_not_negative
    """
    return (attention_mask.long().cumsum(-1) - 1).clamp(min=0)


def position_ids__along_the_batch(attention_mask):
    """Counts along the batch instead of along the tokens.

    Hint: down_the_batch
    """
    p = torch.cumsum(attention_mask.long(), 0) - 1
    return p * attention_mask


def position_ids__counter_goes_on(attention_mask):
    """Does not begin anew in each row.

    Hint: none
    """
    out = torch.zeros(attention_mask.shape, dtype=torch.long)
    count = 0
    for b in range(len(attention_mask)):
        for t in range(attention_mask.shape[1]):
            if attention_mask[b, t]:
                out[b, t] = count
                count += 1
    return out


def position_ids__int32(attention_mask):
    """Makes whole numbers of 32 bits.

    Hint: none
    """
    p = torch.cumsum(attention_mask, dim=-1, dtype=torch.int32) - 1
    return p * attention_mask


def position_ids__floats(attention_mask):
    """Makes a tensor of floats.

    Hint: floats
    """
    m = attention_mask.float()
    return (m.cumsum(-1) - 1) * m


def position_ids__first_real_one_taken_away(attention_mask):
    """Takes the place of the first real token away and forgets padding after the text.

    Hint: only_not_negative
    """
    first = attention_mask.int().argmax(dim=1, keepdim=True)
    return (torch.arange(attention_mask.shape[1]) - first).clamp(min=0)


def position_ids__number_of_padding_taken_away(attention_mask):
    """Takes the number of paddings away, also where they stand on the right.

    Hint: none
    """
    pads = (~attention_mask).sum(dim=1, keepdim=True)
    return (torch.arange(attention_mask.shape[1]) - pads).clamp(min=0) * attention_mask


def position_ids__lists(attention_mask):
    """Returns lists instead of a tensor.

    Hint: none
    """
    rows = []
    for row in attention_mask.tolist():
        n, numbers = 0, []
        for real in row:
            numbers.append(n if real else 0)
            n += real
        rows.append(numbers)
    return rows


def position_ids__one_number_a_row(attention_mask):
    """Counts the real tokens of each row.

    Hint: none
    """
    return attention_mask.sum(dim=1)


def position_ids__argument_changed(attention_mask):
    """Writes into the mask that it was given.

    Hint: none
    """
    p = attention_mask.long().cumsum(-1) - 1
    attention_mask[:, 0] = False
    return p * attention_mask


def position_ids__from_the_end(attention_mask):
    """Counts from the end of the row.

    Hint: counts_how_many_follow
    """
    m = attention_mask.long()
    return (m.flip(1).cumsum(1).flip(1) - 1) * m


def position_ids__bool_taken_away(attention_mask):
    """Takes 1 away from booleans.

    Hint: none
    """
    return (attention_mask - 1).cumsum(-1)


def position_ids__only_real_ones(attention_mask):
    """Returns the numbers of the real tokens without their places.

    Hint: none
    """
    return torch.cat([torch.arange(int(row.sum())) for row in attention_mask])


def position_ids__squeezed(attention_mask):
    """Takes away all axes of size one.

    Hint: none
    """
    return ((attention_mask.long().cumsum(-1) - 1) * attention_mask).squeeze()


def position_ids__places_of_the_real_ones(attention_mask):
    """Begins at 0 where a text begins, but counts gaps of padding too.

    Hint: none
    """
    first = attention_mask.int().argmax(dim=1, keepdim=True)
    return (torch.arange(attention_mask.shape[1]) - first) * attention_mask


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


def pack_documents__positions_go_on(documents):
    """Lets positions go on over all documents.

    Hint: positions_go_on
    """
    ids, docs = [], []
    for n, document in enumerate(documents):
        ids += document
        docs += [n] * len(document)
    return {"input_ids": ids, "document_ids": docs, "position_ids": list(range(len(ids)))}


def pack_documents__empty_not_counted(documents):
    """Gives an empty document no number.

    Hint: empty_ones_do_not_count
    """
    packed = {"input_ids": [], "document_ids": [], "position_ids": []}
    number = 0
    for document in documents:
        if not document:
            continue
        for place, token in enumerate(document):
            packed["input_ids"].append(token)
            packed["document_ids"].append(number)
            packed["position_ids"].append(place)
        number += 1
    return packed


def pack_documents__documents_from_one(documents):
    """Counts documents from 1.

    Hint: documents_from_one
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents, 1) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__positions_from_one(documents):
    """Counts positions from 1.

    Hint: positions_from_one
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p + 1 for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__nested(documents):
    """Keeps the documents as lists in the list.

    Hint: lists_of_lists
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        ids.append(document)
        docs.append([n] * len(document))
        places.append(list(range(len(document))))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__one_number_a_document(documents):
    """Gives one number for each document instead of for each token.

    Hint: one_number_a_document
    """
    ids, places = [], []
    for document in documents:
        ids.extend(document)
        places.extend(range(len(document)))
    return {"input_ids": ids, "document_ids": list(range(len(documents))), "position_ids": places}


def pack_documents__found_by_content(documents):
    """Looks documents up by their content, so that equal ones get the same number.

    Hint: equal_documents_are_one
    """
    ids, docs, places = [], [], []
    for document in documents:
        for place, token in enumerate(document):
            ids.append(token)
            docs.append(documents.index(document))
            places.append(place)
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__places_by_content(documents):
    """Looks places up by the id, so that a repeated id gets the place of the first.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        for token in document:
            ids.append(token)
            docs.append(n)
            places.append(document.index(token))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__first_document_grows(documents):
    """Adds the others to the first document and so changes it.

    Hint: none
    """
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    ids = documents[0]
    for document in documents[1:]:
        ids += document
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__documents_used_up(documents):
    """Takes the documents out of the list that it was given.

    Hint: none
    """
    out = {"input_ids": [], "document_ids": [], "position_ids": []}
    n = 0
    while documents:
        document = documents.pop(0)
        out["input_ids"] += document
        out["document_ids"] += [n] * len(document)
        out["position_ids"] += range(len(document))
        n += 1
    return out


def pack_documents__three_lists(documents):
    """Returns three lists instead of a dictionary.

    Hint: none
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return ids, docs, places


def pack_documents__tensors(documents):
    """Returns tensors instead of lists.

    Hint: none
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {
        "input_ids": torch.tensor(ids),
        "document_ids": torch.tensor(docs),
        "position_ids": torch.tensor(places),
    }


def pack_documents__sum_of_lists(documents):
    """Adds lists up with sum, which begins with the number 0.

    Hint: none
    """
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": sum(documents), "document_ids": docs, "position_ids": places}


def pack_documents__zero_between(documents):
    """Puts a 0 between two documents.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        if n:
            document = [0] + document
        ids += document
        docs += [n] * len(document)
        places += range(len(document))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__names_swapped(documents):
    """Swaps document_ids and position_ids.

    Hint: numbers_swapped
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": places, "position_ids": docs}


def pack_documents__longest_first(documents):
    """Sorts the documents by length first.

    Hint: none
    """
    documents = sorted(documents, key=len, reverse=True)
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__number_of_tokens_as_range(documents):
    """Gives positions as a range object instead of a list.

    Hint: none
    """
    out = {"input_ids": [], "document_ids": [], "position_ids": []}
    for n, document in enumerate(documents):
        out["input_ids"].extend(document)
        out["document_ids"].extend([n] * len(document))
        out["position_ids"].append(range(len(document)))
    return out


def pack_documents__last_document_missing(documents):
    """Forgets the last document.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n in range(len(documents) - 1):
        ids += documents[n]
        docs += [n] * len(documents[n])
        places += list(range(len(documents[n])))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__padded(documents):
    """Fills all documents up to the longest.

    Hint: none
    """
    longest = max(map(len, documents), default=0)
    ids, docs, places = [], [], []
    for n, d in enumerate(documents):
        ids += d + [0] * (longest - len(d))
        docs += [n] * longest
        places += range(longest)
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__dict_fromkeys(documents):
    """Has the same list under all three names.

    Hint: none
    """
    out = dict.fromkeys(["input_ids", "document_ids", "position_ids"], [])
    for n, document in enumerate(documents):
        for place, token in enumerate(document):
            out["input_ids"].append(token)
            out["document_ids"].append(n)
            out["position_ids"].append(place)
    return out


def packed_mask__future_not_hidden(document_ids):
    """Keeps documents apart and forgets the future.

    Hint: looks_ahead
    """
    return (document_ids[:, :, None] == document_ids[:, None, :])[:, None]


def packed_mask__causal_only(document_ids):
    """Does not keep documents apart.

    Hint: causal_only
    """
    b, n = document_ids.shape
    return causal_mask(n).repeat(b, 1, 1, 1)


def packed_mask__earlier_documents_too(document_ids):
    """Lets a token look at earlier documents too.

    Hint: earlier_documents_too
    """
    n = document_ids.shape[1]
    apart = document_ids[:, :, None] >= document_ids[:, None, :]
    return (apart & causal_mask(n)).unsqueeze(1)


def packed_mask__no_heads(document_ids):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = document_ids.shape[1]
    return document_ids.unsqueeze(2).eq(document_ids.unsqueeze(1)) & causal_mask(n)


def packed_mask__runs(document_ids):
    """Goes by borders, so that a number that comes back is a new document.

    Hint: neighbours
    """
    n = document_ids.shape[1]
    change = torch.zeros_like(document_ids)
    change[:, 1:] = document_ids[:, 1:] != document_ids[:, :-1]
    run = change.cumsum(1)
    return (run[:, None, :, None] == run[:, None, None, :]) & causal_mask(n)


def packed_mask__itself_hidden(document_ids):
    """Hides the token itself.

    Hint: not_itself
    """
    n = document_ids.shape[1]
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same & torch.ones(n, n, dtype=torch.bool).tril(-1)


def packed_mask__upper(document_ids):
    """Takes the upper triangle.

    Hint: looks_ahead
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.triu()


def packed_mask__numbers(document_ids):
    """Makes numbers instead of booleans.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.int().tril()


def packed_mask__first_row_for_all(document_ids):
    """Uses the first row's documents for all.

    Hint: first_row_for_all
    """
    b, n = document_ids.shape
    row = document_ids[0]
    return ((row[:, None] == row) & causal_mask(n)).expand(b, 1, n, n)


def packed_mask__batch_compared(document_ids):
    """Compares the rows of the batch with each other.

    Hint: none
    """
    n = document_ids.shape[1]
    same = document_ids[:, None, :] == document_ids[None, :, :]
    return same[:, None] & causal_mask(n)


def packed_mask__t_of_a_batch(document_ids):
    """Uses .T on a batch.

    Hint: none
    """
    same = document_ids == document_ids.T
    return (same & causal_mask(document_ids.shape[1]))[:, None]


def packed_mask__either(document_ids):
    """Lets look where one of the two masks lets it.

    Hint: none
    """
    n = document_ids.shape[1]
    return (document_ids[:, None, :, None] == document_ids[:, None, None, :]) | causal_mask(n)


def packed_mask__turned_round(document_ids):
    """Says True for what is hidden.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return ~same.tril()


def packed_mask__documents_differ(document_ids):
    """Lets look at the other documents only.

    Hint: other_documents
    """
    same = document_ids[:, None, :, None] != document_ids[:, None, None, :]
    return same.tril()


def packed_mask__zero_is_padding(document_ids):
    """Takes document 0 for padding.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.tril() & (document_ids != 0)[:, None, None, :]


def packed_mask__blocks_by_size(document_ids):
    """Builds blocks from the sizes of the documents, as if they stood in order.

    Hint: none
    """
    rows = []
    for row in document_ids:
        sizes = [int((row == d).sum()) for d in sorted(set(row.tolist()))]
        rows.append(torch.block_diag(*[torch.ones(s, s).tril() for s in sizes]))
    return torch.stack(rows)[:, None].bool()


def packed_mask__neighbour_only(document_ids):
    """Looks at itself and the one before, if it is of the same document.

    Hint: none
    """
    b, n = document_ids.shape
    mask = torch.eye(n, dtype=torch.bool).repeat(b, 1, 1, 1)
    for i in range(b):
        for q in range(1, n):
            if document_ids[i, q] == document_ids[i, q - 1]:
                mask[i, 0, q, q - 1] = True
    return mask


def packed_mask__squeezed(document_ids):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.tril().squeeze()


def packed_mask__stops_at_a_border(document_ids):
    """Goes back until another document comes, so that what stands before it is not seen.

    Hint: neighbours
    """
    b, n = document_ids.shape
    mask = torch.zeros(b, 1, n, n, dtype=torch.bool)
    for i in range(b):
        for q in range(n):
            k = q
            while k >= 0 and document_ids[i, k] == document_ids[i, q]:
                mask[i, 0, q, k] = True
                k -= 1
    return mask


def packed_mask__additive(document_ids):
    """Makes the additive form.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return additive_mask(same.tril())


def sees__sum_of_everything(model, x):
    """Takes one gradient of the sum of all outputs, so that there is one row only.

    Hint: all_outputs_at_once
    """
    x = x.detach().clone().requires_grad_(True)
    model(x).sum().backward()
    return (x.grad != 0).any(-1)


def sees__sum_repeated(model, x):
    """Takes one gradient of everything and repeats it for each query.

    Hint: all_outputs_at_once
    """
    x = x.detach().clone().requires_grad_(True)
    y = model(x)
    (g,) = torch.autograd.grad(y.sum(), x)
    return (g != 0).any(-1).repeat(len(y), 1)


def sees__first_number_of_the_output(model, x):
    """Looks at the first number of each output only.

    Hint: first_number_only
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(y.shape[0]):
        (g,) = torch.autograd.grad(y[q, 0], x, retain_graph=True)
        rows.append((g != 0).any(dim=-1))
    return torch.stack(rows)


def sees__outputs_added(model, x):
    """Adds the numbers of an output up first, where gradients can cancel.

    Hint: sum_of_the_output
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = [torch.autograd.grad(y[q].sum(), x, retain_graph=True)[0] for q in range(len(y))]
    return (torch.stack(rows) != 0).any(-1)


def sees__gradients_added(model, x):
    """Adds gradients up, where they can cancel.

    Hint: sum_of_the_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.sum(dim=(1, 3)) != 0


def sees__first_number_of_the_input(model, x):
    """Looks at the first number of each input only.

    Hint: first_number_only
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian[..., 0] != 0).any(1)


def sees__threshold(model, x):
    """Takes small gradients for none.

    Hint: only_large_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.abs().amax(dim=(1, 3)) > 1e-6


def sees__close_to_zero(model, x):
    """Asks whether gradients are close to zero.

    Hint: only_large_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return ~torch.isclose(jacobian, torch.zeros_like(jacobian)).all(dim=3).all(dim=1)


def sees__positive_only(model, x):
    """Counts positive gradients only.

    Hint: only_positive_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian > 0).any(3).any(1)


def sees__all(model, x):
    """Wants all gradients to be other than zero, and not any.

    Hint: all_of_them
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian != 0).all(3).all(1)


def sees__swapped(model, x):
    """Swaps query and key.

    Hint: key_first
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.abs().sum((1, 3)).T > 0


def sees__wrong_axes(model, x):
    """Takes the wrong axes of the Jacobian together.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.ne(0).any(1).any(1)


def sees__jacobian_itself(model, x):
    """Returns the Jacobian itself.

    Hint: none
    """
    return torch.autograd.functional.jacobian(model, x) != 0


def sees__numbers(model, x):
    """Returns numbers instead of booleans.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian.abs().sum(dim=(1, 3)) > 0).float()


def sees__size_of_the_gradients(model, x):
    """Returns how large the gradients are.

    Hint: sizes
    """
    return torch.autograd.functional.jacobian(model, x).abs().sum(dim=(1, 3))


def sees__argument_wants_gradients(model, x):
    """Makes its argument ask for gradients and leaves them there.

    Hint: none
    """
    x.requires_grad_(True)
    y = model(x)
    rows = []
    for q in range(len(y)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            x.grad = None
            y[q, i].backward(retain_graph=True)
            row |= (x.grad != 0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__small_change(model, x):
    """Changes an input a little and looks for a change that is not very small.

    Hint: none
    """
    y = model(x)
    out = torch.zeros(len(y), len(x), dtype=torch.bool)
    for k in range(len(x)):
        moved = x.clone()
        moved[k] += 1e-3
        out[:, k] = ((model(moved) - y).abs() > 1e-6).any(1)
    return out


def sees__replaced_by_zero(model, x):
    """Replaces an input by zeros and looks for any change, without gradients.

    Hint: none
    """
    y = model(x)
    out = torch.zeros(len(y), len(x), dtype=torch.bool)
    for k in range(len(x)):
        blank = x.clone()
        blank[k] = 0
        out[:, k] = (model(blank) != y).any(1)
    return out


def sees__at_ones(model, x):
    """Takes gradients at ones instead of at x.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, torch.ones_like(x))
    return jacobian.ne(0).any(3).any(1)


def sees__at_random(model, x):
    """Takes gradients at a random place instead of at x.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, torch.randn_like(x))
    return jacobian.ne(0).any(3).any(1)


def sees__gradients_pile_up(model, x):
    """Does not empty the gradients between two outputs, so that they pile up.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(y)):
        for i in range(y.shape[1]):
            y[q, i].backward(retain_graph=True)
        rows.append((x.grad != 0).any(1))
    return torch.stack(rows)


def sees__as_many_outputs_as_inputs(model, x):
    """Goes through as many outputs as there are inputs.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(x)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            (g,) = torch.autograd.grad(y[q, i], x, retain_graph=True)
            row |= g.ne(0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__graph_not_kept(model, x):
    """Goes backwards twice through a graph that is gone after the first time.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(y)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            (g,) = torch.autograd.grad(y[q, i], x)
            row |= g.ne(0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__no_graph(model, x):
    """Switches gradients off.

    Hint: none
    """
    with torch.no_grad():
        y = model(x)
    rows = []
    for q in range(len(y)):
        y[q].sum().backward(retain_graph=True)
        rows.append((x.grad != 0).any(1))
    return torch.stack(rows)


def sees__values(model, x):
    """Asks whether the outputs are other than zero.

    Hint: none
    """
    return model(x) != 0


def sees__products_of_vectors(model, x):
    """Guesses from how well output and input fit each other.

    Hint: none
    """
    return (model(x)[:, : x.shape[1]] @ x[:, : model(x).shape[1]].T) != 0


def sees__triangle(model, x):
    """Takes it for granted that the model keeps to the triangle.

    Hint: none
    """
    return torch.ones(len(model(x)), len(x), dtype=torch.bool).tril()


def sees__lists(model, x):
    """Returns lists instead of a tensor.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.ne(0).any(3).any(1).tolist()


def sees__mean_over_numbers(model, x):
    """Takes the mean of the gradients, where they can cancel.

    Hint: sum_of_the_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.mean(dim=3).mean(dim=1).bool()


def leaks__allowed(model, x, mask):
    """Lists what is seen and may be seen.

    Hint: none
    """
    seen = sees(model, x)
    return [
        (q, k) for q in range(len(mask)) for k in range(len(mask[0])) if seen[q, k] and mask[q, k]
    ]


def leaks__tensor(model, x, mask):
    """Returns a tensor instead of a list of pairs.

    Hint: a_tensor
    """
    return torch.nonzero(sees(model, x) & ~mask)


def leaks__lists(model, x, mask):
    """Has lists for the pairs.

    Hint: lists_for_pairs
    """
    return (sees(model, x) & ~mask).nonzero().tolist()


def leaks__all_differences(model, x, mask):
    """Lists also what may be seen and is not.

    Hint: every_difference
    """
    wrong = sees(model, x) != mask
    return [(int(q), int(k)) for q, k in wrong.nonzero()]


def leaks__unused(model, x, mask):
    """Lists what may be seen and is not.

    Hint: what_it_misses
    """
    return list(map(tuple, torch.argwhere(mask & ~sees(model, x)).tolist()))


def leaks__key_first(model, x, mask):
    """Puts the key first in each pair.

    Hint: key_first
    """
    bad = sees(model, x) & ~mask
    return [(k, q) for q in range(bad.shape[0]) for k in range(bad.shape[1]) if bad[q, k]]


def leaks__sorted_by_key(model, x, mask):
    """Sorts by key first.

    Hint: sorted_by_key
    """
    bad = sees(model, x) & ~mask
    return [(q, k) for k in range(bad.shape[1]) for q in range(bad.shape[0]) if bad[q, k]]


def leaks__count(model, x, mask):
    """Counts the leaks.

    Hint: none
    """
    return int((sees(model, x) & ~mask).sum())


def leaks__yes_or_no(model, x, mask):
    """Says only whether there is a leak.

    Hint: none
    """
    return bool((sees(model, x) & ~mask).any())


def leaks__future_only(model, x, mask):
    """Looks for what is ahead and does not use the mask.

    Hint: the_future_only
    """
    seen = sees(model, x)
    return [(q, k) for q in range(seen.shape[0]) for k in range(q + 1, seen.shape[1]) if seen[q, k]]


def leaks__tensors_in_pairs(model, x, mask):
    """Has tensors in the pairs instead of whole numbers.

    Hint: none
    """
    q, k = torch.where(sees(model, x) & ~mask)
    return list(zip(q, k))


def leaks__where_returned(model, x, mask):
    """Returns what torch.where returns, a tensor of rows and one of columns.

    Hint: none
    """
    return torch.where(sees(model, x) & ~mask)


def leaks__last_row_missing(model, x, mask):
    """Forgets the last row.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    found = []
    for q in range(len(bad) - 1):
        for k in range(bad.shape[1]):
            if bad[q, k]:
                found.append((q, k))
    return found


def leaks__first_of_each_row(model, x, mask):
    """Finds only the first leak of each row.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    found = []
    for q in range(bad.shape[0]):
        for k in range(bad.shape[1]):
            if bad[q, k]:
                found.append((q, k))
                break
    return found


def leaks__all_forbidden(model, x, mask):
    """Lists all that is forbidden, seen or not.

    Hint: none
    """
    return [tuple(pair) for pair in (~mask).nonzero().tolist()]


def leaks__all_seen(model, x, mask):
    """Lists all that is seen, forbidden or not.

    Hint: all_that_is_seen
    """
    return [tuple(pair) for pair in sees(model, x).nonzero().tolist()]


def leaks__from_one(model, x, mask):
    """Counts places from 1.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    return [(q + 1, k + 1) for q, k in bad.nonzero().tolist()]


def leaks__mask_changed(model, x, mask):
    """Writes into the mask that it was given.

    Hint: none
    """
    mask ^= True
    mask &= sees(model, x)
    return [tuple(p) for p in mask.nonzero().tolist()]


def leaks__square(model, x, mask):
    """Goes through as many keys as queries.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    n = len(bad)
    return [(q, k) for q in range(n) for k in range(n) if bad[q, k]]


def leaks__both_negated(model, x, mask):
    """Negates the wrong one of the two.

    Hint: what_it_misses
    """
    bad = ~sees(model, x) & mask
    return sorted((q, k) for q, k in bad.nonzero().tolist())


def leaks__set(model, x, mask):
    """Returns a set instead of a list.

    Hint: none
    """
    return {tuple(p) for p in (sees(model, x) & ~mask).nonzero().tolist()}


def leaks__mask_through_the_model(model, x, mask):
    """Gives the mask to `sees` instead of x.

    Hint: none
    """
    return [tuple(p) for p in (sees(model, mask.float()) & ~mask).nonzero().tolist()]


def leaks__none_without(model, x, mask):
    """Returns nothing where there is no leak.

    Hint: none
    """
    bad = sees(model, x) & ~mask
    if bad.any():
        return [tuple(p) for p in bad.nonzero().tolist()]


def leaks__causal_of_its_own(model, x, mask):
    """Compares with a causal mask of its own instead of the one it was given.

    Hint: the_future_only
    """
    seen = sees(model, x)
    own = torch.ones(seen.shape, dtype=torch.bool).tril()
    return [tuple(p) for p in (seen & ~own).nonzero().tolist()]


def leaks__printed(model, x, mask):
    """Prints the pairs and returns nothing.

    Hint: none
    """
    for q, k in (sees(model, x) & ~mask).nonzero().tolist():
        print((q, k))
