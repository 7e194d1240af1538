"""Section 5.6, how good is a translation: what is asked."""

import numpy as np

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance

EXACT = Tolerance(relative=1e-9, absolute=1e-9)  # plain Python, no rounding of tensors

ngram_counts = Exercise("encoder_decoder.ngram_counts", points=1, difficulty=1)
clipped_matches = Exercise("encoder_decoder.clipped_matches", points=2, difficulty=2)
brevity_penalty = Exercise(
    "encoder_decoder.brevity_penalty", points=1, difficulty=1, tolerance=EXACT
)
bleu = Exercise("encoder_decoder.bleu", points=3, difficulty=3, tolerance=EXACT)
chrf = Exercise("encoder_decoder.chrf", points=0, difficulty=3, tolerance=EXACT)

WORDS = ("the", "old", "lamp", "was", "in", "box", "a", "cat")
LETTERS = "abcdef "


def _sentence(rng: Rng, length: int, words: int = 4) -> list[str]:
    return [str(word) for word in rng.choice(WORDS[:words], size=length)]


# --- ngram_counts --------------------------------------------------------------------------------


@ngram_counts.case
def pairs(rng: Rng) -> Inputs:
    """Pairs in a sentence of nine words, of which many come again."""
    return {"tokens": _sentence(rng, 9, 3), "n": 2}


@ngram_counts.case
def single_words(rng: Rng) -> Inputs:
    """n = 1: the words themselves, as tuples of one."""
    return {"tokens": _sentence(rng, 7), "n": 1}


@ngram_counts.case
def as_long_as_the_sentence(rng: Rng) -> Inputs:
    """One n-gram: the sentence itself."""
    return {"tokens": _sentence(rng, 4), "n": 4}


@ngram_counts.case
def a_short_sentence(rng: Rng) -> Inputs:
    """Two words have no n-gram of three."""
    return {"tokens": _sentence(rng, 2), "n": 3}


@ngram_counts.case
def the_same_word_again(rng: Rng) -> Inputs:
    """One word, five times: n-grams overlap."""
    return {"tokens": [str(rng.choice(WORDS))] * 5, "n": 3}


@ngram_counts.case
def no_words(rng: Rng) -> Inputs:
    """An empty sentence."""
    return {"tokens": [], "n": int(rng.integers(1, 4))}


# --- clipped_matches -----------------------------------------------------------------------------


@clipped_matches.case
def some_words_match(rng: Rng) -> Inputs:
    """Eight words against six, of four kinds."""
    return {"translation": _sentence(rng, 8), "reference": _sentence(rng, 6), "n": 1}


@clipped_matches.case
def some_pairs_match(rng: Rng) -> Inputs:
    """Pairs of three kinds of words."""
    return {"translation": _sentence(rng, 7, 3), "reference": _sentence(rng, 9, 3), "n": 2}


@clipped_matches.case
def one_word_over_and_over(rng: Rng) -> Inputs:
    """A translation that says one word six times, which the reference has twice."""
    word = WORDS[0]
    reference = [word, *_sentence(rng, 3, 8)[:0], "lamp", word, "box"]
    return {"translation": [word] * 6, "reference": reference, "n": 1}


@clipped_matches.case
def no_match(rng: Rng) -> Inputs:
    """Nothing is the same, and there are four n-grams."""
    return {"translation": ["x", "y"] * 2, "reference": _sentence(rng, 5), "n": 1}


@clipped_matches.case
def too_short(rng: Rng) -> Inputs:
    """A translation without an n-gram of this length."""
    return {"translation": _sentence(rng, 2), "reference": _sentence(rng, 6), "n": 4}


@clipped_matches.case
def the_same_words_in_another_order(rng: Rng) -> Inputs:
    """All words match, few pairs do."""
    reference = [str(word) for word in rng.permutation(WORDS)]
    return {"translation": reference[::-1], "reference": reference, "n": int(rng.integers(1, 3))}


# --- brevity_penalty -----------------------------------------------------------------------------


@brevity_penalty.case
def too_few_words(rng: Rng) -> Inputs:
    """Fewer words than the references have."""
    return {"translated": int(rng.integers(20, 40)), "wanted": int(rng.integers(41, 60))}


@brevity_penalty.case
def far_too_few_words(rng: Rng) -> Inputs:
    """A fifth of the words."""
    count = int(rng.integers(3, 9))
    return {"translated": count, "wanted": 5 * count}


