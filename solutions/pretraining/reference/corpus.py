"""Section 9.1: reference answers."""

from gradelib.topics.pretraining.words import ENDS, PUNCTUATION, STOP_WORDS


def broken_rules(text: str, least: int) -> list[str]:
    """Say which rules of a quality filter a text breaks, in the order of this list.

    Words are what `text.split()` gives. Lines are those of `text.splitlines()` that
    are not blank.

    - "short": there are fewer than `least` words.
    - "letters": fewer than 80% of the words have a letter in them (`str.isalpha`).
    - "stop words": fewer than two different ones of `STOP_WORDS` are among the words,
      in lower case and without the signs of `PUNCTUATION` at their ends.
    - "line ends": at most 12% of the lines end with one of `ENDS`, not counting white
      space behind it.

    An empty text has nothing to divide by: compare numbers, not shares.

    Source: Rae and others (2021), appendix A; the last one Penedo and others (2024).

    >>> broken_rules("Home | News | 2 | 3 | the shop", least=5)
    ['letters', 'stop words', 'line ends']
    """
    words, lines = text.split(), [line for line in text.splitlines() if line.strip()]
    known = {word.lower().strip(PUNCTUATION) for word in words} & STOP_WORDS
    with_letters = sum(any(map(str.isalpha, word)) for word in words)
    closed = sum(line.rstrip().endswith(ENDS) for line in lines)
    broken = {
        "short": len(words) < least,
        "letters": with_letters < 0.8 * len(words),
        "stop words": len(known) < 2,
        "line ends": closed <= 0.12 * len(lines),
    }
    return [rule for rule, is_broken in broken.items() if is_broken]


def precision_recall(kept: list[bool], good: list[bool]) -> tuple[float, float]:
    """Return how much of what was kept is good, and how much of the good was kept.

    Both are 1 where there is nothing to be wrong about.
    """
    both = sum(k and g for k, g in zip(kept, good, strict=True))
    precision = both / sum(kept) if any(kept) else 1.0
    recall = both / sum(good) if any(good) else 1.0
    return precision, recall
