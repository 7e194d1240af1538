"""What notebook 02 asks: batches, masks, attention, and who sees what. Masks: True = may look."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Tolerance

Inputs = dict[str, Any]
Rng = np.random.Generator

CLS, SEP = 101, 102  # BERT's

truncate = Exercise("masks.truncate", points=2, difficulty=2)
pad_batch = Exercise("masks.pad_batch", points=2, difficulty=1)
attention_mask = Exercise("masks.attention_mask", points=2, difficulty=2)
masked_softmax = Exercise("masks.masked_softmax", points=3, difficulty=3)
attention = Exercise(
    "masks.attention",
    points=3,
    difficulty=2,
    without=(
        "torch.nn.functional.scaled_dot_product_attention",
        "torch.nn.functional.multi_head_attention_forward",
        "torch.nn.MultiheadAttention",
    ),
)
encoder_mask = Exercise("masks.encoder_mask", points=1, difficulty=1)
causal_mask = Exercise("masks.causal_mask", points=2, difficulty=2)
decoder_mask = Exercise("masks.decoder_mask", points=2, difficulty=2)
position_ids = Exercise("masks.position_ids", points=2, difficulty=2)
cross_attention_mask = Exercise("masks.cross_attention_mask", points=1, difficulty=1)
sliding_window_mask = Exercise("masks.sliding_window_mask", points=2, difficulty=2)
pack_documents = Exercise("masks.pack_documents", points=1, difficulty=1)
packed_mask = Exercise("masks.packed_mask", points=2, difficulty=2)
sees = Exercise("masks.sees", points=3, difficulty=3)
leaks = Exercise("masks.leaks", points=1, difficulty=1)
additive_mask = Exercise(
    "masks.additive_mask",
    points=1,
    difficulty=1,
    tolerance=Tolerance(relative=0, absolute=0),  # beside the lowest number all else is nothing
)


def _normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def _ids(rng: Rng, count: int, low: int = 200, high: int = 999) -> list[int]:
    """Draw `count` different ids, in random order."""
    return [low + int(place) for place in rng.permutation(high - low)[:count]]


def _truths(rng: Rng, *shape: int) -> Tensor:
    """Draw booleans, such that each row has both."""
    mask = torch.from_numpy(rng.random(shape) < 0.5)
    columns = torch.from_numpy(rng.random(shape).argsort(axis=-1))
    mask.scatter_(-1, columns[..., :1], True)
    return mask.scatter_(-1, columns[..., 1:2], False)


def _real(*lengths: int, left: bool = False) -> Tensor:
    """Return which tokens of a padded batch are real."""
    longest = max(lengths)
    rows = [[1] * count + [0] * (longest - count) for count in lengths]
    return torch.tensor([row[::-1] if left else row for row in rows], dtype=torch.bool)


# --- truncate ------------------------------------------------------------------------------------


@truncate.case
def one_sentence_that_is_too_long(rng: Rng) -> Inputs:
    """[CLS], seven ids, [SEP]: six may stay."""
    return {"ids": [CLS, *_ids(rng, 7), SEP], "length": 6, "special": {CLS, SEP}}


@truncate.case
def two_sentences(rng: Rng) -> Inputs:
    """[CLS] a [SEP] b [SEP]: what is too much is dropped from the end of b."""
    a, b = _ids(rng, 3), _ids(rng, 5)
    return {"ids": [CLS, *a, SEP, *b, SEP], "length": 8, "special": {CLS, SEP}}


@truncate.case
def a_cut_that_reaches_the_first_sentence(rng: Rng) -> Inputs:
    """So few may stay that nothing is left of b, and a part of a. All special ids stay."""
    a, b = _ids(rng, 6), _ids(rng, 2)
    return {"ids": [CLS, *a, SEP, *b, SEP], "length": 7, "special": {CLS, SEP}}


@truncate.case
def the_same_ids_again_and_again(rng: Rng) -> Inputs:
    """Ordinary ids that come several times, and a special id that is among them."""
    a, b, special = _ids(rng, 3)
    return {"ids": [a, b, special, a, a, special, b, a], "length": 5, "special": {special}}


@truncate.case
def a_sequence_that_is_short_enough(rng: Rng) -> Inputs:
    """Fewer ids than there may be: nothing is dropped."""
    return {"ids": [CLS, *_ids(rng, 3), SEP], "length": 9, "special": {CLS, SEP}}


@truncate.case
def a_sequence_of_exactly_that_length(rng: Rng) -> Inputs:
    """As many ids as there may be: nothing is dropped."""
    return {"ids": [CLS, *_ids(rng, 4), SEP], "length": 6, "special": {CLS, SEP}}


@truncate.case
def room_for_the_special_ids_only(rng: Rng) -> Inputs:
    """Three special ids, and three may stay."""
    ids = [CLS, *_ids(rng, 2), SEP, *_ids(rng, 3), SEP]
    return {"ids": ids, "length": 3, "special": {CLS, SEP}}


@truncate.case
def no_special_ids(rng: Rng) -> Inputs:
    """A model without special ids: only the first ids stay."""
    return {"ids": _ids(rng, 7), "length": 4, "special": set()}


@truncate.case
def too_little_room_for_the_special_ids(rng: Rng) -> Inputs:
    """Three special ids, but only two may stay: a ValueError."""
    ids = [CLS, *_ids(rng, 2), SEP, *_ids(rng, 3), SEP]
    return {"ids": ids, "length": 2, "special": {CLS, SEP}}


@truncate.invariant
def not_too_long(inputs: Inputs, answer: Any) -> bool:
    """There are at most `length` ids."""
    return len(answer) <= inputs["length"]


@truncate.invariant
def all_special_ids_are_there(inputs: Inputs, answer: Any) -> bool:
    """The special ids are those of the input, in the same order."""
    before, after = (
        [token for token in ids if token in inputs["special"]] for ids in (inputs["ids"], answer)
    )
    return before == after


# --- pad_batch -----------------------------------------------------------------------------------


@pad_batch.case
def three_sequences(rng: Rng) -> Inputs:
    """Sequences of 3, 5 and 2 ids, on the side that is used if none is named."""
    return {"batch": [_ids(rng, 3), _ids(rng, 5), _ids(rng, 2)], "pad": 0}


@pad_batch.case
def filling_on_the_left(rng: Rng) -> Inputs:
    """Sequences of 4, 2, 6 and 3 ids, filled up on the left."""
    batch = [_ids(rng, count) for count in (4, 2, 6, 3)]
    return {"batch": batch, "pad": 0, "side": "left"}


@pad_batch.case
def another_id_for_padding(rng: Rng) -> Inputs:
    """The padding has another id than 0, and 0 is an ordinary id."""
    batch = [[0, *_ids(rng, 2)], [*_ids(rng, 1), 0, 0, *_ids(rng, 3)]]
    return {"batch": batch, "pad": int(rng.integers(3, 99)), "side": "right"}


@pad_batch.case
def an_empty_sequence(rng: Rng) -> Inputs:
    """One of the sequences is empty: its row is all padding."""
    return {"batch": [_ids(rng, 4), [], _ids(rng, 1)], "pad": 7, "side": "left"}


@pad_batch.case
def nothing_to_fill_up(rng: Rng) -> Inputs:
    """Two sequences of three ids each."""
    return {"batch": [_ids(rng, 3), _ids(rng, 3)], "pad": 0, "side": "left"}


@pad_batch.case
def a_batch_of_one(rng: Rng) -> Inputs:
    """A single sequence still gives two axes."""
    return {"batch": [_ids(rng, 4)], "pad": 0}


@pad_batch.case
def a_side_that_is_none(rng: Rng) -> Inputs:
    """Padding in the middle is a ValueError."""
    return {"batch": [_ids(rng, 3), _ids(rng, 2)], "pad": 0, "side": "middle"}


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
    return answer.sum(-1).tolist() == inputs["lengths"]


# --- masked_softmax ------------------------------------------------------------------------------


@masked_softmax.case
def a_mask_of_the_same_shape(rng: Rng) -> Inputs:
    """Scores and mask of shape (2, 3, 4)."""
    return {"scores": _normal(rng, 2, 3, 4), "mask": _truths(rng, 2, 3, 4)}


@masked_softmax.case
def one_mask_for_all_heads(rng: Rng) -> Inputs:
    """Scores of shape (2, 3, 4, 5), a mask of shape (2, 1, 4, 5)."""
    return {"scores": _normal(rng, 2, 3, 4, 5), "mask": _truths(rng, 2, 1, 4, 5)}


@masked_softmax.case
def one_mask_for_everything(rng: Rng) -> Inputs:
    """Scores of shape (2, 3, 4), a mask of shape (3, 4)."""
    return {"scores": _normal(rng, 2, 3, 4), "mask": _truths(rng, 3, 4)}


@masked_softmax.case
def a_row_with_nothing_to_look_at(rng: Rng) -> Inputs:
    """In one of four rows everything is hidden: its weights are 0."""
    mask = _truths(rng, 4, 3)
    mask[int(rng.integers(4))] = False
    return {"scores": _normal(rng, 4, 3), "mask": mask}


@masked_softmax.case
def nothing_is_hidden(rng: Rng) -> Inputs:
    """A mask that is True everywhere: the plain softmax."""
    return {"scores": _normal(rng, 3, 6), "mask": torch.ones(3, 6, dtype=torch.bool)}


@masked_softmax.case
def high_scores_are_hidden(rng: Rng) -> Inputs:
    """The hidden scores are far above the others."""
    scores, mask = _normal(rng, 3, 5), _truths(rng, 3, 5)
    return {"scores": torch.where(mask, scores, 300 + scores), "mask": mask}


@masked_softmax.case
def infinite_scores_are_hidden(rng: Rng) -> Inputs:
    """The hidden scores are infinite."""
    scores, mask = _normal(rng, 2, 6), _truths(rng, 2, 6)
    return {"scores": scores.masked_fill(~mask, torch.inf), "mask": mask}


@masked_softmax.case
def all_scores_are_very_low(rng: Rng) -> Inputs:
    """All scores lie around -2,000,000,000, hidden or not."""
    steps = torch.from_numpy(rng.random((4, 5)).argsort(axis=-1)).float()
    return {"scores": 256 * steps - 2e9, "mask": _truths(rng, 4, 5)}


@masked_softmax.invariant
def weights_sum_to_one_or_zero(inputs: Inputs, answer: Tensor) -> bool | str:
    """A row sums to 1 if there is something to look at, and to 0 if not."""
    rows = inputs["mask"].any(-1).expand(answer.shape[:-1])
    off = (answer.sum(-1) - rows.float()).abs().max().item()
    return off < 1e-4 or f"one sum is off by {off:.4g}"


@masked_softmax.invariant
def hidden_weights_are_zero(inputs: Inputs, answer: Tensor) -> bool:
    """What is hidden has a weight of exactly 0."""
    return not answer[~inputs["mask"].expand(answer.shape)].any()


# --- attention -----------------------------------------------------------------------------------


def _attention_inputs(rng: Rng, lead: tuple[int, ...], sizes: str, mask: Tensor) -> Inputs:
    query, key, d_head, d_value = map(int, sizes)
    return {
        "queries": _normal(rng, *lead, query, d_head),
        "keys": _normal(rng, *lead, key, d_head),
        "values": _normal(rng, *lead, key, d_value),
        "mask": mask,
    }


@attention.case
def several_heads(rng: Rng) -> Inputs:
    """Two sentences, three heads, four queries, five keys; one mask for all heads."""
    return _attention_inputs(rng, (2, 3), "4567", _truths(rng, 2, 1, 4, 5))


@attention.case
def no_axis_for_heads(rng: Rng) -> Inputs:
    """Queries of shape (3, 6), keys of shape (5, 6), values of shape (5, 4)."""
    return _attention_inputs(rng, (), "3564", _truths(rng, 3, 5))


@attention.case
def a_single_query(rng: Rng) -> Inputs:
    """One query that looks at some of six keys."""
    return _attention_inputs(rng, (2, 4), "1635", _truths(rng, 2, 1, 1, 6))


@attention.case
def a_query_with_nothing_to_look_at(rng: Rng) -> Inputs:
    """One of three queries may look at nothing: it gets zeros."""
    mask = _truths(rng, 3, 4)
    mask[1] = False
    return _attention_inputs(rng, (2,), "3465", mask)


@attention.case
def everything_may_be_seen(rng: Rng) -> Inputs:
    """A mask that is True everywhere."""
    return _attention_inputs(rng, (3,), "5274", torch.ones(5, 2, dtype=torch.bool))


@attention.case
def large_scores(rng: Rng) -> Inputs:
    """Queries and keys that are five times as long as usual, so that scores are large."""
    given = _attention_inputs(rng, (2,), "4365", _truths(rng, 4, 3))
    return given | {"queries": 5 * given["queries"], "keys": 5 * given["keys"]}


# --- encoder_mask, decoder_mask, position_ids: the same kinds of batches --------------------------


def _padded_right(rng: Rng) -> Inputs:
    return {"attention_mask": _real(2, 5, int(rng.integers(1, 5)))}


def _padded_left(rng: Rng) -> Inputs:
    return {"attention_mask": _real(4, int(rng.integers(1, 4)), left=True)}


def _without_padding(rng: Rng) -> Inputs:
    return {"attention_mask": _real(int(rng.integers(3, 6)))}


def _with_a_hole(rng: Rng) -> Inputs:
    mask = _real(6, 4)
    mask[0, 2], mask[0, 4], mask[1, int(rng.integers(1, 3))] = False, False, False
    return {"attention_mask": mask}


def _with_an_empty_row(rng: Rng) -> Inputs:
    return {"attention_mask": _real(3, 0, int(rng.integers(1, 3)), 4, left=True)}


@encoder_mask.case
def a_batch_padded_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return _padded_right(rng)


@encoder_mask.case
def a_batch_padded_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left to four tokens."""
    return _padded_left(rng)


