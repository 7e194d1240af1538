"""Wrong answers to `distinct_n` in other words, with the hint due."""

from collections import Counter


def distinct_n__per_text(texts, n):
    """Takes the mean of the texts' shares.

    Hint: mean_of_texts
    """
    shares = []
    for t in texts:
        grams = [tuple(t[i : i + n]) for i in range(len(t) - n + 1)]
        if grams:
            shares.append(len(set(grams)) / len(grams))
    return sum(shares) / len(shares) if shares else 0.0


def distinct_n__joined(texts, n):
    """Joins the texts first, so that n-grams reach from one into the next.

    Hint: across_texts
    """
    t = sum(texts, [])
    grams = list(zip(*(t[i:] for i in range(n))))
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__sets(texts, n):
    """Takes an n-gram for a set, without its order.

    Hint: bags
    """
    grams = [frozenset(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__last_one_lost(texts, n):
    """Stops one n-gram too early.

    Hint: misses_the_last
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n)]
    if not grams:
        return 0.0
    return len(set(grams)) / len(grams)


def distinct_n__short_ones_too(texts, n):
    """Counts what is shorter than n at the end.

    Hint: broken_ends
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t))]
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__over_tokens(texts, n):
    """Divides by the number of tokens.

    Hint: divides_by_tokens
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / sum(map(len, texts)) if grams else 0.0


def distinct_n__zero_division(texts, n):
    """Divides by zero where there are no n-grams.

    Hint: nothing_to_divide_by
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams)


def distinct_n__once_only(texts, n):
    """Counts the n-grams that occur once.

    Hint: none
    """
    counts = Counter(tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1))
    total = sum(counts.values())
    return sum(c == 1 for c in counts.values()) / total if total else 0.0


def distinct_n__per_text_set(texts, n):
    """Counts what is different within a text only.

    Hint: none
    """
    total = different = 0
    for t in texts:
        grams = [tuple(t[i : i + n]) for i in range(len(t) - n + 1)]
        total += len(grams)
        different += len(set(grams))
    return different / total if total else 0.0


def distinct_n__written_together(texts, n):
    """Writes the tokens of an n-gram together, so that 1 12 and 11 2 are the same.

    Hint: none
    """
    grams = ["".join(map(str, t[i : i + n])) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__digits(texts, n):
    """Takes the tokens for digits of a number.

    Hint: none
    """
    grams = [
        sum(token * 10**place for place, token in enumerate(t[i : i + n]))
        for t in texts
        for i in range(len(t) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else 0.0
