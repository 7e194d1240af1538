"""Section 10.5: reference answers."""

from typing import Any

import torch
from torch import Tensor


def pack_conversations(
    rows: list[list[int]], masks: list[list[bool]], size: int
) -> list[dict[str, Any]]:
    """Put conversations one behind the other into blocks of at most `size` tokens.

    Take the conversations in order. Each goes to the end of the *first* block that has
    room for all of it, or into a new block behind the others: none is ever cut. This is
    called first fit. No conversation is longer than `size`.

    A block is a dict of three lists of one length: "ids"; "mask", True for what is
    learned; and "conversation", which says of each token whose it is. Inside a block
    the conversations are counted from 0.

    Shapes:
        rows:    of each conversation its ids, at least one
        masks:   of each conversation as many booleans
        returns: the blocks, in the order in which they were begun

    >>> rows, masks = [[0, 5, 6], [0, 7]], [[False, True, True], [False, True]]
    >>> for block in pack_conversations(rows, masks, size=5):
    ...     print(block["ids"], block["conversation"])
    [0, 5, 6, 0, 7] [0, 0, 0, 1, 1]
    """
    blocks: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        roomy = [block for block in blocks if len(block["ids"]) + len(row) <= size]
        if not roomy:
            roomy = [{"ids": [], "mask": [], "conversation": []}]
            blocks += roomy
        numbers = roomy[0]["conversation"]
        number = numbers[-1] + 1 if numbers else 0
        roomy[0]["ids"] += row
        roomy[0]["mask"] += masks[place]
        numbers += [number] * len(row)
    return blocks


def packed_positions(conversation: Tensor) -> Tensor:
    """Return the position of each token in its own conversation, counted from 0.

    `conversation` says whose each token is. The tokens of one conversation stand side
    by side, and the conversations of a block are numbered 0, 1, 2, … from left to
    right. Padding behind them has the number -1, and is counted like a conversation of
    its own.

    Shapes:
        conversation: (block, token), int64
        returns:      (block, token), int64

    >>> packed_positions(torch.tensor([[0, 0, 0, 1, 1, -1]]))
    tensor([[0, 1, 2, 0, 1, 0]])
    """
    places = torch.arange(conversation.shape[1], device=conversation.device)
    begins = torch.ones_like(conversation, dtype=torch.bool)
    begins[:, 1:] = conversation[:, 1:] != conversation[:, :-1]
    starts = (places * begins).cummax(dim=1).values  # (block, token)
    return places - starts


def packed_mask(conversation: Tensor) -> Tensor:
    """Return which tokens each token of a block may look at: True where it may.

    A token looks at itself and at what stands before it in its own conversation, and at
    nothing of another one. Padding, whose number is -1, is treated like a conversation
    of its own: so no row is empty, which attention could not compute.

    Shapes:
        conversation: (block, token), whole numbers
        returns:      (block, query, key), booleans; query and key are token

    >>> packed_mask(torch.tensor([[0, 0, 1]])).int()
    tensor([[[1, 0, 0],
             [1, 1, 0],
             [0, 0, 1]]], dtype=torch.int32)
    """
    same = conversation[:, :, None] == conversation[:, None, :]
    return same.tril()
