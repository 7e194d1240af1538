"""Sections 10.6 and 10.9, how often a model obeys, and how often it invents: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

obey_rate = Exercise("sft.obey_rate", points=1, difficulty=1)
by_kind = Exercise("sft.by_kind", points=1, difficulty=1)
rate_difference = Exercise("sft.rate_difference", points=2, difficulty=2)
invented = Exercise("sft.invented", points=2, difficulty=2)


def _yes(rng: Rng, right: int, count: int) -> list[bool]:
    """Return so many answers in any order, of which so many obeyed."""
    return [place < right for place in rng.permutation(count).tolist()]


# --- obey_rate -----------------------------------------------------------------------------------


@obey_rate.case
def most_obeyed(rng: Rng) -> Inputs:
    """Twelve instructions, nine obeyed."""
    return {"obeyed": _yes(rng, 9, 12)}


@obey_rate.case
def half_obeyed(rng: Rng) -> Inputs:
    """Eight instructions, four obeyed."""
    return {"obeyed": _yes(rng, 4, 8)}


@obey_rate.case
def few_of_many(rng: Rng) -> Inputs:
    """300 instructions, seventeen obeyed."""
    return {"obeyed": _yes(rng, 17, 300)}


@obey_rate.case
def any_number(rng: Rng) -> Inputs:
    """Some number of instructions, at least one obeyed and one not."""
    count = int(rng.integers(20, 60))
    return {"obeyed": _yes(rng, int(rng.integers(1, count)), count)}


@obey_rate.case
def all_obeyed(rng: Rng) -> Inputs:
    """Five instructions, all obeyed: the formula gives 0."""
    return {"obeyed": [True] * 5}


@obey_rate.case
def a_single_one(rng: Rng) -> Inputs:
    """One instruction, not obeyed."""
    return {"obeyed": [False]}


# --- by_kind -------------------------------------------------------------------------------------


@by_kind.case
def three_kinds(rng: Rng) -> Inputs:
    """Three kinds in turn, not in the order of the alphabet."""
    return {"kinds": ["who", "list", "place"] * 5, "obeyed": _yes(rng, 8, 15)}


@by_kind.case
def kinds_of_unequal_size(rng: Rng) -> Inputs:
    """One kind comes nine times, another three times, the last one once."""
    kinds = rng.permutation(["yes_no"] * 9 + ["about"] * 3 + ["length"]).tolist()
    return {"kinds": kinds, "obeyed": _yes(rng, 6, 13)}


@by_kind.case
def one_kind(rng: Rng) -> Inputs:
    """Seven instructions of one kind, five obeyed."""
    return {"kinds": ["last"] * 7, "obeyed": _yes(rng, 5, 7)}


@by_kind.case
def one_instruction(rng: Rng) -> Inputs:
    """One instruction, obeyed."""
    return {"kinds": ["both"], "obeyed": [True]}


@by_kind.case
def a_kind_that_never_obeys(rng: Rng) -> Inputs:
    """The second kind never obeys, the first always does."""
    kinds = ["what", "ending", "ending", "what", "thing", "thing"]
    return {"kinds": kinds, "obeyed": [True, False, False, True, True, False]}


@by_kind.case
def none(rng: Rng) -> Inputs:
    """No instructions, and so no kinds."""
    return {"kinds": [], "obeyed": []}


@by_kind.invariant
def in_the_order_in_which_they_come(inputs: Inputs, answer: dict[str, object]) -> bool:
    """The kinds stand in the order in which each of them comes first."""
    return list(answer) == list(dict.fromkeys(inputs["kinds"]))


# --- rate_difference -----------------------------------------------------------------------------


@rate_difference.case
def two_models(rng: Rng) -> Inputs:
    """Twenty instructions; the second model obeys more of them."""
    return {"first": _yes(rng, 7, 20), "second": _yes(rng, 13, 20)}


@rate_difference.case
def the_second_is_worse(rng: Rng) -> Inputs:
    """Fifteen instructions; the second model obeys fewer of them."""
    return {"first": _yes(rng, 12, 15), "second": _yes(rng, 4, 15)}


@rate_difference.case
def only_better(rng: Rng) -> Inputs:
    """The second model obeys all that the first does, and three more of twelve."""
    first = _yes(rng, 5, 12)
    missed = [place for place, yes in enumerate(first) if not yes]
    return {"first": first, "second": [yes or n in missed[:3] for n, yes in enumerate(first)]}


@rate_difference.case
def the_same_rate(rng: Rng) -> Inputs:
    """Both obey half, but not the same half: the difference is 0, its error is not."""
    first = _yes(rng, 6, 12)
    return {"first": first, "second": [not yes for yes in first]}


@rate_difference.case
def they_always_agree(rng: Rng) -> Inputs:
    """Both obey the same four of nine: difference and error are 0."""
    first = _yes(rng, 4, 9)
    return {"first": first, "second": list(first)}


@rate_difference.case
def a_single_instruction(rng: Rng) -> Inputs:
    """One instruction, which only the second obeys."""
    return {"first": [False], "second": [True]}


# --- invented ------------------------------------------------------------------------------------

WORDS = ["goat", "hen", "lamb", "owl", "apple strudel", "cat"]


@invented.case
def it_is_in_the_story(rng: Rng) -> Inputs:
    """The story says what the answer names."""
    word = str(rng.choice(WORDS))
    story = f"Mia came with a {word} to the mill. Nobody was there."
    return {"answer": f"A {word}.", "story": story, "words": WORDS}


@invented.case
def it_is_nowhere(rng: Rng) -> Inputs:
    """The answer names something that the story never says."""
    word = str(rng.choice(WORDS))
    return {"answer": f"The {word}.", "story": "Tom lost a key in the mill.", "words": WORDS}


@invented.case
def it_does_not_say(rng: Rng) -> Inputs:
    """The answer says that the story does not say."""
    story = "Vera sold a lantern to the miller."
    return {"answer": "The story does not say.", "story": story, "words": WORDS}


@invented.case
def one_of_two(rng: Rng) -> Inputs:
    """The answer names two things, and the story only the first of them."""
    first, second = rng.choice(WORDS, size=2, replace=False).tolist()
    story = f"Otto saw a {first}, and laughed."
    return {"answer": f"A {first} and a {second}.", "story": story, "words": WORDS}


@invented.case
def inside_words_of_the_answer(rng: Rng) -> Inputs:
    """The answer has “when”, “scatter” and “owls”, in which other words are hidden."""
    answer = "Nothing: when the owls scatter, who can say."
    return {"answer": answer, "story": "Karl slept.", "words": WORDS}


@invented.case
def inside_words_of_the_story(rng: Rng) -> Inputs:
    """The story has “then” and “cattle”, which are neither a hen nor a cat."""
    word = ["hen", "cat"][int(rng.integers(2))]
    story = "Then the cattle came home, and then it rained."
    return {"answer": f"A {word}.", "story": story, "words": WORDS}


@invented.case
def in_capitals(rng: Rng) -> Inputs:
    """The answer writes in capitals what the story never says."""
    word = str(rng.choice(WORDS))
    return {"answer": word.upper(), "story": "It rained.", "words": WORDS}


@invented.case
def capitals_in_the_story(rng: Rng) -> Inputs:
    """The story writes with a capital what the answer writes without one."""
    word = str(rng.choice(WORDS[:4]))
    story = f"{word.capitalize()} and dog ran away from Lena."
    return {"answer": f"the {word}", "story": story, "words": WORDS}


@invented.case
def signs_beside_it(rng: Rng) -> Inputs:
    """The word stands between signs: "hen", and (owl)."""
    word = str(rng.choice(WORDS))
    return {"answer": f'("{word}",)', "story": "Fritz had a well-known goat-cart.", "words": WORDS}


@invented.case
def a_sign_in_the_word(rng: Rng) -> Inputs:
    """A word with a full stop in it, which stands for itself only."""
    return {"answer": "At the St. Anna.", "story": "He saw the St! Anna.", "words": ["St. Anna"]}


@invented.case
def like_a_word_with_a_sign(rng: Rng) -> Inputs:
    """What the answer says is like a word with a full stop, but for the full stop."""
    return {"answer": "At the St! Anna.", "story": "It rained.", "words": ["St. Anna", "owl"]}


@invented.case
def its_two_words_apart(rng: Rng) -> Inputs:
    """The two words of “apple strudel” stand in the answer, but with a comma between them."""
    return {"answer": "Apple, strudel and cake.", "story": "It rained.", "words": WORDS}


@invented.case
def a_letter_for_a_sign(rng: Rng) -> Inputs:
    """What the answer says has a letter where the word has a full stop."""
    return {"answer": "At the inn StxAnna.", "story": "It rained.", "words": ["owl", "St.Anna"]}


@invented.case
def a_word_that_ends_with_a_sign(rng: Rng) -> Inputs:
    """A word with a full stop at its end."""
    return {"answer": "At St. Anna.", "story": "It rained.", "words": ["owl", "St."]}


@invented.case
def letters_of_other_languages(rng: Rng) -> Inputs:
    """A letter such as “ö” makes another word of it, too."""
    return {"answer": "It stands on the Höhen.", "story": "It rained.", "words": WORDS}


@invented.case
def the_second_place(rng: Rng) -> Inputs:
    """The letters stand inside another word first, and as a word later."""
    word, other = [("hen", "When"), ("cat", "Scattered,")][int(rng.integers(2))]
    answer = f"{other} it rained, a {word} came."
    return {"answer": answer, "story": "It rained.", "words": WORDS}


@invented.case
def the_story_ends_with_it(rng: Rng) -> Inputs:
    """The story ends with what the answer names, without a full stop."""
    word = str(rng.choice(WORDS))
    return {"answer": f"A {word}.", "story": f"Lena had a {word}", "words": WORDS}


@invented.case
def said_twice(rng: Rng) -> Inputs:
    """The answer says twice what the story says once."""
    word = str(rng.choice(WORDS))
    answer = f"A {word}, and another {word}."
    return {"answer": answer, "story": f"The {word} slept.", "words": WORDS}


@invented.case
def no_words(rng: Rng) -> Inputs:
    """There is no word to look for."""
    return {"answer": "A goat.", "story": "It rained.", "words": []}


@invented.case
def an_empty_answer(rng: Rng) -> Inputs:
    """The answer is empty: it names nothing."""
    return {"answer": "", "story": "Anna had a lamb.", "words": WORDS}


@invented.case
def a_line_between(rng: Rng) -> Inputs:
    """Digits and underscores beside a word make another word of it."""
    return {"answer": "goat2 or lamb_x", "story": "It rained.", "words": WORDS}
