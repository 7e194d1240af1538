"""Section 10.5, conversations in one block: what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sft.exercises.inputs import conversation_numbers, drawn_masks, drawn_rows

pack_conversations = Exercise("sft.pack_conversations", points=3, difficulty=3)
packed_positions = Exercise("sft.packed_positions", points=2, difficulty=2)
packed_mask = Exercise("sft.packed_mask", points=2, difficulty=2)


# --- pack_conversations --------------------------------------------------------------------------


def _packed(rng: Rng, lengths: Sequence[int], size: int) -> Inputs:
    return {
        "rows": drawn_rows(rng, lengths),
        "masks": drawn_masks(rng, lengths),
        "size": size,
    }


@pack_conversations.case
def two_blocks(rng: Rng) -> Inputs:
    """Four conversations that need two blocks."""
    return _packed(rng, [5, 4, 6, 3], 10)


@pack_conversations.case
def room_in_an_older_block(rng: Rng) -> Inputs:
    """The fourth and the fifth fit into blocks before the last one."""
    return _packed(rng, [7, 8, 9, 3, 2, 1], 10)


@pack_conversations.case
def room_in_two_blocks(rng: Rng) -> Inputs:
    """The third has room in both blocks: in the first one more is left."""
    return _packed(rng, [4, 7, 2, 3, 6], 10)


@pack_conversations.case
def room_in_three_blocks(rng: Rng) -> Inputs:
    """The fourth has room in three blocks; in the second one the least is left."""
    return _packed(rng, [5, 8, 6, 2, 3], 10)


@pack_conversations.case
def just_full(rng: Rng) -> Inputs:
    """Conversations that fill blocks to the last place."""
    return _packed(rng, [4, 4, 8, 3, 5], 8)


@pack_conversations.case
def each_alone(rng: Rng) -> Inputs:
    """Three conversations, each as long as a block."""
    return _packed(rng, [6, 6, 6], 6)


@pack_conversations.case
def all_in_one(rng: Rng) -> Inputs:
    """Four conversations, and a block with room for all of them."""
    return _packed(rng, [2, 5, 1, 4], 30)


@pack_conversations.case
def none(rng: Rng) -> Inputs:
    """There is no conversation, and so no block."""
    return _packed(rng, [], 9)


@pack_conversations.case
def a_single_one(rng: Rng) -> Inputs:
    """One conversation of three tokens."""
    return _packed(rng, [3], 7)


@pack_conversations.case
def ones_that_end_alike(rng: Rng) -> Inputs:
    """Conversations that begin and end with the same token, and one with nothing to learn."""
    drawn = _packed(rng, [4, 3, 5, 3, 2], 9)
    for row in drawn["rows"]:
        row[0] = row[-1] = 0
    drawn["masks"][2] = [False] * 5
    return drawn


@pack_conversations.case
def full_ones_behind_one_with_room(rng: Rng) -> Inputs:
    """The second and third block are full before the first: they stay in the order they began."""
    return _packed(rng, [4, 8, 5, 3, 7], 8)


@pack_conversations.invariant
def lists_of_one_length(inputs: Inputs, answer: list[dict[str, list[int]]]) -> bool:
    """The three lists of a block have one length, and no block is longer than `size`."""
    lengths = [{len(one) for one in block.values()} for block in answer]
    return all(len(some) == 1 and max(some) <= inputs["size"] for some in lengths)


# --- packed_positions ----------------------------------------------------------------------------


@packed_positions.case
def blocks_with_padding(rng: Rng) -> Inputs:
    """Three blocks of nine tokens; the first is full, the others end with padding."""
    return {"conversation": conversation_numbers([[3, 2, 4], [5], [2, 2, 1]], 9)}


@packed_positions.case
def one_conversation_each(rng: Rng) -> Inputs:
    """Two blocks with one conversation each, as long as the block."""
    return {"conversation": conversation_numbers([[6], [6]], 6)}


@packed_positions.case
def conversations_of_one_token(rng: Rng) -> Inputs:
    """Conversations of one token among longer ones."""
    return {"conversation": conversation_numbers([[1, 1, 3], [2, 1, 1]], 5)}


@packed_positions.case
def one_block(rng: Rng) -> Inputs:
    """One block with two conversations and padding."""
    lengths = rng.integers(2, 5, size=2).tolist()
    return {"conversation": conversation_numbers([lengths], 10)}


@packed_positions.case
def one_token_in_a_block(rng: Rng) -> Inputs:
    """Four blocks of one token, of which the third is padding."""
    return {"conversation": conversation_numbers([[1], [1], [], [1]], 1)}


@packed_positions.case
def many_conversations(rng: Rng) -> Inputs:
    """Two long blocks with conversations of all lengths."""
    lengths = [rng.integers(1, 9, size=12).tolist() for _ in range(2)]
    return {"conversation": conversation_numbers(lengths, max(map(sum, lengths)) + 2)}


@packed_positions.invariant
def positions_are_int64(inputs: Inputs, answer: Tensor) -> bool | str:
    """Positions are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


# --- packed_mask ---------------------------------------------------------------------------------


@packed_mask.case
def two_blocks_with_padding(rng: Rng) -> Inputs:
    """Two blocks of seven tokens; the second ends with padding."""
    return {"conversation": conversation_numbers([[3, 2, 2], [2, 3]], 7)}


@packed_mask.case
def a_whole_block(rng: Rng) -> Inputs:
    """Three blocks with one conversation each: only what comes later is hidden."""
    return {"conversation": conversation_numbers([[5], [5], [5]], 5)}


@packed_mask.case
def only_single_tokens(rng: Rng) -> Inputs:
    """One block in which each token is a conversation of its own."""
    return {"conversation": conversation_numbers([[1, 1, 1, 1]], 4)}


@packed_mask.case
def one_conversation_and_padding(rng: Rng) -> Inputs:
    """Three blocks of conversations of drawn lengths, with padding behind them."""
    lengths = [[int(n)] for n in rng.integers(1, 6, size=3)]
    return {"conversation": conversation_numbers(lengths, 6)}


@packed_mask.case
def a_block_of_padding(rng: Rng) -> Inputs:
    """The second of three blocks is all padding."""
    return {"conversation": conversation_numbers([[2, 1], [], [1, 2]], 4)}


@packed_mask.case
def one_token_alone(rng: Rng) -> Inputs:
    """Blocks of one token."""
    return {"conversation": conversation_numbers([[1], []], 1)}
