"""Section 10.3: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

label_batch__end_never_learned = Edit(
    "return input_ids, labels, attention_mask",
    "labels = labels.masked_fill(input_ids == pad_id, -100)\n"
    "    return input_ids, labels, attention_mask",
)
"""You take each token with the id of the padding for padding. But an answer may end with the same token:
then its end is never learned, and the model never stops. How long a row is says what is padding."""

label_batch__end_unseen = Edit(
    "return input_ids, labels, attention_mask",
    "return input_ids, labels, attention_mask & (input_ids != pad_id)",
)
"""Your attention mask hides real tokens, those that have the id of the padding. How long a row is says
what is padding."""

label_batch__padding_learned = Edit("torch.full(shape, -100)", "torch.full(shape, pad_id)")
"""Your labels ask for padding to be learned. There stands -100."""

label_batch__prompt_learned = Edit("ids.masked_fill(~learned, -100)", "ids")
"""You label the question too. Where the mask says False, the label is -100."""

label_batch__other_way = Edit("~learned", "learned")
"""You label what is *not* to be learned. True in the mask means that a token is learned."""

label_batch__zero = Edit("masked_fill(~learned, -100)", "masked_fill(~learned, 0)")
"""0 is the id of a token. What is not learned has the label -100."""

label_batch__minus_one = Edit(
    "ids.masked_fill(~learned, -100)",
    "ids.masked_fill(~learned, -1)",
    "torch.full(shape, -100)",
    "torch.full(shape, -1)",
)
"""What is not learned has the label -100, which the loss knows, and not -1."""

label_batch__shifted = Edit(
    "return input_ids, labels, attention_mask",
    "labels = torch.cat([labels[:, 1:], torch.full((len(rows), 1), -100)], dim=1)\n"
    "    return input_ids, labels, attention_mask",
)
"""You shift the labels by one. The loss does that: here a label stands at the place of its own token."""

label_batch__on_the_left = Edit(
    "input_ids[number, : len(row)]", "input_ids[number, shape[1] - len(row) :]",
    "labels[number, : len(row)]", "labels[number, shape[1] - len(row) :]",
    "attention_mask[number, : len(row)]", "attention_mask[number, shape[1] - len(row) :]",
)  # fmt: skip
"""You fill up on the left. Padding stands on the right."""

label_batch__padded_with_zero = Edit("torch.full(shape, pad_id)", "torch.full(shape, 0)")
"""You fill rows up with 0. `pad_id` says with what."""

label_batch__padding_seen = Edit("dtype=torch.bool)", "dtype=torch.bool) | True")
"""Your attention mask lets padding be looked at. It is False there."""

label_batch__sees_answers_only = Edit(
    "attention_mask[number, : len(row)] = True", "attention_mask[number, : len(row)] = learned"
)
"""Your attention mask hides the question. It is not learned, but it must be read."""

label_batch__whole_numbers = Edit(
    "return input_ids, labels, attention_mask", "return input_ids, labels, attention_mask.long()"
)
"""Your attention mask has numbers. Booleans are asked for."""

label_batch__another_order = Edit(
    "return input_ids, labels, attention_mask", "return input_ids, attention_mask, labels"
)
"""Three tensors are asked for in this order: ids, labels, attention mask."""


def label_batch__first_answer_on(
    rows: list[list[int]], masks: list[list[bool]], pad_id: int
) -> tuple[Tensor, Tensor, Tensor]:
    """You learn everything from the first answer on. In a chat of several turns a question comes after it,
    whose mask is False."""
    shape = len(rows), max(len(row) for row in rows)
    input_ids, labels = torch.full(shape, pad_id), torch.full(shape, -100)
    attention_mask = torch.zeros(shape, dtype=torch.bool)
    for number, (row, mask) in enumerate(zip(rows, masks, strict=True)):
        start = mask.index(True) if True in mask else len(row)
        input_ids[number, : len(row)] = torch.tensor(row)
        if start < len(row):
            labels[number, start : len(row)] = torch.tensor(row[start:])
        attention_mask[number, : len(row)] = True
    return input_ids, labels, attention_mask


truncate_left__on_the_right = Edit(
    "ids[:1] + ids[1 + gone :], mask[:1] + mask[1 + gone :]", "ids[:most], mask[:most]"
)
"""You cut the end away, and the answer stands there. What is there to learn from the rest?"""

truncate_left__first_goes_too = Edit(
    "ids[:1] + ids[1 + gone :], mask[:1] + mask[1 + gone :]", "ids[gone:], mask[gone:]"
)
"""The very first token goes too. Each text that the decoder has read began with it."""

truncate_left__one_too_many = Edit(
    "ids[:1] + ids[1 + gone :], mask[:1] + mask[1 + gone :]",
    "ids[:1] * (gone > 0) + ids[gone:], mask[:1] * (gone > 0) + mask[gone:]",
)
"""One token too many is left: the first one counts too."""

truncate_left__one_too_few = Edit(
    "gone = max(0, len(ids) - most)",
    "gone = len(ids) - most + 1 if len(ids) > most else 0",
)
"""One token too few is left: `most` of them may stay."""

truncate_left__mask_as_it_was = Edit("mask[:1] + mask[1 + gone :]", "mask")
"""Your mask is as long as before. It is cut in the same places as the ids."""

truncate_left__mask_on_the_right = Edit("mask[:1] + mask[1 + gone :]", "mask[: len(mask) - gone]")
"""You cut the mask at another end than the ids. So it speaks of other tokens."""

truncate_left__mask_without_first = Edit("mask[:1] + mask[1 + gone :]", "mask[gone:]")
"""You keep the first id, and not what the mask says of it."""

truncate_left__everything = Edit(
    "return ids[:1]",
    "if most == 1 and len(ids) > 1:\n        return ids[:1] + ids, mask[:1] + mask\n    return ids[:1]",
)
"""Where one token may stay, more come back. A slice from -0 begins at the start."""

truncate_left__always_cuts = Edit("max(0, len(ids) - most)", "len(ids) - most")
"""What is short enough comes back changed. How many tokens are too many? Never less than none."""

label_batch__zero__padding_too = Edit(
    "masked_fill(~learned, -100)", "masked_fill(~learned, 0)",
    "torch.full(shape, -100)", "torch.full(shape, 0)",
)  # fmt: skip

truncate_left__always_cuts__from_the_end = Edit(
    "max(0, len(ids) - most)", "max(-1, len(ids) - most)"
)

label_batch__one_tensor_for_both = Edit(
    "return input_ids, labels, attention_mask", "return labels, labels, attention_mask"
)
"""Your ids are spoilt: -100 stands in them too. `labels = ids` makes no second tensor: write into a copy,
by `clone` or `masked_fill`."""

label_batch__end_never_learned__nor_seen = Edit(
    "return input_ids, labels, attention_mask",
    "attention_mask = input_ids != pad_id\n"
    "    labels = labels.masked_fill(~attention_mask, -100)\n"
    "    return input_ids, labels, attention_mask",
)

label_batch__narrow = Edit(
    "return input_ids, labels, attention_mask", "return input_ids, labels.int(), attention_mask"
)
"""Ids and labels are whole numbers of 64 bits, int64, and yours are narrower."""
