"""Section 1.4, "Byte-pair encoding", part 1: what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.tokenization.exercises.inputs import (
    GERMAN,
    LOOP,
    distinct_ids,
    shuffled,
    some_of,
)

count_pairs = Exercise("tokenization.count_pairs", points=2, difficulty=2)
best_pair = Exercise("tokenization.best_pair", points=1, difficulty=1)
merge_pair = Exercise("tokenization.merge_pair", points=2, difficulty=2, seconds=LOOP)


# --- count_pairs ---------------------------------------------------------------------------------


@count_pairs.case
def a_pair_in_two_words(rng: Rng) -> Inputs:
    """Two words share a pair; both words occur several times."""
    a, b, c, d = distinct_ids(rng, 4)
    more, fewer = int(rng.integers(6, 10)), int(rng.integers(2, 5))
    return {"words": {(a, b, c): more, (d, b, c, a): fewer}}


@count_pairs.case
def the_same_pair_twice_in_a_word(rng: Rng) -> Inputs:
    """One word has the same pair at two places, and the pair turned round between them."""
    a, b = distinct_ids(rng, 2)
    return {"words": {(a, b, a, b): int(rng.integers(3, 9))}}


@count_pairs.case
def one_id_over_and_over(rng: Rng) -> Inputs:
    """Pairs overlap: four equal ids in a row are three pairs."""
    a, b = distinct_ids(rng, 2)
    return {"words": {(a, a, a, a): int(rng.integers(2, 5)), (b, a, a): 1}}


@count_pairs.case
def words_of_one_id(rng: Rng) -> Inputs:
    """Words of a single id have no pairs, nor do two words beside each other."""
    a, b, c = distinct_ids(rng, 3)
    return {"words": {(a,): 7, (b,): 4, (c, a): int(rng.integers(2, 9)), (b, c): 1}}


@count_pairs.case
def merged_ids(rng: Rng) -> Inputs:
    """Ids from 256 on are ids like all others."""
    a, b = distinct_ids(rng, 2)
    return {"words": {(300, a, 256): int(rng.integers(2, 9)), (b, 300, a, 256): 5}}


@count_pairs.case
def bytes_of_german_words(rng: Rng) -> Inputs:
    """German words as the bytes of their UTF-8 encoding."""
    words = some_of(rng, GERMAN, 4)
    times = rng.integers(1, 20, size=4)
    return {"words": {tuple(w.encode()): int(n) for w, n in zip(words, times, strict=True)}}


@count_pairs.case
def no_words_to_count(rng: Rng) -> Inputs:
    """No words, no pairs."""
    return {"words": {}}


@count_pairs.invariant
def counts_add_up(inputs: Inputs, answer: dict[tuple[int, int], int]) -> bool:
    """A word of n ids that occurs k times adds k * (n - 1) to the sum of all counts."""
    pairs: int = sum(times * (len(ids) - 1) for ids, times in inputs["words"].items())
    return sum(answer.values()) == pairs


# --- best_pair -----------------------------------------------------------------------------------


@best_pair.case
def a_clear_winner(rng: Rng) -> Inputs:
    """Five pairs with five counts."""
    a, b, c, d, e = sorted(distinct_ids(rng, 5))
    many = int(rng.integers(20, 99))
    return {"counts": {(a, b): 5, (d, a): 2, (c, d): many, (e, a): 9, (b, e): many - 10}}


@best_pair.case
def a_tie(rng: Rng) -> Inputs:
    """Six pairs are the most frequent ones; smaller pairs are rare."""
    a, b, c, d, e, f = sorted(distinct_ids(rng, 6, low=2))
    tied = [(c, b), (e, a), (f, d), (b, f), (b, e), (d, d)]
    most = int(rng.integers(7, 30))
    return {"counts": dict.fromkeys(tied, most) | {(a, b): most - 1, (d, 1): 1, (0, f): 3}}


@best_pair.case
def a_tie_with_merged_ids(rng: Rng) -> Inputs:
    """Ids from 256 on are larger than every byte."""
    a, b = sorted(distinct_ids(rng, 2))
    pairs = shuffled(rng, [(256, a), (b, 257), (256, 256), (b, 256)])
    return {"counts": {(300, 1): 6, **dict.fromkeys(pairs, 6)}}


@best_pair.case
def a_tie_of_a_long_list(rng: Rng) -> Inputs:
    """Ids in the thousands, as a long list of merges makes them: the first id decides, however
    large the second is."""
    a, b = sorted(distinct_ids(rng, 2, low=2))
    late = int(rng.integers(40_000, 50_000))
    pairs = [(b, 0), (a + 1, 3), (a, late), (late, 1)]
    return {"counts": dict.fromkeys(pairs, int(rng.integers(5, 50))) | {(a, 7): 4}}


@best_pair.case
def a_single_pair(rng: Rng) -> Inputs:
    """There is only one pair to choose."""
    a, b = distinct_ids(rng, 2)
    return {"counts": {(a, b): 1}}


# --- merge_pair ----------------------------------------------------------------------------------


@merge_pair.case
def a_pair_at_three_places(rng: Rng) -> Inputs:
    """The pair stands at the beginning, in the middle and at the end."""
    a, b, c, d = distinct_ids(rng, 4)
    return {"ids": (a, b, c, a, b, d, d, a, b), "pair": (a, b), "new_id": 256}


@merge_pair.case
def an_odd_row_of_equal_ids(rng: Rng) -> Inputs:
    """Five equal ids in a row: two pairs from the left, and one id is left over."""
    a, b = distinct_ids(rng, 2)
    return {"ids": (b, a, a, a, a, a, b), "pair": (a, a), "new_id": 300}


@merge_pair.case
def an_even_row_of_equal_ids(rng: Rng) -> Inputs:
    """Four equal ids and nothing else are two pairs."""
    (a,) = distinct_ids(rng, 1)
    return {"ids": (a, a, a, a), "pair": (a, a), "new_id": 257}


@merge_pair.case
def three_equal_ids(rng: Rng) -> Inputs:
    """Three equal ids and nothing else: the first two merge, and the last one stays."""
    (a,) = distinct_ids(rng, 1)
    return {"ids": (a, a, a), "pair": (a, a), "new_id": 256}


@merge_pair.case
def only_half_of_the_pair(rng: Rng) -> Inputs:
    """The ids of the pair stand alone, or the other way round: nothing is replaced."""
    a, b, c = distinct_ids(rng, 3)
    return {"ids": (b, a, c, b, c, a), "pair": (a, b), "new_id": 258}


@merge_pair.case
def a_pair_after_its_own_beginning(rng: Rng) -> Inputs:
    """Before the pair stands its first id once more, and after it its second."""
    a, b = distinct_ids(rng, 2)
    return {"ids": (a, a, b, b, a), "pair": (a, b), "new_id": 259}


@merge_pair.case
def ids_with_the_same_digits(rng: Rng) -> Inputs:
    """Ids whose digits, written one behind the other, look like the pair."""
    a, b = (int(digit) for digit in rng.permutation(9)[:2] + 1)
    ids = (10 * a + a, 10 * b + 5, a, 10 * b, 10 * a + b, a, b, 100 + 10 * a + a, b)
    return {"ids": ids, "pair": (a, b), "new_id": 256}


@merge_pair.case
def a_merged_id_merges_again(rng: Rng) -> Inputs:
    """The pair holds an id that an earlier merge has made."""
    a, b = distinct_ids(rng, 2)
    return {"ids": (256, a, b, 256, a), "pair": (256, a), "new_id": 257}


@merge_pair.case
def a_single_id(rng: Rng) -> Inputs:
    """A single id has nothing beside it."""
    a, b = distinct_ids(rng, 2)
    return {"ids": (a,), "pair": (a, b), "new_id": 256}


@merge_pair.case
def an_empty_word(rng: Rng) -> Inputs:
    """No ids in, no ids out."""
    a, b = distinct_ids(rng, 2)
    return {"ids": (), "pair": (a, b), "new_id": 256}


@merge_pair.invariant
def nothing_is_lost(inputs: Inputs, answer: tuple[int, ...]) -> bool:
    """Each new id stands for two ids, every other id for itself: their number does not change."""
    return len(answer) + answer.count(inputs["new_id"]) == len(inputs["ids"])
