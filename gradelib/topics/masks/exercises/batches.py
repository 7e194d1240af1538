"""Section 2.1, "A rectangle": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import distinct_ids

truncate = Exercise("masks.truncate", points=2, difficulty=2)
pad_batch = Exercise("masks.pad_batch", points=2, difficulty=1)
attention_mask = Exercise("masks.attention_mask", points=2, difficulty=2)


# --- truncate ------------------------------------------------------------------------------------


CLS, SEP = 101, 102  # BERT's


@truncate.drive
def shorten(answer: Callable[..., Any], ids: list[int], length: int, special: set[int]) -> Any:
    kept = answer(ids, length, special)
    return {"ids": kept, "it is a new list": kept is not ids}


@truncate.case
def one_sentence_that_is_too_long(rng: Rng) -> Inputs:
    """[CLS], seven ids, [SEP]: six may stay."""
    return {"ids": [CLS, *distinct_ids(rng, 7), SEP], "length": 6, "special": {CLS, SEP}}


@truncate.case
def two_sentences(rng: Rng) -> Inputs:
    """[CLS] a [SEP] b [SEP]: what is too much is dropped from the end of b."""
    a, b = distinct_ids(rng, 3), distinct_ids(rng, 5)
    return {"ids": [CLS, *a, SEP, *b, SEP], "length": 8, "special": {CLS, SEP}}


@truncate.case
def a_cut_that_reaches_the_first_sentence(rng: Rng) -> Inputs:
    """So few may stay that nothing is left of b, and a part of a. All special ids stay."""
    a, b = distinct_ids(rng, 6), distinct_ids(rng, 2)
    return {"ids": [CLS, *a, SEP, *b, SEP], "length": 7, "special": {CLS, SEP}}


@truncate.case
def the_same_ids_again_and_again(rng: Rng) -> Inputs:
    """Ordinary ids that come several times, and a special id that is among them."""
    a, b, special = distinct_ids(rng, 3)
    return {"ids": [a, b, special, a, a, special, b, a], "length": 5, "special": {special}}


@truncate.case
def a_sequence_that_is_short_enough(rng: Rng) -> Inputs:
    """Fewer ids than there may be: nothing is dropped."""
    return {"ids": [CLS, *distinct_ids(rng, 3), SEP], "length": 9, "special": {CLS, SEP}}


@truncate.case
def a_sequence_of_exactly_that_length(rng: Rng) -> Inputs:
    """As many ids as there may be: nothing is dropped."""
    return {"ids": [CLS, *distinct_ids(rng, 4), SEP], "length": 6, "special": {CLS, SEP}}


@truncate.case
def room_for_the_special_ids_only(rng: Rng) -> Inputs:
    """Three special ids, and three may stay."""
    ids = [CLS, *distinct_ids(rng, 2), SEP, *distinct_ids(rng, 3), SEP]
    return {"ids": ids, "length": 3, "special": {CLS, SEP}}


@truncate.case
def special_ids_that_do_not_occur(rng: Rng) -> Inputs:
    """A tokenizer has more special ids than may stay, but only two of them are in the sequence."""
    special = {CLS, SEP, *distinct_ids(rng, 5, low=1, high=100)}
    return {"ids": [CLS, *distinct_ids(rng, 6), SEP], "length": 4, "special": special}


@truncate.case
def no_special_ids(rng: Rng) -> Inputs:
    """A model without special ids: only the first id stays."""
    return {"ids": distinct_ids(rng, 7), "length": 1, "special": set()}


@truncate.case
def no_room_at_all(rng: Rng) -> Inputs:
    """None of the ids is special, and none may stay."""
    return {"ids": distinct_ids(rng, 3), "length": 0, "special": {CLS, SEP}}


@truncate.case
def no_ids_at_all(rng: Rng) -> Inputs:
    """Of no ids, none is left."""
    return {"ids": [], "length": int(rng.integers(2, 6)), "special": {CLS, SEP}}


@truncate.case
def too_little_room_for_the_special_ids(rng: Rng) -> Inputs:
    """Three special ids, but only two may stay: a ValueError."""
    ids = [CLS, *distinct_ids(rng, 2), SEP, *distinct_ids(rng, 3), SEP]
    return {"ids": ids, "length": 2, "special": {CLS, SEP}}


@truncate.invariant
def not_too_long(inputs: Inputs, answer: dict[str, Any]) -> bool:
    """There are at most `length` ids."""
    most: int = inputs["length"]
    return len(answer["ids"]) <= most


@truncate.invariant
def all_special_ids_are_there(inputs: Inputs, answer: dict[str, Any]) -> bool:
    """The special ids are those of the input, in the same order."""
    before, after = (
        [token for token in ids if token in inputs["special"]]
        for ids in (inputs["ids"], answer["ids"])
    )
    return before == after


# --- pad_batch -----------------------------------------------------------------------------------


@pad_batch.case
def three_sequences(rng: Rng) -> Inputs:
    """Sequences of 3, 5 and 2 ids, on the side that is used if none is named."""
    return {"batch": [distinct_ids(rng, 3), distinct_ids(rng, 5), distinct_ids(rng, 2)], "pad": 0}


@pad_batch.case
def filling_on_the_left(rng: Rng) -> Inputs:
    """Sequences of 4, 2, 6 and 3 ids, filled up on the left."""
    batch = [distinct_ids(rng, count, high=50_000) for count in (4, 2, 6, 3)]
    return {"batch": batch, "pad": 0, "side": "left"}


@pad_batch.case
def another_id_for_padding(rng: Rng) -> Inputs:
    """The padding has another id than 0, and 0 is an ordinary id."""
    batch = [[0, *distinct_ids(rng, 2)], [*distinct_ids(rng, 1), 0, 0, *distinct_ids(rng, 3)]]
    return {"batch": batch, "pad": int(rng.integers(3, 99)), "side": "right"}


@pad_batch.case
def an_empty_sequence(rng: Rng) -> Inputs:
    """One of the sequences is empty: its row is all padding."""
    return {"batch": [distinct_ids(rng, 4), [], distinct_ids(rng, 1)], "pad": 7, "side": "left"}


@pad_batch.case
def the_padding_among_the_ids(rng: Rng) -> Inputs:
    """The id of the padding is an ordinary id too, at both ends of a sequence."""
    (pad,) = distinct_ids(rng, 1)
    batch = [[pad, *distinct_ids(rng, 2)], [*distinct_ids(rng, 4), pad], [pad]]
    return {"batch": batch, "pad": pad, "side": "left"}


@pad_batch.case
def sequences_of_one(rng: Rng) -> Inputs:
    """Two sequences of one id: a column."""
    return {"batch": [distinct_ids(rng, 1), distinct_ids(rng, 1)], "pad": 0}


@pad_batch.case
def nothing_to_fill_up(rng: Rng) -> Inputs:
    """Two sequences of three ids each."""
    return {"batch": [distinct_ids(rng, 3), distinct_ids(rng, 3)], "pad": 0, "side": "left"}


@pad_batch.case
def a_batch_of_one(rng: Rng) -> Inputs:
    """A single sequence still gives two axes."""
    return {"batch": [distinct_ids(rng, 4)], "pad": 0}


@pad_batch.case
def a_side_that_is_none(rng: Rng) -> Inputs:
    """Padding in the middle is a ValueError."""
    return {"batch": [distinct_ids(rng, 3), distinct_ids(rng, 2)], "pad": 0, "side": "middle"}


@pad_batch.case
def a_part_of_a_side(rng: Rng) -> Inputs:
    """Only some letters of "left" or "right" are a ValueError too."""
    side = str(rng.choice(["r", "l", "eft", "righ"]))
    return {"batch": [distinct_ids(rng, 2), distinct_ids(rng, 4)], "pad": 0, "side": side}


@pad_batch.case
def a_side_in_capitals(rng: Rng) -> Inputs:
    """Capital letters are a ValueError too."""
    side = str(rng.choice(["Left", "Right", "RIGHT"]))
    return {"batch": [distinct_ids(rng, 4), distinct_ids(rng, 3)], "pad": 0, "side": side}


@pad_batch.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The ids are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"


# --- attention_mask ------------------------------------------------------------------------------


@attention_mask.case
def padding_on_the_right(rng: Rng) -> Inputs:
    """Four sequences, the longest of them the third, on the side used if none is named."""
    one, two, three = (int(count) for count in rng.permutation([1, 2, 4]))
    return {"lengths": [one, two, 6, three]}


@attention_mask.case
def padding_on_the_left(rng: Rng) -> Inputs:
    """The same on the left, three sequences."""
    return {"lengths": [2, 5, int(rng.choice([1, 3, 4]))], "side": "left"}


@attention_mask.case
def no_padding(rng: Rng) -> Inputs:
    """Two sequences of the same length: all tokens are real."""
    return {"lengths": [int(rng.integers(3, 7))] * 2, "side": "left"}


@attention_mask.case
def an_empty_row(rng: Rng) -> Inputs:
    """One sequence has no tokens: its row is all padding."""
    return {"lengths": [4, 0, int(rng.integers(1, 4))], "side": "right"}


@attention_mask.case
def an_empty_row_padded_on_the_left(rng: Rng) -> Inputs:
    """Two sequences have no tokens, and the padding stands on the left."""
    return {"lengths": [int(rng.integers(1, 4)), 0, 5, 0], "side": "left"}


@attention_mask.case
def sequences_of_one_token(rng: Rng) -> Inputs:
    """One token in two rows, and none in a third: a column."""
    return {"lengths": [1, 0, 1], "side": str(rng.choice(["left", "right"]))}


@attention_mask.case
def a_single_sequence(rng: Rng) -> Inputs:
    """One sequence still gives two axes."""
    return {"lengths": [int(rng.integers(3, 8))]}


@attention_mask.invariant
def as_many_as_there_are(inputs: Inputs, answer: Tensor) -> bool:
    """Each row has as many True as the sequence has tokens."""
    return bool(answer.sum(-1).tolist() == inputs["lengths"])
