"""Section 10.5: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

pack_conversations__mask_lost = Edit(
    'roomy[0]["mask"] += masks[place]', 'roomy[0]["mask"] += [True] * len(row)'
)
"""Your masks got lost: everything in a block is learned, questions too. Pack the mask beside the ids."""

pack_conversations__last_block_only = Edit("for block in blocks if", "for block in blocks[-1:] if")
"""You look only at the last block. An older one may still have room."""

pack_conversations__never_full = Edit("<= size", "< size")
"""A block may be filled to the last place. Yours never is."""

pack_conversations__too_full = Edit(
    'len(block["ids"]) + len(row) <= size', 'len(block["ids"]) < size'
)
"""Your blocks become too long. Is there room for *all* of a conversation?"""

pack_conversations__counted_on = Edit(
    "number = numbers[-1] + 1 if numbers else 0",
    'number = sum(len(set(block["conversation"])) for block in blocks)',
)
"""You count conversations over all blocks. Inside each block they are counted from 0."""

pack_conversations__from_one = Edit("else 0", "else 1")
"""You count from 1. The first conversation of a block has the number 0."""

pack_conversations__all_one = Edit("number = numbers[-1] + 1 if numbers else 0", "number = 0")
"""All tokens of a block have one number: so nobody can tell where a conversation ends."""

pack_conversations__best_fit = Edit(
    "        if not roomy:",
    '        roomy.sort(key=lambda block: -len(block["ids"]))\n        if not roomy:',
)
"""You take the block in which the least room is left. The *first* one with room is asked for."""

pack_conversations__last_fit = Edit("for block in blocks if", "for block in blocks[::-1] if")
"""You take the last block with room. The *first* one is asked for."""

pack_conversations__one_each = Edit("for block in blocks if", "for block in blocks[:0] if")
"""Each of your blocks has one conversation: nothing is packed."""

pack_conversations__longest_first = Edit(
    "in enumerate(rows)",
    "in sorted(enumerate(rows), key=lambda pair: -len(pair[1]))",
)
"""You take the longest conversations first. Take them in the order in which they come."""

pack_conversations__in_front = Edit(
    'roomy[0]["ids"] += row', 'roomy[0]["ids"][:0] = row',
    'roomy[0]["mask"] += masks[place]', 'roomy[0]["mask"][:0] = masks[place]',
    "numbers += [number] * len(row)", "numbers[:0] = [number] * len(row)",
    "numbers[-1] + 1", "numbers[0] + 1",
)  # fmt: skip
"""A conversation goes to the end of its block, behind the others."""


def pack_conversations__cut(
    rows: list[list[int]], masks: list[list[bool]], size: int
) -> list[dict[str, list[int]]]:
    """You cut conversations where a block is full. The second half then stands without its question. None
    is ever cut."""
    ids = [token for row in rows for token in row]
    mask = [yes for row in masks for yes in row]
    whose = [number for number, row in enumerate(rows) for _ in row]
    blocks = []
    for start in range(0, len(ids), size):
        part = slice(start, start + size)
        numbers = [number - whose[start] for number in whose[part]]
        blocks.append({"ids": ids[part], "mask": mask[part], "conversation": numbers})
    return blocks


def packed_positions__run_on(conversation: Tensor) -> Tensor:
    """Your positions run on over the whole block. The second conversation then begins in the middle: it has
    other positions than it would have alone."""
    places = torch.arange(conversation.shape[1], device=conversation.device)
    return places.expand(conversation.shape).contiguous()


packed_positions__from_one = Edit("places - starts", "places - starts + 1")
"""You count from 1. The first token of a conversation has the position 0."""

packed_positions__starts = Edit("return places - starts", "return starts")
"""You return where each conversation begins. How far is a token from there?"""

packed_positions__one_late = Edit(
    "conversation[:, 1:] != conversation[:, :-1]",
    "conversation[:, 1:] != conversation[:, :-1]\n    begins[:, 1:] = begins[:, :-1].clone()",
)
"""Your positions begin again one place too late. Which token is the first one of a conversation?"""

packed_positions__within_row_zero = Edit(
    "return places - starts", "return (places - starts)[:1].expand_as(conversation).contiguous()"
)
"""All blocks get the positions of the first one. Each has conversations of its own."""

packed_positions__the_numbers = Edit("return places - starts", "return conversation.clamp(min=0)")
"""You return whose each token is. Its position in its own conversation is asked for."""

packed_positions__floats = Edit("return places - starts", "return (places - starts).float()")
"""Your positions are floats. Whole numbers are asked for, int64."""

packed_positions__padding_runs_on = Edit(
    "begins[:, 1:] = conversation[:, 1:] != conversation[:, :-1]",
    "begins[:, 1:] = (conversation[:, 1:] != conversation[:, :-1]) & (conversation[:, 1:] >= 0)",
)
"""Padding is counted like a conversation of its own, so it begins at 0. Yours runs on."""

packed_positions__padding_zero = Edit(
    "return places - starts", "return (places - starts).masked_fill(conversation < 0, 0)"
)
"""Padding is counted like a conversation of its own: 0, 1, 2 and so on."""

packed_mask__only_causal = Edit(
    "conversation[:, :, None] == conversation[:, None, :]",
    "torch.ones_like(conversation[:, :, None] == conversation[:, None, :])",
)
"""Your mask lets a token look at the conversation before its own. Only what comes later is hidden."""

packed_mask__not_causal = Edit(".tril()", "")
"""Your mask lets a token see what comes after it: then there is nothing to predict."""

packed_mask__the_later = Edit(".tril()", ".triu()")
"""Your tokens look at what comes later, and not at what was before. Which axis is the query?"""

packed_mask__not_itself = Edit(".tril()", ".tril(-1)")
"""A token may look at itself too. Without that, the first one of a conversation has nothing to see."""

packed_mask__others = Edit("== conversation[:, None, :]", "!= conversation[:, None, :]")
"""You let tokens look at *other* conversations, and hide their own."""

packed_mask__earlier_too = Edit("== conversation[:, None, :]", ">= conversation[:, None, :]")
"""A token looks at the conversations before its own. Only its own is to be seen."""

packed_mask__padding_blind = Edit(
    "return same.tril()", "return same.tril() & (conversation >= 0)[:, :, None]"
)
"""The rows of padding are empty, and attention divides 0 by 0 there. Padding is treated like a
conversation of its own."""

packed_mask__heads = Edit("return same.tril()", "return same.tril()[:, None]")
"""You have an axis for heads. (block, query, key) is asked for."""

packed_mask__numbers = Edit("return same.tril()", "return same.tril().long()")
"""You return numbers. Booleans are asked for."""

packed_mask__hidden = Edit("return same.tril()", "return ~same.tril()")
"""Your mask is True where a token may *not* look. True means that it may."""

pack_conversations__all_one__of_the_block = Edit(
    "number = numbers[-1] + 1 if numbers else 0",
    "number = [block is roomy[0] for block in blocks].index(True)",
)

pack_conversations__in_each_that_has_room = Edit(
    'numbers = roomy[0]["conversation"]\n'
    "        number = numbers[-1] + 1 if numbers else 0\n"
    '        roomy[0]["ids"] += row\n'
    '        roomy[0]["mask"] += masks[place]\n'
    "        numbers += [number] * len(row)",
    "for block in roomy:\n"
    '            numbers = block["conversation"]\n'
    "            number = numbers[-1] + 1 if numbers else 0\n"
    '            block["ids"] += row\n'
    '            block["mask"] += masks[place]\n'
    "            numbers += [number] * len(row)",
)
"""A conversation goes into *one* block. You put it into each that has room. When do you stop to look?"""
