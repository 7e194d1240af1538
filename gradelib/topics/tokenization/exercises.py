"""What notebook 01 asks: words, byte-pair encoding, WordPiece, special tokens."""

from itertools import pairwise
from typing import Any

import numpy as np

from gradelib.checking.exercise import Exercise

Inputs = dict[str, Any]
Rng = np.random.Generator

ENGLISH = ("bread", "bridge", "cat", "garden", "harbour", "honey", "river", "school", "tea", "wind")
GERMAN = ("Brücke", "Brötchen", "Fluss", "Gärten", "Größe", "Hafen", "Öl", "Straße", "über", "Tür")
GREEK = ("γάτα", "γέφυρα", "θάλασσα", "κήπος", "λιμάνι", "μέλι", "ποτάμι", "ψωμί", "Ώρα", "τσάι")

split_words = Exercise("tokenization.split_words", points=1, difficulty=1)
build_vocab = Exercise("tokenization.build_vocab", points=2, difficulty=2)
encode_words = Exercise("tokenization.encode_words", points=1, difficulty=1)
decode_words = Exercise("tokenization.decode_words", points=1, difficulty=1)
unknown_rate = Exercise("tokenization.unknown_rate", points=1, difficulty=1)
count_pairs = Exercise("tokenization.count_pairs", points=2, difficulty=2)
best_pair = Exercise("tokenization.best_pair", points=1, difficulty=1)
merge_pair = Exercise("tokenization.merge_pair", points=2, difficulty=2)
train_bpe = Exercise("tokenization.train_bpe", points=3, difficulty=3)
encode_bpe = Exercise("tokenization.encode_bpe", points=3, difficulty=3)
decode_bpe = Exercise("tokenization.decode_bpe", points=2, difficulty=2)
wordpiece_score = Exercise("tokenization.wordpiece_score", points=1, difficulty=1)
wordpiece_encode = Exercise("tokenization.wordpiece_encode", points=3, difficulty=3)
build_pair = Exercise("tokenization.build_pair", points=2, difficulty=1)
tokens_per_word = Exercise("tokenization.tokens_per_word", points=1, difficulty=1)


def _some(rng: Rng, items: Any, count: int) -> list:
    """Draw `count` different items, in random order."""
    return [items[place] for place in rng.permutation(len(items))[:count]]


def _ids(rng: Rng, count: int, low: int = 0, high: int = 256) -> list[int]:
    """Draw `count` different ids, in random order."""
    return [low + int(place) for place in rng.permutation(high - low)[:count]]


def _shuffled(rng: Rng, items: list) -> list:
    return [items[place] for place in rng.permutation(len(items))]


# --- split_words ---------------------------------------------------------------------------------


@split_words.case
def a_sentence(rng: Rng) -> Inputs:
    """A sentence with a capital letter, a comma, a word that comes twice, and a full stop."""
    first, second, third = _some(rng, ENGLISH, 3)
    return {"text": f"The {first}, the {second} and the {third}."}


@split_words.case
def marks_in_a_row(rng: Rng) -> Inputs:
    """Several punctuation marks in a row: each is a token."""
    first, second = _some(rng, ENGLISH, 2)
    return {"text": f'"{first}..." -- ({second}?!)'}


@split_words.case
def apostrophes_and_hyphens(rng: Rng) -> Inputs:
    """Apostrophes and hyphens inside words are marks of their own."""
    first, second = _some(rng, ENGLISH, 2)
    return {"text": f"It's a {first}-{second}, isn't it"}


@split_words.case
def digits_and_underscores(rng: Rng) -> Inputs:
    """Digits and `_` belong to words; a decimal point does not."""
    whole, cents = rng.integers(10, 99, size=2)
    return {"text": f"{_some(rng, ENGLISH, 1)[0]}_{whole} costs {whole}.{cents} euros in 2b"}


@split_words.case
def all_kinds_of_white_space(rng: Rng) -> Inputs:
    """Tabs, line ends, several spaces, at the borders too: none of it is in a token."""
    first, second, third = _some(rng, ENGLISH, 3)
    return {"text": f"  {first}\t{second}\n\n  {third} \r\n"}


@split_words.case
def other_languages(rng: Rng) -> Inputs:
    """German and Greek words, quotation marks and an emoji."""
    german, greek = _some(rng, GERMAN, 2), _some(rng, GREEK, 2)
    return {"text": f"„{german[0]} {german[1]}“ — «{greek[0]}, {greek[1]}»; 🐈"}


