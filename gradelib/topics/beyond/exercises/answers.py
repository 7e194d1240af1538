"""Section 12.7, answer from what was found: what is asked."""

from __future__ import annotations

import torch

from gradelib.checking.exercise import Exercise, Inputs, Rng

build_prompt = Exercise("beyond.build_prompt", points=2, difficulty=2)
abstain = Exercise("beyond.abstain", points=2, difficulty=2)

PLACES = [
    "the",
    "lamp",
    "in",
    "the",
    "tower",
    "is",
    "lit",
    "by",
    "a",
    "boy",
    "who",
    "walks",
    "up",
    "at",
    "noon",
    "with",
    "oil",
]
INSTRUCTIONS = ("Answer from the passages.", "Use only what is written here. Be brief.")


# --- build_prompt --------------------------------------------------------------------------------


def _passages(rng: Rng, lengths: list[int]) -> list[str]:
    return [" ".join(PLACES[place] for place in rng.integers(0, 16, count)) for count in lengths]


def _prompt(rng: Rng, lengths: list[int], limit: int) -> Inputs:
    return {
        "instruction": INSTRUCTIONS[int(rng.integers(2))],
        "question": f"Who lit lamp {rng.integers(100)}?",
        "passages": _passages(rng, lengths),
        "limit": limit,
    }


@build_prompt.case
def three_that_fit(rng: Rng) -> Inputs:
    """Three passages, and room for all of them."""
    return _prompt(rng, [6, 4, 9], 40)


@build_prompt.case
def just_enough_room(rng: Rng) -> Inputs:
    """Three passages that have just as many words as there is room for."""
    return _prompt(rng, [7, 5, 8], 20)


@build_prompt.case
def one_word_too_many(rng: Rng) -> Inputs:
    """The last of three passages is one word too long."""
    return _prompt(rng, [7, 5, 8], 19)


@build_prompt.case
def a_short_one_behind(rng: Rng) -> Inputs:
    """The second passage does not fit. The third would, but the second has ended it."""
    return _prompt(rng, [6, 30, 2], 15)


@build_prompt.case
def the_first_is_too_long(rng: Rng) -> Inputs:
    """The first passage is longer than the room: none is taken."""
    return _prompt(rng, [25, 3], 10)


@build_prompt.case
def no_passages(rng: Rng) -> Inputs:
    """Nothing was found."""
    return _prompt(rng, [], 50)


@build_prompt.case
def many(rng: Rng) -> Inputs:
    """Thirteen short passages, and room for eleven: the numbers have two digits."""
    return _prompt(rng, [1] * 13, 11)


@build_prompt.case
def few_of_many(rng: Rng) -> Inputs:
    """Twelve passages of two words, and room for nine words: four passages."""
    return _prompt(rng, [2] * 12, 9)


@build_prompt.case
def several_blanks(rng: Rng) -> Inputs:
    """Passages with two blanks between some words: these are kept, and they are no words."""
    drawn = _prompt(rng, [5, 4], 12)
    return {**drawn, "passages": [text.replace(" ", "  ", 2) for text in drawn["passages"]]}


@build_prompt.case
def the_same_passage_twice(rng: Rng) -> Inputs:
    """The same passage was found twice, and there is room for both."""
    drawn = _prompt(rng, [5, 3], 20)
    first, other = drawn["passages"]
    return {**drawn, "passages": [first, other, first]}


@build_prompt.case
def signs_in_passages(rng: Rng) -> Inputs:
    """Passages and question with {braces}, 100% and backslashes: they stay as they are."""
    drawn = _prompt(rng, [5, 4], 30)
    signs = [" at 100% of {lamp}", " by %s or {} and \\1"]
    passages = [text + more for text, more in zip(drawn["passages"], signs, strict=True)]
    return {**drawn, "passages": passages, "question": "Who has {oil}, and 50%?"}


@build_prompt.case
def words_of_a_template(rng: Rng) -> Inputs:
    """All three name the parts of a prompt, as a template would: they stay as they are."""
    drawn = _prompt(rng, [5, 4], 30)
    more = " {instruction}, {passages}, {question}, %s and {}"
    return {
        "instruction": drawn["instruction"] + more,
        "question": drawn["question"] + more,
        "passages": [text + more for text in drawn["passages"]],
        "limit": 30,
    }


