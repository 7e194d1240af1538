"""Section 1.2, "Words": what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.topics.tokenization.exercises.inputs import (
    ENGLISH,
    GERMAN,
    GREEK,
    distinct_ids,
    shuffled,
    some_of,
)

split_words = Exercise("tokenization.split_words", points=1, difficulty=1)
build_vocab = Exercise("tokenization.build_vocab", points=2, difficulty=2)
encode_words = Exercise("tokenization.encode_words", points=1, difficulty=1)
decode_words = Exercise("tokenization.decode_words", points=1, difficulty=1)
unknown_rate = Exercise(  # a single division, also in float32; a number added below is too much
    "tokenization.unknown_rate", points=1, difficulty=1, tolerance=Tolerance(plain=3e-7)
)


# --- split_words ---------------------------------------------------------------------------------


@split_words.case
def a_sentence(rng: Rng) -> Inputs:
    """A sentence with a capital letter, a comma, a word that comes twice, and a full stop."""
    first, second, third = some_of(rng, ENGLISH, 3)
    return {"text": f"The {first}, the {second} and the {third}."}


@split_words.case
def marks_in_a_row(rng: Rng) -> Inputs:
    """Several punctuation marks in a row: each is a token."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"text": f'"{first}..." -- ({second}?!)'}


@split_words.case
def apostrophes_and_hyphens(rng: Rng) -> Inputs:
    """Apostrophes and hyphens inside words are marks of their own."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"text": f"It's a {first}-{second}, isn't it"}


@split_words.case
def digits_and_underscores(rng: Rng) -> Inputs:
    """Digits and `_` belong to words; a decimal point does not."""
    whole, cents = rng.integers(10, 99, size=2)
    return {"text": f"{some_of(rng, ENGLISH, 1)[0]}_{whole} costs {whole}.{cents} euros in 2b"}


@split_words.case
def all_kinds_of_white_space(rng: Rng) -> Inputs:
    """Tabs, line ends, several spaces, a space of another kind, at the borders too: none of it is
    in a token."""
    first, second, third = some_of(rng, ENGLISH, 3)
    (kind,) = some_of(rng, ("\u00a0", "\u2009", "\u3000"), 1)  # no-break, thin, Chinese
    return {"text": f"  {first}\t{second}\n\n  {third}{kind}{first} \r\n"}


@split_words.case
def other_languages(rng: Rng) -> Inputs:
    """German and Greek words, quotation marks, an emoji and other signs."""
    german, greek = some_of(rng, GERMAN, 2), some_of(rng, GREEK, 2)
    signs = "".join(["…", *some_of(rng, "€→§°✓", 1)])
    return {"text": f"„{german[0]} {german[1]}“ — «{greek[0]}, {greek[1]}»; 🐈 {signs}"}


@split_words.case
def only_white_space(rng: Rng) -> Inputs:
    """A text of nothing but spaces and a line end has no tokens."""
    return {"text": " " * int(rng.integers(2, 5)) + "\n"}


@split_words.case
def an_empty_text(rng: Rng) -> Inputs:
    """An empty text has no tokens."""
    return {"text": ""}


@split_words.invariant
def only_the_white_space_is_lost(inputs: Inputs, answer: list[str]) -> bool:
    """The tokens, joined, are the text without its white space."""
    return "".join(answer) == "".join(inputs["text"].split())


# --- build_vocab ---------------------------------------------------------------------------------


@build_vocab.case
def more_words_than_places(rng: Rng) -> Inputs:
    """Six different words, each with a count of its own, and four places."""
    words, counts = some_of(rng, ENGLISH, 6), (9, 7, 5, 4, 2, 1)
    if words[:3] == sorted(words[:3]):  # then the alphabet would give the same order
        words = words[2::-1] + words[3:]
    tokens = [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
    return {"tokens": words[::-1] + shuffled(rng, tokens), "size": 4}


@build_vocab.case
def a_tie_at_the_border(rng: Rng) -> Inputs:
    """One word comes three times, five come twice; only three of these find a place."""
    *tied, often = sorted(some_of(rng, ENGLISH, 6))
    first = [tied[place] for place in (2, 4, 0, 3, 1)]  # neither the order of ties nor backwards
    return {"tokens": [*first, often, *shuffled(rng, tied), often, often], "size": 5}


@build_vocab.case
def capitals_and_accents(rng: Rng) -> Inputs:
    """Words that differ only in capitals are different, and `sorted` gives the order of ties."""
    words = sorted([*some_of(rng, GERMAN, 3), *some_of(rng, GREEK, 2), "Tea", "tea", "Zoe"])
    return {"tokens": words[4:] + words[:4], "size": 7}


@build_vocab.case
def marks_among_the_words(rng: Rng) -> Inputs:
    """Punctuation marks are tokens like all others, and the most frequent ones here."""
    first, second, third = sorted(some_of(rng, ENGLISH, 3), reverse=True)
    tokens = [first, second, first, third] + [","] * 3 + ["."] * int(rng.integers(4, 7))
    return {"tokens": shuffled(rng, tokens), "size": 5}


@build_vocab.case
def more_places_than_words(rng: Rng) -> Inputs:
    """Three different words and twenty places: the vocabulary has four tokens."""
    words = some_of(rng, ENGLISH, 3)
    return {"tokens": shuffled(rng, words * 2 + words[:1]), "size": 20}


@build_vocab.case
def one_place(rng: Rng) -> Inputs:
    """With a single place there is only "<unk>"."""
    return {"tokens": some_of(rng, ENGLISH, 3), "size": 1}


@build_vocab.case
def no_tokens(rng: Rng) -> Inputs:
    """Of no tokens at all, "<unk>" is the whole vocabulary."""
    return {"tokens": [], "size": int(rng.integers(3, 9))}


# --- encode_words --------------------------------------------------------------------------------


@encode_words.case
def known_and_unknown_words(rng: Rng) -> Inputs:
    """Five known words and two that are not in the vocabulary; some come more than once."""
    words = some_of(rng, ENGLISH, 7)
    return {
        "tokens": [*shuffled(rng, words), words[4], words[5], words[4]],
        "vocab": ["<unk>", *words[:5]],
    }


@encode_words.case
def the_first_and_the_last(rng: Rng) -> Inputs:
    """The first and the last word of the vocabulary, and "<unk>" itself."""
    words = some_of(rng, GERMAN, 6)
    return {"tokens": [words[5], words[0], "<unk>", words[5]], "vocab": ["<unk>", *words]}


@encode_words.case
def capitals(rng: Rng) -> Inputs:
    """A word with a capital letter is not the word without it."""
    first, second, third = some_of(rng, ENGLISH, 3)
    return {
        "tokens": [first.capitalize(), second, third.upper(), first],
        "vocab": ["<unk>", third, first, second],
    }


@encode_words.case
def words_inside_of_words(rng: Rng) -> Inputs:
    """Tokens that are a part of another word of the vocabulary, which stands before or after."""
    first, second, third = some_of(rng, ENGLISH, 3)
    vocab = ["<unk>", f"{first}s", first, f"un{second}", third, f"{third}ed"]
    return {"tokens": [first, second, third, "unk", first[:2], f"{third}e"], "vocab": vocab}


@encode_words.case
def marks_are_tokens(rng: Rng) -> Inputs:
    """Punctuation marks are tokens like all others; a word with a mark at its end is another."""
    first, second = some_of(rng, ENGLISH, 2)
    tokens = [first, ",", f"{second}.", second, "!", "."]
    return {"tokens": tokens, "vocab": ["<unk>", ".", second, ",", first]}


@encode_words.case
def only_unknown_words(rng: Rng) -> Inputs:
    """The vocabulary knows nothing but "<unk>"."""
    return {"tokens": some_of(rng, GREEK, 3), "vocab": ["<unk>"]}


@encode_words.case
def no_words_to_encode(rng: Rng) -> Inputs:
    """No tokens, no ids."""
    return {"tokens": [], "vocab": ["<unk>", *some_of(rng, ENGLISH, 2)]}


@encode_words.invariant
def one_id_a_token(inputs: Inputs, answer: list[int]) -> bool:
    """There is one id for each token."""
    return len(answer) == len(inputs["tokens"])


# --- decode_words --------------------------------------------------------------------------------


@decode_words.case
def ids_with_repeats(rng: Rng) -> Inputs:
    """Nine ids in no order, some more than once, some of them 0."""
    first, second, third = some_of(rng, range(1, 6), 3)
    ids = [second, 0, first, 5, second, third, 0, first, 1]
    return {"ids": ids, "vocab": ["<unk>", *some_of(rng, ENGLISH, 5)]}


@decode_words.case
def the_last_word(rng: Rng) -> Inputs:
    """The highest id that the vocabulary has, before the lowest."""
    return {"ids": [7, 1, 7], "vocab": ["<unk>", *some_of(rng, GREEK, 7)]}


@decode_words.case
def one_unknown_word(rng: Rng) -> Inputs:
    """A text of one unknown word: a list with "<unk>"."""
    return {"ids": [0], "vocab": ["<unk>", *some_of(rng, GERMAN, 2)]}


@decode_words.case
def no_ids_to_decode(rng: Rng) -> Inputs:
    """No ids, no tokens."""
    return {"ids": [], "vocab": ["<unk>", *some_of(rng, GERMAN, 3)]}


# --- unknown_rate --------------------------------------------------------------------------------


@unknown_rate.case
def few_unknown(rng: Rng) -> Inputs:
    """Three of eleven ids are 0, and the other ids, of which one is 1, repeat too."""
    first, second = distinct_ids(rng, 2, low=2)
    return {"ids": shuffled(rng, [0] * 3 + [1] * 4 + [first] * 3 + [second])}


@unknown_rate.case
def most_unknown(rng: Rng) -> Inputs:
    """Far more than half of the ids are 0."""
    unknown = int(rng.integers(6, 10))
    return {"ids": shuffled(rng, [0] * unknown + distinct_ids(rng, 3, low=1))}


@unknown_rate.case
def none_unknown(rng: Rng) -> Inputs:
    """No id is 0."""
    return {"ids": distinct_ids(rng, 5, low=1)}


@unknown_rate.case
def all_unknown(rng: Rng) -> Inputs:
    """Every id is 0."""
    return {"ids": [0] * int(rng.integers(2, 6))}


@unknown_rate.case
def no_ids(rng: Rng) -> Inputs:
    """There are no ids at all."""
    return {"ids": []}


@unknown_rate.invariant
def a_share(inputs: Inputs, answer: float) -> bool:
    """A share lies between 0 and 1."""
    return 0 <= answer <= 1
