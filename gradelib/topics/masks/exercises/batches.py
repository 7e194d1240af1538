"""Section 2.1, "A rectangle": what is asked."""

from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import distinct_ids

truncate = Exercise("masks.truncate", points=2, difficulty=2)
pad_batch = Exercise("masks.pad_batch", points=2, difficulty=1)
attention_mask = Exercise("masks.attention_mask", points=2, difficulty=2)


# --- truncate ------------------------------------------------------------------------------------


CLS, SEP = 101, 102  # BERT's


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
def no_special_ids(rng: Rng) -> Inputs:
    """A model without special ids: only the first ids stay."""
    return {"ids": distinct_ids(rng, 7), "length": 4, "special": set()}


@truncate.case
def too_little_room_for_the_special_ids(rng: Rng) -> Inputs:
    """Three special ids, but only two may stay: a ValueError."""
    ids = [CLS, *distinct_ids(rng, 2), SEP, *distinct_ids(rng, 3), SEP]
    return {"ids": ids, "length": 2, "special": {CLS, SEP}}


@truncate.invariant
def not_too_long(inputs: Inputs, answer: list[int]) -> bool:
    """There are at most `length` ids."""
    most: int = inputs["length"]
    return len(answer) <= most


@truncate.invariant
def all_special_ids_are_there(inputs: Inputs, answer: list[int]) -> bool:
    """The special ids are those of the input, in the same order."""
    before, after = (
        [token for token in ids if token in inputs["special"]] for ids in (inputs["ids"], answer)
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
    batch = [distinct_ids(rng, count) for count in (4, 2, 6, 3)]
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
def a_single_sequence(rng: Rng) -> Inputs:
    """One sequence still gives two axes."""
    return {"lengths": [int(rng.integers(3, 8))]}


@attention_mask.invariant
def as_many_as_there_are(inputs: Inputs, answer: Tensor) -> bool:
    """Each row has as many True as the sequence has tokens."""
    return bool(answer.sum(-1).tolist() == inputs["lengths"])
