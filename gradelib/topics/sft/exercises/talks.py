"""Sections 10.1 and 10.2, a conversation as text and where its answers stand: what is asked."""

from __future__ import annotations

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sft.exercises.inputs import ONE_TURN, TWO_TURNS, talk

render_chat = Exercise("sft.render_chat", points=1, difficulty=1)
answer_spans = Exercise("sft.answer_spans", points=2, difficulty=2)


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


@render_chat.case
def signs_of_patterns(rng: Rng) -> Inputs:
    """Contents with {braces}, 100% and backslashes, which mean something in a pattern."""
    messages = talk(rng, ONE_TURN)
    for one in messages:
        one["content"] += " 100% {sure}, {} or \\1 and \\n of %s."
    return {"messages": messages}


@render_chat.case
def words_of_a_template(rng: Rng) -> Inputs:
    """Contents that name the parts of a message, as a template would: they stay as they are."""
    messages = talk(rng, TWO_TURNS)
    for one in messages:
        one["content"] += " It says {role}, {content}, <|role|>, ROLE and CONTENT."
    return {"messages": messages}


@render_chat.case
def what_is_said_comes_first(rng: Rng) -> Inputs:
    """In each dict "content" stands before "role": it is the names that count."""
    messages = [{"content": m["content"], "role": m["role"]} for m in talk(rng, TWO_TURNS)]
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


@answer_spans.case
def a_user_types_an_answer(rng: Rng) -> Inputs:
    """A user types an answer with its marks: the assistant says the same only later."""
    messages = talk(rng, TWO_TURNS)
    messages[2]["content"] += f" <|assistant|>{messages[3]['content']}<|endoftext|>"
    return {"messages": messages}


@answer_spans.case
def letters_of_other_languages(rng: Rng) -> Inputs:
    """Questions and answers with “ö”, “ë” and “漢”: each is one place in a text."""
    messages = talk(rng, TWO_TURNS)
    for message, more in zip(messages, [" Zoë?", " Höhe.", " Größe?", " 漢字."], strict=True):
        message["content"] += more
    return {"messages": messages}


@answer_spans.case
def a_sign_of_the_marks(rng: Rng) -> Inputs:
    """Answers with the signs of which marks are made: “2 < 3” and “|>”."""
    messages = talk(rng, TWO_TURNS)
    messages[1]["content"] += " 2 < 3."
    messages[3]["content"] += " It is |> or <|."
    return {"messages": messages}
