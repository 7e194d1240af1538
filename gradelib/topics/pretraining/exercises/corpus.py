"""Section 9.1, a filter for quality: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.pretraining.exercises.texts import sentence, some_of

broken_rules = Exercise("pretraining.broken_rules", points=2, difficulty=2)


# --- broken_rules --------------------------------------------------------------------------------


def _prose(rng: Rng, lines: int) -> list[str]:
    """Return lines that are sentences with stop words."""
    drawn = [some_of(rng, 4) for _ in range(lines)]
    return [f"The {a} and the {b} of that {c} have a {d}." for a, b, c, d in drawn]


@broken_rules.case
def prose(rng: Rng) -> Inputs:
    """Four lines of prose: no rule is broken."""
    return {"text": "\n".join(_prose(rng, 4)), "least": 20}


@broken_rules.case
def a_word_too_few(rng: Rng) -> Inputs:
    """Prose, but one word too few."""
    text = "\n".join(_prose(rng, 2))
    return {"text": text, "least": len(text.split()) + 1}


@broken_rules.case
def just_enough_words(rng: Rng) -> Inputs:
    """Prose with exactly as many words as there must be."""
    text = "\n".join(_prose(rng, 3))
    return {"text": text, "least": len(text.split())}


@broken_rules.case
def a_list_of_numbers(rng: Rng) -> Inputs:
    """Words between numbers: 7 of 10 words have a letter."""
    a, b, c = some_of(rng, 3)
    return {"text": f"The {a} {rng.integers(99)} of 3.5 the {b} 12: and {c}.", "least": 4}


@broken_rules.case
def just_enough_letters(rng: Rng) -> Inputs:
    """Exactly 8 of 10 words have a letter: that is enough."""
    a, b, c = some_of(rng, 3)
    return {"text": f"The {a} {rng.integers(99)} of x2 the {b} 12: and {c}.", "least": 4}


@broken_rules.case
def links_of_a_site(rng: Rng) -> Inputs:
    """Nine lines of a menu, without stop words and full stops."""
    return {"text": "\n".join(f"{word} >" for word in some_of(rng, 9)), "least": 5}


@broken_rules.case
def one_stop_word_twice(rng: Rng) -> Inputs:
    """One stop word, four times: two different ones are needed."""
    a, b, c, d = some_of(rng, 4)
    return {"text": f"The {a}, the {b}, the {c}! The {d}?", "least": 6}


@broken_rules.case
def a_stop_word_at_the_beginning(rng: Rng) -> Inputs:
    """Two stop words, one of them the first word."""
    a, b, c = some_of(rng, 3)
    return {"text": f"With {a} {b} to {c}.", "least": 3}


@broken_rules.case
def one_stop_word(rng: Rng) -> Inputs:
    """One stop word, once."""
    a, b, c, d = some_of(rng, 4)
    return {"text": f"{a} {b} with {c} {d}.", "least": 3}


def _mixture(rng: Rng) -> Inputs:
    """Return lines that break each rule about as often as not."""
    lines = _prose(rng, int(rng.integers(4, 9)))
    if rng.random() < 0.5:
        lines = [" ".join(some_of(rng, 8)) + "." for _ in lines]
    if rng.random() < 0.5:
        lines = [line.rstrip(".") for line in lines]
    if rng.random() < 0.5:
        lines = [f"{line[:-1]} 7 12 3 – 4{line[-1]}" for line in lines]
    count = len(" ".join(lines).split())
    return {"text": "\n".join(lines), "least": count + int(rng.integers(-9, 10))}


@broken_rules.case
def a_page(rng: Rng) -> Inputs:
    """A page that breaks some rules, or none."""
    return _mixture(rng)


@broken_rules.case
def another_page(rng: Rng) -> Inputs:
    """Another page that breaks some rules, or none."""
    return _mixture(rng)


@broken_rules.case
def a_third_page(rng: Rng) -> Inputs:
    """A third page that breaks some rules, or none."""
    return _mixture(rng)


@broken_rules.case
def stop_words_in_dress(rng: Rng) -> Inputs:
    """Two stop words, in capitals and between signs."""
    a, b, c = some_of(rng, 3)
    return {"text": f"{a} (see {b}) “THE, {c}: And!", "least": 3}


@broken_rules.case
def parts_of_stop_words(rng: Rng) -> Inputs:
    """Words that only contain stop words: there, beside, often, andante, hat."""
    a, b = some_of(rng, 2)
    return {"text": f"There {a} beside often {b} andante within.", "least": 2}


@broken_rules.case
def signs_inside_of_words(rng: Rng) -> Inputs:
    """Signs inside of words stay, and brackets are not among the signs: there is no stop word."""
    a, b, c = some_of(rng, 3)
    return {"text": f"To.day {a} w,ith {b} that's {c} and/or (the [of th.at.", "least": 3}


@broken_rules.case
def two_signs_at_one_end(rng: Rng) -> Inputs:
    """Two stop words, with several signs at one end."""
    a, b, c = some_of(rng, 3)
    return {"text": f"{a} “'The {b} of?! {c}.", "least": 3}


@broken_rules.case
def letters_of_other_alphabets(rng: Rng) -> Inputs:
    """8 of 10 words have a letter, four of them a Greek or Cyrillic one."""
    a, b = some_of(rng, 2)
    return {"text": f"The γάτα {rng.integers(99)} of дом the ένα {a} 7: мир {b}.", "least": 4}


@broken_rules.case
def letters_without_capitals(rng: Rng) -> Inputs:
    """8 of 10 words have a letter, four of them one that is neither small nor a capital."""
    a, b = some_of(rng, 2)
    return {"text": f"The 猫 {rng.integers(99)} of שלום the ありがとう {a} 7: 水 {b}.", "least": 4}


@broken_rules.case
def letters_behind_something_else(rng: Rng) -> Inputs:
    """8 of 10 words have a letter; in three of them something else stands before it."""
    a, b = some_of(rng, 2)
    return {"text": f"The 2nd {rng.integers(99)} of (see 7x the {a} 12: {b}.", "least": 4}


@broken_rules.case
def seven_of_nine(rng: Rng) -> Inputs:
    """7 of 9 words have a letter: 78% are too few."""
    a, b, c = some_of(rng, 3)
    return {"text": f"The {a} {rng.integers(99)} of the {b} 12: and {c}.", "least": 4}


@broken_rules.case
def other_line_breaks(rng: Rng) -> Inputs:
    """One of nine lines ends like a sentence; the breaks are of two other sorts."""
    lines = [line.rstrip(".") for line in _prose(rng, 8)]
    text = "\r".join(lines[:4]) + "\u2028" + "\r".join([*lines[4:], *_prose(rng, 1)])
    return {"text": text, "least": 20}


@broken_rules.case
def lines_without_an_end(rng: Rng) -> Inputs:
    """One of nine lines ends like a sentence: 11% are too few."""
    lines = [line.rstrip(".") for line in _prose(rng, 8)]
    return {"text": "\n".join([*lines, *_prose(rng, 1)]), "least": 20}


@broken_rules.case
def enough_lines_with_an_end(rng: Rng) -> Inputs:
    """One of eight lines ends like a sentence, with white space behind it: 12.5% will do."""
    lines = [line.rstrip(".") for line in _prose(rng, 7)]
    return {"text": "\n".join([*lines, f"{_prose(rng, 1)[0]}\t\u00a0"]), "least": 20}


@broken_rules.case
def blank_lines(rng: Rng) -> Inputs:
    """One of five lines ends like a sentence; between them stand blank ones, which do not count."""
    lines = [line.rstrip(".") for line in _prose(rng, 4)]
    return {"text": "\n \n\n".join([*lines, *_prose(rng, 1)]), "least": 20}


@broken_rules.case
def three_of_twenty_five(rng: Rng) -> Inputs:
    """Three of 25 lines end like a sentence: exactly 12%, and that breaks the rule."""
    lines = [line.rstrip(".") for line in _prose(rng, 22)]
    return {"text": "\n".join([*_prose(rng, 3), *lines]), "least": 20}


@broken_rules.case
def all_ends(rng: Rng) -> Inputs:
    """Four lines that end with a question, a cry, and two sorts of quotation marks."""
    a, b, c, d = some_of(rng, 4)
    lines = [f"Of the {a}?", f"To the {b}!", f'"With {c}"', f"“That {d}”"]
    return {"text": "\n".join(lines), "least": 6}


@broken_rules.case
def a_colon_is_no_end(rng: Rng) -> Inputs:
    """Three lines that end with a colon, a comma and a dash."""
    a, b, c = some_of(rng, 3)
    return {"text": f"Of the {a}:\nto the {b},\nand with the {c} –", "least": 6}


@broken_rules.case
def an_empty_text(rng: Rng) -> Inputs:
    """Nothing at all: 0 is not fewer than 80% of 0, but at most 12% of 0."""
    return {"text": "", "least": int(rng.integers(1, 30))}


@broken_rules.case
def nothing_is_needed(rng: Rng) -> Inputs:
    """A word alone, and no word is needed: it is not short."""
    return {"text": sentence(some_of(rng, 1)), "least": 0}


@broken_rules.case
def one_long_line(rng: Rng) -> Inputs:
    """Hundreds of words in one line."""
    return {"text": " ".join(_prose(rng, 40)), "least": int(rng.integers(200, 400))}
