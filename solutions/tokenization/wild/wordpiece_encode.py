"""Wrong answers to `wordpiece_encode` in other words, with the hint due."""


def wordpiece_encode__no_signs(word, vocab):
    """Searches for continuing tokens without ##.

    Hint: without_marks
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if word[start:end] in vocab:
                tokens.append(word[start:end])
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__signs_only_in_the_result(word, vocab):
    """Searches without ## and writes it in the result only.

    Hint: without_marks
    """
    tokens, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and word[start:end] not in vocab:
            end -= 1
        if end == start:
            return ["[UNK]"]
        tokens.append(("##" if start else "") + word[start:end])
        start = end
    return tokens


def wordpiece_encode__signs_taken_off(word, vocab):
    """Takes the ## off in the result.

    Hint: hides_the_marks
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            candidate = ("##" if start > 0 else "") + word[start:end]
            if candidate in vocab:
                tokens.append(candidate.removeprefix("##"))
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__shortest(word, vocab):
    """Takes the shortest token that fits.

    Hint: shortest_first
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(start + 1, len(word) + 1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__unknown_rest(word, vocab):
    """Keeps the tokens before the place where nothing fits, and writes [UNK] for the rest.

    Hint: keeps_what_it_had
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            tokens.append("[UNK]")
            break
    return tokens


def wordpiece_encode__unknown_left_off(word, vocab):
    """Stops where nothing fits and returns what it has.

    Hint: keeps_what_it_had
    """
    tokens = []
    rest = word
    while rest:
        for n in range(len(rest), 0, -1):
            piece = rest[:n] if not tokens else "##" + rest[:n]
            if piece in vocab:
                tokens.append(piece)
                rest = rest[n:]
                break
        else:
            break
    return tokens


def wordpiece_encode__unknown_character(word, vocab):
    """Writes [UNK] for the character that does not fit and goes on.

    Hint: one_letter_unknown
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            tokens.append("[UNK]")
            start += 1
    return tokens


def wordpiece_encode__text_for_unknown(word, vocab):
    """Returns the text "[UNK]" instead of a list with it.

    Hint: a_string
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return "[UNK]"
    return tokens


def wordpiece_encode__empty_is_unknown(word, vocab):
    """Takes an empty word for an unknown one.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            break
    return tokens if tokens and start == len(word) else ["[UNK]"]


def wordpiece_encode__takes_back(word, vocab):
    """Takes a choice back where it leads nowhere.

    Hint: goes_back
    """

    def cut(start):
        if start == len(word):
            return []
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                rest = cut(end)
                if rest is not None:
                    return [piece, *rest]
        return None

    found = cut(0)
    return ["[UNK]"] if found is None else found


def wordpiece_encode__no_end(word, vocab):
    """Never leaves the loop where nothing fits.

    Hint: never_ends
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
    return tokens


def wordpiece_encode__lower_case(word, vocab):
    """Turns the word into lower case.

    Hint: small_letters
    """
    word = word.lower()
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__either_spelling(word, vocab):
    """Takes a token without ## in the middle of a word where the one with ## is missing.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            part = word[start:end]
            if start and "##" + part in vocab:
                tokens.append("##" + part)
            elif part in vocab:
                tokens.append(part)
            else:
                continue
            start = end
            break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__never_the_whole(word, vocab):
    """Never tries all that is left, since the range ends one too early.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word) - 1, start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__never_one_character(word, vocab):
    """Never tries a single character, since the range ends one too early.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start + 1, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__alphabet(word, vocab):
    """Takes the first token in the alphabet that fits instead of the longest.

    Hint: shortest_first
    """
    tokens, rest = [], word
    while rest:
        mark = "##" if tokens else ""
        for token in sorted(vocab):
            if token.startswith(mark) and rest.startswith(token[len(mark) :]) and token != mark:
                tokens.append(token)
                rest = rest[len(token) - len(mark) :]
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__signs_counted(word, vocab):
    """Counts the two signs as letters when it moves on.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start += len(piece)
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__all_taken_out(word, vocab):
    """Takes a token out of the word wherever it stands, not only at the beginning.

    Hint: none
    """
    tokens, rest = [], word
    while rest:
        for n in range(len(rest), 0, -1):
            piece = ("##" if tokens else "") + rest[:n]
            if piece in vocab:
                tokens.append(piece)
                rest = rest.replace(rest[:n], "")
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__first_with_signs(word, vocab):
    """Writes ## before the first token as well.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if "##" + word[start:end] in vocab:
                tokens.append("##" + word[start:end])
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__whole_words(word, vocab):
    """Looks for the whole word only.

    Hint: whole_words
    """
    return [word] if word in vocab else ["[UNK]"]


def wordpiece_encode__from_the_end(word, vocab):
    """Takes the longest token at the end of the word first.

    Hint: none
    """
    tokens, end = [], len(word)
    while end > 0:
        for start in range(end):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.insert(0, piece)
                end = start
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__vocabulary_as_a_list(word, vocab):
    """Reads the set by place, as if it were a list.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        best = ""
        for i in range(len(vocab)):
            token = vocab[i]
            if word[start:].startswith(token) and len(token) > len(best):
                best = token
        if not best:
            return ["[UNK]"]
        tokens.append(best)
        start += len(best)
    return tokens


def wordpiece_encode__mark_put_on_the_rest(word, vocab):
    """Puts the mark on the rest of the word, so that a token "#" fits the mark.

    Hint: none
    """
    tokens, rest = [], word
    for _ in range(100):
        if not rest:
            return tokens
        ends = [n for n in range(len(rest), 0, -1) if rest[:n] in vocab]
        if not ends:
            return ["[UNK]"]
        tokens.append(rest[: ends[0]])
        rest = rest[ends[0] :]
        rest = rest and "##" + rest
    return tokens


def wordpiece_encode__signs_taken_out(word, vocab):
    """Takes every "#" out of the tokens that continue, not only the mark.

    Hint: none
    """
    first = {token for token in vocab if not token.startswith("##")}
    inner = {token.replace("#", "") for token in vocab - first}
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            part = word[start:end]
            if part in (inner if start else first):
                tokens.append("##" * (start > 0) + part)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens
