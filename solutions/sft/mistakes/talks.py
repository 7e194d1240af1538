"""Sections 10.1 and 10.2: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

render_chat__no_beginning = Edit('text = "<|endoftext|>"', 'text = ""')
"""With what does each text begin that the decoder has read? Yours begins with the first message."""

render_chat__no_end = Edit('text += "<|endoftext|>"', 'text += ""')
"""An answer has no end in your text. Who learns from it learns never to stop."""

render_chat__all_end = Edit('if message["role"] == "assistant":', "if True:")
"""You end every message. Only what the assistant says is ended: that is what the model must write."""

render_chat__user_ends = Edit('== "assistant"', '!= "assistant"')
"""You end what the others say, and not what the assistant says. Which of them does the model write?"""

render_chat__never_asks = Edit(' + "<|assistant|>" * ask', "")
"""Where `ask` is true, the mark of the assistant must stand at the end: else the model may go on with
what the user says."""

render_chat__always_asks = Edit('"<|assistant|>" * ask', '"<|assistant|>"')
"""You open the assistant's turn always. In a chat that is only learned from, nothing is asked."""

render_chat__a_line_each = Edit(
    "f\"<|{message['role']}|>{message['content']}\"",
    "f\"<|{message['role']}|>\\n{message['content']}\\n\"",
)
"""You put line breaks between marks and contents. The format has none, and other tokens are not what
the model was trained on."""

render_chat__a_space = Edit(
    "f\"<|{message['role']}|>{message['content']}\"",
    "f\"<|{message['role']}|> {message['content']}\"",
)
"""A space stands between a mark and its content. The content comes directly after the mark."""

render_chat__stripped = Edit("{message['content']}", "{message['content'].strip()}")
"""You take white space away at the ends of a content. It comes in letter by letter."""

render_chat__no_roles = Edit("<|{message['role']}|>", "")
"""Who says what? The mark of the role is missing before each message."""

render_chat__bare_roles = Edit("<|{message['role']}|>", "{message['role']}: ")
"""The name of a role stands inside <| and |>: only so is it a mark that nobody types by chance."""

render_chat__two_roles = Edit(
    "<|{message['role']}|>", "<|{'assistant' if message['role'] == 'assistant' else 'user'}|>"
)
"""There are other roles than these two, such as that of the system. Each gets its own mark."""

render_chat__begins_each = Edit(
    "text += f\"<|{message['role']}|>", "text += f\"<|endoftext|><|{message['role']}|>",
    'text = "<|endoftext|>"', 'text = ""',
)  # fmt: skip
"""You begin each message with <|endoftext|>. It stands once at the beginning of the text, and behind
each answer."""

answer_spans__with_the_mark = Edit("messages[:place], ask=True", "messages[:place], ask=False")
"""Your span begins before <|assistant|>. This mark is given to the model: it need not learn to
write it."""

answer_spans__without_the_end = Edit(
    "len(render_chat(messages[: place + 1]))",
    'len(render_chat(messages[: place + 1])) - len("<|endoftext|>")',
)
"""Your span ends before <|endoftext|>. So the model never learns to stop. The end belongs to the
answer."""

answer_spans__questions = Edit('== "assistant"', '!= "assistant"')
"""You return where the *others* speak. What is learned is what the assistant says."""

answer_spans__questions__users = Edit('== "assistant"', '== "user"')

answer_spans__everybody = Edit('if message["role"] == "assistant":', "if True:")
"""You return a span for each message. Only what the assistant says is an answer."""

answer_spans__only_the_last = Edit("return spans", "return spans[-1:]")
"""A chat may have several answers, and all of them are learned from. You return the last one."""

answer_spans__only_the_first = Edit("return spans", "return spans[:1]")
"""A chat may have several answers, and all of them are learned from. You return the first one."""

answer_spans__next_turn_too = Edit(
    "len(render_chat(messages[: place + 1]))", "len(render_chat(messages[: place + 2]))"
)
"""Your span goes on over the message that comes after the answer."""

answer_spans__to_the_end = Edit(
    "len(render_chat(messages[: place + 1]))", "len(render_chat(messages))"
)
"""Your span goes on to the end of the chat. An answer ends behind its own <|endoftext|>."""

answer_spans__lengths = Edit(
    "spans.append((start, len(render_chat(messages[: place + 1]))))",
    "spans.append((start, len(render_chat(messages[: place + 1])) - start))",
)
"""The second number of a span is where it ends in the text, and not how long it is."""

answer_spans__looked_for = Edit(
    "start = len(render_chat(messages[:place], ask=True))",
    'start = render_chat(messages).find(message["content"])',
    "spans.append((start, len(render_chat(messages[: place + 1]))))",
    'spans.append((start, start + len(message["content"] + "<|endoftext|>")))',
)
"""You look for the words of the answer, and find where they stand first. An answer may repeat what was
said before. Count where it stands instead."""

answer_spans__contents_only = Edit(
    "spans.append((start, len(render_chat(messages[: place + 1]))))",
    "before = sum(len(one['content']) for one in messages[:place])\n"
    "            spans.append((before, before + len(message['content'])))",
)
"""You count the contents alone. In the text that the model reads, marks stand between them."""

