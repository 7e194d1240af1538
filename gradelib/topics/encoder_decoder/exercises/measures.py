"""Section 5.6, how good is a translation: what is asked."""

import numpy as np

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.topics.encoder_decoder.exercises.texts import (
    WORDS,
    draw_marks,
    draw_sentence,
    draw_test_set,
    draw_text,
)

EXACT = Tolerance(relative=1e-9, absolute=1e-9)  # plain Python, no rounding of tensors

ngram_counts = Exercise("encoder_decoder.ngram_counts", points=1, difficulty=1)
clipped_matches = Exercise("encoder_decoder.clipped_matches", points=2, difficulty=2)
brevity_penalty = Exercise(
    "encoder_decoder.brevity_penalty", points=1, difficulty=1, tolerance=EXACT
)
bleu = Exercise("encoder_decoder.bleu", points=3, difficulty=3, tolerance=EXACT)
chrf = Exercise("encoder_decoder.chrf", points=0, difficulty=3, tolerance=EXACT)

# --- ngram_counts --------------------------------------------------------------------------------


@ngram_counts.case
def pairs(rng: Rng) -> Inputs:
    """Pairs in a sentence of nine words, of which many come again."""
    return {"tokens": draw_sentence(rng, 9, 3), "n": 2}


@ngram_counts.case
def single_words(rng: Rng) -> Inputs:
    """n = 1: the words themselves, as tuples of one."""
    return {"tokens": draw_sentence(rng, 7), "n": 1}


@ngram_counts.case
def a_capital_and_a_full_stop(rng: Rng) -> Inputs:
    """A word with a capital is another word, and a mark is a word like others."""
    return {"tokens": draw_marks(rng), "n": int(rng.integers(1, 3))}


@ngram_counts.case
def as_long_as_the_sentence(rng: Rng) -> Inputs:
    """One n-gram: the sentence itself."""
    return {"tokens": draw_sentence(rng, 4), "n": 4}


@ngram_counts.case
def a_short_sentence(rng: Rng) -> Inputs:
    """Two words have no n-gram of three."""
    return {"tokens": draw_sentence(rng, 2), "n": 3}


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
def capitals_and_marks(rng: Rng) -> Inputs:
    """A word with a capital is another word, and a mark is a word like others."""
    reference = [str(word) for word in rng.permutation(["The", "The", "lamp", "lamp", "."])]
    return {"translation": draw_marks(rng), "reference": reference, "n": 1}


@clipped_matches.case
def some_words_match(rng: Rng) -> Inputs:
    """Eight words against six, of four kinds."""
    return {"translation": draw_sentence(rng, 8), "reference": draw_sentence(rng, 6), "n": 1}


@clipped_matches.case
def some_pairs_match(rng: Rng) -> Inputs:
    """Pairs of three kinds of words."""
    return {"translation": draw_sentence(rng, 7, 3), "reference": draw_sentence(rng, 9, 3), "n": 2}


@clipped_matches.case
def one_word_over_and_over(rng: Rng) -> Inputs:
    """A translation that says one word six times, which the reference has twice."""
    word = WORDS[0]
    reference = [word, *draw_sentence(rng, 3, 8)[:0], "lamp", word, "box"]
    return {"translation": [word] * 6, "reference": reference, "n": 1}


@clipped_matches.case
def no_match(rng: Rng) -> Inputs:
    """Nothing is the same, and there are four n-grams."""
    return {"translation": ["x", "y"] * 2, "reference": draw_sentence(rng, 5), "n": 1}


@clipped_matches.case
def too_short(rng: Rng) -> Inputs:
    """A translation without an n-gram of this length."""
    return {"translation": draw_sentence(rng, 2), "reference": draw_sentence(rng, 6), "n": 4}


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
    """A tenth of the words: the factor is small, but it has no lower bound."""
    count = int(rng.integers(3, 9))
    return {"translated": count, "wanted": 10 * count}


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


@bleu.case
def a_few_slips(rng: Rng) -> Inputs:
    """Four sentences of different length, with two wrong words each."""
    return draw_test_set(rng, [12, 9, 15, 11], 2)


@bleu.case
def translations_that_are_too_short(rng: Rng) -> Inputs:
    """Three sentences, of each of which the end is missing."""
    return draw_test_set(rng, [12, 10, 14], 1, cut=3)


