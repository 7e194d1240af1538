"""Section 10.9, how often a model invents: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng

invented = Exercise("sft.invented", points=2, difficulty=2)
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


@invented.case
def more_than_was_told(rng: Rng) -> Inputs:
    """The answer names “apple strudel”, and the story only an apple: another of the words."""
    words = ["cat", "apple", "apple strudel", "plum", "plum cake"]
    one = ["apple", "plum"][int(rng.integers(2))]
    more = {"apple": "apple strudel", "plum": "plum cake"}[one]
    return {"answer": f"The {more}.", "story": f"Mia lost the {one}.", "words": words}


@invented.case
def a_part_of_what_was_told(rng: Rng) -> Inputs:
    """The story names “apple strudel”, and so it says “apple” too, which the answer names."""
    words = ["cat", "apple", "apple strudel", "plum", "plum cake"]
    one = ["apple", "plum"][int(rng.integers(2))]
    more = {"apple": "apple strudel", "plum": "plum cake"}[one]
    return {"answer": f"The {one}.", "story": f"Mia lost the {more}.", "words": words}


@invented.case
def an_apostrophe_behind_it(rng: Rng) -> Inputs:
    """The story says “the hen's bell”: an apostrophe is no letter, so it says “hen”."""
    word = str(rng.choice(WORDS[:4]))
    return {"answer": f"A {word}.", "story": f"He heard the {word}'s bell.", "words": WORDS}


@invented.case
def a_hyphen_behind_it(rng: Rng) -> Inputs:
    """The answer says “hen-house”: a hyphen is no letter, so it names “hen”."""
    word = str(rng.choice(WORDS[:4]))
    return {"answer": f"In the {word}-house.", "story": "It rained.", "words": WORDS}


@invented.case
def a_name_among_the_words(rng: Rng) -> Inputs:
    """A word with a capital letter and without signs is found as it is."""
    name = ["Anna", "Otto"][int(rng.integers(2))]
    return {"answer": f"It was {name}.", "story": "It rained.", "words": ["Anna", "Otto"]}
