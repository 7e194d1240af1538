"""Section 5.7, fuzzy borders: what is asked."""

from typing import Any

import torch

from gradelib.checking.compare import difference
from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal

summarize = Exercise("encoder_decoder.summarize", points=2, difficulty=2)


@summarize.compare
def _equal_ones_are_as_good(expected: Any, answer: Any, inputs: Inputs) -> str | None:
    """Of two sentences with the same vector either will do, but not both for one."""
    unequal = difference(expected, answer)
    if unequal is None:
        return None
    rows = inputs["vectors"].tolist()
    is_plain = isinstance(answer, list) and all(type(one) is int for one in answer)
    if is_plain and answer == sorted({*answer}) and {*answer} <= {*range(len(rows))}:
        said, wanted = (sorted(rows[one] for one in chosen) for chosen in (answer, expected))
        if said == wanted:
            return None
    return unequal.message


def _text(rng: Rng, sentence: int, d_model: int, count: int) -> Inputs:
    """Sentences around one subject, of different lengths as vectors."""
    lengths = 0.2 + 5 * normal(rng, sentence, 1).abs()
    return {"vectors": lengths * (normal(rng, sentence, d_model) + 0.7), "count": count}


@summarize.case
def three_of_eight(rng: Rng) -> Inputs:
    """Three of eight sentences."""
    return _text(rng, 8, 5, 3)


@summarize.case
def a_short_vector_that_points_right(rng: Rng) -> Inputs:
    """The sentence that is most like the text has the shortest vector."""
    drawn = _text(rng, 6, 4, 2)
    vectors = drawn["vectors"]
    place = int(rng.integers(1, 6))
    vectors[place] = 0.0
    vectors[place] = 0.02 * vectors.mean(dim=0) + 0.001 * normal(rng, 4)
    return {**drawn, "vectors": vectors}


@summarize.case
def two_equal_sentences(rng: Rng) -> Inputs:
    """A sentence that stands there twice, and is the most like the text: both are chosen."""
    return _twice(rng, 3)


@summarize.case
def room_for_one_of_two_equal_ones(rng: Rng) -> Inputs:
    """The sentence that says most stands there twice, and one is asked for: either will do."""
    return _twice(rng, 1)


def _twice(rng: Rng, count: int) -> Inputs:
    drawn = _text(rng, 6, 5, count)
    vectors = drawn["vectors"]
    places = rng.permutation(6)[:2]
    vectors[places] = 0.0
    vectors[places] = vectors.mean(dim=0) + 0.001 * normal(rng, 5)
    return drawn


@summarize.case
def one_that_says_the_opposite(rng: Rng) -> Inputs:
    """A sentence whose vector points away from the text."""
    drawn = _text(rng, 6, 4, 3)
    place = int(rng.integers(1, 6))
    drawn["vectors"][place] = 0.0
    drawn["vectors"][place] = -drawn["vectors"].mean(dim=0)
    return drawn


@summarize.case
def some_that_point_away(rng: Rng) -> Inputs:
    """Of seven sentences five point away from the text, some more than others; four are chosen."""
    main, away = normal(rng, 1, 6), 0.05 * normal(rng, 7, 6)
    along = torch.from_numpy(rng.permutation([9.0, 8.0, -0.01, -0.03, -0.05, -0.07, -0.09]))
    return {"vectors": along.float()[:, None] * main + away, "count": 4}


@summarize.case
def very_short_vectors(rng: Rng) -> Inputs:
    """Vectors of lengths near 0.001: how long one is makes no difference."""
    drawn = _text(rng, 9, 5, 4)
    return {**drawn, "vectors": 2.0**-12 * drawn["vectors"]}


@summarize.case
def one_of_five(rng: Rng) -> Inputs:
    """The one sentence that says most."""
    return _text(rng, 5, 4, 1)


@summarize.case
def all_of_four(rng: Rng) -> Inputs:
    """As many as there are, in their order."""
    return _text(rng, 4, 6, 4)


@summarize.case
def more_than_there_are(rng: Rng) -> Inputs:
    """Five of three: all three."""
    return _text(rng, 3, 4, 5)


@summarize.case
def one_sentence(rng: Rng) -> Inputs:
    """A text of one sentence."""
    return _text(rng, 1, 3, 1)
