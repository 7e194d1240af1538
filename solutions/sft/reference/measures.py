"""Sections 10.6 and 10.9: reference answers."""

import math
import re


def obey_rate(obeyed: list[bool]) -> tuple[float, float]:
    """Return the share of instructions that were obeyed, and its standard error.

    With n instructions, of which the share p was obeyed, the standard error is
    √(p (1 - p) / n). The true rate lies within two of them about 19 times in 20. There
    is at least one instruction.

    Returns two floats of Python: the share, between 0 and 1, and the standard error.

    >>> obey_rate([True, True, False, True])
    (0.75, 0.21650635094610965)
    """
    rate = sum(obeyed) / len(obeyed)
    return rate, math.sqrt(rate * (1 - rate) / len(obeyed))


def by_kind(kinds: list[str], obeyed: list[bool]) -> dict[str, tuple[float, float]]:
    """Return of each kind of instruction what `obey_rate` says of it.

    `kinds` and `obeyed` speak of the same instructions, one after the other. The kinds
    of the answer stand in the order in which each of them comes first.

    >>> by_kind(["who", "list", "who"], [True, False, True])
    {'who': (1.0, 0.0), 'list': (0.0, 0.0)}
    """
    groups: dict[str, list[bool]] = {}
    for kind, yes in zip(kinds, obeyed, strict=True):
        groups.setdefault(kind, []).append(yes)
    return {kind: obey_rate(group) for kind, group in groups.items()}


def rate_difference(first: list[bool], second: list[bool]) -> tuple[float, float]:
    """Return by how much the second model obeys more often, and its standard error.

    Both have answered the *same* instructions, in the same order. So compare answer by
    answer: d is 1 where only the second obeyed, -1 where only the first did, and 0
    where they agree. The difference is the mean of d. Its standard error is
    √(variance of d / n), where the variance is the mean of the squares of d less the
    square of its mean.

    >>> rate_difference([True, False, False, True], [True, True, True, True])
    (0.5, 0.25)
    """
    apart = [after - before for before, after in zip(first, second, strict=True)]
    mean = sum(apart) / len(apart)
    variance = sum(d * d for d in apart) / len(apart) - mean**2
    return mean, math.sqrt(variance / len(apart))


def invented(answer: str, story: str, words: list[str]) -> bool:
    """Say whether an answer names one of the `words` that the story never says.

    A word may be several, such as "apple strudel". It counts where it stands as a
    whole, with no letter, digit or underscore directly beside it: "hen" is not in
    "when", but it is in "hen-house". Each word counts for itself: who says "apple
    strudel" says "apple" too. Capitals make no difference, in the answer and in the
    story.

    >>> invented("A hen.", "Mia fed the goat when it rained.", ["goat", "hen"])
    True
    >>> invented("A goat, not when it rained.", "Mia fed the Goat.", ["goat", "hen"])
    False
    """

    def says(text: str, word: str) -> bool:
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        return re.search(pattern, text, re.IGNORECASE) is not None

    return any(says(answer, word) and not says(story, word) for word in words)
