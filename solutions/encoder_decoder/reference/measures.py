"""Section 5.6: reference answers."""

import math
from collections import Counter


def ngram_counts(tokens: list[str], n: int) -> dict[tuple[str, ...], int]:
    """Count the n-grams of a sentence: all sequences of `n` tokens in a row.

    Only those that occur are in the result. A sentence of fewer than `n` tokens has
    none.

    >>> ngram_counts(["the", "cat", "the", "cat"], n=2)
    {('the', 'cat'): 2, ('cat', 'the'): 1}
    """
    places = range(len(tokens) - n + 1)
    return dict(Counter(tuple(tokens[place : place + n]) for place in places))


def clipped_matches(
    translation: list[str],
    reference: list[str],
    n: int,
) -> tuple[int, int]:
    """Return how many n-grams of a translation the reference has too, and how many
    there are.

    An n-gram counts at most as often as it occurs in the reference: who says it more
    often gains nothing. The second number counts all n-grams of the translation.

    Source: Papineni et al. (2002), section 2.1.1, who call this the modified precision.

    >>> clipped_matches(["the", "the", "the", "cat"], ["the", "cat", "the"], n=1)
    (3, 4)
    """
    said, wanted = ngram_counts(translation, n), ngram_counts(reference, n)
    matches = sum(min(count, wanted.get(ngram, 0)) for ngram, count in said.items())
    return matches, sum(said.values())


def brevity_penalty(translated: int, wanted: int) -> float:
    """Return the factor by which translations that are too short are marked down.

    Where there are at least as many tokens as in the references it is 1. Else it is e
    to the power of 1 - wanted / translated. For no tokens at all it is 0.

    Source: Papineni et al. (2002), section 2.2.2.

    >>> round(brevity_penalty(translated=8, wanted=10), 4)
    0.7788
    """
    if translated == 0:
        return 0.0
    return math.exp(min(0.0, 1 - wanted / translated))


def bleu(translations: list[list[str]], references: list[list[str]]) -> float:
    """Return BLEU for a whole test set: from 0 to 100, one reference a sentence.

    For each n from 1 to 4 the matches of all sentences are added up, and so are the
    n-grams of all translations: one divided by the other is the precision. BLEU is the
    geometric mean of the four, times `brevity_penalty` of all lengths added up, times
    100. If one of the four has no match, BLEU is 0.

    Source: Papineni et al. (2002), section 2.3.

    >>> text = "the old lamp was in the box".split()
    >>> round(bleu([text], [text]), 1)
    100.0
    """
    logs = 0.0
    for n in (1, 2, 3, 4):
        pairs = zip(translations, references, strict=True)
        counts = [clipped_matches(said, wanted, n) for said, wanted in pairs]
        matches, total = (sum(column) for column in zip(*counts, strict=True))
        if matches == 0:
            return 0.0
        logs += math.log(matches / total) / 4
    lengths = sum(map(len, translations)), sum(map(len, references))
    return 100 * brevity_penalty(*lengths) * math.exp(logs)


def chrf(translation: str, reference: str) -> float:
    """Return chrF of one sentence: how many runs of letters two texts share, 0 to 100.

    Take away all spaces. For each n from 1 to 6, the runs of n characters are counted,
    and matches are clipped as in BLEU. Precision is matches by the runs of the
    translation, recall matches by those of the reference. An n for which one of the two
    texts has no run is left out. Precision and recall are each averaged over n, and
    chrF is 100 times 5 P R / (4 P + R): recall counts twice as much. It is 0 if both
    are 0, or if no n is left.

    Source: Popović (2015), section 2, with β = 2.

    >>> round(chrf("the cat", "the cats"), 2)
    77.57
    """
    precisions, recalls = [], []
    texts = [list(text.replace(" ", "")) for text in (translation, reference)]
    for n in range(1, 7):
        said, wanted = (sum(ngram_counts(text, n).values()) for text in texts)
        if said and wanted:
            matches, _ = clipped_matches(*texts, n)
            precisions.append(matches / said)
            recalls.append(matches / wanted)
    if not precisions:
        return 0.0
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 100 * 5 * p * r / (4 * p + r) if p + r else 0.0
