"""Section 10.5: other right answers. They must pass."""

import torch
from torch import Tensor


def pack_conversations__plan_first(
    rows: list[list[int]], masks: list[list[bool]], size: int
) -> list[dict[str, list[int]]]:
    plan: list[list[int]] = []
    for place, row in enumerate(rows):
        for some in plan:
            if sum(len(rows[other]) for other in some) + len(row) <= size:
                some.append(place)
                break
        else:
            plan.append([place])
    return [
        {
            "ids": [token for place in some for token in rows[place]],
            "mask": [yes for place in some for yes in masks[place]],
            "conversation": [n for n, place in enumerate(some) for _ in rows[place]],
        }
        for some in plan
    ]


def pack_conversations__room_left(
    rows: list[list[int]], masks: list[list[bool]], size: int
) -> list[dict[str, list[int]]]:
    blocks, room, held = [], [], []
    for row, mask in zip(rows, masks, strict=True):
        place = next((at for at, free in enumerate(room) if free >= len(row)), len(room))
        if place == len(room):
            blocks.append({"ids": [], "mask": [], "conversation": []})
            room.append(size)
            held.append(0)
        blocks[place]["ids"].extend(row)
        blocks[place]["mask"].extend(mask)
        blocks[place]["conversation"].extend([held[place]] * len(row))
        room[place] -= len(row)
        held[place] += 1
    return blocks


def packed_positions__loop(conversation: Tensor) -> Tensor:
    positions = torch.zeros_like(conversation)
    for block, row in enumerate(conversation.tolist()):
        for place in range(1, len(row)):
            if row[place] == row[place - 1]:
                positions[block, place] = positions[block, place - 1] + 1
    return positions


def packed_positions__counted(conversation: Tensor) -> Tensor:
    same = conversation[:, :, None] == conversation[:, None, :]
    return same.tril(-1).sum(dim=-1)


def packed_mask__and(conversation: Tensor) -> Tensor:
    places = torch.arange(conversation.shape[1])
    earlier = places[None, :] <= places[:, None]  # (query, key)
    return (conversation.unsqueeze(-1) == conversation.unsqueeze(-2)) & earlier


def packed_mask__of_transformers(conversation: Tensor) -> Tensor:
    from transformers.masking_utils import causal_mask_function, packed_sequence_mask_function

    same = packed_sequence_mask_function(conversation)
    blocks, tokens = conversation.shape
    block = torch.arange(blocks)[:, None, None]
    query, key = torch.arange(tokens)[None, :, None], torch.arange(tokens)[None, None, :]
    return same(block, 0, query, key) & causal_mask_function(block, 0, query, key)


def packed_positions__by_searching(conversation: Tensor) -> Tensor:
    rising = torch.where(conversation < 0, conversation.shape[1], conversation).contiguous()
    places = torch.arange(rising.shape[1], device=rising.device)
    return places - torch.searchsorted(rising, rising)


def packed_positions__by_counting(conversation: Tensor) -> Tensor:
    rows = []
    for row in conversation:
        whose = [*range(int(row.max()) + 1), -1]
        rows.append(torch.cat([torch.arange((row == one).sum()) for one in whose]))
    return torch.stack(rows)


def pack_conversations__numbers_of_numpy(
    rows: list[list[int]], masks: list[list[bool]], size: int
) -> list[dict[str, list[int]]]:
    import numpy as np

    blocks: list[list[int]] = []
    for place, row in enumerate(rows):
        room = [some for some in blocks if sum(len(rows[one]) for one in some) + len(row) <= size]
        if room:
            room[0].append(place)
        else:
            blocks.append([place])
    return [
        {
            "ids": list(np.concatenate([rows[one] for one in some])),
            "mask": list(np.concatenate([masks[one] for one in some])),
            "conversation": list(np.repeat(range(len(some)), [len(rows[one]) for one in some])),
        }
        for some in blocks
    ]