response_mask__in_parts = Edit(
    "ids, places = tokenize(render_chat(messages))",
    """text, ids, places, last = render_chat(messages), [], [], 0
    for cut in [cut for span in spans for cut in span] + [len(render_chat(messages))]:
        some, where = tokenize(text[last:cut])
        ids += some
        places += [(begin + last, stop + last) for begin, stop in where]
        last = cut""",
)
"""You tokenize prompt and answer apart. Pieces are cut in another way where what stands beside them is
missing: the ids are not those that the model will read. Tokenize the whole chat at once."""

response_mask__counted_apart = Edit(
    "any(begin < end and start < stop for start, end in spans) for begin, stop in places",
    "any(len(tokenize(render_chat(messages)[:start])[0]) <= number < "
    "len(tokenize(render_chat(messages)[:end])[0]) for start, end in spans) "
    "for number in range(len(ids))",
)
"""You count how many tokens the text before the answer has by itself. Beside the answer it may be cut in
another way. Each piece says where it stands: compare that with the spans."""

response_mask__whole_pieces = Edit("begin < end and start < stop", "start <= begin and stop <= end")
"""A piece that reaches over the border of an answer is left out. A part of it must be written by the
model, so it belongs to the answer."""

response_mask__begins_inside = Edit("begin < end and start < stop", "start <= begin < end")
"""You take pieces that *begin* inside an answer. One that begins before it and reaches into it belongs
to it too."""

response_mask__ends_inside = Edit("begin < end and start < stop", "start < stop <= end")
"""You take pieces that *end* inside an answer. One that begins in it and reaches beyond belongs to it
too."""

response_mask__touching = Edit("begin < end and start < stop", "begin <= end and start <= stop")
"""A piece that only touches the border of an answer has nothing of it. Look at < and <=."""

response_mask__prompt = Edit("any(begin", "not any(begin")
"""Your mask is True for what is *not* an answer. What the model is to learn is the answer."""

response_mask__by_tokens = Edit(
    "for begin, stop in places", "for begin, stop in zip(range(len(ids)), range(1, len(ids) + 1))"
)
"""You take the spans for numbers of tokens. They are places in the text, as the pieces' are."""

response_mask__everything = Edit(
    "any(begin < end and start < stop for start, end in spans)", "stop > begin"
)
"""All of your mask is True: the question is learned too. Which pieces stand in an answer?"""

response_mask__only_the_last = Edit("for start, end in spans)", "for start, end in spans[-1:])")
"""A chat may have several answers. You mark the last one alone."""

response_mask__waits_for_an_answer = Edit(
    "render_chat(messages)", "render_chat(messages, ask=True)"
)
"""The chat is learned from, and nothing is asked: no <|assistant|> stands at its end."""

response_mask__numbers = Edit("return ids, mask", "return ids, [int(yes) for yes in mask]")
"""Booleans are asked for, and you return numbers."""

render_chat__a_line_each__between = Edit(
    "text += f\"<|{message['role']}|>",
    'text += "\\n" * (message is not messages[0]) + f"<|{message[\'role\']}|>',
    '"<|assistant|>" * ask',
    '("\\n" * (len(messages) > 0) + "<|assistant|>") * ask',
)

answer_spans__last_letter = Edit(
    "len(render_chat(messages[: place + 1]))", "len(render_chat(messages[: place + 1])) - 1"
)
"""The end of a span is the place *behind* its last letter, as in text[start:end]. Yours is that of the
last letter itself."""

answer_spans__looked_for__with_its_end = Edit(
    "start = len(render_chat(messages[:place], ask=True))",
    'start = render_chat(messages).find(message["content"] + "<|endoftext|>")',
    "spans.append((start, len(render_chat(messages[: place + 1]))))",
    'spans.append((start, start + len(message["content"] + "<|endoftext|>")))',
)

answer_spans__looked_for__with_its_mark = Edit(
    "start = len(render_chat(messages[:place], ask=True))",
    'sought = "<|assistant|>" + message["content"] + "<|endoftext|>"\n'
    '            start = render_chat(messages).find(sought) + len("<|assistant|>")',
    "spans.append((start, len(render_chat(messages[: place + 1]))))",
    'spans.append((start, start + len(message["content"] + "<|endoftext|>")))',
)

answer_spans__everybody__behind_their_marks = Edit(
    'if message["role"] == "assistant":', "if True:",
    "len(render_chat(messages[:place], ask=True))",
    "len(render_chat(messages[:place])) + len(f\"<|{message['role']}|>\")",
)  # fmt: skip

response_mask__in_parts__each_message = Edit(
    "ids, places = tokenize(render_chat(messages))",
    """text, ids, places, last = render_chat(messages), [], [], 0
    begins = [len(render_chat(messages[:place])) for place in range(len(messages))]
    marks = [at + len(one["role"]) + 4 for at, one in zip(begins, messages)]
    for cut in [*sorted(begins + marks), len(text)]:
        some, where = tokenize(text[last:cut])
        ids += some
        places += [(begin + last, stop + last) for begin, stop in where]
        last = cut""",
)

answer_spans__equal_message = Edit(
    "enumerate(messages)", "[(messages.index(one), one) for one in messages]"
)
"""Where two messages are the same, you return the place of the first for both. `index` finds the first
that is equal: count the messages instead."""
