"""Wrong answers to `decode_bpe` in other words, with the hint due."""


def decode_bpe__one_level(ids, merges):
    """Takes a merge apart once, but not the merges inside of it.

    Hint: one_level
    """
    data = []
    for i in ids:
        if i < 256:
            data.append(i)
        else:
            data.extend(merges[i - 256])
    return bytes(data).decode("utf-8", errors="replace")


def decode_bpe__each_token_by_itself(ids, merges):
    """Decodes each token by itself, so that a character in two tokens breaks.

    Hint: token_by_token
    """
    table = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        table[256 + k] = table[a] + table[b]
    return "".join(table[i].decode("utf-8", errors="replace") for i in ids)


def decode_bpe__strict(ids, merges):
    """Raises an error for bytes that are no valid UTF-8.

    Hint: stops_at_bad_bytes
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join([table[i] for i in ids]).decode("utf-8")


def decode_bpe__invalid_left_out(ids, merges):
    """Leaves out bytes that are no valid UTF-8.

    Hint: drops_bad_bytes
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode(errors="ignore")


def decode_bpe__one_off(ids, merges):
    """Looks for id 256 at place 1 of the merges.

    Hint: none
    """

    def spell(i):
        if i < 256:
            return bytes([i])
        a, b = merges[i - 255]
        return spell(a) + spell(b)

    return b"".join(spell(i) for i in ids).decode("utf-8", errors="replace")


def decode_bpe__a_character_each_byte(ids, merges):
    """Takes each byte for a character of its own.

    Hint: bytes_as_letters
    """

    def spell(i):
        if i < 256:
            return chr(i)
        a, b = merges[i - 256]
        return spell(a) + spell(b)

    return "".join(map(spell, ids))


def decode_bpe__bytes(ids, merges):
    """Returns bytes instead of a text.

    Hint: bytes
    """
    out = b""
    for i in ids:
        stack = [i]
        while stack:
            top = stack.pop()
            if top < 256:
                out += bytes([top])
            else:
                a, b = merges[top - 256]
                stack += [b, a]
    return out


def decode_bpe__list_of_texts(ids, merges):
    """Returns a list with a text for each token.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return [table[i].decode("utf-8", errors="replace") for i in ids]


def decode_bpe__merges_left_out(ids, merges):
    """Leaves out all merged tokens.

    Hint: none
    """
    return bytes([i for i in ids if i < 256]).decode("utf-8", errors="replace")


def decode_bpe__not_taken_apart(ids, merges):
    """Gives all the ids to bytes, which stop at 255.

    Hint: none
    """
    return bytes(ids).decode("utf-8", errors="replace")


def decode_bpe__spaces_cut_off(ids, merges):
    """Cuts off white space at both ends.

    Hint: white_space_cut_off
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="replace").strip()


def decode_bpe__second_before_first(ids, merges):
    """Spells the second part before the first.

    Hint: right_before_left
    """
    out, stack = [], list(reversed(ids))
    while stack:
        i = stack.pop()
        if i < 256:
            out.append(i)
        else:
            stack.extend(merges[i - 256])
    return bytes(out).decode("utf-8", errors="replace")


def decode_bpe__sorted_merges(ids, merges):
    """Sorts the merges first, so that ids stand for others.

    Hint: sorted_merges
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in sorted(merges):
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="replace")


def decode_bpe__256_is_a_byte(ids, merges):
    """Takes 256 for a byte.

    Hint: none
    """

    def spell(i):
        if i > 256:
            a, b = merges[i - 256]
            return spell(a) + spell(b)
        return bytes([i])

    return b"".join(spell(i) for i in ids).decode("utf-8", errors="replace")


def decode_bpe__spaces_between(ids, merges):
    """Puts spaces between the tokens.

    Hint: with_spaces
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b" ".join(table[i] for i in ids).decode("utf-8", errors="replace")


def decode_bpe__ascii(ids, merges):
    """Reads the bytes as ASCII.

    Hint: token_by_token
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("ascii", errors="replace")


def decode_bpe__backslashes(ids, merges):
    """Shows invalid bytes as numbers with a backslash.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="backslashreplace")


def decode_bpe__question_marks(ids, merges):
    """Writes a question mark for invalid bytes.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    text = b"".join(table[i] for i in ids).decode("utf-8", errors="replace")
    return text.replace("\ufffd", "?")


def decode_bpe__ids_used_up(ids, merges):
    """Takes merges apart in the list that it was given.

    Hint: none
    """
    i = 0
    while i < len(ids):
        if ids[i] >= 256:
            ids[i : i + 1] = merges[ids[i] - 256]
        else:
            i += 1
    return bytes(ids).decode("utf-8", errors="replace")


def decode_bpe__zero_byte_left_out(ids, merges):
    """Leaves out id 0, as if it were unknown or padding.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids if i).decode("utf-8", errors="replace")


def decode_bpe__utf16(ids, merges):
    """Reads the bytes as UTF-16.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-16", errors="replace")


def decode_bpe__read_like_a_file(ids, merges):
    """Reads the bytes as a text file is read, so that "\\r\\n" becomes "\\n".

    Hint: none
    """
    import io

    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    data = io.BytesIO(b"".join(table[i] for i in ids))
    return io.TextIOWrapper(data, "utf-8", "replace").read()


def decode_bpe__mark_taken_off(ids, merges):
    """Takes a byte order mark off the beginning.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8-sig", "replace")