@bleu.case
def all_right(rng: Rng) -> Inputs:
    """Every sentence is as it should be."""
    return draw_test_set(rng, [7, 5], 0)


@bleu.case
def nothing_of_length_four(rng: Rng) -> Inputs:
    """No run of four words is right, so BLEU is 0, although words match."""
    drawn = draw_test_set(rng, [6, 8], 0)
    return {**drawn, "translations": [sentence[::-1][:3] for sentence in drawn["references"]]}


@bleu.case
def a_short_sentence_among_long_ones(rng: Rng) -> Inputs:
    """One sentence has two words: it adds no runs of four, and is no reason for 0."""
    return draw_test_set(rng, [13, 2, 10], 1)


@bleu.case
def sentences_that_are_longer_than_wanted(rng: Rng) -> Inputs:
    """The translations say the end twice."""
    drawn = draw_test_set(rng, [9, 11], 1)
    return {**drawn, "translations": [one + one[-3:] for one in drawn["translations"]]}


@bleu.case
def other_capitals_and_no_full_stop(rng: Rng) -> Inputs:
    """The first word has no capital, and the full stop is missing."""
    drawn = draw_test_set(rng, [8, 10], 1)
    references = [[one[0].title(), *one[1:], "."] for one in drawn["references"]]
    return {**drawn, "references": references}


@bleu.case
def no_run_of_four_there_is(rng: Rng) -> Inputs:
    """Translations of three words have no run of four, and so no match of one: BLEU is 0."""
    return draw_test_set(rng, [4, 5], 0, cut=int(rng.integers(2, 4)))


@bleu.case
def a_reference_that_is_short(rng: Rng) -> Inputs:
    """A reference of two words, and a translation of six: all its runs count."""
    drawn = draw_test_set(rng, [12, 2, 9], 1)
    drawn["translations"][1] += draw_sentence(rng, 4, 8)
    return drawn


@bleu.case
def an_empty_translation(rng: Rng) -> Inputs:
    """One sentence was not translated. Its reference counts among the words that are wanted."""
    drawn = draw_test_set(rng, [11, 6, 10], 1)
    drawn["translations"][1] = []
    return drawn


@bleu.case
def the_same_translation_twice(rng: Rng) -> Inputs:
    """Two sentences of four are translated by the same words. Each of them counts."""
    drawn = draw_test_set(rng, [9, 7, 9, 8], 2)
    drawn["translations"][3] = list(drawn["translations"][1])
    return drawn


@bleu.case
def one_sentence(rng: Rng) -> Inputs:
    """A single sentence."""
    return draw_test_set(rng, [14], 2)


# --- chrf ----------------------------------------------------------------------------------------


@chrf.case
def two_texts_of_few_letters(rng: Rng) -> Inputs:
    """Texts of six letters and spaces."""
    return {"translation": draw_text(rng, 40), "reference": draw_text(rng, 33)}


@chrf.case
def an_ending_is_wrong(rng: Rng) -> Inputs:
    """The same text, but for its last letters."""
    text = draw_text(rng, 25)
    return {"translation": text + "xy", "reference": text + "zzz"}


@chrf.case
def the_same_text(rng: Rng) -> Inputs:
    """Both are the same."""
    text = "the " + draw_text(rng, 20)
    return {"translation": text, "reference": text}


@chrf.case
def other_spaces(rng: Rng) -> Inputs:
    """The same letters with other spaces between them: spaces do not count."""
    text = draw_text(rng, 30).replace(" ", "") + "abc"
    return {"translation": " ".join(text), "reference": f" {text[:5]}  {text[5:]}"}


@chrf.case
def far_too_short(rng: Rng) -> Inputs:
    """The beginning of a long text: few runs are missing in it, and many of the reference."""
    text = "".join(str(letter) for letter in rng.permutation(list("abcdefghijklmno")))
    return {"translation": text[: int(rng.integers(2, 5))], "reference": text}


@chrf.case
def other_capitals_and_marks(rng: Rng) -> Inputs:
    """The same letters with other capitals and without marks: these are other letters."""
    text = draw_text(rng, 20) + "A.b"
    return {"translation": text.lower().replace(".", ""), "reference": text}


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
    return {"translation": "", "reference": "abc" + draw_text(rng, int(np.int64(4)))}
