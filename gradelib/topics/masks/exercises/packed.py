"""Section 2.6, "Long texts and packed texts": what is asked."""

import torch

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import distinct_ids

sliding_window_mask = Exercise("masks.sliding_window_mask", points=0, difficulty=2)
pack_documents = Exercise("masks.pack_documents", points=0, difficulty=1)
packed_mask = Exercise("masks.packed_mask", points=0, difficulty=2)


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
def a_text_of_one_token(rng: Rng) -> Inputs:
    """One token: the table still has two axes."""
    return {"tokens": 1, "window": int(rng.integers(1, 4))}


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
    return {"documents": [distinct_ids(rng, 2), distinct_ids(rng, 4), distinct_ids(rng, 3)]}


@pack_documents.case
def the_same_document_twice(rng: Rng) -> Inputs:
    """Two equal documents with another between them, and ids that come more than once."""
    first, second = distinct_ids(rng, 2)
    return {"documents": [[first, first, second], [second], [first, first, second]]}


@pack_documents.case
def an_empty_document(rng: Rng) -> Inputs:
    """The second of four documents is empty: it adds nothing, but has its number."""
    return {"documents": [distinct_ids(rng, 3), [], distinct_ids(rng, 1), distinct_ids(rng, 2)]}


@pack_documents.case
def one_document(rng: Rng) -> Inputs:
    """A single document."""
    return {"documents": [distinct_ids(rng, 5)]}


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
    """The documents are numbered in any order, and not from 0."""
    return {"document_ids": torch.tensor([[300, 300, 44, 44, 44, 9]]) + int(rng.integers(9))}


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
def rows_of_one_token(rng: Rng) -> Inputs:
    """Two rows of one token, which looks at itself."""
    return {"document_ids": torch.from_numpy(rng.integers(9, size=(2, 1)))}


@packed_mask.case
def documents_of_one_token(rng: Rng) -> Inputs:
    """Each token is a document of its own: it looks at itself only."""
    return {"document_ids": torch.from_numpy(rng.permutation(7)[None, :5].copy())}