@brevity_penalty.case
def more_words(rng: Rng) -> Inputs:
    """More words than wanted: no reward, and no penalty."""
    return {"translated": int(rng.integers(61, 90)), "wanted": int(rng.integers(30, 60))}


@brevity_penalty.case
def as_many_words(rng: Rng) -> Inputs:
    """Exactly as many."""
    count = int(rng.integers(5, 50))
    return {"translated": count, "wanted": count}


@brevity_penalty.case
def no_word_at_all(rng: Rng) -> Inputs:
    """Nothing was translated."""
    return {"translated": 0, "wanted": int(rng.integers(3, 9))}


# --- bleu ----------------------------------------------------------------------------------------


def _with_slips(rng: Rng, sentence: list[str], slips: int, cut: int = 0) -> list[str]:
    changed = list(sentence)
    for place in rng.choice(len(sentence), size=slips, replace=False):
        changed[place] = str(rng.choice(WORDS))
    return changed[: len(changed) - cut]


def _test_set(rng: Rng, lengths: list[int], slips: int, cut: int = 0) -> Inputs:
    references = [_sentence(rng, length, 8) for length in lengths]
    translations = [_with_slips(rng, reference, slips, cut) for reference in references]
    return {"translations": translations, "references": references}


@bleu.case
def a_few_slips(rng: Rng) -> Inputs:
    """Four sentences of different length, with two wrong words each."""
    return _test_set(rng, [12, 9, 15, 11], 2)


@bleu.case
def translations_that_are_too_short(rng: Rng) -> Inputs:
    """Three sentences, of each of which the end is missing."""
    return _test_set(rng, [12, 10, 14], 1, cut=3)


@bleu.case
def all_right(rng: Rng) -> Inputs:
    """Every sentence is as it should be."""
    return _test_set(rng, [7, 5], 0)


@bleu.case
def nothing_of_length_four(rng: Rng) -> Inputs:
    """No run of four words is right, so BLEU is 0, although words match."""
    drawn = _test_set(rng, [6, 8], 0)
    return {**drawn, "translations": [sentence[::-1][:3] for sentence in drawn["references"]]}


@bleu.case
def a_short_sentence_among_long_ones(rng: Rng) -> Inputs:
    """One sentence has two words: it adds no runs of four, and is no reason for 0."""
    return _test_set(rng, [13, 2, 10], 1)


@bleu.case
def sentences_that_are_longer_than_wanted(rng: Rng) -> Inputs:
    """The translations say the end twice."""
    drawn = _test_set(rng, [9, 11], 1)
    return {**drawn, "translations": [one + one[-3:] for one in drawn["translations"]]}


@bleu.case
def one_sentence(rng: Rng) -> Inputs:
    """A single sentence."""
    return _test_set(rng, [14], 2)


# --- chrf ----------------------------------------------------------------------------------------


def _text(rng: Rng, length: int) -> str:
    return "".join(str(letter) for letter in rng.choice(list(LETTERS), size=length))


@chrf.case
def two_texts_of_few_letters(rng: Rng) -> Inputs:
    """Texts of six letters and spaces."""
    return {"translation": _text(rng, 40), "reference": _text(rng, 33)}


@chrf.case
def an_ending_is_wrong(rng: Rng) -> Inputs:
    """The same text, but for its last letters."""
    text = _text(rng, 25)
    return {"translation": text + "xy", "reference": text + "zzz"}


@chrf.case
def the_same_text(rng: Rng) -> Inputs:
    """Both are the same."""
    text = "the " + _text(rng, 20)
    return {"translation": text, "reference": text}


@chrf.case
def other_spaces(rng: Rng) -> Inputs:
    """The same letters with other spaces between them: spaces do not count."""
    text = _text(rng, 30).replace(" ", "") + "abc"
    return {"translation": " ".join(text), "reference": f" {text[:5]}  {text[5:]}"}


@chrf.case
def texts_of_three_letters(rng: Rng) -> Inputs:
    """Runs of four letters and more do not occur, and are left out."""
    letters = "".join(str(letter) for letter in rng.choice(list("abc"), size=3))
    return {"translation": letters, "reference": "ab"}


@chrf.case
def nothing_in_common(rng: Rng) -> Inputs:
    """No letter is the same."""
    return {"translation": "xyz" * int(rng.integers(2, 5)), "reference": "abc" * 3}


@chrf.case
def an_empty_text(rng: Rng) -> Inputs:
    """Nothing was translated."""
    return {"translation": "", "reference": "abc" + _text(rng, int(np.int64(4)))}
