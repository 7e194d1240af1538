"""Wrong answers to `bleu` in other words, with the hint due."""

import math

from solutions.encoder_decoder.reference import (
    brevity_penalty,
    clipped_matches,
)


def bleu__averages_sentences(translations, references):
    """Averages the BLEU of single sentences.

    Hint: none
    """

    def one(said, wanted):
        product = 1.0
        for n in range(1, 5):
            right, every = clipped_matches(said, wanted, n)
            product *= right / every if every else 0.0
        return 100 * product**0.25 * brevity_penalty(len(said), len(wanted))

    scores = [one(*pair) for pair in zip(translations, references)]
    return sum(scores) / len(scores)


def bleu__precisions_averaged(translations, references):
    """Averages the precision of each sentence, for each n.

    Hint: mean_of_sentences
    """
    product = 1.0
    for n in range(1, 5):
        found = [clipped_matches(a, b, n) for a, b in zip(translations, references)]
        product *= sum(right / every for right, every in found if every) / len(found)
    lengths = sum(map(len, translations)), sum(map(len, references))
    return 100 * product**0.25 * brevity_penalty(*lengths)


def _sums(translations, references, sizes=(1, 2, 3, 4)):
    for n in sizes:
        found = [clipped_matches(a, b, n) for a, b in zip(translations, references)]
        yield sum(right for right, _ in found) / max(1, sum(every for _, every in found))


def _lengths(translations, references):
    return sum(len(one) for one in translations), sum(len(one) for one in references)


def bleu__plain_mean(translations, references):
    """Takes the plain mean of the precisions.

    Hint: arithmetic_mean
    """
    mean = sum(_sums(translations, references)) / 4
    return 100 * mean * brevity_penalty(*_lengths(translations, references))


def bleu__unigrams(translations, references):
    """Looks at single words only.

    Hint: only_words
    """
    (share,) = _sums(translations, references, (1,))
    return 100 * share * brevity_penalty(*_lengths(translations, references))


def bleu__forgets_length(translations, references):
    """Has no brevity penalty.

    Hint: no_penalty
    """
    return 100 * math.prod(_sums(translations, references)) ** (1 / 4)


def bleu__between_0_and_1(translations, references):
    """Returns a share.

    Hint: share
    """
    penalty = brevity_penalty(*_lengths(translations, references))
    return penalty * math.prod(_sums(translations, references)) ** 0.25


def bleu__product(translations, references):
    """Forgets the root.

    Hint: not_divided
    """
    penalty = brevity_penalty(*_lengths(translations, references))
    return 100 * penalty * math.prod(_sums(translations, references))


def bleu__lengths_swapped(translations, references):
    """Hands the lengths over in the wrong order.

    Hint: penalty_turned_round
    """
    wanted, said = _lengths(references, translations)[::-1], None
    penalty = brevity_penalty(*_lengths(references, translations))
    return 100 * penalty * math.prod(_sums(translations, references)) ** 0.25


def bleu__small_letters(translations, references):
    """Takes capitals for small letters.

    Hint: none
    """
    small = [
        [[word.lower() for word in one] for one in part] for part in (translations, references)
    ]
    return _bleu(*small)


def bleu__skips_an_order(translations, references):
    """Leaves out an n of which the translations have no runs.

    Hint: none
    """
    longest = max(map(len, translations))
    shares = [*_sums(translations, references, range(1, min(4, longest) + 1))]
    penalty = brevity_penalty(*_lengths(translations, references))
    return 100 * penalty * math.prod(shares) ** (1 / len(shares))


def bleu__short_references_left_out(translations, references):
    """Leaves out the pairs of which one text is shorter than n.

    Hint: none
    """
    product = brevity_penalty(*_lengths(translations, references)) ** 4
    for n in (1, 2, 3, 4):
        long = [pair for pair in zip(translations, references) if min(map(len, pair)) >= n]
        counts = [clipped_matches(*pair, n) for pair in long]
        matches, total = (sum(column) for column in zip(*counts)) if counts else (0, 1)
        product *= matches / total
    return 100 * product**0.25


def bleu__empty_ones_left_out(translations, references):
    """Leaves out sentences that were not translated.

    Hint: none
    """
    return _bleu(*zip(*(pair for pair in zip(translations, references) if pair[0])))


def bleu__one_of_a_kind(translations, references):
    """Keeps the pairs in a dictionary.

    Hint: none
    """
    pairs = {tuple(said): wanted for said, wanted in zip(translations, references)}
    return _bleu([list(said) for said in pairs], list(pairs.values()))


def _bleu(translations, references):
    penalty = brevity_penalty(*_lengths(translations, references))
    return 100 * penalty * math.prod(_sums(translations, references)) ** 0.25
