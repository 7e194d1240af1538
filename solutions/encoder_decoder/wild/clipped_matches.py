"""Wrong answers to `clipped_matches` in other words, with the hint due."""

from collections import Counter

from solutions.encoder_decoder.reference import (
    ngram_counts,
)


def clipped_matches__every_match(translation, reference, n):
    """Counts every n-gram that the reference has at all.

    Hint: not_clipped
    """
    known = set(zip(*(reference[i:] for i in range(n))))
    said = list(zip(*(translation[i:] for i in range(n))))
    return sum(one in known for one in said), len(said)


def clipped_matches__sets(translation, reference, n):
    """Intersects two sets.

    Hint: kinds
    """
    said = list(zip(*(translation[i:] for i in range(n))))
    wanted = set(zip(*(reference[i:] for i in range(n))))
    return len(set(said) & wanted), len(said)


def clipped_matches__recall(translation, reference, n):
    """Divides by the reference, as recall does.

    Hint: out_of_the_reference
    """
    said, wanted = Counter(ngram_counts(translation, n)), Counter(ngram_counts(reference, n))
    return (said & wanted).total(), wanted.total()


def clipped_matches__keys(translation, reference, n):
    """Counts the kinds of n-grams that there are.

    Hint: kinds_in_all
    """
    said, wanted = ngram_counts(translation, n), ngram_counts(reference, n)
    return sum(min(said[key], wanted[key]) for key in said if key in wanted), len(said.keys())


def clipped_matches__unigrams(translation, reference, n):
    """Looks at words only.

    Hint: single_words
    """
    said, wanted = Counter(translation), Counter(reference)
    shared = {(word,): min(said[word], wanted[word]) for word in said}
    return sum(shared.values()), len(translation)


def clipped_matches__a_share(translation, reference, n):
    """Divides already.

    Hint: none
    """
    said, wanted = Counter(ngram_counts(translation, n)), Counter(ngram_counts(reference, n))
    return (said & wanted).total() / max(1, said.total())


def clipped_matches__same_places(translation, reference, n):
    """Compares place by place.

    Hint: same_place
    """
    said = list(zip(*(translation[i:] for i in range(n))))
    wanted = list(zip(*(reference[i:] for i in range(n))))
    return sum(a == b for a, b in zip(said, wanted)), len(said)


def clipped_matches__small_letters(translation, reference, n):
    """Takes capitals for small letters.

    Hint: none
    """
    said, wanted = (
        Counter(ngram_counts([word.lower() for word in text], n))
        for text in (translation, reference)
    )
    return (said & wanted).total(), said.total()