@build_prompt.case
def blanks_around_instruction_and_question(rng: Rng) -> Inputs:
    """Instruction and question with blanks at both ends: these are kept."""
    drawn = _prompt(rng, [3, 5], 9)
    kept = {name: f"  {drawn[name]} " for name in ("instruction", "question")}
    return {**drawn, **kept}


@build_prompt.case
def blanks_at_the_ends(rng: Rng) -> Inputs:
    """Passages with blanks at their ends: these are kept."""
    drawn = _prompt(rng, [4, 6, 3], 20)
    ends = [("", "  "), (" ", ""), ("  ", " ")]
    passages = [f"{a}{text}{b}" for text, (a, b) in zip(drawn["passages"], ends, strict=True)]
    return {**drawn, "passages": passages}


@build_prompt.case
def signs_beside_words(rng: Rng) -> Inputs:
    """“half-lit” and “boy's” are one word each, since no white space stands in them."""
    drawn = _prompt(rng, [3, 4, 2], 14)
    passages = [f"half-lit {text} boy's" for text in drawn["passages"]]
    return {**drawn, "passages": passages, "limit": 17}


# --- abstain -------------------------------------------------------------------------------------


def _searches(rng: Rng, count: int, threshold: float) -> Inputs:
    """Return scores in sixteenths, which are exact, and whether answers would be right."""
    scores = torch.from_numpy(rng.integers(0, 17, count)).float() / 16
    sure = torch.from_numpy(rng.random(count)).float()
    return {"scores": scores, "right": sure < 0.2 + 0.6 * scores, "threshold": threshold}


@abstain.case
def some_questions(rng: Rng) -> Inputs:
    """Fourteen questions, and about half of the scores are high enough."""
    return _searches(rng, 14, 0.53)


@abstain.case
def just_at_the_threshold(rng: Rng) -> Inputs:
    """Eleven questions; three have just the threshold as score: these are answered."""
    drawn = _searches(rng, 11, 0.5)
    drawn["scores"][[2, 5, 9]] = 0.5
    return drawn


@abstain.case
def all_are_answered(rng: Rng) -> Inputs:
    """Nine questions and a threshold below all scores."""
    return _searches(rng, 9, -0.1)


@abstain.case
def none_is_answered(rng: Rng) -> Inputs:
    """Seven questions and a threshold above all scores."""
    return _searches(rng, 7, 1.5)


@abstain.case
def only_right_ones(rng: Rng) -> Inputs:
    """Ten questions; those that are answered are right, and some that are not would be too."""
    drawn = _searches(rng, 10, 0.7)
    drawn["scores"][[1, 6]] = torch.tensor([0.875, 0.25])
    drawn["right"] = (drawn["scores"] >= 0.7) | (drawn["scores"] < 0.3)
    return drawn


@abstain.case
def none_of_them_is_right(rng: Rng) -> Inputs:
    """Eight questions; those that are answered are wrong, and others would be right."""
    drawn = _searches(rng, 8, 0.5)
    drawn["scores"][[1, 4, 6]] = torch.tensor([0.75, 0.25, 0.9375])
    return {**drawn, "right": drawn["scores"] < 0.5}


@abstain.case
def hardly_below_the_threshold(rng: Rng) -> Inputs:
    """Nine questions; four scores are 0.000004 below the threshold: these are not answered."""
    drawn = _searches(rng, 9, 0.5)
    drawn["scores"][[1, 3, 4, 7]] = 0.5 - 2.0**-18
    return drawn


@abstain.case
def negative_scores(rng: Rng) -> Inputs:
    """Twelve log-probabilities as scores: all are below 0."""
    drawn = _searches(rng, 12, -1.5)
    scores = 4 * drawn["scores"] - 4.125
    scores[[1, 6, 10]] = torch.tensor([-0.75, -1.25, -3.5])
    return {**drawn, "scores": scores}


@abstain.case
def one_question(rng: Rng) -> Inputs:
    """One question, which is answered."""
    return {"scores": torch.tensor([0.75]), "right": torch.tensor([True]), "threshold": 0.25}
