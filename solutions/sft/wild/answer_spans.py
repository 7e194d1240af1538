"""Wrong answers to `answer_spans` in other words, with the hint due."""

import re

from solutions.sft.reference import render_chat


def answer_spans__end_not_learned(messages):
    """Ends with the last letter of the answer.

    Hint: without_the_end
    """
    spans = []
    at = len("<|endoftext|>")
    for m in messages:
        at += len("<|" + m["role"] + "|>")
        end = at + len(m["content"])
        if m["role"] == "assistant":
            spans.append((at, end))
            end += len("<|endoftext|>")
        at = end
    return spans


def answer_spans__mark_learned(messages):
    """Lets the answer begin at its mark.

    Hint: with_the_mark
    """
    text = "<|endoftext|>"
    out = []
    for m in messages:
        piece = f"<|{m['role']}|>{m['content']}"
        if m["role"] == "assistant":
            piece += "<|endoftext|>"
            out.append((len(text), len(text) + len(piece)))
        text += piece
    return out


def answer_spans__find_the_content(messages):
    """Looks for the answer's words, and takes the first place where they stand.

    Hint: looked_for
    """
    text = render_chat(messages)
    spans = []
    for m in messages:
        if m["role"] == "assistant":
            answer = m["content"] + "<|endoftext|>"
            start = text.find(answer)
            spans.append((start, start + len(answer)))
    return spans


def answer_spans__find_the_content_with_its_mark(messages):
    """Looks for the answer with its mark: an answer given twice is found twice in one place.

    Hint: looked_for
    """
    text = render_chat(messages)
    spans = []
    for m in messages:
        if m["role"] == "assistant":
            answer = m["content"] + "<|endoftext|>"
            start = text.index("<|assistant|>" + answer) + len("<|assistant|>")
            spans.append((start, start + len(answer)))
    return spans


def answer_spans__regex(messages):
    """Searches with a dot, which takes no line break.

    Hint: none
    """
    text = render_chat(messages)
    pattern = r"<\|assistant\|>(.*?<\|endoftext\|>)"
    return [m.span(1) for m in re.finditer(pattern, text)]


def answer_spans__marks_in_the_text(messages):
    """Searches for the marks in the text, and falls for a user who types one.

    Hint: none
    """
    text = render_chat(messages)
    pattern = r"<\|assistant\|>(.*?<\|endoftext\|>)"
    return [m.span(1) for m in re.finditer(pattern, text, re.DOTALL)]


def answer_spans__greedy(messages):
    """Searches greedily: from the first mark to the last end.

    Hint: none
    """
    text = render_chat(messages)
    found = re.search(r"<\|assistant\|>(.*<\|endoftext\|>)", text, re.DOTALL)
    return [found.span(1)] if found else []


def answer_spans__last_answer(messages):
    """Takes the last answer alone.

    Hint: none
    """
    text = render_chat(messages)
    start = text.rfind("<|assistant|>")
    if start < 0:
        return []
    return [(start + len("<|assistant|>"), len(text))]


def answer_spans__up_to_the_end(messages):
    """Lets each answer reach to the end of the whole text.

    Hint: to_the_end
    """
    n = len(render_chat(messages))
    return [
        (len(render_chat(messages[:i]) + "<|assistant|>"), n)
        for i, m in enumerate(messages)
        if m["role"] == "assistant"
    ]


def answer_spans__length(messages):
    """Returns where it begins, and how long it is.

    Hint: lengths
    """
    spans = []
    for i, m in enumerate(messages):
        if m["role"] == "assistant":
            start = len(render_chat(messages[:i])) + len("<|assistant|>")
            spans.append((start, len(m["content"] + "<|endoftext|>")))
    return spans


def answer_spans__inclusive(messages):
    """The end is the last letter that belongs to it.

    Hint: last_letter
    """
    spans = []
    for i, m in enumerate(messages):
        if m["role"] == "assistant":
            start = len(render_chat(messages[:i])) + len("<|assistant|>")
            spans.append((start, len(render_chat(messages[: i + 1])) - 1))
    return spans


def answer_spans__beginning_forgotten(messages):
    """Adds lengths up, without the mark that begins the text.

    Hint: none
    """
    spans, at = [], 0
    for m in messages:
        at += len(m["role"]) + 4
        length = len(m["content"])
        if m["role"] == "assistant":
            length += 13
            spans.append((at, at + length))
        at += length
    return spans


def answer_spans__every_role(messages):
    """Returns the span of each message.

    Hint: everybody
    """
    spans = []
    for i, m in enumerate(messages):
        start = len(render_chat(messages[:i])) + len(m["role"]) + 4
        spans.append((start, len(render_chat(messages[: i + 1]))))
    return spans


def answer_spans__even_places(messages):
    """Takes every second message for the assistant's.

    Hint: none
    """
    spans = []
    for i in range(1, len(messages), 2):
        start = len(render_chat(messages[:i], ask=True))
        spans.append((start, len(render_chat(messages[: i + 1]))))
    return spans


def answer_spans__counts_words(messages):
    """Counts words instead of letters.

    Hint: none
    """
    spans = []
    for i, m in enumerate(messages):
        if m["role"] == "assistant":
            start = len(render_chat(messages[:i], ask=True).split())
            spans.append((start, len(render_chat(messages[: i + 1]).split())))
    return spans


def answer_spans__marks_of_users(messages):
    """Adds up the length of <|user|> for everybody who is not the assistant.

    Hint: none
    """
    at, spans = len("<|endoftext|>"), []
    for m in messages:
        if m["role"] == "assistant":
            at += len("<|assistant|>")
            end = at + len(m["content"]) + len("<|endoftext|>")
            spans.append((at, end))
            at = end
        else:
            at += len("<|user|>") + len(m["content"])
    return spans


def answer_spans__tidy(messages):
    """Strips the contents before it counts their letters.

    Hint: none
    """
    at, spans = 13, []
    for m in messages:
        at += len(m["role"]) + 4
        n = len(m["content"].strip())
        if m["role"] == "assistant":
            spans.append((at, at + n + 13))
            n += 13
        at += n
    return spans


def answer_spans__bytes(messages):
    """Counts bytes, as letters beyond ASCII have several.

    Hint: none
    """
    spans, at = [], 13
    for m in messages:
        start = at + len(m["role"]) + 4
        at = start + len(m["content"].encode())
        if m["role"] == "assistant":
            at += 13
            spans.append((start, at))
    return spans


def answer_spans__no_sign_inside(messages):
    """Looks for what stands between the marks, and has none of their signs.

    Hint: none
    """
    found = re.finditer(r"<\|assistant\|>([^<]*<\|endoftext\|>)", render_chat(messages))
    return [m.span(1) for m in found]


def answer_spans__index(messages):
    """Finds the place of a message by `index`: the first that is equal.

    Hint: equal_message
    """
    spans = []
    for m in messages:
        i = messages.index(m)
        if m["role"] == "assistant":
            spans.append(
                (len(render_chat(messages[:i], True)), len(render_chat(messages[: i + 1])))
            )
    return spans
