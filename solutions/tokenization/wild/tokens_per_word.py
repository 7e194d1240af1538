"""Wrong answers to `tokens_per_word` in other words, with the hint due."""

from itertools import chain

import numpy as np


def tokens_per_word__nothing_divided(tokenized):
    """Divides by zero for no words.

    Hint: divides_by_zero
    """
    total = 0
    for tokens in tokenized:
        total += len(tokens)
    return total / len(tokenized)


def tokens_per_word__upside_down(tokenized):
    """Divides words by tokens.

    Hint: words_per_token
    """
    n = sum(map(len, tokenized))
    return len(tokenized) / n if n else 0.0


def tokens_per_word__different_tokens(tokenized):
    """Counts different tokens only.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return len(set(chain.from_iterable(tokenized))) / len(tokenized)


def tokens_per_word__characters(tokenized):
    """Counts characters instead of tokens.

    Hint: characters
    """
    if not tokenized:
        return 0.0
    return sum(len("".join(tokens)) for tokens in tokenized) / len(tokenized)


def tokens_per_word__rounded(tokenized):
    """Rounds to two digits.

    Hint: none
    """
    return round(sum(len(t) for t in tokenized) / len(tokenized), 2) if tokenized else 0.0


def tokens_per_word__middle(tokenized):
    """Takes the median instead of the mean.

    Hint: median
    """
    import statistics

    return float(statistics.median(len(t) for t in tokenized)) if tokenized else 0.0


def tokens_per_word__whole_number(tokenized):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return sum(len(t) for t in tokenized) // len(tokenized) if tokenized else 0.0


def tokens_per_word__split_words_only(tokenized):
    """Averages over the words that were cut, and leaves the whole ones out.

    Hint: only_split_words
    """
    cut = [t for t in tokenized if len(t) > 1]
    return sum(len(t) for t in cut) / len(cut) if cut else 0.0


def tokens_per_word__no_empty_words(tokenized):
    """Does not count words that have no token.

    Hint: without_empty_words
    """
    full = [t for t in tokenized if t]
    return sum(len(t) for t in full) / len(full) if full else 0.0


def tokens_per_word__continuations(tokenized):
    """Counts the tokens with ## only.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return sum(t.startswith("##") for tokens in tokenized for t in tokens) / len(tokenized)


def tokens_per_word__without_continuations(tokenized):
    """Does not count tokens that continue a word.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return sum(not t.startswith("##") for word in tokenized for t in word) / len(tokenized)


def tokens_per_word__total(tokenized):
    """Counts all the tokens and does not divide.

    Hint: total
    """
    return float(sum(len(t) for t in tokenized))


def tokens_per_word__first_word(tokenized):
    """Looks at the first word only.

    Hint: none
    """
    return float(len(tokenized[0])) if tokenized else 0.0


def tokens_per_word__sample(tokenized):
    """Divides by one less than the number of words.

    Hint: none
    """
    if len(tokenized) < 2:
        return 0.0
    return sum(len(t) for t in tokenized) / (len(tokenized) - 1)


def tokens_per_word__most(tokenized):
    """Takes the largest number of tokens instead of the mean.

    Hint: none
    """
    return float(max((len(t) for t in tokenized), default=0))


def tokens_per_word__mean_of_means(tokenized):
    """Averages two at a time, so that the last word weighs one half.

    Hint: none
    """
    average = None
    for tokens in tokenized:
        average = len(tokens) if average is None else (average + len(tokens)) / 2
    return float(average or 0.0)


def tokens_per_word__different_words(tokenized):
    """Counts a word that comes back only once.

    Hint: different_words
    """
    words = {tuple(t) for t in tokenized}
    return sum(len(w) for w in words) / len(words) if words else 0.0


def tokens_per_word__nan(tokenized):
    """Takes a mean in numpy, which is nan for no words.

    Hint: divides_by_zero
    """
    return float(np.mean([len(t) for t in tokenized]))


def tokens_per_word__letters_of_tokens(tokenized):
    """Gives the mean length of a token.

    Hint: characters
    """
    tokens = [t for word in tokenized for t in word]
    return sum(len(t) for t in tokens) / len(tokens) if tokens else 0.0


def tokens_per_word__unknown_left_out(tokenized):
    """Does not count [UNK] as a token.

    Hint: without_unknown
    """
    if not tokenized:
        return 0.0
    return sum(t != "[UNK]" for word in tokenized for t in word) / len(tokenized)


def tokens_per_word__none(tokenized):
    """Returns nothing for no words.

    Hint: none
    """
    if tokenized:
        return sum(len(t) for t in tokenized) / len(tokenized)
