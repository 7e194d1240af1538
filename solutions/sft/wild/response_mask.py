"""Wrong answers to `response_mask` in other words, with the hint due."""

import torch

from solutions.sft.reference import answer_spans, render_chat


def response_mask__piece_by_piece(messages, tokenize):
    """Tokenizes each message by itself, and puts the ids together.

    Hint: in_parts
    """
    ids, mask = [], []

    def add(text, learned):
        new, _ = tokenize(text)
        ids.extend(new)
        mask.extend([learned] * len(new))

    add("<|endoftext|>", False)
    for m in messages:
        add(f"<|{m['role']}|>", False)
        if m["role"] == "assistant":
            add(m["content"] + "<|endoftext|>", True)
        else:
            add(m["content"], False)
    return ids, mask


def response_mask__prefix_lengths(messages, tokenize):
    """Counts the tokens of what stands before the answer, tokenized by itself.

    Hint: counted_apart
    """
    ids, _ = tokenize(render_chat(messages))
    mask = [False] * len(ids)
    for i, m in enumerate(messages):
        if m["role"] == "assistant":
            a = len(tokenize(render_chat(messages[:i], ask=True))[0])
            b = len(tokenize(render_chat(messages[: i + 1]))[0])
            for j in range(a, min(b, len(ids))):
                mask[j] = True
    return ids, mask


def response_mask__wholly_inside(messages, tokenize):
    """A piece must lie wholly inside the answer.

    Hint: whole_pieces
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [any(s <= a and b <= e for s, e in spans) for a, b in offsets]


def response_mask__where_it_begins(messages, tokenize):
    """A piece belongs to where its first letter stands.

    Hint: begins_inside
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [any(s <= a < e for s, e in spans) for a, b in offsets]


def response_mask__where_it_ends(messages, tokenize):
    """A piece belongs to where its last letter stands.

    Hint: ends_inside
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [any(s < b <= e for s, e in spans) for a, b in offsets]


def response_mask__touching(messages, tokenize):
    """A piece that only touches an answer is counted too.

    Hint: touching
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [any(s <= b and a <= e for s, e in spans) for a, b in offsets]


def response_mask__spans_are_tokens(messages, tokenize):
    """Takes the places of letters for places of tokens.

    Hint: by_tokens
    """
    ids, _ = tokenize(render_chat(messages))
    mask = [False] * len(ids)
    for s, e in answer_spans(messages):
        mask[s:e] = [True] * len(mask[s:e])
    return ids, mask


def response_mask__of_letters(messages, tokenize):
    """Returns a mask of letters, not of tokens.

    Hint: none
    """
    text = render_chat(messages)
    ids, _ = tokenize(text)
    spans = answer_spans(messages)
    return ids, [any(s <= i < e for s, e in spans) for i in range(len(text))]


def response_mask__first_answer(messages, tokenize):
    """Looks at the first answer only.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    if not spans:
        return ids, [False] * len(ids)
    s, e = spans[0]
    return ids, [a < e and b > s for a, b in offsets]


def response_mask__last_answer(messages, tokenize):
    """Overwrites the mask with each answer, so the last one stays.

    Hint: only_the_last
    """
    ids, offsets = tokenize(render_chat(messages))
    mask = [False] * len(ids)
    for s, e in answer_spans(messages):
        mask = [a < e and b > s for a, b in offsets]
    return ids, mask


def response_mask__from_the_first_on(messages, tokenize):
    """Learns everything behind the first mark of the assistant, users too.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    first = spans[0][0] if spans else float("inf")
    return ids, [b > first for a, b in offsets]


def response_mask__not_the_answer(messages, tokenize):
    """True for what is hidden from the loss.

    Hint: prompt
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [not any(a < e and b > s for s, e in spans) for a, b in offsets]


def response_mask__without_the_end(messages, tokenize):
    """Does not learn the end of an answer.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = [(s, e - len("<|endoftext|>")) for s, e in answer_spans(messages)]
    return ids, [any(a < e and b > s for s, e in spans) for a, b in offsets]


def response_mask__asks(messages, tokenize):
    """Renders the conversation with an open question at its end.

    Hint: waits_for_an_answer
    """
    ids, offsets = tokenize(render_chat(messages, ask=True))
    spans = answer_spans(messages)
    return ids, [any(a < e and b > s for s, e in spans) for a, b in offsets]


def response_mask__mask_first(messages, tokenize):
    """Returns the two the other way round.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return [any(a < e and b > s for s, e in spans) for a, b in offsets], ids


def response_mask__ones_and_zeros(messages, tokenize):
    """Gives tensors of whole numbers.

    Hint: any.form
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    mask = [int(any(a < e and b > s for s, e in spans)) for a, b in offsets]
    return torch.tensor(ids), torch.tensor(mask)


def response_mask__zeros(messages, tokenize):
    """Gives lists, with 1 for True.

    Hint: numbers
    """
    ids, offsets = tokenize(render_chat(messages))
    mask = [0] * len(ids)
    for s, e in answer_spans(messages):
        for i, (a, b) in enumerate(offsets):
            if max(a, s) < min(b, e):
                mask[i] = 1
    return ids, mask


def response_mask__only_the_ids_of_the_answer(messages, tokenize):
    """Throws away what is not learned.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    mask = [any(a < e and b > s for s, e in spans) for a, b in offsets]
    return [i for i, m in zip(ids, mask) if m], mask


def response_mask__one_end_inside(messages, tokenize):
    """One end of the piece must lie inside: a piece around the whole answer has none there.

    Hint: none
    """
    ids, offsets = tokenize(render_chat(messages))
    mask = []
    for a, b in offsets:
        inside = False
        for s, e in answer_spans(messages):
            if s <= a < e or s < b <= e:
                inside = True
        mask.append(inside)
    return ids, mask


def response_mask__majority(messages, tokenize):
    """Takes a piece of which at least half belongs to an answer.

    Hint: none
    """
    ids, places = tokenize(render_chat(messages))
    spans = answer_spans(messages)

    def mine(a, b):
        return sum(max(0, min(b, e) - max(a, s)) for s, e in spans) * 2 >= b - a

    return ids, [mine(a, b) for a, b in places]


def response_mask__middle(messages, tokenize):
    """Asks where the middle of a piece stands.

    Hint: none
    """
    ids, places = tokenize(render_chat(messages))
    spans = answer_spans(messages)
    return ids, [any(s <= (a + b) / 2 < e for s, e in spans) for a, b in places]
