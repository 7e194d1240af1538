"""Wrong answers to `jaccard` in other words, with the hint due."""


def jaccard__dice(first, second):
    """Divides by the mean of the sizes.

    Hint: dice
    """
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))


def jaccard__sum_of_sizes(first, second):
    """Counts what is shared twice below the line.

    Hint: of_both_sizes
    """
    total = len(first) + len(second)
    if total == 0:
        return 1.0
    return len(first.intersection(second)) / total


def jaccard__of_the_first(first, second):
    """Divides by the first set.

    Hint: of_the_first
    """
    if len(first) == 0:
        return 1.0 if len(second) == 0 else 0.0
    return len([x for x in first if x in second]) / len(first)


def jaccard__of_the_smaller(first, second):
    """Divides by the smaller set.

    Hint: of_the_smaller
    """
    small = min(len(first), len(second))
    if small == 0:
        return float(first == second)
    return len(first & second) / small


def jaccard__of_the_larger(first, second):
    """Divides by the larger set.

    Hint: none
    """
    large = max(len(first), len(second))
    if large == 0:
        return 1.0
    return len(first & second) / large


def jaccard__distance(first, second):
    """Gives the distance.

    Hint: distance
    """
    union = first.union(second)
    if not union:
        return 0.0
    return len(first ^ second) / len(union)


def jaccard__zero_for_empty(first, second):
    """Says 0 for two empty sets.

    Hint: two_empty_sets
    """
    union = first | second
    return len(first & second) / len(union) if len(union) > 0 else 0.0


def jaccard__unguarded(first, second):
    """Divides by nothing.

    Hint: none
    """
    return len(first & second) / len(first | second)


def jaccard__one_if_either(first, second):
    """Says 1 as soon as one set is empty.

    Hint: none
    """
    if not first or not second:
        return 1.0
    return len(first & second) / len(first | second)


def jaccard__by_what_differs(first, second):
    """Divides by what only one of them has.

    Hint: none
    """
    apart = len(first ^ second)
    return len(first & second) / apart if apart else 1.0


def jaccard__whole_division(first, second):
    """Divides without a rest.

    Hint: none
    """
    return float(len(first & second) // len(first | second)) if first | second else 1.0


def jaccard__count(first, second):
    """Counts what is shared.

    Hint: only_common
    """
    return float(len(first & second))


def jaccard__three_digits(first, second):
    """Rounds.

    Hint: any.rounded
    """
    union = first | second
    return round(len(first & second) / len(union), 3) if union else 1.0


def jaccard__one_if_the_second_is_empty(first, second):
    """Says 1 if the second set is empty, whatever is in the first.

    Hint: none
    """
    if len(second) == 0:
        return 1.0
    return len(first & second) / len(first | second)
