"""Wrong answers to `align_labels` in other words, with the hint due."""


def align_labels__all_pieces(words, tags):
    """Every piece gets the tag.

    Hint: on_each_token
    """
    return [-100 if w is None else tags[w] for w in words]


def align_labels__zeros(words, tags):
    """0 where nothing is asked.

    Hint: zero_for_the_rest
    """
    out = []
    for i, w in enumerate(words):
        if w is None or (i and words[i - 1] == w):
            out.append(0)
        else:
            out.append(tags[w])
    return out


def align_labels__iterator(words, tags):
    """Takes the next tag at each new word.

    Hint: one_after_the_other
    """
    it, out, prev = iter(tags), [], None
    for w in words:
        if w is None or w == prev:
            out.append(-100)
        else:
            out.append(next(it))
        prev = w
    return out


def align_labels__falsy_zero(words, tags):
    """Word 0 counts as none.

    Hint: no_word_zero
    """
    out, prev = [], None
    for w in words:
        out.append(tags[w] if w and w != prev else -100)
        prev = w
    return out


def align_labels__last_piece(words, tags):
    """The tag on the last piece.

    Hint: on_the_last
    """
    out = []
    for i, w in enumerate(words):
        nxt = words[i + 1] if i + 1 < len(words) else None
        out.append(tags[w] if w is not None and nxt != w else -100)
    return out


def align_labels__skips(words, tags):
    """Only labels of first pieces.

    Hint: left_out
    """
    out, prev = [], None
    for w in words:
        if w is not None and w != prev:
            out.append(tags[w])
        prev = w
    return out


def align_labels__one_before(words, tags):
    """Compares the first token with the last one.

    Hint: looks_round
    """
    return [
        -100 if word is None or words[place - 1] == word else tags[word]
        for place, word in enumerate(words)
    ]
