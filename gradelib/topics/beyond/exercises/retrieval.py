"""Sections 12.5 and 12.6, cut and find: what is asked."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import normal, random_ids

chunk = Exercise("beyond.chunk", points=2, difficulty=2)
bm25 = Exercise("beyond.bm25", points=3, difficulty=3)
top_k = Exercise("beyond.top_k", points=2, difficulty=2)
fuse = Exercise("beyond.fuse", points=2, difficulty=2)
hit_rate = Exercise("beyond.hit_rate", points=2, difficulty=2, tolerance=Tolerance(plain=1e-5))

WORDS = [
    "a",
    "key",
    "ring",
    "boat",
    "lamp",
    "tower",
    "road",
    "bread",
    "coin",
    "door",
    "light",
    "tree",
    "bell",
    "map",
]


def _words(rng: Rng, count: int, most: int = len(WORDS)) -> list[str]:
    return [WORDS[place] for place in rng.integers(0, most, count)]


# --- chunk ---------------------------------------------------------------------------------------


def _numbered(rng: Rng, count: int) -> list[str]:
    """Return words of which no two are the same, so that each place can be told."""
    return [f"{word}{place}" for place, word in enumerate(_words(rng, count))]


@chunk.case
def with_an_overlap(rng: Rng) -> Inputs:
    """Twenty words, chunks of six that share two: the last is shorter."""
    return {"words": _numbered(rng, 21), "size": 6, "overlap": 2}


@chunk.case
def it_comes_out_even(rng: Rng) -> Inputs:
    """Fourteen words, chunks of five that share two: the last one is full, and ends the text."""
    return {"words": _numbered(rng, 14), "size": 5, "overlap": 2}


@chunk.case
def without_an_overlap(rng: Rng) -> Inputs:
    """Eleven words, chunks of four that share nothing."""
    return {"words": _numbered(rng, 11), "size": 4, "overlap": 0}


@chunk.case
def nothing_new_at_the_end(rng: Rng) -> Inputs:
    """Ten words, chunks of four that share three: the last must have a word of its own."""
    return {"words": _numbered(rng, 10), "size": 4, "overlap": 3}


@chunk.case
def a_short_text(rng: Rng) -> Inputs:
    """Three words, and room for eight: one chunk."""
    return {"words": _numbered(rng, 3), "size": 8, "overlap": 3}


@chunk.case
def shorter_than_the_overlap(rng: Rng) -> Inputs:
    """Two words, and an overlap of five: one chunk all the same."""
    return {"words": _numbered(rng, 2), "size": 9, "overlap": 5}


@chunk.case
def repeated_words(rng: Rng) -> Inputs:
    """Nineteen words of three kinds: it is the places that count."""
    return {"words": _words(rng, 19, most=3), "size": 7, "overlap": 3}


@chunk.case
def word_by_word(rng: Rng) -> Inputs:
    """Chunks of one word."""
    return {"words": _numbered(rng, 4), "size": 1, "overlap": 0}


@chunk.case
def no_words(rng: Rng) -> Inputs:
    """A text without words has no chunks."""
    return {"words": [], "size": 5, "overlap": 1}


@chunk.case
def no_words_and_too_much_overlap(rng: Rng) -> Inputs:
    """A text without words, and an overlap as large as a chunk: that is an error all the same."""
    size = int(rng.integers(2, 6))
    return {"words": [], "size": size, "overlap": size}


@chunk.case
def too_much_overlap(rng: Rng) -> Inputs:
    """An overlap as large as a chunk: it would never come to an end."""
    return {"words": _numbered(rng, 9), "size": 3, "overlap": 3}


@chunk.case
def far_too_much_overlap(rng: Rng) -> Inputs:
    """An overlap larger than a chunk."""
    size = int(rng.integers(2, 5))
    return {"words": _numbered(rng, 8), "size": size, "overlap": size + 2}


@chunk.case
def a_negative_overlap(rng: Rng) -> Inputs:
    """An overlap below 0: words would be lost."""
    return {"words": _numbered(rng, 9), "size": 4, "overlap": -1}


# --- bm25 ----------------------------------------------------------------------------------------


def _documents(rng: Rng, lengths: list[int], most: int = len(WORDS)) -> list[list[str]]:
    return [_words(rng, length, most) for length in lengths]


@bm25.case
def five_documents(rng: Rng) -> Inputs:
    """A query of three words, five documents of 4 to 16 words."""
    query = [WORDS[place] for place in rng.permutation(len(WORDS))[:3]]
    return {"query": query, "documents": _documents(rng, [9, 4, 12, 16, 7])}


@bm25.case
def a_word_that_is_everywhere(rng: Rng) -> Inputs:
    """The second word of the query stands in every document: it counts little, never negative."""
    documents = [["a", *some] for some in _documents(rng, [5, 8, 3, 6, 9, 4])]
    return {"query": [WORDS[int(rng.integers(1, 14))], "a"], "documents": documents}


@bm25.case
def a_word_twice(rng: Rng) -> Inputs:
    """A word stands twice in the query: it counts twice."""
    first, other = (WORDS[place] for place in rng.permutation(len(WORDS))[:2])
    documents = [*_documents(rng, [6, 11, 8]), [other, first, first]]
    return {"query": [first, other, first], "documents": documents}


@bm25.case
def capitals(rng: Rng) -> Inputs:
    """A word stands with a capital letter and without one: these are two words."""
    documents = [["Bell", *some, "bell"] for some in _documents(rng, [4, 7], most=5)]
    documents += [["bell", *some] for some in _documents(rng, [6, 3], most=5)]
    return {"query": ["Bell", "ring"], "documents": documents}


@bm25.case
def other_settings(rng: Rng) -> Inputs:
    """k1 of 2 and b of 0.4."""
    documents = _documents(rng, [5, 14, 9, 7], most=6)
    return {"query": _words(rng, 4, most=6), "documents": documents, "k1": 2.0, "b": 0.4}


@bm25.case
def length_does_not_count(rng: Rng) -> Inputs:
    """With b of 0 a long document has no worse a chance."""
    documents = _documents(rng, [3, 20, 8], most=5)
    return {"query": _words(rng, 2, most=5), "documents": documents, "k1": 0.9, "b": 0.0}


@bm25.case
def nearly_only_whether(rng: Rng) -> Inputs:
    """With k1 of 0.05 it hardly counts how often a word stands there."""
    documents = [["bell", "bell", *some] for some in _documents(rng, [6, 3], most=5)]
    documents += _documents(rng, [7, 5], most=5)
    return {"query": ["bell", "key"], "documents": documents, "k1": 0.05, "b": 0.75}


@bm25.case
def unknown_words(rng: Rng) -> Inputs:
    """The first word of the query stands in no document."""
    return {"query": ["Zanzibar", "key", "ring"], "documents": _documents(rng, [6, 9, 12], 5)}


@bm25.case
def an_empty_document(rng: Rng) -> Inputs:
    """The third of four documents has no words."""
    return {"query": ["key", "a"], "documents": _documents(rng, [7, 5, 0, 10], most=4)}


@bm25.case
def an_empty_query(rng: Rng) -> Inputs:
    """A query without words: nothing is found."""
    return {"query": [], "documents": _documents(rng, [4, 6, 5])}


@bm25.case
def one_document(rng: Rng) -> Inputs:
    """One document, which has a word of the query."""
    return {"query": ["boat", "coin"], "documents": [["boat", *_words(rng, 5)]]}


# --- top_k ---------------------------------------------------------------------------------------


def _vectors(rng: Rng, queries: int, passages: int, d_model: int, k: int) -> Inputs:
    return {
        "queries": normal(rng, queries, d_model),
        "passages": normal(rng, passages, d_model),
        "k": k,
    }


@top_k.case
def three_queries(rng: Rng) -> Inputs:
    """Three queries, eight passages, vectors of five numbers."""
    return _vectors(rng, 3, 8, 5, 4)


@top_k.case
def of_all_lengths(rng: Rng) -> Inputs:
    """Some passages have vectors a hundred times as long as others."""
    drawn = _vectors(rng, 4, 7, 6, 3)
    drawn["passages"] *= torch.tensor([1.0, 100.0, 0.1, 30.0, 1.0, 0.5, 100.0])[:, None]
    return drawn


@top_k.case
def long_queries(rng: Rng) -> Inputs:
    """The queries have vectors of different lengths: their cosines do not."""
    drawn = _vectors(rng, 3, 6, 4, 2)
    drawn["queries"] *= torch.tensor([0.2, 5.0, 40.0])[:, None]
    return drawn


@top_k.case
def on_the_other_side(rng: Rng) -> Inputs:
    """All passages but one lie on the other side of the second query: cosines are negative."""
    drawn = _vectors(rng, 2, 5, 6, 5)
    drawn["passages"][[0, 1, 3, 4]] = normal(rng, 4, 6, spread=0.3) - 2 * drawn["queries"][1]
    return drawn


@top_k.case
def all_passages(rng: Rng) -> Inputs:
    """As many as there are: a whole order."""
    return _vectors(rng, 5, 4, 3, 4)


@top_k.case
def one_of_one(rng: Rng) -> Inputs:
    """One query and one passage."""
    return _vectors(rng, 1, 1, 7, 1)


@top_k.case
def a_single_number(rng: Rng) -> Inputs:
    """Vectors of one number, and one passage: its cosine is 1 or -1."""
    return _vectors(rng, 4, 1, 1, 1)


@top_k.invariant
def numbers_of_64_bits(inputs: Inputs, answer: tuple[Tensor, Tensor]) -> bool | str:
    """The numbers of the passages are whole numbers of 64 bits, int64."""
    return answer[1].dtype == torch.int64 or f"they are {answer[1].dtype}"


# --- fuse ----------------------------------------------------------------------------------------


def _sums(rankings: list[list[int]], k: int) -> list[float]:
    sums: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            sums[passage] = sums.get(passage, 0.0) + 1 / (k + rank)
    return sorted(sums.values())


def _rankings(rng: Rng, lengths: list[int], among: int, k: int) -> list[list[int]]:
    """Draw rankings in which no two sums are the same or nearly so."""
    while True:
        drawn = [rng.permutation(among)[:length].tolist() for length in lengths]
        if all(high - low > 1e-9 for low, high in itertools.pairwise(_sums(drawn, k))):
            return drawn


@fuse.case
def two_rankings(rng: Rng) -> Inputs:
    """Two rankings of five and of four of nine passages, k of 60."""
    return {"rankings": _rankings(rng, [5, 4], 9, 60)}


@fuse.case
def three_rankings(rng: Rng) -> Inputs:
    """Three rankings of the same eight passages."""
    return {"rankings": _rankings(rng, [8, 8, 8], 8, 7), "k": 7}


@fuse.case
def a_small_k(rng: Rng) -> Inputs:
    """With k of 1 the first places count for much more than the others."""
    return {"rankings": _rankings(rng, [7, 5, 6], 12, 1), "k": 1}


@fuse.case
def ranks_begin_with_one(rng: Rng) -> Inputs:
    """With k of 1: first in one ranking is less than second in one and third in another."""
    once, twice, *others = rng.permutation(40)[:5].tolist()
    return {"rankings": [[once, twice], [*others[:2], twice], [others[2]]], "k": 1}


@fuse.case
def k_is_what_it_says(rng: Rng) -> Inputs:
    """With k of 1: first in one ranking is more than fourth in one and fifth in another."""
    once, twice, *others = rng.permutation(40)[:9].tolist()
    first, second = others[:3], others[3:7]
    return {"rankings": [[*first, twice], [*second, twice], [once]], "k": 1}


@fuse.case
def the_usual_k(rng: Rng) -> Inputs:
    """k is not handed in, so 60 is meant: first once is just as much as 62nd twice."""
    numbers = rng.permutation(900)[:250].tolist()
    low, high = sorted(numbers[:2]), sorted(numbers[2:4])
    others = [numbers[4 + 61 * n : 4 + 61 * (n + 1)] for n in range(4)]
    twice = [low[1], low[1], high[0], high[0]]
    long = [[*some, last] for some, last in zip(others, twice, strict=True)]
    return {"rankings": [[low[0]], [high[1]], *long]}


@fuse.case
def a_large_k(rng: Rng) -> Inputs:
    """With k of 500 it is nearly the number of rankings that counts."""
    return {"rankings": _rankings(rng, [6, 9, 4], 11, 500), "k": 500}


@fuse.case
def equal_sums(rng: Rng) -> Inputs:
    """Two rankings, one the other turned round: the smaller number comes first."""
    one = rng.permutation(20)[:6].tolist()
    return {"rankings": [one, one[::-1]], "k": 60}


@fuse.case
def nothing_in_common(rng: Rng) -> Inputs:
    """Two rankings without a common passage: they are taken in turns."""
    drawn = rng.permutation(30)[:8].tolist()
    return {"rankings": [drawn[:4], drawn[4:]], "k": 10}


@fuse.case
def an_empty_ranking(rng: Rng) -> Inputs:
    """The second of three rankings is empty."""
    first, third = _rankings(rng, [4, 3], 10, 60)
    return {"rankings": [first, [], third], "k": 60}


@fuse.case
def one_ranking(rng: Rng) -> Inputs:
    """One ranking stays as it is."""
    return {"rankings": [rng.permutation(300)[:5].tolist()], "k": 60}


@fuse.case
def no_ranking(rng: Rng) -> Inputs:
    """No ranking at all: nothing."""
    return {"rankings": [], "k": 60}


# --- hit_rate ------------------------------------------------------------------------------------


def _found(rng: Rng, questions: int, places: int, pages: int, k: int) -> Inputs:
    return {
        "found": random_ids(rng, questions, places, vocab=pages),
        "right": random_ids(rng, questions, vocab=pages),
        "k": k,
    }


@hit_rate.case
def eleven_questions(rng: Rng) -> Inputs:
    """Eleven questions, six places, of which the first three count."""
    return _found(rng, 11, 6, 7, 3)


@hit_rate.case
def the_first_place(rng: Rng) -> Inputs:
    """Nine questions; the right page stands first, second or last."""
    drawn = _found(rng, 9, 5, 30, 1)
    for row, place in enumerate(rng.permutation([0, 0, 0, 0, 1, 1, 4, 4, 4])):
        drawn["found"][row] = torch.arange(31, 36)
        drawn["found"][row, place] = drawn["right"][row]
    return drawn


@hit_rate.case
def questions_without_a_page(rng: Rng) -> Inputs:
    """Ten questions, three of them without a page: these do not count."""
    drawn = _found(rng, 10, 4, 5, 2)
    drawn["right"][[1, 4, 9]] = -1
    return drawn


@hit_rate.case
def a_page_again_and_again(rng: Rng) -> Inputs:
    """Seven questions; pages stand twice before the right one comes: places count, not pages."""
    shift = int(rng.integers(10, 50))
    rows = [[2, 2, 4, 1], [4, 2, 2, 4], [3, 3, 3, 1], [5, 5, 1, 1], [1, 6, 1, 6], [2, 2, 7, 7],
            [8, 8, 8, 8]]  # fmt: skip
    right = [4, 2, 1, 5, 6, 7, 8]
    return {"found": torch.tensor(rows) + shift, "right": torch.tensor(right) + shift, "k": 2}


@hit_rate.case
def hits_at_some_places(rng: Rng) -> Inputs:
    """Five questions; the right page stands first, second, fourth, fifth and last of six places."""
    right = torch.from_numpy(rng.permutation(40)[:5])
    found = torch.arange(50, 56).repeat(5, 1)
    found[torch.arange(5), torch.tensor([0, 1, 3, 4, 5])] = right
    return {"found": found, "right": right, "k": 4}


@hit_rate.case
def all_places(rng: Rng) -> Inputs:
    """All four places count, of seven questions, one of them without a page."""
    drawn = _found(rng, 7, 4, 9, 4)
    drawn["right"][5] = -1
    return drawn


@hit_rate.case
def one_question(rng: Rng) -> Inputs:
    """One question, one place, and a hit."""
    page = random_ids(rng, 1, vocab=50)
    return {"found": page[:, None], "right": page.clone(), "k": 1}


@hit_rate.case
def just_missed(rng: Rng) -> Inputs:
    """Six questions whose right page stands one place too late, but for the fourth."""
    drawn = _found(rng, 6, 5, 20, 3)
    drawn["found"] = torch.arange(21, 26).repeat(6, 1)
    drawn["found"][:, 3] = drawn["right"]
    drawn["found"][3, 2] = drawn["right"][3]
    return drawn
