"""Sections 10.1 and 10.2, a conversation as text and what of it is an answer: what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sft.exercises.inputs import Cutter, Message, talk

render_chat = Exercise("sft.render_chat", points=1, difficulty=1)
answer_spans = Exercise("sft.answer_spans", points=2, difficulty=2)
response_mask = Exercise("sft.response_mask", points=3, difficulty=3)
MARKS = ("<|endoftext|>", "<|user|>", "<|assistant|>", "<|system|>")
ONE_TURN = ("user", "assistant")
TWO_TURNS = (*ONE_TURN, *ONE_TURN)


# --- render_chat ---------------------------------------------------------------------------------


@render_chat.case
def a_question_and_its_answer(rng: Rng) -> Inputs:
    """One question and its answer."""
    return {"messages": talk(rng, ONE_TURN)}


@render_chat.case
def a_question_that_waits(rng: Rng) -> Inputs:
    """One question, and the model is asked to answer."""
    return {"messages": talk(rng, ["user"], [2]), "ask": True}


@render_chat.case
def two_turns(rng: Rng) -> Inputs:
    """Two questions, both answered; the model is not asked for more."""
    return {"messages": talk(rng, TWO_TURNS), "ask": False}


@render_chat.case
def a_second_question(rng: Rng) -> Inputs:
    """A question, its answer and another question, which the model is asked to answer."""
    return {"messages": talk(rng, (*ONE_TURN, "user")), "ask": True}


@render_chat.case
def asked_again_after_an_answer(rng: Rng) -> Inputs:
    """The answer has been given, and the model is asked for another one."""
    return {"messages": talk(rng, ONE_TURN), "ask": True}


@render_chat.case
def a_system_message(rng: Rng) -> Inputs:
    """A message of the system stands before the question."""
    return {"messages": talk(rng, ("system", *ONE_TURN))}


@render_chat.case
def another_role(rng: Rng) -> Inputs:
    """A tool speaks between the question and the answer."""
    return {"messages": talk(rng, ("user", "tool", "assistant")), "ask": False}


@render_chat.case
def spaces_and_lines(rng: Rng) -> Inputs:
    """Contents with white space at both ends, and with an empty line inside."""
    messages = talk(rng, ONE_TURN)
    messages[0]["content"] = f" {messages[0]['content']}\n\nTell me. "
    messages[1]["content"] = f"\n{messages[1]['content']}  "
    return {"messages": messages}


@render_chat.case
def nothing_said(rng: Rng) -> Inputs:
    """No message at all, and the model is to begin."""
    return {"messages": [], "ask": True}


@render_chat.case
def an_empty_answer(rng: Rng) -> Inputs:
    """The answer is empty: its end is still marked."""
    messages = talk(rng, ONE_TURN)
    messages[1]["content"] = ""
    return {"messages": messages}


# --- answer_spans --------------------------------------------------------------------------------


@answer_spans.case
def one_answer(rng: Rng) -> Inputs:
    """One question and its answer."""
    return {"messages": talk(rng, ONE_TURN)}


@answer_spans.case
def three_answers(rng: Rng) -> Inputs:
    """Three questions of unequal length and their answers."""
    return {"messages": talk(rng, ONE_TURN * 3, [1, 2, 3, 1, 2, 2])}


@answer_spans.case
def the_answer_repeats_the_question(rng: Rng) -> Inputs:
    """The answer says the question again: looking for its words finds the wrong place."""
    (message,) = talk(rng, ["user"])
    return {"messages": [message, {"role": "assistant", "content": message["content"]}]}


@answer_spans.case
def a_question_is_last(rng: Rng) -> Inputs:
    """The last question has no answer yet."""
    return {"messages": talk(rng, (*ONE_TURN, "user"), [1, 1, 2])}


@answer_spans.case
def no_answer(rng: Rng) -> Inputs:
    """A message of the system and a question: there is no answer."""
    return {"messages": talk(rng, ("system", "user"))}


@answer_spans.case
def the_assistant_begins(rng: Rng) -> Inputs:
    """The assistant speaks first, and again later."""
    return {"messages": talk(rng, ("assistant", *ONE_TURN), [2, 1, 1])}


@answer_spans.case
def the_same_answer_twice(rng: Rng) -> Inputs:
    """Two questions with the same answer: it stands in two places."""
    messages = talk(rng, TWO_TURNS)
    messages[3]["content"] = messages[1]["content"]
    return {"messages": messages}


@answer_spans.case
def white_space_counts(rng: Rng) -> Inputs:
    """Contents with white space at both ends, and with an empty line inside."""
    messages = talk(rng, TWO_TURNS)
    messages[0]["content"] = f" {messages[0]['content']}\n\nTell me. "
    messages[1]["content"] = f"\n{messages[1]['content']}\n\nYes.  "
    return {"messages": messages}


@answer_spans.case
def a_user_types_a_mark(rng: Rng) -> Inputs:
    """A user types the mark of the assistant, and so begins no answer."""
    messages = talk(rng, TWO_TURNS)
    messages[2]["content"] += " <|assistant|> is a mark."
    return {"messages": messages}


@answer_spans.case
def other_roles_before_answers(rng: Rng) -> Inputs:
    """The system and a tool speak before answers: their marks are longer or shorter."""
    return {"messages": talk(rng, ("system", "user", "tool", "assistant", *ONE_TURN))}


@answer_spans.case
def an_answer_of_nothing(rng: Rng) -> Inputs:
    """The second answer is empty: its span holds its end alone."""
    messages = talk(rng, TWO_TURNS)
    messages[3]["content"] = ""
    return {"messages": messages}


@answer_spans.case
def answers_in_a_row(rng: Rng) -> Inputs:
    """The assistant says two messages in a row: these are two spans."""
    return {"messages": talk(rng, ("user", "assistant", "assistant"))}


# --- response_mask -------------------------------------------------------------------------------


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
