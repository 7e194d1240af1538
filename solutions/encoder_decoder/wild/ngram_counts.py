"""Wrong answers to `ngram_counts` in other words, with the hint due."""

from collections import Counter, defaultdict


def ngram_counts__stops_short(tokens, n):
    """Leaves out the last n-gram.

    Hint: one_too_few
    """
    counts = Counter()
    for end in range(n, len(tokens)):
        counts[tuple(tokens[end - n : end])] += 1
    return dict(counts)


def ngram_counts__tails(tokens, n):
    """Counts the shorter tails too.

    Hint: to_the_end
    """
    counts = defaultdict(int)
    for place, _ in enumerate(tokens):
        counts[tuple(tokens[place : place + n])] += 1
    return dict(counts)


def ngram_counts__blocks(tokens, n):
    """Cuts the sentence into blocks.

    Hint: side_by_side
    """
    whole = len(tokens) // n
    return dict(Counter(tuple(tokens[i * n : (i + 1) * n]) for i in range(whole)))


def ngram_counts__a_set(tokens, n):
    """Counts each n-gram once.

    Hint: once_each
    """
    return dict.fromkeys(zip(*(tokens[i:] for i in range(n))), 1)


def ngram_counts__strings(tokens, n):
    """Makes a text of each n-gram.

    Hint: joined
    """
    return dict(Counter(" ".join(part) for part in zip(*(tokens[i:] for i in range(n)))))


def ngram_counts__up_to_n(tokens, n):
    """Counts all lengths up to n.

    Hint: shorter_ones_too
    """
    counts = Counter()
    for size in range(1, n + 1):
        counts.update(zip(*(tokens[i:] for i in range(size))))
    return dict(counts)


def ngram_counts__a_list(tokens, n):
    """Returns pairs and no dictionary.

    Hint: none
    """
    return list(Counter(zip(*(tokens[i:] for i in range(n)))).items())


def ngram_counts__small_letters(tokens, n):
    """Takes capitals for small letters.

    Hint: none
    """
    tokens = [token.lower() for token in tokens]
    return dict(Counter(zip(*(tokens[i:] for i in range(n)))))


def ngram_counts__without_marks(tokens, n):
    """Leaves marks out.

    Hint: none
    """
    tokens = [token for token in tokens if token.isalnum()]
    return dict(Counter(zip(*(tokens[i:] for i in range(n)))))
