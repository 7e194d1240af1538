"""Section 9.2, how alike two texts are: what is asked."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.pretraining.exercises.texts import sentence, some_of
from gradelib.topics.pretraining.words import PRIME

shingles = Exercise("pretraining.shingles", points=1, difficulty=1)
jaccard = Exercise("pretraining.jaccard", points=1, difficulty=1)
minhash = Exercise("pretraining.minhash", points=3, difficulty=3)


# --- shingles ------------------------------------------------------------------------------------


@shingles.case
def two_sentences(rng: Rng) -> Inputs:
    """Two sentences with signs between the words; runs of three."""
    words = some_of(rng, 9)
    return {"text": f"{sentence(words[:5])} {sentence(words[5:])}", "n": 3}


@shingles.case
def the_same_run_again(rng: Rng) -> Inputs:
    """A run of words stands there three times: it is one shingle."""
    a, b, c = some_of(rng, 3)
    return {"text": f"{a} {b} {c} {a} {b}, {a} {b}", "n": 2}


@shingles.case
def capitals(rng: Rng) -> Inputs:
    """The same words in capitals and not."""
    a, b, c = some_of(rng, 3)
    return {"text": f"{a} {b} {c} {a.upper()} {b.title()} {c.upper()}", "n": 2}


@shingles.case
def signs_and_digits(rng: Rng) -> Inputs:
    """Apostrophes and dashes end a word; digits, underscores and letters of any alphabet do not."""
    a, b, c = some_of(rng, 3)
    return {
        "text": f"\t{a}'s {b}-{c}7\n{rng.integers(10, 99)}, über\u00a0{a} snake_{b} Γάτα straße\n",
        "n": 3,
    }


@shingles.case
def too_short(rng: Rng) -> Inputs:
    """Three words and runs of five: one shingle of all three."""
    return {"text": sentence(some_of(rng, 3)), "n": 5}


@shingles.case
def just_long_enough(rng: Rng) -> Inputs:
    """Four words and runs of four."""
    return {"text": sentence(some_of(rng, 4)), "n": 4}


@shingles.case
def one_more(rng: Rng) -> Inputs:
    """Five words and runs of four: there are two."""
    return {"text": sentence(some_of(rng, 5)), "n": 4}


@shingles.case
def single_words(rng: Rng) -> Inputs:
    """Runs of one word, some of them twice."""
    words = some_of(rng, 5)
    return {"text": " ".join([*words, *words[:3]]), "n": 1}


@shingles.case
def no_words(rng: Rng) -> Inputs:
    """Signs alone: the one shingle is empty."""
    return {"text": "?" * int(rng.integers(1, 6)), "n": 3}


# --- jaccard -------------------------------------------------------------------------------------


def _two(rng: Rng, only_first: int, both: int, only_second: int) -> Inputs:
    words = some_of(rng, only_first + both + only_second)
    return {"first": {*words[: only_first + both]}, "second": {*words[only_first:]}}


@jaccard.case
def some_in_common(rng: Rng) -> Inputs:
    """Some words in one set alone, some in both, some in the other."""
    return _two(rng, *rng.integers(1, 9, size=3).tolist())


@jaccard.case
def most_in_common(rng: Rng) -> Inputs:
    """One word in one set alone, seven to twelve in both, two in the other."""
    return _two(rng, 1, int(rng.integers(7, 13)), 2)


@jaccard.case
def a_part_of_the_other(rng: Rng) -> Inputs:
    """The second set is a part of the first."""
    return _two(rng, int(rng.integers(3, 9)), 2, 0)


@jaccard.case
def the_first_is_a_part(rng: Rng) -> Inputs:
    """The first set is a part of the second."""
    return _two(rng, 0, 3, int(rng.integers(3, 9)))


@jaccard.case
def nothing_in_common(rng: Rng) -> Inputs:
    """The sets share nothing."""
    return _two(rng, 3, 0, 4)


@jaccard.case
def the_same(rng: Rng) -> Inputs:
    """The same set twice."""
    return _two(rng, 0, 6, 0)


@jaccard.case
def one_is_empty(rng: Rng) -> Inputs:
    """The first set is empty, the second is not."""
    return _two(rng, 0, 0, 5)


@jaccard.case
def the_other_is_empty(rng: Rng) -> Inputs:
    """The second set is empty, the first is not."""
    return _two(rng, 4, 0, 0)


@jaccard.case
def both_are_empty(rng: Rng) -> Inputs:
    """Two empty sets are the same."""
    return {"first": set(), "second": set()}


# --- minhash -------------------------------------------------------------------------------------


def _hashed(rng: Rng, shingles: int, hashes: int) -> Inputs:
    runs = {" ".join(some_of(rng, 3)) for _ in range(shingles)}
    a = torch.from_numpy(rng.integers(1, PRIME, size=hashes))
    b = torch.from_numpy(rng.integers(0, PRIME, size=hashes))
    return {"shingles": runs, "a": a, "b": b}


@minhash.case
def a_few_shingles(rng: Rng) -> Inputs:
    """Five shingles and four hash functions."""
    return _hashed(rng, 5, 4)


@minhash.case
def more_functions_than_shingles(rng: Rng) -> Inputs:
    """Three shingles and seven hash functions."""
    return _hashed(rng, 3, 7)


@minhash.case
def one_shingle(rng: Rng) -> Inputs:
    """One shingle and six hash functions."""
    return _hashed(rng, 1, 6)


@minhash.case
def one_function(rng: Rng) -> Inputs:
    """Six shingles and one hash function."""
    return _hashed(rng, 6, 1)


@minhash.case
def other_letters(rng: Rng) -> Inputs:
    """Shingles with capitals, and with letters that take more than one byte in UTF-8."""
    a, b, c = some_of(rng, 3)
    return {**_hashed(rng, 1, 5), "shingles": {f"{a} Über {b}", f"ÊTRE {c}", f"{b} γάτα"}}


@minhash.case
def many_shingles(rng: Rng) -> Inputs:
    """Two hundred shingles."""
    return _hashed(rng, 200, 8)


@minhash.case
def no_shift(rng: Rng) -> Inputs:
    """Hash functions that shift nothing: b is 0."""
    drawn = _hashed(rng, 4, 3)
    return {**drawn, "b": torch.zeros_like(drawn["b"])}


@minhash.case
def the_largest_numbers(rng: Rng) -> Inputs:
    """Functions whose numbers are next to the prime."""
    a = PRIME - 1 - torch.from_numpy(rng.integers(0, 9, size=5))
    return {**_hashed(rng, 4, 1), "a": a, "b": a.flip(0)}


@minhash.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The signature holds whole numbers of 64 bits, int64, one for each function."""
    right = answer.dtype == torch.int64 and answer.shape == inputs["a"].shape
    return right or f"they are {answer.dtype}, of shape {tuple(answer.shape)}"


@minhash.invariant
def the_same_tomorrow(inputs: Inputs, answer: Any) -> bool | str:
    """The number of a shingle is the same in every process. Python's `hash` of a text is not."""
    x = torch.tensor([hash(one) % PRIME for one in sorted(inputs["shingles"])])
    salted = (inputs["a"][:, None] * x + inputs["b"][:, None]) % PRIME
    return not torch.equal(answer, salted.amin(dim=1)) or "yours is `hash`, which has a new salt"
