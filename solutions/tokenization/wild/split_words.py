"""Wrong answers to `split_words` in other words, with the hint due."""

import re
import string
from collections import Counter

from gradelib.lab.text import pieces


def split_words__at_spaces(text):
    """Cuts at white space only, so that punctuation sticks to its word.

    Hint: only_white_space
    """
    return text.split()


def split_words__lower_case(text):
    """Turns everything into lower case.

    Hint: small_letters
    """
    return re.findall(r"\w+|[^\w\s]", text.lower())


def split_words__words_only(text):
    """Leaves punctuation out.

    Hint: loses_punctuation
    """
    words = []
    for match in re.finditer(r"\w+", text):
        words.append(match.group())
    return words


def split_words__signs_in_a_run(text):
    """Takes several punctuation marks in a row as one token.

    Hint: marks_in_runs
    """
    return [a or b for a, b in re.findall(r"(\w+)|([^\w\s]+)", text)]


def split_words__english_letters(text):
    """Knows the English letters only, so that others are cut off or lost.

    Hint: only_english_letters
    """
    return re.findall(r"[A-Za-z0-9_]+|[^A-Za-z0-9_\s]", text)


def split_words__spaces_stay(text):
    """Splits at signs and keeps the white space and empty strings between them.

    Hint: keeps_white_space
    """
    return re.split(r"(\W)", text)


def split_words__empty_strings_stay(text):
    """Splits at each single space, so that there are empty strings between two.

    Hint: none
    """
    for sign in ".,;:!?'\"":
        text = text.replace(sign, " " + sign + " ")
    return text.split(" ")


def split_words__list_of_signs(text):
    """Knows a few punctuation marks only; all others stick to the words.

    Hint: none
    """
    for sign in ".,!?;:'":
        text = text.replace(sign, f" {sign} ")
    return text.split()


def split_words__string_punctuation(text):
    """Goes by string.punctuation, which has the underscore and no sign beyond ASCII.

    Hint: none
    """
    out = ""
    for ch in text:
        out += f" {ch} " if ch in string.punctuation else ch
    return out.split()


def split_words__letters_only_in_words(text):
    """Builds words of letters only, so that digits and underscores fall out of them.

    Hint: loses_digits
    """
    tokens, word = [], ""
    for ch in text + " ":
        if ch.isalpha():
            word += ch
        else:
            if word:
                tokens.append(word)
                word = ""
            if not ch.isspace():
                tokens.append(ch)
    return tokens


def split_words__last_word_lost(text):
    """Forgets the word that the text ends with.

    Hint: none
    """
    tokens, word = [], ""
    for ch in text:
        if ch.isalnum() or ch == "_":
            word += ch
            continue
        if word:
            tokens.append(word)
        word = ""
        if not ch.isspace():
            tokens.append(ch)
    return tokens


def split_words__underscore_is_a_sign(text):
    """Takes the underscore for punctuation.

    Hint: loses_digits
    """
    return re.findall(r"[^\W_]+|_|[^\w\s]", text)


def split_words__apostrophe_stays(text):
    """Keeps an apostrophe inside of its word.

    Hint: none
    """
    return re.findall(r"\w+(?:'\w+)*|[^\w\s]", text)


def split_words__characters(text):
    """Cuts into single characters.

    Hint: none
    """
    return [ch for ch in text if not ch.isspace()]


def split_words__each_once(text):
    """Returns each token once.

    Hint: each_once
    """
    return list(dict.fromkeys(re.findall(r"\w+|[^\w\s]", text)))


def split_words__digits_apart(text):
    """Separates digits from letters.

    Hint: loses_digits
    """
    return re.findall(r"[^\W\d]+|\d+|[^\w\s]", text)


def split_words__word_borders(text):
    """Splits at word borders, where several signs and the spaces between them stay together.

    Hint: marks_in_runs
    """
    return [part.strip() for part in re.split(r"\b", text) if part.strip()]


def split_words__pieces(text):
    """Uses pieces, which keeps runs of signs together and has empty strings for white space.

    Hint: marks_in_runs
    """
    return [piece.strip() for piece in pieces(text)]


def split_words__joined(text):
    """Returns one string with spaces instead of a list.

    Hint: none
    """
    return " ".join(re.findall(r"\w+|[^\w\s]", text))


def split_words__iterator(text):
    """Returns an iterator instead of a list.

    Hint: none
    """
    return (m.group() for m in re.finditer(r"\w+|[^\w\s]", text))


def split_words__counted(text):
    """Returns counts instead of the tokens.

    Hint: none
    """
    return Counter(re.findall(r"\w+|[^\w\s]", text))


def split_words__hyphen_in_words(text):
    """Takes a hyphen for a part of the word.

    Hint: none
    """
    return re.findall(r"[\w-]+|[^\w\s]", text)


def split_words__white_space_of_ascii(text):
    """Knows only the white space of ASCII, so that a no-break space is a token.

    Hint: none
    """
    return [t for t in re.split(r"(\W)", text) if t and t not in string.whitespace]


def split_words__normalised(text):
    """Normalises the text, so that one sign becomes three.

    Hint: none
    """
    import unicodedata

    return re.findall(r"\w+|[^\w\s]", unicodedata.normalize("NFKC", text))