@encoder_mask.case
def a_sentence_without_padding(rng: Rng) -> Inputs:
    """One sentence: everybody may look at everybody."""
    return _without_padding(rng)


@encoder_mask.case
def tokens_missing_in_the_middle(rng: Rng) -> Inputs:
    """Some tokens in the middle are not to be looked at either."""
    return _with_a_hole(rng)


@encoder_mask.case
def a_row_that_is_all_padding(rng: Rng) -> Inputs:
    """Four rows; the second is all padding, so nobody looks at anything there."""
    return _with_an_empty_row(rng)


@decoder_mask.case
def a_batch_with_padding_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return _padded_right(rng)


@decoder_mask.case
def a_batch_with_padding_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left: the first queries may look at nothing."""
    return _padded_left(rng)


@decoder_mask.case
def a_sentence_alone(rng: Rng) -> Inputs:
    """One sentence without padding: only what comes later is hidden."""
    return _without_padding(rng)


@decoder_mask.case
def gaps_in_the_middle(rng: Rng) -> Inputs:
    """Some tokens in the middle are not to be looked at either."""
    return _with_a_hole(rng)


@decoder_mask.case
def a_row_of_padding(rng: Rng) -> Inputs:
    """Four rows; the second is all padding."""
    return _with_an_empty_row(rng)


@decoder_mask.invariant
def nobody_sees_what_comes_later(inputs: Inputs, answer: Tensor) -> bool:
    """No query may look at a key that stands after it."""
    return not answer.triu(1).any()


@decoder_mask.invariant
def a_real_token_sees_itself(inputs: Inputs, answer: Tensor) -> bool:
    """Each real token may look at itself."""
    return bool(answer.diagonal(dim1=-2, dim2=-1)[:, 0][inputs["attention_mask"]].all())


@position_ids.case
def padding_stands_on_the_left(rng: Rng) -> Inputs:
    """Two sentences, padded on the left to four tokens."""
    return _padded_left(rng)


@position_ids.case
def padding_stands_on_the_right(rng: Rng) -> Inputs:
    """Three sentences, padded on the right to five tokens."""
    return _padded_right(rng)


@position_ids.case
def nothing_is_padded(rng: Rng) -> Inputs:
    """One sentence without padding."""
    return _without_padding(rng)


@position_ids.case
def padding_between_tokens(rng: Rng) -> Inputs:
    """Padding in the middle: it takes no number away."""
    return _with_a_hole(rng)


@position_ids.case
def only_padding_in_a_row(rng: Rng) -> Inputs:
    """Four rows; the second is all padding, and gets zeros."""
    return _with_an_empty_row(rng)


# --- causal_mask ---------------------------------------------------------------------------------


@causal_mask.case
def a_few_tokens(rng: Rng) -> Inputs:
    """Three to six tokens, and none before them."""
    return {"tokens": int(rng.integers(3, 7))}


@causal_mask.case
def one_token(rng: Rng) -> Inputs:
    """A single token may look at itself."""
    return {"tokens": 1}


@causal_mask.case
def more_past_than_tokens(rng: Rng) -> Inputs:
    """Three queries, with four or more tokens before them."""
    return {"tokens": 3, "past": int(rng.integers(4, 7))}


@causal_mask.case
def more_tokens_than_past(rng: Rng) -> Inputs:
    """Four queries or more, with two tokens before them."""
    return {"tokens": int(rng.integers(4, 7)), "past": 2}


@causal_mask.case
def the_next_token_of_a_text(rng: Rng) -> Inputs:
    """One query that comes after several tokens: it may look at all."""
    return {"tokens": 1, "past": int(rng.integers(2, 6))}


# --- cross_attention_mask ------------------------------------------------------------------------


@cross_attention_mask.case
def a_longer_source(rng: Rng) -> Inputs:
    """Two sources of up to five tokens, and three or four tokens in the target."""
    mask = _real(int(rng.integers(2, 4)), 5)
    return {"source_mask": mask, "target_tokens": int(rng.integers(3, 5))}


@cross_attention_mask.case
def a_longer_target(rng: Rng) -> Inputs:
    """Two sources of up to four tokens, padded on the left, and a target of six."""
    return {"source_mask": _real(4, int(rng.integers(1, 4)), left=True), "target_tokens": 6}


@cross_attention_mask.case
def one_target_token(rng: Rng) -> Inputs:
    """The target has one token so far."""
    return {"source_mask": _real(3, 5, int(rng.integers(1, 3)), 4), "target_tokens": 1}


@cross_attention_mask.case
def a_source_without_padding(rng: Rng) -> Inputs:
    """One source, all of which may be looked at, also by the first token of the target."""
    return {"source_mask": _real(int(rng.integers(3, 6))), "target_tokens": 2}


# --- sliding_window_mask -------------------------------------------------------------------------


@sliding_window_mask.case
def a_window_of_three(rng: Rng) -> Inputs:
    """Six to eight tokens; each looks at itself and the two before."""
    return {"tokens": int(rng.integers(6, 9)), "window": 3}


@sliding_window_mask.case
def a_window_of_one(rng: Rng) -> Inputs:
    """Each token looks at itself only."""
    return {"tokens": int(rng.integers(3, 6)), "window": 1}


@sliding_window_mask.case
def a_window_as_long_as_the_text(rng: Rng) -> Inputs:
    """The last token just reaches the first."""
    tokens = int(rng.integers(3, 7))
    return {"tokens": tokens, "window": tokens}


@sliding_window_mask.case
def a_window_that_misses_one(rng: Rng) -> Inputs:
    """The last token just misses the first."""
    tokens = int(rng.integers(5, 8))
    return {"tokens": tokens, "window": tokens - 1}


@sliding_window_mask.case
def a_window_longer_than_the_text(rng: Rng) -> Inputs:
    """The window is longer than the text: only what comes later is hidden."""
    return {"tokens": 4, "window": int(rng.integers(6, 9))}


# --- pack_documents ------------------------------------------------------------------------------


@pack_documents.case
def three_documents(rng: Rng) -> Inputs:
    """Documents of 2, 4 and 3 tokens."""
    return {"documents": [_ids(rng, 2), _ids(rng, 4), _ids(rng, 3)]}


@pack_documents.case
def the_same_document_twice(rng: Rng) -> Inputs:
    """Two equal documents with another between them, and ids that come more than once."""
    first, second = _ids(rng, 2)
    return {"documents": [[first, first, second], [second], [first, first, second]]}


@pack_documents.case
def an_empty_document(rng: Rng) -> Inputs:
    """The second of four documents is empty: it adds nothing, but has its number."""
    return {"documents": [_ids(rng, 3), [], _ids(rng, 1), _ids(rng, 2)]}


@pack_documents.case
def one_document(rng: Rng) -> Inputs:
    """A single document."""
    return {"documents": [_ids(rng, 5)]}


@pack_documents.case
def no_documents(rng: Rng) -> Inputs:
    """Nothing to pack: three empty lists."""
    return {"documents": []}


# --- packed_mask ---------------------------------------------------------------------------------


@packed_mask.case
def two_rows_of_documents(rng: Rng) -> Inputs:
    """Two rows with seven tokens each, cut into documents at different places."""
    one, two = (int(place) for place in rng.permutation(5)[:2])
    cuts = [[0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1]]
    cuts[0][1 + one] = cuts[1][1 + two] = 1
    return {"document_ids": torch.tensor(cuts).cumsum(dim=1)}


@packed_mask.case
def numbers_that_do_not_rise(rng: Rng) -> Inputs:
    """The documents are numbered in any order."""
    return {"document_ids": torch.tensor([[8, 8, 3, 3, 3, 5]]) + int(rng.integers(9))}


@packed_mask.case
def a_document_that_goes_on_later(rng: Rng) -> Inputs:
    """A number comes back further to the right: that is still the same document."""
    one, two = (int(number) for number in rng.permutation(9)[:2])
    return {"document_ids": torch.tensor([[one, two, one], [one, one, two]] * 2)}


@packed_mask.case
def a_single_document(rng: Rng) -> Inputs:
    """One document in a row: only what comes later is hidden."""
    return {"document_ids": torch.full((3, 4), int(rng.integers(9)))}


@packed_mask.case
def documents_of_one_token(rng: Rng) -> Inputs:
    """Each token is a document of its own: it looks at itself only."""
    return {"document_ids": torch.from_numpy(rng.permutation(7)[None, :5].copy())}


# --- sees, leaks ---------------------------------------------------------------------------------


def _model(mixing: Tensor, weights: Tensor, bend: bool) -> Callable[[Tensor], Tensor]:
    """Make a model of which it is known what it sees: query q sees key k if mixing[q, k] is not 0.

    It maps (key, d_in) to (query, d_out), in a straight line or, with `bend`, in a curve.
    """

    def model(x: Tensor) -> Tensor:
        mixed = mixing @ x @ weights
        return torch.tanh(mixed) if bend else mixed

    return model


def _weights(rng: Rng, d_in: int, d_out: int) -> Tensor:
    sizes = torch.from_numpy(rng.uniform(0.2, 0.6, size=(d_in, d_out)).astype(np.float32))
    return sizes * torch.from_numpy(rng.choice([-1, 1], size=(d_in, d_out)).astype(np.float32))


def _mixing(rng: Rng, query: int, key: int) -> Tensor:
    """Draw how much each query takes of each key: nothing, or something of either sign."""
    return _weights(rng, query, key) * _truths(rng, query, key)


def _case(rng: Rng, mixing: Tensor, d_in: int, d_out: int, bend: bool = True) -> Inputs:
    weights, x = _weights(rng, d_in, d_out), _normal(rng, mixing.shape[1], d_in, spread=0.5)
    return {"mixing": mixing, "weights": weights, "x": x, "bend": bend}


@sees.drive
def ask_what_a_model_sees(
    answer: Callable, mixing: Tensor, weights: Tensor, x: Tensor, bend: bool
) -> Any:
    return answer(_model(mixing, weights, bend), x)


@leaks.drive
def ask_for_leaks(
    answer: Callable, mixing: Tensor, weights: Tensor, x: Tensor, bend: bool, mask: Tensor
) -> Any:
    return answer(_model(mixing, weights, bend), x, mask)


@sees.case
def a_model_that_sees_this_and_that(rng: Rng) -> Inputs:
    """Four outputs, each of which sees some of five inputs, in no pattern."""
    return _case(rng, _mixing(rng, 4, 5), d_in=3, d_out=2)


@sees.case
def more_outputs_than_inputs(rng: Rng) -> Inputs:
    """Six outputs and three inputs; not every number of an output depends on every one of these."""
    given = _case(rng, _mixing(rng, 6, 3), d_in=2, d_out=4)
    given["weights"][1, 2] = 0
    return given


@sees.case
def an_output_that_sees_nothing(rng: Rng) -> Inputs:
    """The first of three outputs depends on nothing."""
    mixing = _mixing(rng, 3, 6)
    mixing[0] = 0
    return _case(rng, mixing, d_in=4, d_out=2)


@sees.case
def a_faint_dependence(rng: Rng) -> Inputs:
    """One output depends on one input, but only very little: that counts."""
    mixing = torch.eye(3, 4)
    mixing[0, int(rng.integers(1, 4))] = 1e-7
    return _case(rng, mixing, d_in=5, d_out=2)


@sees.case
def outputs_that_cancel(rng: Rng) -> Inputs:
    """Each number of an output stands beside its negative, so that their sum is always 0."""
    given = _case(rng, _mixing(rng, 3, 5), d_in=4, d_out=1, bend=False)
    return given | {"weights": torch.cat([given["weights"], -given["weights"]], dim=1)}


@sees.case
def inputs_that_cancel(rng: Rng) -> Inputs:
    """Only the differences between the numbers of an input matter: their gradients sum to 0."""
    given = _case(rng, _mixing(rng, 5, 3), d_in=1, d_out=4, bend=False)
    given["x"] = _normal(rng, 3, 2)
    return given | {"weights": torch.cat([given["weights"], -given["weights"]], dim=0)}


@sees.case
def one_number_that_counts(rng: Rng) -> Inputs:
    """Of the three numbers of an input only the second matters, and only for one of an output."""
    given = _case(rng, _mixing(rng, 4, 6), d_in=3, d_out=2, bend=False)
    weights = torch.zeros(3, 2)
    weights[1, int(rng.integers(2))] = float(rng.choice([-1, 1]))
    return given | {"weights": weights}


@leaks.case
def a_model_that_keeps_to_its_mask(rng: Rng) -> Inputs:
    """The model sees exactly what it may: no leaks."""
    mixing = _mixing(rng, 4, 5)
    return _case(rng, mixing, d_in=3, d_out=2) | {"mask": mixing != 0}


@leaks.case
def a_look_ahead(rng: Rng) -> Inputs:
    """A decoder whose tokens see one token too far, with the mask of a decoder."""
    mixing = _weights(rng, 5, 5).tril(1)
    return _case(rng, mixing, d_in=3, d_out=2) | {"mask": torch.ones(5, 5).tril().bool()}


@leaks.case
def leaks_anywhere(rng: Rng) -> Inputs:
    """Mask and model have nothing to do with one another."""
    mask = _truths(rng, 4, 6)
    return _case(rng, _mixing(rng, 4, 6), d_in=2, d_out=3) | {"mask": mask}


@leaks.case
def a_model_that_looks_at_less(rng: Rng) -> Inputs:
    """The model looks at only some of what it may look at, which is no leak."""
    mixing = torch.diag(_weights(rng, 1, 4)[0])
    return _case(rng, mixing, d_in=2, d_out=3) | {"mask": torch.ones(4, 4, dtype=torch.bool)}


@leaks.case
def two_leaks_in_one_row(rng: Rng) -> Inputs:
    """Nothing may be seen, and one output sees two inputs."""
    mixing = torch.zeros(3, 5)
    mixing[int(rng.integers(3)), rng.permutation(5)[:2].copy()] = 1.0
    return _case(rng, mixing, d_in=4, d_out=2) | {"mask": torch.zeros(3, 5, dtype=torch.bool)}


# --- additive_mask -------------------------------------------------------------------------------


@additive_mask.case
def two_axes(rng: Rng) -> Inputs:
    """A mask of shape (3, 4)."""
    return {"mask": _truths(rng, 3, 4)}


@additive_mask.case
def four_axes(rng: Rng) -> Inputs:
    """A mask of shape (2, 1, 3, 5)."""
    return {"mask": _truths(rng, 2, 1, 3, 5)}


@additive_mask.case
def all_may_be_seen(rng: Rng) -> Inputs:
    """A mask that is True everywhere: nothing is added."""
    return {"mask": torch.ones(2, int(rng.integers(3, 6)), dtype=torch.bool)}


@additive_mask.case
def all_is_hidden(rng: Rng) -> Inputs:
    """A mask that is False everywhere."""
    return {"mask": torch.zeros(int(rng.integers(3, 6)), dtype=torch.bool)}
