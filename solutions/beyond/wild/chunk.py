"""Wrong answers to `chunk` in other words, with the hint due."""


def chunk__no_overlap(words, size, overlap):
    """Cuts without any overlap.

    Hint: no_overlap
    """
    if not 0 <= overlap < size:
        raise ValueError(overlap)
    return [words[i : i + size] for i in range(0, len(words), size)]


def chunk__step_is_overlap(words, size, overlap):
    """Goes on by the overlap.

    Hint: steps_of_the_overlap
    """
    if overlap < 0 or overlap >= size:
        raise ValueError(overlap)
    chunks, start = [], 0
    while start < len(words):
        chunks.append(words[start : start + size])
        if start + size >= len(words):
            break
        start += overlap or size
    return chunks


def chunk__tail_of_repeats(words, size, overlap):
    """Keeps a last chunk that has nothing new.

    Hint: tail_again
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    out, i = [], 0
    while i < len(words):
        out.append(words[i : i + size])
        i += size - overlap
    return out


def chunk__full_ones_only(words, size, overlap):
    """Throws the rest away.

    Hint: only_full_ones
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    step = size - overlap
    return [words[i : i + size] for i in range(0, len(words) - size + 1, step)]


def chunk__never_checks(words, size, overlap):
    """Raises nothing of its own.

    Hint: no_error
    """
    step = max(1, size - overlap)
    chunks = []
    for i in range(0, len(words), step):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__overlap_of_size(words, size, overlap):
    """Allows an overlap of the whole size.

    Hint: none
    """
    if overlap < 0 or overlap > size:
        raise ValueError("overlap is too large")
    chunks = []
    step = size - overlap or 1
    for i in range(0, len(words), step):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__negative_allowed(words, size, overlap):
    """Forgets that the overlap may be below 0.

    Hint: negative_overlap
    """
    if overlap >= size:
        raise ValueError("overlap is too large")
    chunks = []
    for i in range(0, len(words), size - overlap):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__zero_not_allowed(words, size, overlap):
    """Takes an overlap of 0 for an error.

    Hint: none
    """
    if overlap <= 0 or overlap >= size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size - overlap):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__overlap_on_top(words, size, overlap):
    """Adds the overlap to the size.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size):
        chunks.append(words[max(0, i - overlap) : i + size])
    return chunks


def chunk__an_empty_one(words, size, overlap):
    """Makes one empty chunk of a text without words.

    Hint: one_empty_chunk
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = [words[:size]]
    end = size
    while end < len(words):
        start = end - overlap
        chunks.append(words[start : start + size])
        end = start + size
    return chunks


def chunk__joined(words, size, overlap):
    """Returns texts, not lists of words.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size - overlap):
        chunks.append(" ".join(words[i : i + size]))
        if i + size >= len(words):
            break
    return chunks


def chunk__short_one_merged(words, size, overlap):
    """Puts what is left at the end into the chunk before.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size - overlap):
        part = words[i : i + size]
        if chunks and len(part) < size:
            chunks[-1] = chunks[-1] + part[overlap:]
            break
        chunks.append(part)
    return chunks


def chunk__full_last(words, size, overlap):
    """Moves the last chunk back until it is full.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks, start = [], 0
    while True:
        if start + size >= len(words):
            last = words[max(0, len(words) - size) :]
            return [*chunks, last] if last else chunks
        chunks.append(words[start : start + size])
        start += size - overlap


def chunk__set_of_seen(words, size, overlap):
    """Takes "a word that none before it has" for a word that was never seen at all.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks, seen = [], set()
    for i in range(0, len(words), size - overlap):
        part = words[i : i + size]
        if set(part) - seen:
            chunks.append(part)
        seen.update(part)
    return chunks


def chunk__other_error(words, size, overlap):
    """Has an assert in place of ValueError.

    Hint: any.another_error
    """
    assert 0 <= overlap < size
    chunks = []
    for i in range(0, len(words), size - overlap):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__short_text_dropped(words, size, overlap):
    """Drops each chunk that is not longer than the overlap, also the first.

    Hint: short_text_lost
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size - overlap):
        part = words[i : i + size]
        if len(part) > overlap:
            chunks.append(part)
    return chunks


def chunk__one_word_more(words, size, overlap):
    """Overlaps by one word too many.

    Hint: one_more_shared
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), max(1, size - overlap - 1)):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__last_word_lost(words, size, overlap):
    """Stops one word early.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    return [words[i : i + size] for i in range(0, len(words) - overlap - 1, size - overlap)]


def chunk__minus_zero(words, size, overlap):
    """Takes the end of the last chunk by `[-overlap:]`, which is all of it where overlap is 0.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError("overlap")
    if not words:
        return []
    chunks, rest = [words[:size]], words[size:]
    while rest:
        new = size - overlap
        chunks.append(chunks[-1][-overlap:] + rest[:new])
        rest = rest[new:]
    return chunks


def chunk__only_equal(words, size, overlap):
    """Thinks of an overlap as large as a chunk, and not of a larger one.

    Hint: none
    """
    if overlap < 0 or overlap == size:
        raise ValueError("overlap")
    chunks = []
    for i in range(0, len(words), size - overlap):
        chunks.append(words[i : i + size])
        if i + size >= len(words):
            break
    return chunks


def chunk__range_raises(words, size, overlap):
    """Leaves it to `range` to complain about a step of 0, which says nothing of one below.

    Hint: none
    """
    if overlap < 0:
        raise ValueError("overlap")
    starts = range(0, len(words), size - overlap)
    chunks = [words[start : start + size] for start in starts]
    return [c for place, c in enumerate(chunks) if place == 0 or len(c) > overlap]


def chunk__none_twice(words, size, overlap):
    """Leaves out a chunk whose words another one has.

    Hint: none
    """
    if not 0 <= overlap < size:
        raise ValueError
    out = []
    for i in range(0, max(len(words) - overlap, min(len(words), 1)), size - overlap):
        if words[i : i + size] not in out:
            out.append(words[i : i + size])
    return out
