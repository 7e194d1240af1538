"""Sections 10.1 and 10.2: reference answers."""

from collections.abc import Callable


def render_chat(messages: list[dict[str, str]], ask: bool = False) -> str:
    """Return a conversation as the one text that a decoder reads.

    The text begins with <|endoftext|>. Each message has a "role" and a "content". It
    becomes <|role|>, with the name of its role inside, and directly after that its
    content, letter by letter. What the role "assistant" says ends with <|endoftext|>;
    what others say has no mark at its end. If `ask` is true, <|assistant|> stands at
    the very end, so that what the model writes next is an answer.

    >>> render_chat([{"role": "user", "content": "Who?"}], ask=True)
    '<|endoftext|><|user|>Who?<|assistant|>'
    >>> render_chat([{"role": "assistant", "content": "Mia."}])
    '<|endoftext|><|assistant|>Mia.<|endoftext|>'
    """
    text = "<|endoftext|>"
    for message in messages:
        text += f"<|{message['role']}|>{message['content']}"
        if message["role"] == "assistant":
            text += "<|endoftext|>"
    return text + "<|assistant|>" * ask


def answer_spans(messages: list[dict[str, str]]) -> list[tuple[int, int]]:
    """Return where the assistant's answers stand in what `render_chat` makes of a chat.

    A span is (start, end), as in text[start:end]. It begins behind the mark
    <|assistant|>, which is given to the model and not written by it. It ends behind the
    <|endoftext|> that closes the answer, which the model must write.

    >>> messages = [
    ...     {"role": "user", "content": "Who?"},
    ...     {"role": "assistant", "content": "Mia."},
    ... ]
    >>> answer_spans(messages)
    [(38, 55)]
    >>> render_chat(messages)[38:55]
    'Mia.<|endoftext|>'
    """
    spans = []
    for place, message in enumerate(messages):
        if message["role"] == "assistant":
            start = len(render_chat(messages[:place], ask=True))
            spans.append((start, len(render_chat(messages[: place + 1]))))
    return spans


def response_mask(
    messages: list[dict[str, str]],
    tokenize: Callable[[str], tuple[list[int], list[tuple[int, int]]]],
) -> tuple[list[int], list[bool]]:
    """Return the ids of a conversation, and which of them belong to an answer.

    `tokenize(text)` returns the ids of a text, and for each of them the (start, end) of
    its piece in this text. Where pieces are cut depends on what stands beside them. So
    the whole conversation is tokenized at once, as the model will read it. A piece that
    reaches over the border of an answer belongs to it: a part of it is the model's.

    Returns two lists of the same length: ids, and booleans.

    >>> def letters(text):
    ...     return [ord(c) for c in text], [(i, i + 1) for i in range(len(text))]
    >>> ids, mask = response_mask([{"role": "assistant", "content": "Hm"}], letters)
    >>> "".join(chr(number) for number, yes in zip(ids, mask) if yes)
    'Hm<|endoftext|>'
    """
    spans = answer_spans(messages)
    ids, places = tokenize(render_chat(messages))
    mask = [any(begin < end and start < stop for start, end in spans) for begin, stop in places]
    return ids, mask
