"""Section 1.7, "Tokens that are no words": what is asked."""

from itertools import pairwise

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.tokenization.exercises.inputs import (
    distinct_ids,
)

build_pair = Exercise("tokenization.build_pair", points=2, difficulty=1)


def _pair(rng: Rng, first: int, second: int) -> Inputs:
    ids = distinct_ids(rng, first + second, low=1000, high=9000)
    return {"a": ids[:first], "b": ids[first:], "cls": 101, "sep": 102}


@build_pair.case
def three_and_five(rng: Rng) -> Inputs:
    """Three ids and five."""
    return _pair(rng, 3, 5)


@build_pair.case
def four_and_one(rng: Rng) -> Inputs:
    """Four ids and a single one."""
    return _pair(rng, 4, 1)


@build_pair.case
def other_special_ids(rng: Rng) -> Inputs:
    """Another tokenizer, where the special tokens have other ids."""
    cls, sep = distinct_ids(rng, 2, low=1, high=90)
    return _pair(rng, 2, 3) | {"cls": cls, "sep": sep}


@build_pair.case
def the_second_is_empty(rng: Rng) -> Inputs:
    """The second sequence has no ids: its [SEP] is there all the same."""
    return _pair(rng, 3, 0)


@build_pair.case
def the_first_is_empty(rng: Rng) -> Inputs:
    """The first sequence has no ids."""
    return _pair(rng, 0, 2)


@build_pair.invariant
def one_type_an_id(inputs: Inputs, answer: dict[str, list[int]]) -> bool:
    """Each id has a type, and there are three ids more than in `a` and `b` together."""
    length = len(inputs["a"]) + len(inputs["b"]) + 3
    return len(answer["input_ids"]) == len(answer["token_type_ids"]) == length


@build_pair.invariant
def types_never_go_back(inputs: Inputs, answer: dict[str, list[int]]) -> bool:
    """The types begin with 0, end with 1, and never go back from 1 to 0."""
    types = answer["token_type_ids"]
    return (types[0], types[-1]) == (0, 1) and all(x <= y for x, y in pairwise(types))
