"""Sections 10.1 and 10.2: other right answers. They must pass."""

from collections.abc import Callable

from solutions.sft.reference import answer_spans, render_chat


def render_chat__template(messages: list[dict[str, str]], ask: bool = False) -> str:
    from jinja2 import Template

    template = Template(
        "<|endoftext|>{% for one in messages %}<|{{ one.role }}|>{{ one.content }}"
        "{% if one.role == 'assistant' %}<|endoftext|>{% endif %}{% endfor %}"
        "{% if ask %}<|assistant|>{% endif %}",
        keep_trailing_newline=True,
    )
    return template.render(messages=messages, ask=ask)


def render_chat__joined(messages: list[dict[str, str]], ask: bool = False) -> str:
    end = "<|endoftext|>"
    parts = [
        "<|" + one["role"] + "|>" + one["content"] + (end if one["role"] == "assistant" else "")
        for one in messages
    ]
    return "".join([end, *parts, "<|assistant|>" if ask else ""])


def answer_spans__counted(messages: list[dict[str, str]]) -> list[tuple[int, int]]:
    spans, at = [], len("<|endoftext|>")
    for message in messages:
        at += len(f"<|{message['role']}|>")
        end = at + len(message["content"])
        if message["role"] == "assistant":
            end += len("<|endoftext|>")
            spans.append((at, end))
        at = end
    return spans


def answer_spans__prefixes(messages: list[dict[str, str]]) -> list[tuple[int, int]]:
    ends = [len(render_chat(messages[:count])) for count in range(len(messages) + 1)]
    return [
        (ends[place] + len("<|assistant|>"), ends[place + 1])
        for place, message in enumerate(messages)
        if message["role"] == "assistant"
    ]


def response_mask__characters(
    messages: list[dict[str, str]],
    tokenize: Callable[[str], tuple[list[int], list[tuple[int, int]]]],
) -> tuple[list[int], list[bool]]:
    text = render_chat(messages)
    learned = [False] * len(text)
    for start, end in answer_spans(messages):
        learned[start:end] = [True] * (end - start)
    ids, places = tokenize(text)
    return ids, [True in learned[begin:stop] for begin, stop in places]


def response_mask__ranges(
    messages: list[dict[str, str]],
    tokenize: Callable[[str], tuple[list[int], list[tuple[int, int]]]],
) -> tuple[list[int], list[bool]]:
    ids, places = tokenize(render_chat(messages))
    inside = {at for start, end in answer_spans(messages) for at in range(start, end)}
    return ids, [not inside.isdisjoint(range(*place)) for place in places]
