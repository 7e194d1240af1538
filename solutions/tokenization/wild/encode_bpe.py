"""Wrong answers to `encode_bpe` in other words, with the hint due."""

from gradelib.lab.text import count_words, pieces
from solutions.tokenization.reference import (
    best_pair,
    count_pairs,
    decode_bpe,
    merge_pair,
)


def encode_bpe__whole_text(text, merges):
    """Does not cut into pieces, so that merges reach across words.

    Hint: across_pieces
    """
    ids = tuple(text.encode("utf-8"))
    for k, pair in enumerate(merges):
        ids = merge_pair(ids, pair, 256 + k)
    return list(ids)


def encode_bpe__longest_first(text, merges):
    """Takes the longest token that fits, from left to right, instead of replaying the merges.

    Hint: longest_match
    """
    table = {bytes([i]): i for i in range(256)}
    spelled = [bytes([i]) for i in range(256)]
    for k, (a, b) in enumerate(merges):
        spelled.append(spelled[a] + spelled[b])
        table[spelled[-1]] = 256 + k
    ids = []
    for piece in pieces(text):
        data = piece.encode("utf-8")
        while data:
            n = max(n for n in range(1, len(data) + 1) if data[:n] in table)
            ids.append(table[data[:n]])
            data = data[n:]
    return ids


def encode_bpe__leftmost_pair_first(text, merges):
    """Merges the leftmost pair that is on the list, however late it was learned.

    Hint: leftmost_pair_first
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        ids = list(piece.encode("utf-8"))
        i = 0
        while i < len(ids) - 1:
            if (ids[i], ids[i + 1]) in ranks:
                ids[i : i + 2] = [ranks[ids[i], ids[i + 1]]]
                i = 0
            else:
                i += 1
        out += ids
    return out


def encode_bpe__each_merge_once(text, merges):
    """Applies each merge at its first place only.

    Hint: each_merge_once
    """
    out = []
    for piece in pieces(text):
        ids = list(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            for i in range(len(ids) - 1):
                if (ids[i], ids[i + 1]) == pair:
                    ids[i : i + 2] = [256 + k]
                    break
        out.extend(ids)
    return out


def encode_bpe__characters(text, merges):
    """Begins with the numbers of characters instead of bytes.

    Hint: code_points
    """
    out = []
    for piece in pieces(text):
        ids = tuple(ord(ch) for ch in piece)
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__list_for_each_piece(text, merges):
    """Returns a list of lists, one for each piece.

    Hint: a_list_of_pieces
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode())
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.append(list(ids))
    return out


def encode_bpe__spaces_lost(text, merges):
    """Cuts at white space, which is lost.

    Hint: loses_spaces
    """
    out = []
    for word in text.split():
        ids = tuple(word.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__pieces_stripped(text, merges):
    """Takes the space off each piece.

    Hint: loses_spaces
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.strip().encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__ids_from_257(text, merges):
    """Gives the first merge the id 257.

    Hint: ids_from_257
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=257):
            ids = merge_pair(ids, pair, new_id)
        out.extend(ids)
    return out


def encode_bpe__ids_from_zero(text, merges):
    """Gives the first merge the id 0.

    Hint: ids_from_257
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges):
            ids = merge_pair(ids, pair, new_id)
        out.extend(ids)
    return out


def encode_bpe__last_merge_first(text, merges):
    """Applies the merges from the last to the first.

    Hint: last_merge_first
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k in reversed(range(len(merges))):
            ids = merge_pair(ids, merges[k], 256 + k)
        out.extend(ids)
    return out


def encode_bpe__each_piece_once(text, merges):
    """Goes through the different pieces, so that repetition is lost.

    Hint: each_piece_once
    """
    out = []
    for word in count_words(text):
        for k, pair in enumerate(merges):
            word = merge_pair(word, pair, 256 + k)
        out.extend(word)
    return out


def encode_bpe__frequent_pair_first(text, merges):
    """Counts in the new text and merges the most frequent pair of the list first.

    Hint: none
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        while True:
            counts = {p: n for p, n in count_pairs({ids: 1}).items() if p in ranks}
            if not counts:
                break
            pair = best_pair(counts)
            ids = merge_pair(ids, pair, ranks[pair])
        out.extend(ids)
    return out


def encode_bpe__stops_at_a_missing_pair(text, merges):
    """Stops at the first merge whose pair is not there.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            if pair not in set(zip(ids, ids[1:])):
                break
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__begins_anew_each_time(text, merges):
    """Begins anew with the bytes for each merge, so that only the last one stays.

    Hint: nothing_merged
    """
    out = []
    for piece in pieces(text):
        data = tuple(piece.encode("utf-8"))
        ids = data
        for k, pair in enumerate(merges):
            ids = merge_pair(data, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__nothing_merged(text, merges):
    """Returns the bytes and merges nothing.

    Hint: nothing_merged
    """
    return list(text.encode("utf-8"))


def encode_bpe__result_not_kept(text, merges):
    """Calls merge_pair and does not keep what it returns.

    Hint: nothing_merged
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__latin_letters(text, merges):
    """Encodes as Latin-1, which has no Greek and no emoji.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("latin-1", errors="replace"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__lower_case(text, merges):
    """Turns the text into lower case.

    Hint: none
    """
    out = []
    for piece in pieces(text.lower()):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__last_piece_only(text, merges):
    """Returns the last piece only, since each turn writes over the one before.

    Hint: none
    """
    ids = ()
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
    return list(ids)


def encode_bpe__tuple(text, merges):
    """Returns a tuple instead of a list.

    Hint: none
    """
    out = ()
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__texts(text, merges):
    """Returns the tokens as texts instead of ids.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += [decode_bpe([i], merges) for i in ids]
    return out


def encode_bpe__single_pass(text, merges):
    """Goes over each piece once, from left to right, and never merges what has been merged.

    Hint: last_merge_first
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        data = piece.encode("utf-8")
        i = 0
        while i < len(data):
            pair = tuple(data[i : i + 2])
            if pair in ranks:
                out.append(ranks[pair])
                i += 2
            else:
                out.append(data[i])
                i += 1
    return out


def encode_bpe__composed(text, merges):
    """Normalises the text, so that a letter and its accent become one sign.

    Hint: none
    """
    import unicodedata

    out = []
    for piece in pieces(unicodedata.normalize("NFC", text)):
        ids = tuple(piece.encode())
        for number, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + number)
        out.extend(ids)
    return out
