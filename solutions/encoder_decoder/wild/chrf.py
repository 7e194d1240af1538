"""Wrong answers to `chrf` in other words, with the hint due."""

from solutions.encoder_decoder.reference import (
    clipped_matches,
)


def chrf__keeps_spaces(translation, reference):
    """Counts spaces as letters.

    Hint: with_spaces
    """
    return _chrf(list(translation), list(reference))


def chrf__of_words(translation, reference):
    """Counts runs of words.

    Hint: words
    """
    return _chrf(translation.split(), reference.split())


def chrf__f1(translation, reference):
    """Takes the harmonic mean.

    Hint: balanced
    """
    return _chrf(*map(_letters, (translation, reference)), beta=1)


def chrf__f_half(translation, reference):
    """Weighs precision twice.

    Hint: precision_twice
    """
    return _chrf(*map(_letters, (translation, reference)), beta=0.5)


def chrf__four_lengths(translation, reference):
    """Stops at runs of four.

    Hint: up_to_four
    """
    return _chrf(*map(_letters, (translation, reference)), most=4)


def chrf__all_runs_together(translation, reference):
    """Adds up the matches of all lengths before it divides.

    Hint: none
    """
    said, wanted = map(_letters, (translation, reference))
    pairs = [clipped_matches(said, wanted, n) for n in range(1, 7)]
    right = sum(r for r, _ in pairs)
    if not right:
        return 0.0
    p = right / sum(e for _, e in pairs)
    r = right / sum(max(0, len(wanted) - n + 1) for n in range(1, 7))
    return 100 * 5 * p * r / (4 * p + r)


def _letters(text):
    return list(text.replace(" ", ""))


def _chrf(said, wanted, beta=2.0, most=6):
    shares = []
    for n in range(1, most + 1):
        a, b = len(said) - n + 1, len(wanted) - n + 1
        if a > 0 and b > 0:
            right, _ = clipped_matches(said, wanted, n)
            shares.append((right / a, right / b))
    if not shares:
        return 0.0
    p, r = (sum(column) / len(shares) for column in zip(*shares))
    return 100 * (1 + beta**2) * p * r / (beta**2 * p + r) if p + r else 0.0


def chrf__mean_of_f(translation, reference):
    """Makes an F of each n, and takes their mean.

    Hint: none
    """
    said, wanted = map(_letters, (translation, reference))
    scores = []
    for n in range(1, 7):
        matches, count = clipped_matches(said, wanted, n)
        others = len(wanted) - n + 1
        if count > 0 and others > 0:
            p, r = matches / count, matches / others
            scores.append(500 * p * r / (4 * p + r) if matches else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def chrf__small_letters(translation, reference):
    """Takes capitals for small letters.

    Hint: none
    """
    return _chrf(*(_letters(text.lower()) for text in (translation, reference)))


def chrf__letters_alone(translation, reference):
    """Leaves out marks as well as spaces.

    Hint: none
    """
    return _chrf(*([one for one in text if one.isalnum()] for text in (translation, reference)))
