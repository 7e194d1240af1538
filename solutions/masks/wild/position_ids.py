"""Wrong answers to `position_ids` in other words, with the hint due."""

import torch


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


def position_ids__bytes(attention_mask):
    """Counts in bytes, which end at 255.

    Hint: none
    """
    counted = attention_mask.cumsum(1, dtype=torch.uint8) - 1
    return (counted * attention_mask).long()
