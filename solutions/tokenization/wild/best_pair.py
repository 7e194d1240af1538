"""Wrong answers to `best_pair` in other words, with the hint due."""

from collections import Counter


def best_pair__first_in_the_dictionary(counts):
    """Takes the first of several equal pairs in the order of the dictionary.

    Hint: first_of_a_tie
    """
    return sorted(counts, key=lambda pair: counts[pair], reverse=True)[0]


def best_pair__largest_of_equals(counts):
    """Takes the largest of several equal pairs.

    Hint: largest_of_a_tie
    """
    return max((n, pair) for pair, n in counts.items())[1]


def best_pair__largest_pair(counts):
    """Takes the largest pair and does not look at counts.

    Hint: largest
    """
    return max(counts)


def best_pair__smallest_pair(counts):
    """Takes the smallest pair and does not look at counts.

    Hint: smallest
    """
    return sorted(counts)[0]


def best_pair__rarest(counts):
    """Takes the rarest pair.

    Hint: rarest
    """
    return min(counts, key=lambda p: (counts[p], p))


def best_pair__pair_and_count(counts):
    """Returns the count beside the pair.

    Hint: with_its_count
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0]


def best_pair__the_count(counts):
    """Returns the count instead of the pair.

    Hint: count
    """
    return max(counts.values())


def best_pair__second_id_first(counts):
    """Compares the second ids of equal pairs before the first ones.

    Hint: tie_by_the_second_id
    """
    best = max(counts.values())
    ties = [p for p in counts if counts[p] == best]
    return min(ties, key=lambda p: (p[1], p[0]))


def best_pair__sum_of_ids(counts):
    """Takes the one of equal pairs whose ids have the smallest sum.

    Hint: first_of_a_tie
    """
    return min(counts, key=lambda p: (-counts[p], sum(p)))


def best_pair__first_id_only(counts):
    """Compares only the first ids of equal pairs, so that the order of the dictionary decides.

    Hint: only_the_first_id
    """
    best = None
    for pair, n in counts.items():
        if best is None or n > counts[best]:
            best = pair
        elif n == counts[best] and pair[0] < best[0]:
            best = pair
    return best


def best_pair__last_in_the_dictionary(counts):
    """Takes the last of several equal pairs in the order of the dictionary.

    Hint: last_of_a_tie
    """
    best, most = None, 0
    for pair in counts:
        if counts[pair] >= most:
            best, most = pair, counts[pair]
    return best


def best_pair__all_of_them(counts):
    """Returns a list of all equally frequent pairs.

    Hint: none
    """
    most = max(counts.values())
    return sorted(pair for pair, n in counts.items() if n == most)


def best_pair__more_than_once(counts):
    """Wants a pair that occurs more than once.

    Hint: none
    """
    best, most = None, 1
    for pair in sorted(counts):
        if counts[pair] > most:
            best, most = pair, counts[pair]
    return best


def best_pair__sorted_inside(counts):
    """Returns the ids of the pair in rising order.

    Hint: none
    """
    most = max(counts.values())
    return min(tuple(sorted(p)) for p, n in counts.items() if n == most)


def best_pair__as_text(counts):
    """Compares equal pairs as texts, where 10 comes before 9.

    Hint: none
    """
    return min(counts, key=lambda p: (-counts[p], str(p)))


def best_pair__most_common(counts):
    """Leaves equal pairs to most_common and returns what it returns, a list.

    Hint: with_its_count
    """
    return Counter(counts).most_common(1)


def best_pair__list(counts):
    """Returns the pair as a list.

    Hint: none
    """
    return list(min(counts, key=lambda p: (-counts[p], p)))


def best_pair__larger_second_id(counts):
    """Takes the larger second id where the first ids are the same too.

    Hint: none
    """
    return max(counts, key=lambda p: (counts[p], -p[0], p[1]))


def best_pair__counts_taken_out(counts):
    """Takes pairs out of the counts while it searches.

    Hint: none
    """
    best = counts.popitem()
    while counts:
        other = counts.popitem()
        if (-other[1], other[0]) < (-best[1], best[0]):
            best = other
    return best[0]


def best_pair__one_number_of_two_bytes(counts):
    """Makes one number of the two ids, as if both were bytes.

    Hint: none
    """
    return max(counts, key=lambda p: (counts[p], -(256 * p[0] + p[1])))


def best_pair__decimals(counts):
    """Makes the count and the two ids one number, as if no id had more than three digits.

    Hint: none
    """
    return max(counts, key=lambda p: 1000 * counts[p] - p[0] - p[1] / 1000)
