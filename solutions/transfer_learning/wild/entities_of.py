"""Wrong answers to `entities_of` in other words, with the hint due."""

from solutions.transfer_learning.reference import (
    entities_of,
)


def entities_of__lenient(tags):
    """An I- without a B- begins.

    Hint: i_begins
    """
    out, start, kind = set(), None, None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and t != f"I-{kind}":
            out.add((kind, start, i))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return out


def entities_of__any_i(tags):
    """Any I- goes on.

    Hint: other_kind_goes_on
    """
    out, i = set(), 0
    while i < len(tags):
        if tags[i].startswith("B-"):
            j = i + 1
            while j < len(tags) and tags[j].startswith("I-"):
                j += 1
            out.add((tags[i][2:], i, j))
            i = j
        else:
            i += 1
    return out


def entities_of__inclusive(tags):
    """The end is the last word.

    Hint: end_included
    """
    out = set()
    for i, t in enumerate(tags):
        if t[0] == "B":
            j = i
            while j + 1 < len(tags) and tags[j + 1] == "I" + t[1:]:
                j += 1
            out.add((t[2:], i, j))
    return out


def entities_of__open_end(tags):
    """Closes only at a next tag.

    Hint: last_one_lost
    """
    out, cur = set(), None
    for i, t in enumerate(tags):
        if cur and t == "I-" + cur[0]:
            continue
        if cur:
            out.add((cur[0], cur[1], i))
            cur = None
        if t.startswith("B-"):
            cur = (t[2:], i)
    return out


def entities_of__listed(tags):
    """A list.

    Hint: a_list
    """
    out = []
    for i, t in enumerate(tags):
        if t[0] == "B":
            j = i + 1
            while j < len(tags) and tags[j] == "I" + t[1:]:
                j += 1
            out.append((t[2:], i, j))
    return out


def entities_of__beginnings(tags):
    """Every B- is an entity of one word.

    Hint: single_words
    """
    return {(t[2:], i, i + 1) for i, t in enumerate(tags) if t.startswith("B-")}


def entities_of__start_first(tags):
    """Start, end, kind.

    Hint: none
    """
    return {(start, end, kind) for kind, start, end in entities_of(tags)}


def entities_of__ends_with_the_kind(tags):
    """Goes on while a tag begins with "I" and ends with the kind.

    Hint: none
    """
    out = set()
    for i, t in enumerate(tags):
        if t.startswith("B-"):
            j = i + 1
            while j < len(tags) and tags[j].startswith("I") and tags[j].endswith(t[2:]):
                j += 1
            out.add((t[2:], i, j))
    return out
