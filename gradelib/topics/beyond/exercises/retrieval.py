"""Section 12.5, cut pages and find by words: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

chunk = Exercise("beyond.chunk", points=2, difficulty=2)
bm25 = Exercise("beyond.bm25", points=3, difficulty=3)

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
def chunks_that_are_the_same(rng: Rng) -> Inputs:
    """Two words in turns, so that all chunks have the same words: each of them counts."""
    pair = [WORDS[place] for place in rng.permutation(len(WORDS))[:2]]
    return {"words": pair * 5, "size": 4, "overlap": 2}


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
def words_inside_others(rng: Rng) -> Inputs:
    """The query's words stand inside others, such as “ring” in “string”: these do not count."""
    documents = [["string", *some, "boat"] for some in _documents(rng, [5, 3, 7], most=4)]
    return {"query": ["ring", "oat"], "documents": [["oat", "bread"], *documents, ["ring", "map"]]}


@bm25.case
def the_same_document_twice(rng: Rng) -> Inputs:
    """The second and the last of five documents are the same: both have a score."""
    first, twice, *others = _documents(rng, [6, 5, 8, 4], most=6)
    query = [twice[0], *_words(rng, 2, most=6)]
    return {"query": query, "documents": [first, twice, *others, list(twice)]}


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
