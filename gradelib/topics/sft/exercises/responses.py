"""Section 10.2, which tokens belong to an answer: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sft.exercises.inputs import ONE_TURN, TWO_TURNS, Cutter, Message, talk

response_mask = Exercise("sft.response_mask", points=3, difficulty=3)
MARKS = ("<|endoftext|>", "<|user|>", "<|assistant|>", "<|system|>")


@response_mask.drive
def by_a_small_tokenizer(
    answer: Callable[..., Any], messages: list[Message], pieces: list[str]
) -> Any:
    """Hand over a tokenizer that knows some pieces."""
    return answer(messages, Cutter(pieces))


def _cut(messages: list[Message], *more: str) -> Inputs:
    """Return a chat and a tokenizer: of its words, without the marks that `more` may span."""
    words = {word for one in messages for word in one["content"].split()}
    return {"messages": messages, "pieces": [*MARKS, *sorted(words), *more]}


@response_mask.case
def marks_are_pieces(rng: Rng) -> Inputs:
    """One question and its answer; each mark is a piece of its own."""
    return _cut(talk(rng, ONE_TURN))


@response_mask.case
def two_answers(rng: Rng) -> Inputs:
    """Two questions of unequal length, both answered."""
    return _cut(talk(rng, TWO_TURNS, [1, 2, 3, 1]))


@response_mask.case
def a_piece_over_the_border(rng: Rng) -> Inputs:
    """A piece holds the end of <|assistant|> and the beginning of the answer."""
    messages = talk(rng, TWO_TURNS, [2, 1, 1, 2])
    first = messages[1]["content"][:2]
    drawn = _cut(messages, f"|>{first}", f"|>{messages[3]['content'][:3]}")
    kept = [piece for piece in drawn["pieces"] if piece != "<|assistant|>"]
    return {**drawn, "pieces": [*kept, "<|assistant"]}


@response_mask.case
def a_piece_over_the_end(rng: Rng) -> Inputs:
    """Pieces hold the end of an answer and the beginning of what comes after it."""
    messages = talk(rng, (*ONE_TURN, "user"), [1, 1, 2])
    return _cut(messages, "<|endoftext|><|us", ".<|endoftext|>", "er|>")


@response_mask.case
def a_piece_around_an_answer(rng: Rng) -> Inputs:
    """Pieces that begin before a whole answer and end behind it."""
    messages = talk(rng, (*TWO_TURNS, "user"), [1, 1, 2, 1, 1])
    messages[1]["content"], messages[3]["content"] = "", "No."
    drawn = _cut(messages, "|><|endoftext|><|us", "|>No.<|endoftext|><|us", "er|>")
    kept = [piece for piece in drawn["pieces"] if piece != "<|assistant|>"]
    return {**drawn, "pieces": [*kept, "<|assistant"]}


@response_mask.case
def single_characters(rng: Rng) -> Inputs:
    """A tokenizer that has only a few pieces: nearly each character is one."""
    messages = talk(rng, ("system", *ONE_TURN))
    return {"messages": messages, "pieces": ["|>", "<|", "en"]}


@response_mask.case
def the_answer_says_the_question(rng: Rng) -> Inputs:
    """The answer says the question again."""
    (message,) = talk(rng, ["user"])
    return _cut([message, {"role": "assistant", "content": message["content"]}])


@response_mask.case
def nobody_answers(rng: Rng) -> Inputs:
    """A question without an answer: nothing is learned."""
    return _cut(talk(rng, ["user"], [2]))


@response_mask.case
def an_answer_before_a_question(rng: Rng) -> Inputs:
    """The assistant speaks first; the last question waits."""
    return _cut(talk(rng, ("assistant", "user"), [2, 1]))


@response_mask.case
def the_answer_is_empty(rng: Rng) -> Inputs:
    """The answer is empty: its end alone is learned."""
    messages = talk(rng, ONE_TURN)
    messages[1]["content"] = ""
    return _cut(messages)


@response_mask.case
def little_of_an_answer(rng: Rng) -> Inputs:
    """Pieces of which one letter belongs to an answer, at its beginning and at its end."""
    messages = talk(rng, (*TWO_TURNS, "user"), [1, 1, 2, 1, 1])
    first = [f"|>{messages[place]['content'][0]}" for place in (1, 3)]
    drawn = _cut(messages, "<|assistant", "<|endoftext|", "><|user|>", *first)
    kept = [piece for piece in drawn["pieces"] if piece not in MARKS[:3]]
    return {**drawn, "pieces": kept}
