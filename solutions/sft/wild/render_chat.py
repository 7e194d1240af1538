"""Wrong answers to `render_chat` in other words, with the hint due."""

import re


def render_chat__lines(messages, ask=False):
    """Puts each message on a line of its own.

    Hint: a_line_each
    """
    parts = []
    for m in messages:
        s = "<|" + m["role"] + "|>" + m["content"]
        if m["role"] == "assistant":
            s += "<|endoftext|>"
        parts.append(s)
    if ask:
        parts.append("<|assistant|>")
    return "<|endoftext|>" + "\n".join(parts)


def render_chat__starts_with_the_role(messages, ask=False):
    """Begins at once with the first message.

    Hint: no_beginning
    """
    text = ""
    for m in messages:
        text += f"<|{m['role']}|>" + m["content"]
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    if ask:
        text += "<|assistant|>"
    return text


def render_chat__every_turn_closed(messages, ask=False):
    """Closes what the user says as well, as ChatML does.

    Hint: all_end
    """
    body = "".join("<|{role}|>{content}<|endoftext|>".format(**m) for m in messages)
    return "<|endoftext|>" + body + ("<|assistant|>" if ask else "")


def render_chat__nothing_closed(messages, ask=False):
    """Never closes an answer.

    Hint: no_end
    """
    body = "".join("<|{role}|>{content}".format(**m) for m in messages)
    return "<|endoftext|>" + body + ("<|assistant|>" if ask else "")


def render_chat__closed_at_the_very_end(messages, ask=False):
    """Closes only the last answer, with one mark at the end of the text.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        text += "<|" + m["role"] + "|>" + m["content"]
    if ask:
        return text + "<|assistant|>"
    if messages and messages[-1]["role"] == "assistant":
        text += "<|endoftext|>"
    return text


def render_chat__tidy(messages, ask=False):
    """Strips the content, as many chat templates do.

    Hint: stripped
    """
    text = "<|endoftext|>"
    for m in messages:
        role, content = m["role"], m["content"].strip()
        text += f"<|{role}|>{content}"
        text += "<|endoftext|>" if role == "assistant" else ""
    return text + ("<|assistant|>" if ask else "")


def render_chat__space_after_the_role(messages, ask=False):
    """Leaves a space between the mark and what is said.

    Hint: a_space
    """
    text = "<|endoftext|>"
    for m in messages:
        text += f"<|{m['role']}|> {m['content']}"
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text + "<|assistant|>" if ask else text


def render_chat__two_roles(messages, ask=False):
    """Knows a user and an assistant, and takes everybody else for the user.

    Hint: two_roles
    """
    text = "<|endoftext|>"
    for m in messages:
        if m["role"] == "assistant":
            text += "<|assistant|>" + m["content"] + "<|endoftext|>"
        else:
            text += "<|user|>" + m["content"]
    if ask:
        text += "<|assistant|>"
    return text


def render_chat__always_asks(messages, ask=True):
    """Puts the mark at the end in any case, since the model is to answer.

    Hint: always_asks
    """
    text = "<|endoftext|>"
    for m in messages:
        text += f"<|{m['role']}|>{m['content']}"
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text + "<|assistant|>"


def render_chat__asks_after_a_user(messages, ask=False):
    """Asks only where the last word was not the assistant's.

    Hint: none
    """
    text = "<|endoftext|>"
    last = None
    for m in messages:
        last = m["role"]
        text += f"<|{last}|>{m['content']}"
        if last == "assistant":
            text += "<|endoftext|>"
    if ask and last != "assistant":
        text += "<|assistant|>"
    return text


def render_chat__ask_forgotten(messages, ask=False):
    """Does nothing with `ask`.

    Hint: never_asks
    """
    turns = ["<|endoftext|>"]
    for m in messages:
        turns.append("<|" + m["role"] + "|>" + m["content"])
        if m["role"] == "assistant":
            turns.append("<|endoftext|>")
    return "".join(turns)


def render_chat__ask_closed(messages, ask=False):
    """Renders an empty answer for `ask`, and closes it.

    Hint: none
    """
    if ask:
        messages = [*messages, {"role": "assistant", "content": ""}]
    text = "<|endoftext|>"
    for m in messages:
        text += f"<|{m['role']}|>{m['content']}"
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text


def render_chat__list_of_parts(messages, ask=False):
    """Returns the parts, and forgets to join them.

    Hint: none
    """
    parts = ["<|endoftext|>"]
    for m in messages:
        parts += [f"<|{m['role']}|>", m["content"]]
        if m["role"] == "assistant":
            parts.append("<|endoftext|>")
    return parts + ["<|assistant|>"] * ask


def render_chat__formatted_again(messages, ask=False):
    """Formats what is said, too.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        text += ("<|{role}|>" + m["content"]).format(role=m["role"])
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text + "<|assistant|>" * ask


def render_chat__percent(messages, ask=False):
    """Formats what is said, in the old way.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        text += ("<|%s|>" + m["content"]) % m["role"]
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text + "<|assistant|>" * ask


def render_chat__formatted_at_the_end(messages, ask=False):
    """Puts a template together, and formats all of it.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        end = "<|endoftext|>" if m["role"] == "assistant" else ""
        turn = "<|{role}|>{content}" + end
        text += turn.replace("{role}", m["role"]).replace("{content}", m["content"])
    return text.format() + ("<|assistant|>" if ask else "")


def render_chat__by_a_pattern(messages, ask=False):
    """Takes what is said for what is put in a pattern's place.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        turn = "<|" + m["role"] + "|>CONTENT" + "<|endoftext|>" * (m["role"] == "assistant")
        text += re.sub("CONTENT", m["content"], turn)
    return text + ("<|assistant|>" if ask else "")


def render_chat__values_in_order(messages, ask=False):
    """Trusts that the role stands first.

    Hint: none
    """
    text = "<|endoftext|>"
    for role, content in (m.values() for m in messages):
        text += f"<|{role}|>{content}"
        if role == "assistant":
            text += "<|endoftext|>"
    return text + ("<|assistant|>" if ask else "")


def render_chat__replaced_again(messages, ask=False):
    """Fills a template in one part after the other: what is said may name the other part.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        turn = "<|{role}|>{content}" + "<|endoftext|>" * (m["role"] == "assistant")
        text += turn.replace("{content}", m["content"]).replace("{role}", m["role"])
    return text + ("<|assistant|>" if ask else "")


def render_chat__the_mark_replaced_again(messages, ask=False):
    """Writes a mark without a name before what is said, and names it then, wherever it stands.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        text += ("<|role|>" + m["content"]).replace("<|role|>", "<|" + m["role"] + "|>")
        if m["role"] == "assistant":
            text += "<|endoftext|>"
    return text + ("<|assistant|>" if ask else "")


def render_chat__words_replaced_again(messages, ask=False):
    """Fills in words in capitals, the content first.

    Hint: none
    """
    text = "<|endoftext|>"
    for m in messages:
        turn = "<|ROLE|>CONTENT".replace("CONTENT", m["content"]).replace("ROLE", m["role"])
        text += turn + "<|endoftext|>" * (m["role"] == "assistant")
    return text + ("<|assistant|>" if ask else "")
