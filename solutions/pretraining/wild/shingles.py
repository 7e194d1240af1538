"""Wrong answers to `shingles` in other words, with the hint due."""

import re


def shingles__of_characters(text, n):
    """Takes runs of characters.

    Hint: of_letters
    """
    text = " ".join(re.findall(r"\w+", text.lower()))
    return {text[i : i + n] for i in range(max(1, len(text) - n + 1))}


def shingles__split(text, n):
    """Splits at white space, and keeps the commas.

    Hint: signs
    """
    words = text.lower().split()
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__capitals(text, n):
    """Keeps capitals.

    Hint: capitals
    """
    words = re.findall(r"\w+", text)
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__one_short(text, n):
    """Ends one too early.

    Hint: the_last_is_missing
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    out = set()
    for i in range(len(words) - n):
        out.add(" ".join(words[i : i + n]))
    return out


def shingles__tails_too(text, n):
    """Starts at each word, and so the last ones are too short.

    Hint: to_the_end
    """
    words = re.findall(r"\w+", text.lower())
    out = {" ".join(words[i : i + n]) for i in range(len(words))}
    return out or {""}


def shingles__no_short_text(text, n):
    """Has none for a short text.

    Hint: nothing_when_short
    """
    words = re.findall(r"\w+", text.lower())
    return set(map(" ".join, zip(*(words[i:] for i in range(n)))))


def shingles__list(text, n):
    """Returns a list, with those that come twice.

    Hint: a_list
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return [" ".join(words)]
    return [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]


def shingles__side_by_side(text, n):
    """Cuts into pieces that do not overlap.

    Hint: side_by_side
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(0, len(words) - n + 1, n)}


def shingles__tuples(text, n):
    """Leaves the words unjoined.

    Hint: tuples
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {tuple(words)}
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__glued(text, n):
    """Joins without spaces.

    Hint: glued
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {"".join(words)}
    return {"".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__only_ascii(text, n):
    """Finds letters from a to z.

    Hint: none
    """
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__empty_is_empty(text, n):
    """Has no shingle for a text without words.

    Hint: none
    """
    words = re.findall(r"\w+", text.lower())
    if not words:
        return set()
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__all_up_to_n(text, n):
    """Takes the shorter runs too.

    Hint: none
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + k]) for k in range(1, n + 1) for i in range(len(words) - k + 1)}


def shingles__distinct_words_first(text, n):
    """Drops words that came before, and then makes runs.

    Hint: none
    """
    words = list(dict.fromkeys(re.findall(r"\w+", text.lower())))
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__underscores_cut(text, n):
    """Cuts words at underscores too.

    Hint: none
    """
    words = re.findall(r"[^\W_]+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__folded(text, n):
    """Folds the case, which makes two letters of ß.

    Hint: none
    """
    words = re.findall(r"\w+", text.casefold())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def shingles__no_digits(text, n):
    """Takes letters alone.

    Hint: none
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < n:
        return {" ".join(words)}
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}