@split_words.case
def only_white_space(rng: Rng) -> Inputs:
    """A text of nothing but spaces and a line end has no tokens."""
    return {"text": " " * int(rng.integers(2, 5)) + "\n"}


@split_words.case
def an_empty_text(rng: Rng) -> Inputs:
    """An empty text has no tokens."""
    return {"text": ""}


@split_words.invariant
def only_the_white_space_is_lost(inputs: Inputs, answer: Any) -> bool:
    """The tokens, joined, are the text without its white space."""
    return "".join(answer) == "".join(inputs["text"].split())


# --- build_vocab ---------------------------------------------------------------------------------


@build_vocab.case
def more_words_than_places(rng: Rng) -> Inputs:
    """Six different words, each with a count of its own, and four places."""
    words, counts = _some(rng, ENGLISH, 6), (9, 7, 5, 4, 2, 1)
    if words[:3] == sorted(words[:3]):  # then the alphabet would give the same order
        words = words[2::-1] + words[3:]
    tokens = [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
    return {"tokens": words[::-1] + _shuffled(rng, tokens), "size": 4}


@build_vocab.case
def a_tie_at_the_border(rng: Rng) -> Inputs:
    """One word comes three times, five come twice; only three of these find a place."""
    *tied, often = sorted(_some(rng, ENGLISH, 6))
    first = [tied[place] for place in (2, 4, 0, 3, 1)]  # neither the order of ties nor backwards
    return {"tokens": [*first, often, *_shuffled(rng, tied), often, often], "size": 5}


@build_vocab.case
def capitals_and_accents(rng: Rng) -> Inputs:
    """Words that differ only in capitals are different, and `sorted` gives the order of ties."""
    words = sorted([*_some(rng, GERMAN, 3), *_some(rng, GREEK, 2), "Tea", "tea", "Zoe"])
    return {"tokens": words[4:] + words[:4], "size": 7}


@build_vocab.case
def more_places_than_words(rng: Rng) -> Inputs:
    """Three different words and twenty places: the vocabulary has four tokens."""
    words = _some(rng, ENGLISH, 3)
    return {"tokens": _shuffled(rng, words * 2 + words[:1]), "size": 20}


@build_vocab.case
def one_place(rng: Rng) -> Inputs:
    """With a single place there is only "<unk>"."""
    return {"tokens": _some(rng, ENGLISH, 3), "size": 1}


@build_vocab.case
def no_tokens(rng: Rng) -> Inputs:
    """Of no tokens at all, "<unk>" is the whole vocabulary."""
    return {"tokens": [], "size": int(rng.integers(3, 9))}


# --- encode_words --------------------------------------------------------------------------------


@encode_words.case
def known_and_unknown_words(rng: Rng) -> Inputs:
    """Five known words and two that are not in the vocabulary; some come more than once."""
    words = _some(rng, ENGLISH, 7)
    return {
        "tokens": [*_shuffled(rng, words), words[4], words[5], words[4]],
        "vocab": ["<unk>", *words[:5]],
    }


@encode_words.case
def the_first_and_the_last(rng: Rng) -> Inputs:
    """The first and the last word of the vocabulary, and "<unk>" itself."""
    words = _some(rng, GERMAN, 6)
    return {"tokens": [words[5], words[0], "<unk>", words[5]], "vocab": ["<unk>", *words]}


@encode_words.case
def capitals(rng: Rng) -> Inputs:
    """A word with a capital letter is not the word without it."""
    first, second, third = _some(rng, ENGLISH, 3)
    return {
        "tokens": [first.capitalize(), second, third.upper(), first],
        "vocab": ["<unk>", third, first, second],
    }


@encode_words.case
def only_unknown_words(rng: Rng) -> Inputs:
    """The vocabulary knows nothing but "<unk>"."""
    return {"tokens": _some(rng, GREEK, 3), "vocab": ["<unk>"]}


@encode_words.case
def no_words_to_encode(rng: Rng) -> Inputs:
    """No tokens, no ids."""
    return {"tokens": [], "vocab": ["<unk>", *_some(rng, ENGLISH, 2)]}


@encode_words.invariant
def one_id_a_token(inputs: Inputs, answer: Any) -> bool:
    """There is one id for each token."""
    return len(answer) == len(inputs["tokens"])


# --- decode_words --------------------------------------------------------------------------------


@decode_words.case
def ids_with_repeats(rng: Rng) -> Inputs:
    """Nine ids in no order, some more than once, some of them 0."""
    first, second, third = _some(rng, range(1, 6), 3)
    ids = [second, 0, first, 5, second, third, 0, first, 1]
    return {"ids": ids, "vocab": ["<unk>", *_some(rng, ENGLISH, 5)]}


@decode_words.case
def the_last_word(rng: Rng) -> Inputs:
    """The highest id that the vocabulary has, before the lowest."""
    return {"ids": [7, 1, 7], "vocab": ["<unk>", *_some(rng, GREEK, 7)]}


@decode_words.case
def one_unknown_word(rng: Rng) -> Inputs:
    """A text of one unknown word: a list with "<unk>"."""
    return {"ids": [0], "vocab": ["<unk>", *_some(rng, GERMAN, 2)]}


@decode_words.case
def no_ids_to_decode(rng: Rng) -> Inputs:
    """No ids, no tokens."""
    return {"ids": [], "vocab": ["<unk>", *_some(rng, GERMAN, 3)]}


# --- unknown_rate --------------------------------------------------------------------------------


@unknown_rate.case
def few_unknown(rng: Rng) -> Inputs:
    """Three of eleven ids are 0, and the other ids repeat too."""
    first, second, third = _ids(rng, 3, low=1)
    return {"ids": _shuffled(rng, [0] * 3 + [first] * 4 + [second] * 3 + [third])}


@unknown_rate.case
def most_unknown(rng: Rng) -> Inputs:
    """Far more than half of the ids are 0."""
    unknown = int(rng.integers(6, 10))
    return {"ids": _shuffled(rng, [0] * unknown + _ids(rng, 3, low=1))}


@unknown_rate.case
def none_unknown(rng: Rng) -> Inputs:
    """No id is 0."""
    return {"ids": _ids(rng, 5, low=1)}


@unknown_rate.case
def all_unknown(rng: Rng) -> Inputs:
    """Every id is 0."""
    return {"ids": [0] * int(rng.integers(2, 6))}


@unknown_rate.case
def no_ids(rng: Rng) -> Inputs:
    """There are no ids at all."""
    return {"ids": []}


@unknown_rate.invariant
def a_share(inputs: Inputs, answer: Any) -> bool:
    """A share lies between 0 and 1."""
    return 0 <= answer <= 1


# --- count_pairs ---------------------------------------------------------------------------------


@count_pairs.case
def a_pair_in_two_words(rng: Rng) -> Inputs:
    """Two words share a pair; both words occur several times."""
    a, b, c, d = _ids(rng, 4)
    more, fewer = int(rng.integers(6, 10)), int(rng.integers(2, 5))
    return {"words": {(a, b, c): more, (d, b, c, a): fewer}}


@count_pairs.case
def the_same_pair_twice_in_a_word(rng: Rng) -> Inputs:
    """One word has the same pair at two places, and the pair turned round between them."""
    a, b = _ids(rng, 2)
    return {"words": {(a, b, a, b): int(rng.integers(3, 9))}}


@count_pairs.case
def one_id_over_and_over(rng: Rng) -> Inputs:
    """Pairs overlap: four equal ids in a row are three pairs."""
    a, b = _ids(rng, 2)
    return {"words": {(a, a, a, a): int(rng.integers(2, 5)), (b, a, a): 1}}


@count_pairs.case
def words_of_one_id(rng: Rng) -> Inputs:
    """Words of a single id have no pairs, nor do two words beside each other."""
    a, b, c = _ids(rng, 3)
    return {"words": {(a,): 7, (b,): 4, (c, a): int(rng.integers(2, 9)), (b, c): 1}}


@count_pairs.case
def merged_ids(rng: Rng) -> Inputs:
    """Ids from 256 on are ids like all others."""
    a, b = _ids(rng, 2)
    return {"words": {(300, a, 256): int(rng.integers(2, 9)), (b, 300, a, 256): 5}}


@count_pairs.case
def bytes_of_german_words(rng: Rng) -> Inputs:
    """German words as the bytes of their UTF-8 encoding."""
    words = _some(rng, GERMAN, 4)
    times = rng.integers(1, 20, size=4)
    return {"words": {tuple(w.encode()): int(n) for w, n in zip(words, times, strict=True)}}


@count_pairs.case
def no_words_to_count(rng: Rng) -> Inputs:
    """No words, no pairs."""
    return {"words": {}}


@count_pairs.invariant
def counts_add_up(inputs: Inputs, answer: Any) -> bool:
    """A word of n ids that occurs k times adds k * (n - 1) to the sum of all counts."""
    pairs = sum(times * (len(ids) - 1) for ids, times in inputs["words"].items())
    return sum(answer.values()) == pairs


# --- best_pair -----------------------------------------------------------------------------------


@best_pair.case
def a_clear_winner(rng: Rng) -> Inputs:
    """Five pairs with five counts."""
    a, b, c, d, e = sorted(_ids(rng, 5))
    many = int(rng.integers(20, 99))
    return {"counts": {(a, b): 5, (d, a): 2, (c, d): many, (e, a): 9, (b, e): many - 10}}


@best_pair.case
def a_tie(rng: Rng) -> Inputs:
    """Six pairs are the most frequent ones; smaller pairs are rare."""
    a, b, c, d, e, f = sorted(_ids(rng, 6, low=2))
    tied = [(c, b), (e, a), (f, d), (b, f), (b, e), (d, d)]
    most = int(rng.integers(7, 30))
    return {"counts": dict.fromkeys(tied, most) | {(a, b): most - 1, (d, 1): 1, (0, f): 3}}


@best_pair.case
def a_tie_with_merged_ids(rng: Rng) -> Inputs:
    """Ids from 256 on are larger than every byte."""
    a, b = sorted(_ids(rng, 2))
    pairs = _shuffled(rng, [(256, a), (b, 257), (256, 256), (b, 256)])
    return {"counts": {(300, 1): 6, **dict.fromkeys(pairs, 6)}}


@best_pair.case
def a_single_pair(rng: Rng) -> Inputs:
    """There is only one pair to choose."""
    a, b = _ids(rng, 2)
    return {"counts": {(a, b): 1}}


# --- merge_pair ----------------------------------------------------------------------------------


@merge_pair.case
def a_pair_at_three_places(rng: Rng) -> Inputs:
    """The pair stands at the beginning, in the middle and at the end."""
    a, b, c, d = _ids(rng, 4)
    return {"ids": (a, b, c, a, b, d, d, a, b), "pair": (a, b), "new_id": 256}


@merge_pair.case
def an_odd_row_of_equal_ids(rng: Rng) -> Inputs:
    """Five equal ids in a row: two pairs from the left, and one id is left over."""
    a, b = _ids(rng, 2)
    return {"ids": (b, a, a, a, a, a, b), "pair": (a, a), "new_id": 300}


@merge_pair.case
def an_even_row_of_equal_ids(rng: Rng) -> Inputs:
    """Four equal ids and nothing else are two pairs."""
    (a,) = _ids(rng, 1)
    return {"ids": (a, a, a, a), "pair": (a, a), "new_id": 257}


@merge_pair.case
def only_half_of_the_pair(rng: Rng) -> Inputs:
    """The ids of the pair stand alone, or the other way round: nothing is replaced."""
    a, b, c = _ids(rng, 3)
    return {"ids": (b, a, c, b, c, a), "pair": (a, b), "new_id": 258}


@merge_pair.case
def a_pair_after_its_own_beginning(rng: Rng) -> Inputs:
    """Before the pair stands its first id once more, and after it its second."""
    a, b = _ids(rng, 2)
    return {"ids": (a, a, b, b, a), "pair": (a, b), "new_id": 259}


@merge_pair.case
def a_merged_id_merges_again(rng: Rng) -> Inputs:
    """The pair holds an id that an earlier merge has made."""
    a, b = _ids(rng, 2)
    return {"ids": (256, a, b, 256, a), "pair": (256, a), "new_id": 257}


@merge_pair.case
def a_single_id(rng: Rng) -> Inputs:
    """A single id has nothing beside it."""
    a, b = _ids(rng, 2)
    return {"ids": (a,), "pair": (a, b), "new_id": 256}


@merge_pair.case
def an_empty_word(rng: Rng) -> Inputs:
    """No ids in, no ids out."""
    a, b = _ids(rng, 2)
    return {"ids": (), "pair": (a, b), "new_id": 256}


@merge_pair.invariant
def nothing_is_lost(inputs: Inputs, answer: Any) -> bool:
    """Each new id stands for two ids, every other id for itself: their number does not change."""
    return len(answer) + answer.count(inputs["new_id"]) == len(inputs["ids"])


# --- train_bpe -----------------------------------------------------------------------------------


def _as_bytes(words: dict[str, int]) -> dict[tuple[int, ...], int]:
    return {tuple(word.encode()): times for word, times in words.items()}


@train_bpe.case
def a_small_text(rng: Rng) -> Inputs:
    """Six words and how often each occurs; eight merges."""
    times = (9, 8, 6, 4, 2, 1)
    words = {f" {w}": n for w, n in zip(_some(rng, ENGLISH, 6), times, strict=True)}
    return {"words": _as_bytes(words), "merges": 8}


@train_bpe.case
def a_frequent_word_against_many(rng: Rng) -> Inputs:
    """One word occurs twenty times; three rare words share a pair that it does not have."""
    often, first, second = _some(rng, "acegikmoqs", 3)
    words = {f"{second}xy": 1, f"{first}xy": 1, "xy": 1, f"{often}{first}{second}": 20}
    return {"words": _as_bytes(words), "merges": 3}


@train_bpe.case
def many_ties(rng: Rng) -> Inputs:
    """Every pair occurs equally often, so that the ties decide everything."""
    a, b, c, d, e = sorted(_some(rng, "abcdefghijkl", 5))
    words = {f"{c}{b}": 3, f"{d}{e}{a}": 3, f"{a}{e}": 3, f"{b}{c}{d}": 3}
    return {"words": _as_bytes(words), "merges": 4}


@train_bpe.case
def the_same_letter_in_a_row(rng: Rng) -> Inputs:
    """Words such as "aaaaaaa", where pairs overlap and merged ids merge again."""
    (letter,) = _some(rng, "abcdefgh", 1)
    return {"words": _as_bytes({letter * 7: 3, letter * 4: 2, letter: 5}), "merges": 3}


@train_bpe.case
def no_pair_left(rng: Rng) -> Inputs:
    """More merges are asked for than there are: it stops when every word is a single id."""
    first, second = _some(rng, ENGLISH, 2)
    return {"words": _as_bytes({first: 4, second: 1}), "merges": 40}


@train_bpe.case
def bytes_of_greek_words(rng: Rng) -> Inputs:
    """Greek words: two bytes a letter, and the first byte is nearly always the same."""
    words = {word: n for n, word in enumerate(_some(rng, GREEK, 4), start=2)}
    return {"words": _as_bytes(words), "merges": 6}


@train_bpe.case
def no_merges_wanted(rng: Rng) -> Inputs:
    """With `merges=0` there is nothing to learn."""
    return {"words": _as_bytes(dict.fromkeys(_some(rng, ENGLISH, 2), 2)), "merges": 0}


@train_bpe.case
def no_words_to_learn_from(rng: Rng) -> Inputs:
    """Of no words there is nothing to learn."""
    return {"words": {}, "merges": int(rng.integers(2, 9))}


@train_bpe.invariant
def only_ids_that_exist(inputs: Inputs, answer: Any) -> bool:
    """A pair is made of bytes and of ids that earlier merges have made, and is learned once."""
    known = all(max(pair) < 256 + place for place, pair in enumerate(answer))
    return known and len(set(answer)) == len(answer)


@train_bpe.invariant
def no_more_than_asked_for(inputs: Inputs, answer: Any) -> bool:
    """There are at most `merges` pairs."""
    return len(answer) <= inputs["merges"]


# --- encode_bpe ----------------------------------------------------------------------------------


def _grow(word: str, base: int = 256) -> list[tuple[int, int]]:
    """Return merges that build up the bytes of `word` from its left end."""
    first, *rest = word.encode()
    return [(first if place == 0 else base + place - 1, byte) for place, byte in enumerate(rest)]


@encode_bpe.case
def a_word_that_grows(rng: Rng) -> Inputs:
    """Merges that build a word letter by letter; the text has it whole, in part and twice."""
    word, other = _some(rng, ("harbour", "garden", "school", "bridge"), 2)
    return {"text": f"{word}s {other} {word[:-2]} {word}{word}", "merges": _grow(word)}


@encode_bpe.case
def the_order_of_the_merges(rng: Rng) -> Inputs:
    """An earlier merge takes the letter that a later, longer one would need."""
    a, b, c, d = sorted(_some(rng, "abcdefghijkl", 4))
    merges = [(ord(b), ord(c)), (ord(a), ord(b)), (257, ord(c)), (ord(d), 256)]
    return {"text": f"{a}{b}{c} {a}{b}{a}{b}{c} {d}{b}{c}{d}{a}{b}", "merges": merges}


@encode_bpe.case
def a_token_that_grows_to_the_left(rng: Rng) -> Inputs:
    """The last two letters merge before the first two do, so that all three become one id."""
    a, b, c = _some(rng, "abcdefghijkl", 3)
    merges = [(ord(b), ord(c)), (ord(a), 256), (ord(a), ord(b))]
    return {"text": f"{a}{b}{c} {c}{a}{b} {b}{a}{b}{c}{a}{b}", "merges": merges}


@encode_bpe.case
def never_across_pieces(rng: Rng) -> Inputs:
    """A merge of a letter with the space after it: no piece has it, so it never applies."""
    first, second = _some(rng, ENGLISH, 2)
    merges = [(ord(first[-1]), 32), (32, ord(second[0])), (ord(second[-1]), ord("."))]
    return {"text": f"{first} {second}.", "merges": merges}


@encode_bpe.case
def the_same_letter_over_and_over(rng: Rng) -> Inputs:
    """Seven equal letters under merges that double: pairs are taken from the left."""
    (letter,) = _some(rng, "abcdefgh", 1)
    merges = [(ord(letter), ord(letter)), (256, 256)]
    return {"text": f"{letter * 7} {letter * 3}", "merges": merges}


@encode_bpe.case
def letters_of_two_bytes(rng: Rng) -> Inputs:
    """German and Greek letters and an emoji are several bytes; some of them have merged."""
    german, greek = _some(rng, GERMAN, 2), _some(rng, GREEK, 1)
    merges = [(195, 188), (195, 182), (206, 172), (206, 185), (32, 195), (195, 159)]
    return {"text": f"{german[0]} {german[1]} {greek[0]} für Ärzte 🐈", "merges": merges}


@encode_bpe.case
def capitals_and_white_space(rng: Rng) -> Inputs:
    """Capital letters, two spaces, a tab and line ends are all kept."""
    first, second = _some(rng, ENGLISH, 2)
    merges = [(32, 32), (10, 10), (ord(first[0]), ord(first[1]))]
    return {"text": f" {first.upper()}  {first}\t{second}\n\n", "merges": merges}


@encode_bpe.case
def no_merges(rng: Rng) -> Inputs:
    """Without merges the ids are the bytes."""
    return {"text": " ".join(_some(rng, GERMAN, 2)), "merges": []}


@encode_bpe.case
def no_text_to_encode(rng: Rng) -> Inputs:
    """An empty text has no ids."""
    return {"text": "", "merges": _grow(*_some(rng, ENGLISH, 1))}


@encode_bpe.invariant
def no_more_ids_than_bytes(inputs: Inputs, answer: Any) -> bool:
    """Merging makes a text shorter: there are never more ids than bytes."""
    return len(answer) <= len(inputs["text"].encode())


@encode_bpe.invariant
def only_ids_of_the_table(inputs: Inputs, answer: Any) -> bool:
    """Every id is a byte or the id of a merge."""
    return all(0 <= token < 256 + len(inputs["merges"]) for token in answer)


# --- decode_bpe ----------------------------------------------------------------------------------


@decode_bpe.case
def ids_of_merges_of_merges(rng: Rng) -> Inputs:
    """Ids that stand for ids that stand for ids, and for bytes in the end."""
    (word,) = _some(rng, ("harbour", "garden", "school", "bridge"), 1)
    merges = _grow(word)
    last = 255 + len(merges)
    return {"ids": [last, 32, last - 1, ord("y"), 256, last], "merges": merges}


@decode_bpe.case
def a_letter_in_two_ids(rng: Rng) -> Inputs:
    """The two bytes of a letter come as two ids: the text has the letter."""
    text = f"{_some(rng, GERMAN, 1)[0]} {_some(rng, GREEK, 1)[0]}"
    return {"ids": list(text.encode()), "merges": []}


@decode_bpe.case
def an_emoji_cut_by_a_merge(rng: Rng) -> Inputs:
    """A merge holds the end of one character and the beginning of the next."""
    first, second = _some(rng, ("🐈", "🌊", "🍞", "🌿"), 2)
    left, right = list(first.encode()), list(second.encode())
    return {"ids": [*left[:3], 256, *right[1:], 33], "merges": [(left[3], right[0])]}


@decode_bpe.case
def bytes_that_are_no_text(rng: Rng) -> Inputs:
    """Half of a letter, at the end and in the middle, becomes the replacement character."""
    half, start = int(rng.integers(0xC3, 0xC9)), list(_some(rng, ENGLISH, 1)[0].encode())
    return {"ids": [*start, half, *start, 257, half], "merges": [(97, 98), (256, 99)]}


@decode_bpe.case
def half_an_emoji(rng: Rng) -> Inputs:
    """The first three bytes of an emoji: too few to be read."""
    (emoji,) = _some(rng, ("🐈", "🌊", "🍞", "🌿"), 1)
    return {"ids": [104, 105, *emoji.encode()[:3]], "merges": []}


@decode_bpe.case
def nothing_to_decode(rng: Rng) -> Inputs:
    """No ids are an empty text."""
    return {"ids": [], "merges": _grow(*_some(rng, ENGLISH, 1))}


# --- wordpiece_score -----------------------------------------------------------------------------


@wordpiece_score.case
def three_counts(rng: Rng) -> Inputs:
    """A pair that occurs ten to twenty times, in parts that occur more often."""
    pair, first, second = rng.integers((10, 30, 60), (20, 50, 90))
    return {"pair_count": int(pair), "first_count": int(first), "second_count": int(second)}


@wordpiece_score.case
def a_rare_first_part(rng: Rng) -> Inputs:
    """The first part hardly occurs without the second, which is frequent."""
    pair = int(rng.integers(5, 15))
    return {"pair_count": pair, "first_count": pair + 1, "second_count": 1000 + pair}


@wordpiece_score.case
def two_frequent_parts(rng: Rng) -> Inputs:
    """The pair is frequent only because its parts are."""
    pair, first, second = rng.integers((500, 20_000, 50_000), (900, 40_000, 90_000))
    return {"pair_count": int(pair), "first_count": int(first), "second_count": int(second)}


@wordpiece_score.case
def all_counts_are_one(rng: Rng) -> Inputs:
    """Everything occurs once."""
    return {"pair_count": 1, "first_count": 1, "second_count": 1}


# --- wordpiece_encode ----------------------------------------------------------------------------


@wordpiece_encode.case
def a_whole_word(rng: Rng) -> Inputs:
    """The vocabulary has the whole word, and pieces of it too."""
    word, other = _some(rng, ENGLISH, 2)
    return {"word": word, "vocab": {word, other, word[:2], f"##{word[2:]}", *word}}


@wordpiece_encode.case
def the_longest_piece_first(rng: Rng) -> Inputs:
    """Several pieces fit at the beginning and in the middle: the longest is taken."""
    (word,) = _some(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    vocab = {word[:1], word[:3], word[:2], f"##{word[3:5]}", f"##{word[3:4]}", f"##{word[4:]}"}
    return {"word": word, "vocab": vocab | {f"##{letter}" for letter in word}}


@wordpiece_encode.case
def a_choice_is_never_taken_back(rng: Rng) -> Inputs:
    """After the longest first piece nothing fits, though after a shorter one it would."""
    (word,) = _some(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    vocab = {word[:3], word[:4], f"##{word[3:]}", f"##{word[5:]}"}
    return {"word": word, "vocab": vocab}


@wordpiece_encode.case
def stuck_in_the_middle(rng: Rng) -> Inputs:
    """A beginning and an end fit, but one letter between them does not: all is "[UNK]"."""
    (word,) = _some(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    return {"word": word, "vocab": {word[:3], f"##{word[4:]}", word[4:]}}


@wordpiece_encode.case
def the_marks_matter(rng: Rng) -> Inputs:
    """The rest of the word is in the vocabulary only as a word of its own, without "##"."""
    first, second = _some(rng, ENGLISH, 2)
    return {"word": first + second, "vocab": {first, second, f"##{first}"}}


@wordpiece_encode.case
def marked_at_the_beginning(rng: Rng) -> Inputs:
    """The beginning of the word is in the vocabulary only with "##", so nothing begins it."""
    first, second = _some(rng, ENGLISH, 2)
    return {"word": first + second, "vocab": {f"##{first}", f"##{second}", second}}


@wordpiece_encode.case
def the_same_piece_again(rng: Rng) -> Inputs:
    """A word that repeats itself: the first time without "##", then with it."""
    (part,) = _some(rng, ("bon", "cha", "ta", "cous"), 1)
    return {"word": part * 3, "vocab": {part, f"##{part}", part[0], f"##{part[0]}"}}


@wordpiece_encode.case
def capital_letters(rng: Rng) -> Inputs:
    """The vocabulary has the word only in small letters."""
    (word,) = _some(rng, ENGLISH, 1)
    return {"word": word.capitalize(), "vocab": {word, word[:2], f"##{word[2:]}"}}


@wordpiece_encode.case
def greek_letters(rng: Rng) -> Inputs:
    """Pieces are made of letters, not of bytes."""
    (word,) = _some(rng, ("θάλασσα", "γέφυρα", "λιμάνι", "ποτάμι"), 1)
    return {"word": word, "vocab": {word[:3], f"##{word[3:4]}", f"##{word[4:]}"}}


@wordpiece_encode.case
def no_word(rng: Rng) -> Inputs:
    """An empty word has no tokens."""
    return {"word": "", "vocab": {*_some(rng, ENGLISH, 2), "##s"}}


@wordpiece_encode.invariant
def the_word_or_unknown(inputs: Inputs, answer: Any) -> bool:
    """The tokens, joined without their "##", are the word; or there is only "[UNK]"."""
    joined = "".join(token.removeprefix("##") for token in answer)
    return answer == ["[UNK]"] or joined == inputs["word"]


# --- build_pair ----------------------------------------------------------------------------------


def _pair(rng: Rng, first: int, second: int) -> Inputs:
    ids = _ids(rng, first + second, low=1000, high=9000)
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
    cls, sep = _ids(rng, 2, low=1, high=90)
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
def one_type_an_id(inputs: Inputs, answer: Any) -> bool:
    """Each id has a type, and there are three ids more than in `a` and `b` together."""
    length = len(inputs["a"]) + len(inputs["b"]) + 3
    return len(answer["input_ids"]) == len(answer["token_type_ids"]) == length


@build_pair.invariant
def types_never_go_back(inputs: Inputs, answer: Any) -> bool:
    """The types begin with 0, end with 1, and never go back from 1 to 0."""
    types = answer["token_type_ids"]
    return (types[0], types[-1]) == (0, 1) and all(x <= y for x, y in pairwise(types))


# --- tokens_per_word -----------------------------------------------------------------------------


def _cut(rng: Rng, word: str, parts: int) -> list[str]:
    """Cut a word into tokens at random places."""
    places = sorted(_some(rng, range(1, len(word)), parts - 1))
    cuts = [word[i:j] for i, j in zip([0, *places], [*places, len(word)], strict=True)]
    return [cuts[0], *(f"##{piece}" for piece in cuts[1:])]


@tokens_per_word.case
def five_words_in_pieces(rng: Rng) -> Inputs:
    """Five words of one to four tokens each; one word comes twice."""
    words = _some(rng, ("harbour", "garden", "school", "bridge"), 4)
    cuts = [_cut(rng, word, parts) for word, parts in zip(words, (1, 4, 3, 2), strict=True)]
    return {"tokenized": [*cuts, cuts[1]]}


@tokens_per_word.case
def one_long_word(rng: Rng) -> Inputs:
    """Three whole words and one in five to nine tokens."""
    pieces = _cut(rng, "harbourmaster", int(rng.integers(5, 10)))
    return {"tokenized": [[word] for word in _some(rng, ENGLISH, 3)] + [pieces]}


@tokens_per_word.case
def with_an_unknown_word(rng: Rng) -> Inputs:
    """A word that became "[UNK]" is a word of one token."""
    first, second = _some(rng, ("harbour", "garden", "school", "bridge"), 2)
    return {"tokenized": [["[UNK]"], _cut(rng, first, 3), ["[UNK]"], _cut(rng, second, 4)]}


@tokens_per_word.case
def whole_words(rng: Rng) -> Inputs:
    """Every word is one token."""
    return {"tokenized": [[word] for word in _some(rng, ENGLISH, 4)]}


@tokens_per_word.case
def no_words_at_all(rng: Rng) -> Inputs:
    """There are no words."""
    return {"tokenized": []}
