"""Section 10.3, a batch with labels, and what is too long: what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sft.exercises.inputs import drawn_masks, drawn_rows

label_batch = Exercise("sft.label_batch", points=2, difficulty=2)
truncate_left = Exercise("sft.truncate_left", points=1, difficulty=1)


# --- label_batch ---------------------------------------------------------------------------------


def _rows(rng: Rng, lengths: Sequence[int]) -> Inputs:
    rows = drawn_rows(rng, lengths)
    return {"rows": rows, "masks": drawn_masks(rng, lengths), "pad_id": int(rng.integers(2))}


@label_batch.case
def three_conversations(rng: Rng) -> Inputs:
    """Three conversations of four to seven tokens."""
    return _rows(rng, [5, 7, 4])


@label_batch.case
def of_one_length(rng: Rng) -> Inputs:
    """Two conversations of five tokens: there is no padding."""
    return _rows(rng, [5, 5])


@label_batch.case
def the_end_is_the_padding(rng: Rng) -> Inputs:
    """Each answer ends with the token that fills up the rows: its end is to be learned."""
    drawn = _rows(rng, [3, 6, 4, 6])
    for row in drawn["rows"]:
        row[-1] = row[0] = drawn["pad_id"]
    return drawn


@label_batch.case
def padding_inside(rng: Rng) -> Inputs:
    """The token of padding stands inside prompts and answers, where it is a real token."""
    drawn = _rows(rng, [8, 5, 6])
    for row in drawn["rows"]:
        row[1] = row[-2] = drawn["pad_id"]
    return drawn


@label_batch.case
def another_padding(rng: Rng) -> Inputs:
    """Padding has an id that stands nowhere else."""
    return {**_rows(rng, [2, 4, 3]), "pad_id": 900 + int(rng.integers(9))}


@label_batch.case
def one_conversation_of_one_token(rng: Rng) -> Inputs:
    """One conversation of one token, which is learned."""
    return _rows(rng, [1])


@label_batch.case
def several_turns(rng: Rng) -> Inputs:
    """Conversations with two answers each: what is learned stands in two places."""
    drawn = _rows(rng, [9, 7])
    drawn["masks"] = [[place % 4 > 1 for place in range(len(row))] for row in drawn["rows"]]
    return drawn


@label_batch.case
def nothing_to_learn(rng: Rng) -> Inputs:
    """In the second of three conversations nothing is learned."""
    drawn = _rows(rng, [4, 6, 5])
    drawn["masks"][1] = [False] * 6
    return drawn


@label_batch.invariant
def ids_and_labels_are_int64(inputs: Inputs, answer: tuple[Tensor, Tensor, Tensor]) -> bool | str:
    """Ids and labels are whole numbers of 64 bits, int64."""
    kinds = {tensor.dtype for tensor in answer[:2]}
    return kinds == {torch.int64} or f"they are {kinds}"


# --- truncate_left -------------------------------------------------------------------------------


def _row(rng: Rng, length: int, most: int) -> Inputs:
    (ids,), (mask,) = drawn_rows(rng, [length]), drawn_masks(rng, [length])
    return {"ids": ids, "mask": mask, "most": most}


@truncate_left.case
def a_long_conversation(rng: Rng) -> Inputs:
    """Eleven tokens, of which six may stay."""
    return _row(rng, 11, 6)


@truncate_left.case
def short_enough(rng: Rng) -> Inputs:
    """Five tokens, where nine are allowed."""
    return _row(rng, 5, 9)


@truncate_left.case
def just_short_enough(rng: Rng) -> Inputs:
    """Seven tokens, where seven are allowed."""
    return _row(rng, 7, 7)


@truncate_left.case
def one_too_many(rng: Rng) -> Inputs:
    """Eight tokens, where seven are allowed."""
    return _row(rng, 8, 7)


@truncate_left.case
def only_the_first(rng: Rng) -> Inputs:
    """One token may stay: the first one."""
    return _row(rng, 6, 1)


@truncate_left.case
def the_first_and_the_last(rng: Rng) -> Inputs:
    """Two tokens may stay: the first and the last."""
    return _row(rng, 9, 2)


@truncate_left.case
def the_first_is_learned(rng: Rng) -> Inputs:
    """Tokens that are learned stand at both ends."""
    drawn = _row(rng, 10, 4)
    drawn["mask"][:3] = [True, False, True]
    return drawn


@truncate_left.case
def among_several_answers(rng: Rng) -> Inputs:
    """Three answers; what goes is whatever stands first, learned or not."""
    return {**_row(rng, 12, 6), "mask": [place % 4 > 1 for place in range(12)]}


@truncate_left.case
def a_single_token(rng: Rng) -> Inputs:
    """One token, where four are allowed."""
    return _row(rng, 1, 4)
