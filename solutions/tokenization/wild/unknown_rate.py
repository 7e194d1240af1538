"""Wrong answers to `unknown_rate` in other words, with the hint due."""

import numpy as np


def unknown_rate__nothing_divided(ids):
    """Divides by zero for an empty list.

    Hint: divides_by_zero
    """
    unknown = 0
    for i in ids:
        if i == 0:
            unknown += 1
    return unknown / len(ids)


def unknown_rate__percent(ids):
    """Gives percent.

    Hint: per_cent
    """
    if not ids:
        return 0.0
    return 100 * ids.count(0) / len(ids)


def unknown_rate__count(ids):
    """Counts and does not divide.

    Hint: count
    """
    return float(sum(1 for i in ids if i == 0))


def unknown_rate__known(ids):
    """Gives the share of known tokens.

    Hint: known
    """
    if len(ids) == 0:
        return 0.0
    return sum(i != 0 for i in ids) / len(ids)


def unknown_rate__whole_numbers(ids):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return ids.count(0) // len(ids) if ids else 0.0


def unknown_rate__rounded(ids):
    """Rounds to two digits.

    Hint: none
    """
    return round(ids.count(0) / len(ids), 2) if ids else 0.0


def unknown_rate__of_different_ids(ids):
    """Divides by the number of different ids.

    Hint: of_different_ids
    """
    if not ids:
        return 0.0
    return ids.count(0) / len(set(ids))


def unknown_rate__to_the_known(ids):
    """Divides the unknown by the known.

    Hint: against_the_known
    """
    if not ids:
        return 0.0
    u = ids.count(0)
    return u / (len(ids) - u)


def unknown_rate__searches_the_word(ids):
    """Counts the word "<unk>" among the ids.

    Hint: none
    """
    return ids.count("<unk>") / len(ids) if ids else 0.0


def unknown_rate__none_for_empty(ids):
    """Returns nothing for an empty list.

    Hint: none
    """
    if len(ids) > 0:
        return ids.count(0) / len(ids)


def unknown_rate__all_for_empty(ids):
    """Returns 1 for an empty list.

    Hint: none
    """
    return 1.0 if not ids else ids.count(0) / len(ids)


def unknown_rate__numpy_mean(ids):
    """Takes a mean in numpy, which is nan for an empty list.

    Hint: divides_by_zero
    """
    return float(np.mean(np.array(ids) == 0))


def unknown_rate__small_number_below(ids):
    """Adds a small number below the line against division by zero.

    Hint: none
    """
    return ids.count(0) / (len(ids) + 1e-6)


def unknown_rate__one_more_below(ids):
    """Adds one below the line against division by zero.

    Hint: none
    """
    return ids.count(0) / (len(ids) + 1)


def unknown_rate__any(ids):
    """Says only whether there is any unknown token.

    Hint: none
    """
    return float(0 in ids)


def unknown_rate__text(ids):
    """Returns a text with a percent sign.

    Hint: none
    """
    return f"{ids.count(0) / len(ids):.0%}" if ids else "0%"


def unknown_rate__first_only(ids):
    """Returns inside of the loop.

    Hint: none
    """
    if not ids:
        return 0.0
    n = 0
    for i in ids:
        if i == 0:
            n += 1
        return n / len(ids)


def unknown_rate__sum_of_ids(ids):
    """Adds the ids up instead of counting zeros.

    Hint: none
    """
    return 1 - sum(ids) / len(ids) if ids else 0.0


def unknown_rate__one_taken_for_unknown(ids):
    """Takes id 1 for unknown.

    Hint: none
    """
    return sum(i == 1 for i in ids) / max(len(ids), 1)


def unknown_rate__one_too(ids):
    """Counts id 1 as unknown as well.

    Hint: none
    """
    return sum(i <= 1 for i in ids) / len(ids) if ids else 0.0
