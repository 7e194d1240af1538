"""Wrong answers to `count_pairs` in other words, with the hint due."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise


def count_pairs__words_count_once(words):
    """Counts each distinct word once, however often the text has it.

    Hint: each_word_once
    """
    counts = Counter()
    for word in words:
        counts.update(zip(word, word[1:]))
    return dict(counts)


def count_pairs__order_ignored(words):
    """Takes (1, 2) and (2, 1) for the same pair.

    Hint: without_order
    """
    counts = {}
    for word, n in words.items():
        for a, b in pairwise(word):
            pair = (min(a, b), max(a, b))
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__once_a_word(words):
    """Counts a pair once in a word, also where the word has it twice.

    Hint: once_in_a_word
    """
    counts = defaultdict(int)
    for word, n in words.items():
        for pair in set(zip(word[:-1], word[1:])):
            counts[pair] += n
    return dict(counts)


def count_pairs__no_overlap(words):
    """Jumps over a pair that it has counted, so that pairs never overlap.

    Hint: every_second
    """
    counts = {}
    for word, n in words.items():
        i = 0
        while i < len(word) - 1:
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
            i += 2
    return counts


def count_pairs__only_equal_ids_jump(words):
    """Counts overlapping pairs of equal ids once, as merging would use them up.

    Hint: without_overlaps
    """
    counts = {}
    for word, n in words.items():
        i = 0
        while i + 1 < len(word):
            pair = word[i], word[i + 1]
            counts[pair] = counts.get(pair, 0) + n
            if pair[0] == pair[1] and word[i + 1 : i + 3] == pair:
                i += 1
            i += 1
    return counts


def count_pairs__across_words(words):
    """Writes all the words in one row and counts across their borders.

    Hint: across_words
    """
    text = []
    for word, n in words.items():
        text.extend(list(word) * n)
    return dict(Counter(zip(text, text[1:])))


def count_pairs__last_pair_missing(words):
    """Stops one pair too early.

    Hint: loses_the_last
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 2):
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__beyond_the_end(words):
    """Looks one id beyond the end of the word.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word)):
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__no_neighbours(words):
    """Counts all pairs of a word, also those that are no neighbours.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for pair in combinations(word, 2):
            counts[pair] += n
    return dict(counts)


def count_pairs__written_over(words):
    """Writes the count of the last word over those before.

    Hint: the_last_word_counts
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = n
    return counts


def count_pairs__key_error(words):
    """Adds to an entry that is not there yet.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += n
    return counts


def count_pairs__lists_as_keys(words):
    """Uses lists as keys, which Python does not allow.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 1):
            pair = [word[i], word[i + 1]]
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__single_ids(words):
    """Counts single ids instead of pairs.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for i in word:
            counts[i] += n
    return dict(counts)


def count_pairs__items_forgotten(words):
    """Forgets .items() and takes the words apart instead.

    Hint: none
    """
    counts = {}
    for word, n in words:
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__round_the_corner(words):
    """Counts a pair of the last and the first id as well.

    Hint: round_the_end
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word)):
            pair = (word[i - 1], word[i])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__sorted_list(words):
    """Returns a list, the most frequent pair first, instead of a dictionary.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for pair in pairwise(word):
            counts[pair] += n
    return counts.most_common()


def count_pairs__with_zeros(words):
    """Has a zero for pairs that do not occur.

    Hint: none
    """
    ids = {i for word in words for i in word}
    counts = {(a, b): 0 for a in ids for b in ids}
    for word, n in words.items():
        for pair in pairwise(word):
            counts[pair] += n
    return counts


def count_pairs__equal_ids_left_out(words):
    """Leaves out pairs of two equal ids.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for a, b in zip(word, word[1:]):
            if a != b:
                counts[a, b] = counts.get((a, b), 0) + n
    return counts


def count_pairs__first_word_only(words):
    """Returns inside of the loop, after the first word.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + n
        return counts
    return counts
